"""Single sign-on: the portal's proxy says who asks. Only a listed one is heard."""

import hmac
import unicodedata
from collections.abc import Sequence

from bot.identity import LOCAL, Identity, Role
from bot.settings import Settings
from bot.web.arrival import Arrival

_NAME_CHARS = 200


class SingleSignOn:
    """Turns what a listed proxy said into an identity."""

    def __init__(self, settings: Settings) -> None:
        self._secret = settings.sso_secret.get_secret_value().encode()
        self._keepers = _folded(settings.keeper_groups)
        self._admins = _folded(settings.admin_groups)

    def who(self, arrival: Arrival) -> Identity | None:
        """The user, a reader at least; None where the proxy is not to be believed or names nobody, or two."""
        if not arrival.by_proxy or not self._knows_secret(arrival) or len(arrival.users) != 1:
            return None
        name = _text(arrival.users[0])
        if not name or len(name) > _NAME_CHARS or not name.isprintable() or name == LOCAL.name:
            return None
        groups = _folded([part for told in arrival.groups for part in _text(told).replace(";", ",").split(",")])
        roles: set[Role] = {"reader"}
        roles |= {"keeper"} if groups & self._keepers else set()
        roles |= {"admin"} if groups & self._admins else set()
        return Identity(name, frozenset(roles), "sso")

    def _knows_secret(self, arrival: Arrival) -> bool:
        if not self._secret:
            return True
        return len(arrival.secrets) == 1 and hmac.compare_digest(arrival.secrets[0], self._secret)


def _text(value: bytes) -> str:
    try:
        text = value.decode("utf-8")
    except UnicodeDecodeError:
        text = value.decode("latin-1")
    return unicodedata.normalize("NFC", text).strip()


def _folded(names: Sequence[str]) -> set[str]:
    return {unicodedata.normalize("NFC", name).strip().casefold() for name in names if name.strip()}
