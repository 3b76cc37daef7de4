"""An engine with a fault is caught: the measure that it harms falls, and the gate that ships does not let it pass."""

import dataclasses
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from langchain_core.messages import BaseMessage

from bot import compose
from bot.answer import Answer
from bot.places import SOURCES_FOLDER
from bot.verify import Judgement
from evals import gate
from evals.cases import Case, Turn, read_cases
from evals.results import Results, results
from evals.run import Task, run_task
from evals.score import MEASURES, summarise
from evals.systems import OurEngine, System
from index.build import build_index
from index.search import IndexSettings, SearchIndex
from tests.bot.corpus import engine_of
from tests.evals.builders import refusal_of
from tests.evals.oracle import Oracle, Spoil, quotation
from tests.stand_ins import HashingEncoder, Reply, ScriptedChat

ALL_ANSWERS = Task("answers", "all")


def run_system(folder: Path, system: System) -> Results:
    """The system, asked every gold question."""
    return results(run_task(folder, system, read_cases(), ALL_ANSWERS))


def run_of(folder: Path, spoil: Spoil | None = None) -> Results:
    """The oracle, sound or spoiled, asked every gold question."""
    return run_system(folder, Oracle(spoil) if spoil else Oracle())


def value_of(scored: Results, measure: str) -> float:
    return summarise(scored.answers, [MEASURES[measure]])[measure].value


def failed(scored: Results) -> set[str]:
    """What the shipped gate finds wanting."""
    return {check.name.removeprefix("answers: ") for check in gate.check(scored) if not check.passed}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Results:
    return run_of(tmp_path_factory.mktemp("sound"))


def test_a_sound_engine_passes_the_gate(sound: Results) -> None:
    assert failed(sound) == set()
    for measure in ("correct", "citation recall", "citation precision", "attribution", "relevance", "list recall"):
        assert value_of(sound, measure) > 0.97, measure
    assert value_of(sound, "hallucination rate") == value_of(sound, "error rate") == 0


def ask_the_other_side(case: Case, answer: Answer) -> Answer:
    """What the province asked for, or a company offered, is returned as what was recommended."""
    return quotation(case.traps) if case.traps else answer


def answer_everything(case: Case, answer: Answer) -> Answer:
    """Whatever lies near is quoted, asked for or not."""
    return quotation([read_cases()[0].needs[0][0]]) if answer.abstained else answer


def refuse_everything(case: Case, answer: Answer) -> Answer:
    return refusal_of()


def quote_everything(case: Case, answer: Answer) -> Answer:
    """The right sentences among twenty others."""
    if answer.abstained:
        return answer
    others = [other.needs[0][0] for other in read_cases() if other.answerable and other.id != case.id]
    return quotation([*(need[0] for need in case.needs), *others[:20]])


@pytest.mark.parametrize(
    ("spoil", "measure", "least_harm"),
    [
        (ask_the_other_side, "right direction", 0.3),
        (ask_the_other_side, "attribution", 0.2),
        (refuse_everything, "correct", 0.5),
        (quote_everything, "relevance", 0.5),
    ],
)
def test_a_fault_lowers_its_measure_and_fails_the_gate(
    sound: Results, tmp_path: Path, spoil: Spoil, measure: str, least_harm: float
) -> None:
    spoiled = run_of(tmp_path, spoil)
    assert value_of(spoiled, measure) < value_of(sound, measure) - least_harm
    assert measure in failed(spoiled)


@pytest.mark.parametrize(("spoil", "rate"), [(answer_everything, "hallucination"), (refuse_everything, "error")])
def test_answering_or_refusing_everything_shows_as_its_rate(tmp_path: Path, spoil: Spoil, rate: str) -> None:
    spoiled = run_of(tmp_path, spoil)
    assert value_of(spoiled, f"{rate} rate") > 0.9  # a false premise may be corrected by chance
    assert f"{rate} rate" in failed(spoiled)


class Inventing(ScriptedChat):
    """A model that says yes to everything and writes what stands nowhere."""

    def _next(self, messages: list[BaseMessage], options: dict[str, Any], *, streamed: bool) -> Reply:
        if streamed:
            return Reply("Bộ trưởng yêu cầu tỉnh dành 77% ngân sách cho tàu Sao Hỏa [1].")
        return Reply(odds={"Có": 0.9, "A": 0.1})


class Swapping(OurEngine):
    """Our engine, with the citations of its sentences exchanged."""

    def answer(self, question: str, history: Sequence[Turn]) -> Answer:
        """The answer, spoiled."""
        answer = super().answer(question, history)
        numbers = [sentence.citations for sentence in answer.sentences]
        exchanged = zip(answer.sentences, numbers[1:] + numbers[:1], strict=True)
        sentences = tuple(dataclasses.replace(sentence, citations=other) for sentence, other in exchanged)
        return dataclasses.replace(answer, sentences=sentences)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchIndex]:
    """The documents that ship, in a real index."""
    folder, encoder = tmp_path_factory.mktemp("index"), HashingEncoder()
    built_with = IndexSettings(encoder.fingerprint, passage_chars=700)
    build_index([SOURCES_FOLDER], folder, encoder, built_with)
    opened = SearchIndex(folder, encoder, built_with, dense_weight=0.5)
    yield opened
    opened.close()


def test_exchanged_citations_lower_citation_recall_and_precision(index: SearchIndex, tmp_path: Path) -> None:
    engine = engine_of(index)
    sound = run_system(tmp_path, OurEngine(engine, index, "none", "sound"))
    swapped = run_system(tmp_path, Swapping(engine, index, "none", "swapped"))
    for measure in ("citation recall", "citation precision"):
        assert value_of(sound, measure) > 0.98  # a count over the register stands in none of what it counts
        assert measure not in failed(sound)
        assert value_of(swapped, measure) < 0.75  # a sentence that stands alone keeps its citation
        assert measure in failed(swapped)


def test_without_the_check_of_what_is_written_citation_recall_falls(
    index: SearchIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = engine_of(index, Inventing(script=[]), answer_style="write", cached_answers=0)
    checked = run_system(tmp_path, OurEngine(engine, index, "inventing", "checked"))
    monkeypatch.setattr(compose, "verify", lambda sentence, evidence: Judgement(True))
    unchecked = run_system(tmp_path, OurEngine(engine, index, "inventing", "unchecked"))
    assert value_of(checked, "citation recall") > 0.98
    assert "citation recall" not in failed(checked)
    assert value_of(unchecked, "citation recall") < 0.3  # what the register answers is not written
    assert {"citation recall", "citation precision", "correct"} <= failed(unchecked)
