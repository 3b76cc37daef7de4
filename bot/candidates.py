"""Feedback as candidates for gold questions: rows that `evals` reads, and that a person has yet to complete."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from bot.ledger.records import Feedback, KeptTurn, Opinion

# As people are told them.
OPINIONS: Mapping[Opinion, str] = {"up": "hữu ích", "down": "chưa đúng", "wrong_citation": "trích dẫn sai"}
_SHORTEST_QUOTE, _SHORTEST_QUESTION = 10, 3  # characters: what a gold question asks of them


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a document, by its file's name."""

    document: str
    quote: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row of a file of gold questions; while `candidate` (what was found fault with) is not empty, it never counts.

    `needs` are the citations that nobody called wrong; `model_answer` is what was answered. No user is named.
    """

    id: str
    question: str
    answerable: bool
    needs: tuple[tuple[Place, ...], ...]
    model_answer: str
    candidate: str
    split: str = "dev"
    category: str = "what"

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON, in NFC as gold questions are."""
        return {name: _composed(value) for name, value in asdict(self).items()}


def candidates(given: Iterable[tuple[Feedback, KeptTurn]]) -> list[Candidate]:
    """One for each question, with all that was said of its answers; the first answer stands for the others."""
    of_question: dict[str, list[tuple[Feedback, KeptTurn]]] = {}
    for feedback, turn in given:
        question = str(turn.answer.get("understood") or turn.question)
        if len(question) >= _SHORTEST_QUESTION:
            of_question.setdefault(question, []).append((feedback, turn))
    return [_candidate(number, question, told) for number, (question, told) in enumerate(of_question.items(), start=1)]


def _candidate(number: int, question: str, told: list[tuple[Feedback, KeptTurn]]) -> Candidate:
    first = told[0][1]
    answer = first.answer
    about_first = [feedback for feedback, turn in told if turn.answer == answer]
    wrong = {feedback.citation for feedback in about_first if feedback.opinion == "wrong_citation"}
    abstained = bool(answer.get("abstained"))
    return Candidate(
        id=f"fb-feedback-{number:02}",
        question=question,
        answerable=not abstained,
        needs=() if abstained else tuple((place,) for place in _places(answer, wrong)),
        model_answer=str(answer.get("text", "")),
        candidate="; ".join(dict.fromkeys(_note(feedback, turn, question) for feedback, turn in told)),
        category="unanswerable" if abstained else "what",
    )


def _places(answer: dict[str, Any], wrong: set[int]) -> list[Place]:
    right = [cited for cited in answer.get("citations", []) if cited["number"] not in wrong]
    places = [Place(cited["source"], cited["quote"]) for cited in right if len(cited["quote"]) >= _SHORTEST_QUOTE]
    return list(dict.fromkeys(places))


def _note(feedback: Feedback, turn: KeptTurn, question: str) -> str:
    cited = f" [{feedback.citation}]" if feedback.citation else ""
    reason = f": {' '.join(feedback.reason.split())}" if feedback.reason.strip() else ""
    typed = f" (đã gõ: {' '.join(turn.question.split())})" if turn.question != question else ""
    return f"{OPINIONS[feedback.opinion]}{cited}{reason}{typed}"


def _composed(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _composed(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_composed(inner) for inner in value]
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value
