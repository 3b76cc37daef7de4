"""What is kept of users: conversations, feedback, audit log, accounts, tokens. The only door to SQLAlchemy."""
