"""Answers given again: only to the same question, over the same documents, and never what was not as usual."""

import datetime
from dataclasses import replace
from pathlib import Path

import pytest

from bot.answer import Answer, Event, EvidenceFound, Finished, TextPiece
from bot.answer_cache import AnswerCache, Key
from bot.engine import Engine
from bot.errors import LLMError
from bot.followup import Turn
from bot.live_register import Stamp
from bot.retriever import PassageRetriever
from bot.settings import load_settings
from bot.within import ANYWHERE, Within
from index.build import build_index
from index.corrections import Correction, Corrections, quote_digest
from index.reading import Reading
from index.search import IndexSettings, SearchIndex
from tests.bot.corpus import ASKS_BUDGET, BUDGET, engine_of, index_of
from tests.stand_ins import HashingEncoder, Reply, ScriptedChat, judging

KEY = Key(Reading("", "câu hỏi"), ANYWHERE, 1, Stamp(1, (0, 0)), "s", datetime.date(2026, 1, 1))


def asked(engine: Engine, question: str = ASKS_BUDGET, **more: object) -> tuple[list[Event], Answer]:
    events = list(engine.ask(question, **more))  # type: ignore[arg-type]  # what `ask` takes
    assert isinstance(events[-1], Finished)
    return events, events[-1].answer


def any_answer(index: SearchIndex) -> Answer:
    return engine_of(index).answer(ASKS_BUDGET)


def test_the_same_question_is_answered_again_without_the_model(index: SearchIndex) -> None:
    chat = ScriptedChat(script=judging(0.9))
    engine = engine_of(index, chat)
    _, first = asked(engine)
    after, again = asked(engine, f"  {ASKS_BUDGET} ")
    assert len(chat.calls) == 3
    assert (first.is_cached, again.is_cached) == (False, True)
    same = {"question": "", "timings_s": None, "tokens": None, "is_cached": False}
    assert replace(again, **same) == replace(first, **same)  # type: ignore[arg-type]  # only to compare the rest
    assert again.question == f"  {ASKS_BUDGET} "
    assert isinstance(after[0], EvidenceFound)
    assert after[0].evidence == first.evidence
    assert "".join(event.text for event in after if isinstance(event, TextPiece)) == first.text
    assert again.timings_s.first_token is None
    assert again.timings_s.total is not None
    assert again.timings_s.total < 5


def test_the_same_question_as_it_is_read_is_the_same(index: SearchIndex) -> None:
    engine = engine_of(index)
    asked(engine, "Sông Lam dành bao nhiêu phần trăm ngân sách?")
    _, again = asked(engine, "Sông  Lam dành bao nhiêu phần trăm\nngân sách?")
    assert again.is_cached


@pytest.mark.parametrize(
    "change",
    [
        {"reading": Reading("", "câu khác")},
        {"within": Within(provinces=("Sông Lam",))},
        {"generation": 2},
        {"stamp": Stamp(1, (7, 7))},
        {"settings": "t"},
        {"today": datetime.date(2027, 1, 1)},
        {"is_hostile": True},
    ],
)
def test_whatever_differs_is_another_question(index: SearchIndex, change: dict[str, object]) -> None:
    cache = AnswerCache(9)
    cache.keep(KEY, any_answer(index))
    assert cache.get(KEY) is not None
    assert cache.get(replace(KEY, **change)) is None  # type: ignore[arg-type]  # fields of Key


def test_only_so_many_are_held_and_the_one_not_asked_for_longest_goes(index: SearchIndex) -> None:
    cache, answer = AnswerCache(2), any_answer(index)
    one, two, three = (replace(KEY, generation=number) for number in (1, 2, 3))
    cache.keep(one, answer)
    cache.keep(two, answer)
    assert cache.get(one)
    cache.keep(three, answer)
    assert [cache.get(key) is not None for key in (one, two, three)] == [True, False, True]


def test_none_are_held_when_it_is_switched_off(index: SearchIndex) -> None:
    engine = engine_of(index, cached_answers=0)
    assert [asked(engine)[1].is_cached for _ in range(2)] == [False, False]


def test_a_failure_and_small_talk_are_not_held(index: SearchIndex) -> None:
    chat = ScriptedChat(script=[Reply(error=LLMError("Hỏng.")), *judging(0.9)])
    engine = engine_of(index, chat)
    assert "Hỏng." in asked(engine)[1].notice
    _, again = asked(engine)
    assert (again.is_cached, again.notice) == (False, "")
    assert [asked(engine, "Xin chào")[1].is_cached for _ in range(2)] == [False, False]


def test_an_answer_that_was_left_is_not_held(index: SearchIndex) -> None:
    engine = engine_of(index)
    events = engine.ask(ASKS_BUDGET)
    assert isinstance(next(events), EvidenceFound)
    events.close()  # type: ignore[attr-defined]  # ask is typed as an iterator; it is a generator
    assert not asked(engine)[1].is_cached


def test_a_follow_up_is_the_question_that_it_stands_for(index: SearchIndex) -> None:
    engine = engine_of(index)
    asked(engine)
    assert asked(engine, history=[Turn("Đảo Ngọc cam kết gì?", "20 tỷ đồng.")])[1].is_cached


def test_other_documents_and_other_corrections_are_answered_anew(tmp_path: Path) -> None:
    index = index_of(tmp_path)
    engine = engine_of(index)
    asked(engine)
    assert asked(engine)[1].is_cached
    (tmp_path / "sources" / "thêm.md").write_text("Tỉnh Sông Lam góp 4% ngân sách.\n", encoding="utf-8")
    encoder = HashingEncoder()
    build_index([tmp_path / "sources"], tmp_path / "index", encoder, IndexSettings(encoder.fingerprint, 700))
    assert not asked(engine)[1].is_cached
    assert asked(engine)[1].is_cached
    source = next(one.source for one in index.documents() if "song-lam" in one.source)
    change = Correction(source, quote_digest(BUDGET), 0, (("kind", "opinion"),), "", "2026")
    Corrections(load_settings().corrections_file).add(change)
    assert not asked(engine)[1].is_cached
    index.close()


def test_another_filter_and_other_settings_are_answered_anew(index: SearchIndex) -> None:
    engine = engine_of(index)
    asked(engine)
    assert not asked(engine, within=Within(provinces=("Sông Lam",)))[1].is_cached
    settings = load_settings(evidence_chars=900)
    other = Engine(PassageRetriever(index=index, limit=10), lambda: None, settings, "thử")
    other._cache = engine._cache
    assert not asked(other)[1].is_cached
