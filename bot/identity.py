"""Who asks, and what they may do."""

from dataclasses import dataclass
from typing import Literal

from bot.errors import ForbiddenError

Role = Literal["reader", "keeper", "admin"]
Via = Literal["local", "account", "token", "sso"]
_ROLES: dict[Role, str] = {"reader": "người đọc", "keeper": "người giữ tài liệu", "admin": "người quản trị"}


@dataclass(frozen=True, slots=True)
class Identity:
    """A user; `name` is what history and audit know them by.

    A reader asks, a keeper keeps the documents and corrects the register, an admin keeps accounts and tokens.
    """

    name: str
    roles: frozenset[Role]
    via: Via

    def require(self, role: Role) -> None:
        """Raises ForbiddenError when the role is not theirs."""
        if role not in self.roles:
            raise ForbiddenError(
                f"Việc này chỉ dành cho {_ROLES[role]}.", "Hãy liên hệ người quản trị nếu cần được cấp quyền."
            )


# Whoever sits at the machine, where no sign-in is asked for.
LOCAL = Identity("local", frozenset[Role](["reader", "keeper", "admin"]), "local")
