"""What alembic runs: on the connection that it is given, in that one's transaction."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
