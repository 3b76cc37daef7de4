"""Whether a question could be answered now."""

import datetime

from bot.model_states import states
from bot.service import Assistant
from index.errors import ModelMissingError

_LONG_AGO = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


def require_ready(assistant: Assistant) -> None:
    """Raises IndexMissingError, IndexDamagedError, LedgerError or ModelMissingError, naming what is amiss."""
    assistant.index.is_known("")  # opens what is searched, in its latest form
    assistant.ledger.history.forget(_LONG_AGO)  # a write that drops nothing
    for state in states(assistant.settings):
        if not state.ready:
            raise ModelMissingError(
                f"Chưa dùng được {state.role} {state.name}: {state.detail}.", "Hãy chạy «bot doctor» trên máy chủ."
            )
