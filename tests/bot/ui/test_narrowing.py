"""What the reader narrows a question down to, the examples they are offered, and the list of their conversations."""

import datetime
import re
from dataclasses import replace
from pathlib import Path

import pytest

from bot.errors import RegisterError
from bot.identity import LOCAL
from bot.ledger.records import Conversation
from bot.ui.examples import examples, examples_html
from bot.ui.history_html import history_html
from bot.ui.narrowing import choices_of, told, told_html, within_of
from bot.within import ANYWHERE, Within
from index.search import SearchIndex
from tests.bot.corpus import index_of
from tests.bot.ui.hostile import HOSTILE
from tests.bot.ui.served import AT, assistant_of

CONVERSATION = Conversation("c1", "local", "Câu một?", AT, AT, 2)


def test_there_is_to_choose_what_the_collection_has(index: SearchIndex, tmp_path: Path) -> None:
    assistant = assistant_of(index, tmp_path)
    choices = choices_of(assistant.whole_register(LOCAL), assistant.documents(LOCAL))
    assert {"Sông Lam", "Đảo Ngọc"} <= {*choices.provinces}
    assert "recommendation" in choices.kinds
    assert choices.fields
    nothing = choices_of(assistant.whole_register(LOCAL), [])
    assert {*nothing.provinces} <= {*choices.provinces}


def test_what_was_never_unfolded_or_is_empty_narrows_nothing() -> None:
    assert within_of(None, None, None, None, None) == within_of([], "", " ", [], []) == ANYWHERE
    assert told(ANYWHERE) == ""
    assert told_html("") == ""


def test_a_filter_is_read_and_told() -> None:
    within = within_of(["Sông Lam"], "9/2020", "2021-03-05", ["viễn thông"], ["request"])
    assert within == Within(("Sông Lam",), "2020-09", "2021-03-05", ("viễn thông",), ("request",))
    said = told(within)
    assert said == ("địa phương Sông Lam; từ 9/2020; đến hết 5/3/2021; lĩnh vực viễn thông; loại ý kiến kiến nghị")
    assert 'data-act="clear"' in told_html(said)


@pytest.mark.parametrize(("since", "until", "said"), [("hôm qua", "", "hôm qua"), ("2022", "2021", "từ 2022 đến 2021")])
def test_an_impossible_time_is_refused(since: str, until: str, said: str) -> None:
    with pytest.raises(RegisterError, match=said):
        within_of([], since, until, [], [])


def test_examples_are_of_this_collection(index: SearchIndex, tmp_path: Path) -> None:
    assistant = assistant_of(index, tmp_path / "a")
    asked = examples(assistant.whole_register(LOCAL), assistant.documents(LOCAL))
    assert 2 <= len(asked) <= 4
    assert all(re.search("Sông Lam|Đảo Ngọc|tập huấn", question) for question in asked)
    other = assistant_of(index_of(tmp_path / "khác", {"x.md": "# Họp ở Bến Gỗ\n\nMưa to ba ngày."}), tmp_path / "b")
    asked = examples(other.whole_register(LOCAL), other.documents(LOCAL))
    assert asked == ["Tài liệu «Họp ở Bến Gỗ» nêu những gì?"]


def test_each_example_gets_an_answer(index: SearchIndex, tmp_path: Path) -> None:
    assistant = assistant_of(index, tmp_path)
    for question in examples(assistant.whole_register(LOCAL), assistant.documents(LOCAL)):
        *_, last = assistant.ask(LOCAL, question)
        assert last.answer.evidence, question  # type: ignore[union-attr]


def test_the_list_says_when_and_how_many_and_asks_before_deleting() -> None:
    shown = history_html([CONVERSATION])
    assert 'data-act="resume" data-conversation="c1">Câu một?</button>' in shown
    assert "2 câu hỏi" in shown
    local = AT.astimezone()
    assert f"{local:%H:%M}, {local.day}/{local.month}/{local.year}" in shown
    for act in ("delete", "delete_all"):
        assert re.search(rf'<details class="confirm"><summary[^>]*>[^<]*</summary>.*data-act="{act}"', shown)


def test_nothing_found_is_told_apart_from_nothing_kept() -> None:
    assert "Chưa có câu chuyện nào" in history_html([])
    assert "chứa các từ này" in history_html([], "cảng")
    assert "delete_all" not in history_html([CONVERSATION], "câu")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_titles_and_examples_stay_text(text: str) -> None:
    named = replace(CONVERSATION, id=text, title=text, last_at=AT + datetime.timedelta(days=1))
    for shown in (history_html([named]), examples_html([text]), told_html(text)):
        inside = re.sub(r"</?(?:ul|li|button|span|details|summary|div|p|b)\b[^>]*>", "", shown)
        assert "<" not in inside
        assert not re.search(r"[${}`]", shown)
