"""A system that knows every gold answer, so that what it is spoiled by shows in the measures."""

from collections.abc import Callable, Sequence
from functools import cache

from bot.answer import Answer, AnswerSentence, Citation
from bot.places import SOURCES_FOLDER
from evals.cases import Case, Place, Turn, read_cases, spans
from evals.records import Found
from index.document import read_document
from index.records import Document
from index.sentences import sentence_spans
from tests.evals.builders import answer_of, refusal_of

Spoil = Callable[[Case, Answer], Answer]


class Oracle:
    """Quotes the gold places, refuses what cannot be answered; then `spoil` does what a faulty engine would do."""

    name = "oracle"
    model = "none"
    settings = "none"
    searches = False

    def __init__(self, spoil: Spoil = lambda case, answer: answer) -> None:
        self._spoil = spoil
        self._cases = {case.question: case for case in read_cases()}

    def warm(self) -> None:
        """Nothing to load."""

    def search(self, question: str, limit: int) -> list[Found]:
        """It does not search."""
        raise NotImplementedError

    def answer(self, question: str, history: Sequence[Turn]) -> Answer:
        """The gold answer, spoiled."""
        case = self._cases[question]
        gold = quotation([need[0] for need in case.needs]) if case.answerable else refusal_of()
        return self._spoil(case, gold)


def quotation(places: Sequence[Place]) -> Answer:
    """An answer that quotes the places sentence by sentence; a list stays in one piece."""
    sentences: list[AnswerSentence] = []
    citations: list[Citation] = []
    for place in places:
        start, end = spans(place)[0]
        source = _document(place.document)
        pieces = [(start, end)] if "\n" in place.quote else sentence_spans(source.text, start, end)
        for begin, stop in pieces:
            citations.append(_citation(len(citations) + 1, source, begin, stop))
            sentences.append(AnswerSentence(source.text[begin:stop], (len(citations),), "verbatim"))
    return answer_of(*sentences, citations=tuple(citations), style="quote")


@cache
def _document(name: str) -> Document:
    file = SOURCES_FOLDER / name
    return read_document(file, file.stem)[0]


def _citation(number: int, source: Document, start: int, end: int) -> Citation:
    """As the engine cites: with all the headings that the place stands under."""
    headings: dict[int, str] = {}
    for line in source.text[:start].split("\n"):
        level = len(line) - len(line.lstrip("#"))
        if level:
            headings = {depth: title for depth, title in headings.items() if depth < level}
            headings[level] = line.strip("# ")
    return Citation(
        number=number,
        document=source.id,
        title=source.title,
        source=source.source_name,
        date=str(source.date or ""),
        provinces=source.provinces,
        heading=" › ".join(headings.values()),
        start=start,
        end=end,
        quote=source.text[start:end],
    )
