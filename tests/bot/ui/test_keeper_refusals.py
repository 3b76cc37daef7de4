"""What belongs to keepers, asked of the server by others: every event is refused, and nothing happens."""

import json
import secrets
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from bot.service import Assistant
from tests.bot.corpus import index_of
from tests.bot.ui.tabs_served import KEEPER, READER, app_of, assistant_of, served

# Gradio itself uses what its dependencies are about to drop.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

_FORBIDDEN, _NOT_IN = "Việc này chỉ dành cho người giữ tài liệu", "Bạn chưa đăng nhập"
# What shows something only where it is a keeper's; each must be among what is refused.
_KEEPERS_OWN = ("keeper-told", "corrected")


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    home = tmp_path_factory.mktemp("nhà")
    index_of(home).close()
    return assistant_of(home)


@pytest.fixture(scope="module")
def address(assistant: Assistant) -> Iterator[str]:
    with served(app_of(assistant)) as url:
        yield url


def _client(address: str, who: str) -> httpx.Client:
    return httpx.Client(base_url=address, cookies={"who": who} if who else {}, timeout=30)


def _events(client: httpx.Client) -> list[dict[str, Any]]:
    """Every event that changes something of the keepers'."""
    config = client.get("/config").json()
    own = {one["id"] for one in config["components"] if one["props"].get("elem_id") in _KEEPERS_OWN}
    return [one for one in config["dependencies"] if own & {*one["outputs"]} and one["backend_fn"]]


def _sent(client: httpx.Client, event: dict[str, Any]) -> str:
    """What the server answers to an event, as text."""
    session = secrets.token_hex(6)
    data = {"document": "song-lam", "name": "song-lam.md", "source": "song-lam.md", "statement": "x", "page": "1"}
    body = {"data": [None] * len(event["inputs"]), "fn_index": event["id"], "session_hash": session, "event_data": data}
    client.post("/gradio_api/queue/join", json=body).raise_for_status()
    with client.stream("GET", "/gradio_api/queue/data", params={"session_hash": session}) as answer:
        for line in answer.iter_lines():
            if line.startswith("data:") and json.loads(line[5:])["msg"] == "process_completed":
                return json.dumps(json.loads(line[5:])["output"], ensure_ascii=False)
    raise EOFError("an event ends with what came of it")


@pytest.mark.parametrize(("who", "told"), [(READER.name, _FORBIDDEN), ("", _NOT_IN)])
def test_every_event_is_refused_to_others(address: str, assistant: Assistant, who: str, told: str) -> None:
    before = assistant.keeping.files(KEEPER)
    with _client(address, who) as client:
        answers = [_sent(client, event) for event in _events(client)]
    assert len(answers) >= 15
    refused = [answer for answer in answers if told in answer]
    # The others only put a question or a form away.
    assert len(refused) >= len(answers) - 2
    assert not [answer for answer in answers if "song-lam.md" in answer]
    assert assistant.keeping.files(KEEPER) == before
    assert assistant.keeping.last_run(KEEPER) is None
    assert not assistant.settings.corrections_file.exists()


def test_a_keeper_is_not_refused(address: str) -> None:
    with _client(address, KEEPER.name) as client:
        listing = next(event for event in _events(client) if event["targets"][0][1] == "select")
        assert "song-lam.md" in _sent(client, listing)
