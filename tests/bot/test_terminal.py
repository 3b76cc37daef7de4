"""An answer on a terminal."""

import pytest

from bot.answer import Event, Finished, TextPiece, Waiting
from bot.terminal import number, show
from index.search import SearchIndex
from tests.bot.corpus import ASKS_BUDGET, BUDGET, OFF_TOPIC, engine_of
from tests.stand_ins import Reply, ScriptedChat, judging


def test_passages_answer_sources_and_times_in_that_order(
    index: SearchIndex, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = show(engine_of(index, ScriptedChat(script=judging(0.9))).ask(ASKS_BUDGET))
    out, err = capsys.readouterr()
    parts = ["Đoạn tìm thấy (", f"• {BUDGET}", "Trả lời:", answer.text, "Nguồn trích dẫn:", "[1] Bộ làm việc", "(tìm "]
    places = [out.index(part) for part in parts]
    assert places == sorted(places)
    citation = answer.citations[0]
    assert f"song-lam.md, ký tự {citation.start}–{citation.end}" in out
    assert "mô hình bắt đầu" in out
    assert "sau khi kiểm chứng" not in out
    assert err == ""


def test_a_text_that_was_corrected_is_shown_again(index: SearchIndex, capsys: pytest.CaptureFixture[str]) -> None:
    chat = ScriptedChat(script=[*judging(0.9), Reply("Tôi đoán là nhiều.")])
    answer = show(engine_of(index, chat, answer_style="write").ask(ASKS_BUDGET))
    out, err = capsys.readouterr()
    assert f"Trả lời sau khi kiểm chứng:\n{answer.text}" in out
    assert f"Lưu ý: {answer.notice}" in err


def test_how_the_question_was_read_is_told_below_it(index: SearchIndex, capsys: pytest.CaptureFixture[str]) -> None:
    answer = show(engine_of(index).ask("song lam danh bao nhieu ngan sach cho CĐS"))
    out = capsys.readouterr().out
    assert answer.notes == ("Chữ viết tắt được hiểu: CĐS là chuyển đổi số.",)
    assert 0 <= out.index(answer.read_as()) < out.index(answer.notes[0])


def test_not_found_lists_no_sources(index: SearchIndex, capsys: pytest.CaptureFixture[str]) -> None:
    assert show(engine_of(index).ask(OFF_TOPIC)).abstained
    out = capsys.readouterr().out
    assert "Không tìm thấy câu trả lời" in out
    assert "Nguồn trích dẫn" not in out
    assert "mô hình bắt đầu" not in out


def test_at_most_three_passages_are_listed_each_on_a_line(
    index: SearchIndex, capsys: pytest.CaptureFixture[str]
) -> None:
    show(engine_of(index).ask("Sông Lam kiến nghị với Bộ những gì?"))
    found = capsys.readouterr().out.split("Trả lời:")[0].strip().splitlines()[1:]
    assert len(found) == 3
    assert all(line.startswith("  • ") and "  — " in line for line in found)


def test_the_place_in_the_queue_is_told_once_for_each_place(
    index: SearchIndex, capsys: pytest.CaptureFixture[str]
) -> None:
    first, *others = engine_of(index).ask(ASKS_BUDGET)
    show([first, *(Waiting(place) for place in (2, 2, 1, 1, 0, 0)), *others])
    told = [line for line in capsys.readouterr().err.splitlines() if "đang bận" in line]
    assert ["còn 2 câu hỏi trước" in told[0], "còn 1 câu hỏi trước" in told[1], len(told)] == [True, True, 2]


def test_events_without_an_end_are_an_error() -> None:
    events: list[Event] = [TextPiece("dở dang")]
    with pytest.raises(EOFError):
        show(events)


def test_the_answer_comes_back(index: SearchIndex) -> None:
    *_, last = engine_of(index).ask(ASKS_BUDGET)
    assert isinstance(last, Finished)
    assert show([last]) is last.answer


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [(14.6, 1, "14,6"), (51242.4, 0, "51.242"), (1234567.891, 2, "1.234.567,89"), (0, 3, "0,000")],
)
def test_numbers_are_written_as_in_vietnamese(value: float, decimals: int, written: str) -> None:
    assert number(value, decimals) == written
