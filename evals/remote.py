"""A deployed server, asked over its HTTP API."""

from collections.abc import Sequence

import httpx
from pydantic import TypeAdapter, ValidationError

from bot.answer import Answer
from bot.api import ASK_PATH
from bot.errors import KhuyenNghiError, SettingsError
from evals.cases import Turn
from evals.records import Found

_ANSWER = TypeAdapter(Answer)
LIMIT_S = 300.0


class ServerError(KhuyenNghiError):
    """The server did not answer one question; the run goes on."""

    code = "server"


class Server:
    """`POST /api/v1/ask`, with the history beside the question for servers that remember."""

    searches = False

    def __init__(self, url: str, limit_s: float = LIMIT_S) -> None:
        """Nothing is asked yet."""
        self.name = url.rstrip("/")
        self.model = self.settings = "of the server"
        self._client = httpx.Client(base_url=self.name, timeout=limit_s)

    def warm(self) -> None:
        """Raises SettingsError when nobody listens there."""
        try:
            self._client.get("/")
        except (httpx.HTTPError, httpx.InvalidURL) as exc:
            raise SettingsError(
                f"Không kết nối được tới {self.name}: {exc}.", "Hãy kiểm tra địa chỉ và máy chủ («bot serve»)."
            ) from exc

    def search(self, question: str, limit: int) -> list[Found]:
        """The API has no search of its own. Raises NotImplementedError."""
        raise NotImplementedError

    def answer(self, question: str, history: Sequence[Turn]) -> Answer:
        """Raises ServerError."""
        body = {"question": question, "history": [turn.model_dump() for turn in history]}
        try:
            reply = self._client.post(ASK_PATH, json=body)
            reply.raise_for_status()
            return _ANSWER.validate_json(reply.content)
        except httpx.HTTPStatusError as exc:
            raise ServerError(f"Máy chủ trả về {exc.response.status_code}: {exc.response.text[:300]}") from exc
        except httpx.HTTPError as exc:
            raise ServerError(f"Máy chủ không trả lời: {type(exc).__name__} {exc}") from exc
        except ValidationError as exc:
            raise ServerError(f"Máy chủ trả lời không đúng dạng: {exc}") from exc
