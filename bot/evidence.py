"""The sentences that are shown and read: picked out of the passages found, within a budget of characters."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.injection import addressed_spans, for_people
from index.lines import LIST_ITEM
from index.records import Document, Hit, PartialDate, Passage, Statement
from index.register import Line
from index.sentences import sentence_spans
from index.split import is_heading
from index.vietnamese import search_terms, words

# The rest is for the question's words in the sentence itself; best of 0.3 to 0.7 on development questions.
_PASSAGE_SHARE = 0.4
_LIST_CHARS = 600
_FACT_WORDS = 8


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence (or a list with its lead) of a document: `document.text[start:end] == text`; `date` is ISO.

    `page` counts from 1, 0 where the document has no pages; a caption belongs to a picture.
    `score` lies in 0..1; `overlap` is the share of the question's words, weighted by rarity, that it holds;
    `cosine` is that of its passage, 0 where the dense search did not return it. `said` is what the register knows of
    it, `place` the province (or of several speakers the one) asked for that it is of; `likelihood`, where it was
    weighed, how likely it holds what is asked for.
    """

    document: str
    title: str
    source: str
    date: str
    provinces: tuple[str, ...]
    heading: str
    start: int
    end: int
    text: str
    score: float
    overlap: float
    cosine: float
    page: int = 0
    is_caption: bool = False
    said: tuple[Statement, ...] = ()
    place: str = ""
    likelihood: float | None = None


class Fit(Protocol):
    """What the register knows of a sentence, and what it counts for."""

    def holds(self, document: Document, said: Sequence[Line]) -> bool:
        """Whether a sentence with these lines may be used at all."""
        ...

    def said(self, document_id: str, start: int, end: int) -> Sequence[Line]:
        """The lines of the register in a stretch of a document."""
        ...

    def bonus(self, document: Document, said: Sequence[Line], text: str) -> float:
        """What is added to the score of a sentence with these lines."""
        ...

    def side_of(self, document: Document, said: Sequence[Line]) -> str:
        """Which of several provinces or speakers asked for a sentence is of, or empty."""
        ...


def shown_date(iso: str) -> str:
    """`2020-09-10` as officials write it: `10/9/2020`; empty stays empty."""
    date = PartialDate.parse(iso)
    return date.vietnamese() if date else ""


def place_line(date: str, provinces: Sequence[str], heading: str, page: int = 0, *, is_caption: bool = False) -> str:
    """Date, provinces, page and the last heading on one line, for people."""
    shown_page = f"trang {page}" if page else ""
    caption = "chú thích ảnh" if is_caption else ""
    parts = (shown_date(date), ", ".join(provinces), shown_page, heading.rsplit(" › ", 1)[-1], caption)
    return " · ".join(part for part in parts if part)


def select(
    question: str,
    hits: Sequence[Hit],
    weigh: Callable[[Sequence[str]], Mapping[str, float]],
    budget_chars: int,
    added: Sequence[str] = (),
    fit: Fit | None = None,
) -> tuple[Evidence, ...]:
    """The best sentences of the hits, best first, as many as fit; `weigh` gives the rarity of search terms.

    `added` are other names for what the question names: to hold one counts, to lack it does not. `fit` tells how well
    a sentence fits what is asked by what the register knows of it.
    """
    asked = list(dict.fromkeys(search_terms(question)))
    others = [term for name in added for term in search_terms(name) if term not in asked]
    terms = weigh([*asked, *dict.fromkeys(others)])
    whole = sum(terms[term] for term in asked)
    found = [evidence for hit in hits for evidence in _of_hit(hit, terms, whole, fit)]
    found.sort(key=lambda evidence: (-evidence.score, evidence.document, evidence.start))
    chosen: list[Evidence] = []
    seen: set[str] = set()
    used = 0
    for evidence in _in_turn(found):
        words = " ".join(search_terms(evidence.text))
        if words in seen or (chosen and used + len(evidence.text) > budget_chars):
            continue
        seen.add(words)
        chosen.append(evidence)
        used += len(evidence.text)
    return tuple(chosen)


def _in_turn(found: Sequence[Evidence]) -> list[Evidence]:
    """The best of each side asked for, then the second best of each: none is crowded out, least of all by others."""
    places = {evidence.place for evidence in found} - {""}
    if len(places) < 2:
        return list(found)
    ranks: dict[str, int] = {}
    turns = []
    for evidence in found:
        ranks[evidence.place] = turn = ranks.get(evidence.place, 0) + 1
        turns.append(turn if evidence.place else len(found))
    return [evidence for _, evidence in sorted(zip(turns, found, strict=True), key=lambda pair: pair[0])]


def _of_hit(hit: Hit, terms: Mapping[str, float], whole: float, fit: Fit | None) -> Iterator[Evidence]:
    document = hit.document
    for start, end in _units(hit.passage):
        text = hit.passage.text[start:end]
        overlap = _overlap(text, terms, whole)
        place = hit.passage.start + start, hit.passage.start + end
        lines = fit.said(document.id, *place) if fit else ()
        # A register may be of another moment than the search: of a document written anew it knows nothing.
        lines = [line for line in lines if line.document.sha256 == document.sha256]
        if fit and not fit.holds(document, lines):
            continue
        bonus = fit.bonus(document, lines, text) if fit else 0.0
        yield Evidence(
            document=document.id,
            title=for_people(document.title, document.source_name),
            source=document.source_name,
            date=str(document.date or ""),
            provinces=document.provinces,
            heading=for_people(hit.passage.heading, ""),
            start=place[0],
            end=place[1],
            text=text,
            score=_PASSAGE_SHARE * hit.score + (1 - _PASSAGE_SHARE) * overlap + bonus,
            overlap=overlap,
            cosine=hit.dense or 0.0,
            page=document.page_of(place[0]),
            is_caption=hit.passage.is_caption,
            said=tuple(line.statement for line in lines),
            place=fit.side_of(document, lines) if fit else "",
        )


def _units(passage: Passage) -> Iterator[tuple[int, int]]:
    """Sentences without headings; a lead that ends in a colon is one unit with the list items below it.

    What speaks to the assistant instead of to people is no evidence.
    """
    text = passage.text
    addressed = addressed_spans(text)
    pending: tuple[int, int] | None = None
    for start, end in sentence_spans(text):
        sentence = text[start:end]
        if any(start < stop and begin < end for begin, stop in addressed):
            if pending:
                yield pending
            pending = None
            continue
        if pending and LIST_ITEM.match(sentence) and end - pending[0] <= _LIST_CHARS:
            pending = pending[0], end
            continue
        if pending:
            yield pending
            pending = None
        if _is_bare_heading(text, start, end):
            continue
        if sentence.endswith(":"):
            pending = start, end
        else:
            yield start, end
    if pending:
        yield pending


def _is_bare_heading(text: str, start: int, end: int) -> bool:
    """A Markdown heading, or a short line of its own above other text; a longer one may hold a fact (a caption)."""
    line = text[start:end]
    if line.startswith("#"):
        return True
    stands_alone = (start == 0 or text[start - 1] == "\n") and text[end:].lstrip(" ").startswith("\n")
    return stands_alone and is_heading(line) and len(words(line)) < _FACT_WORDS


def _overlap(text: str, terms: Mapping[str, float], whole: float) -> float:
    held = sum(terms[term] for term in set(search_terms(text)) if term in terms)
    return min(1.0, held / whole) if whole else 0.0
