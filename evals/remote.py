"""A deployed server, asked over its HTTP API."""

from collections.abc import Sequence

import httpx
from pydantic import TypeAdapter, ValidationError

from bot.answer import Answer
from bot.errors import KhuyenNghiError, SettingsError
from bot.web.api_ask import ASK_PATH
from evals.cases import Turn
from evals.records import Found

_ANSWER = TypeAdapter(Answer)
LIMIT_S = 300.0
_REMEDY = "Hãy kiểm tra địa chỉ (dạng http://127.0.0.1:7860) và máy chủ («bot serve»)."


class ServerError(KhuyenNghiError):
    """The server did not answer one question; the run goes on."""

    code = "server"


class Server:
    """`POST /api/v1/ask`, with the history beside the question for servers that remember."""

    searches = False

    def __init__(self, url: str, limit_s: float = LIMIT_S) -> None:
        """Nothing is asked yet. Raises SettingsError for what is no address."""
        self.name = url.rstrip("/")
        self.model = self.settings = "of the server"
        try:
            self._client = httpx.Client(base_url=self.name, timeout=limit_s)
        except httpx.InvalidURL as exc:
            raise SettingsError(f"«{url}» không phải địa chỉ máy chủ: {exc}.", _REMEDY) from exc

    def warm(self) -> None:
        """Raises SettingsError when nobody listens there."""
        try:
            self._client.get("/")
        except httpx.HTTPError as exc:
            raise SettingsError(f"Không kết nối được tới {self.name}: {exc}.", _REMEDY) from exc

    def search(self, question: str, limit: int) -> list[Found]:
        """The API has no search of its own. Raises NotImplementedError."""
        raise NotImplementedError

    def answer(self, question: str, history: Sequence[Turn]) -> Answer:
        """Raises ServerError for this question, SettingsError when nobody listens there any more."""
        body = {"question": question, "history": [turn.model_dump() for turn in history], "keep": False}
        try:
            reply = self._client.post(ASK_PATH, json=body)
            reply.raise_for_status()
            return _ANSWER.validate_json(reply.content)
        except httpx.HTTPStatusError as exc:
            raise ServerError(f"Máy chủ trả về {exc.response.status_code}: {exc.response.text[:300]}") from exc
        except httpx.ConnectError as exc:
            raise SettingsError(f"Không kết nối được tới {self.name}: {exc}.", _REMEDY) from exc
        except httpx.HTTPError as exc:
            raise ServerError(f"Máy chủ không trả lời: {type(exc).__name__} {exc}") from exc
        except ValidationError as exc:
            raise ServerError(f"Máy chủ trả lời không đúng dạng: {exc}") from exc
