"""The gold questions: what is asked, what answers it, and what a right answer holds.

`python -m evals.cases check` proves that the file fits the documents.
"""

import argparse
import json
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.errors import SettingsError
from bot.places import SOURCES_FOLDER
from evals.facts import holds

QUESTIONS_FILE = Path(__file__).with_name("questions.jsonl")
Category = Literal[
    "number",
    "when",
    "who",
    "what",
    "list",
    "cross_document",
    "direction",
    "abbreviation",
    "colloquial",
    "follow_up",
    "unanswerable",
    "false_premise",
    "injection",
]
CATEGORIES: tuple[Category, ...] = get_args(Category)
Split = Literal["dev", "test"]
SPLITS: tuple[Split, ...] = get_args(Split)
Direction = Literal["ministry_to_province", "province_to_ministry", "enterprise_to_province", "state_of_affairs"]
Fact = Annotated[tuple[str, ...], Field(min_length=1)]
# What the suite promises to hold at least.
LEAST_QUESTIONS, LEAST_UNANSWERABLE = 160, 30
LEAST_OF: Mapping[Category, int] = {"direction": 25, "list": 20}


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Place(_Row):
    """A stretch of a document of `sources/`, word for word; `document` is the file's name."""

    document: str
    quote: str = Field(min_length=10)


class Turn(_Row):
    """An earlier question of a conversation and its answer."""

    question: str
    answer: str


class Case(_Row):
    """A gold question.

    `needs`: what must be found, each as places of which one is enough. `must`: facts of a right answer, each as
    alternative wordings (for a list: its items); of a false premise, what corrects it. `must_not`: what no right answer
    holds. `traps`: places that look like the answer but are said by or to somebody else. `speaker`, `recipient`:
    alternative names, of which one must be given. `candidate`: what users found fault with, in rows of `bot feedback
    export`; while it is not empty, nobody has completed the row, and it is asked but never scored.
    """

    id: str = Field(pattern=r"^[a-z]{2,3}-[a-z_]+-\d{2,}$")
    split: Split
    category: Category
    question: str = Field(min_length=3)
    history: tuple[Turn, ...] = ()
    answerable: bool
    needs: tuple[Annotated[tuple[Place, ...], Field(min_length=1)], ...] = ()
    must: tuple[Fact, ...] = ()
    must_not: tuple[str, ...] = ()
    speaker: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    direction: Direction | None = None
    traps: tuple[Place, ...] = ()
    model_answer: str
    candidate: str = ""

    @property
    def documents(self) -> tuple[str, ...]:
        """The documents that answer it, each once."""
        return tuple(dict.fromkeys(place.document for need in self.needs for place in need))


def read_cases(file: Path = QUESTIONS_FILE) -> list[Case]:
    """The gold questions in their order. Raises SettingsError naming the line that is not of the form."""
    cases = []
    try:
        lines = file.read_text(encoding="utf-8").rstrip("\n").split("\n")
    except (OSError, UnicodeDecodeError) as exc:
        raise SettingsError(f"Không đọc được «{file}»: {exc}.", "Hãy kiểm tra đường dẫn.") from exc
    for number, line in enumerate(lines, start=1):
        try:
            cases.append(Case.model_validate_json(line))
        except ValidationError as exc:
            raise SettingsError(f"{file.name}, dòng {number}: {exc}.", "Hãy sửa dòng này.") from exc
    return cases


@cache
def source_text(document: str) -> str:
    """The text of a document of `sources/`. Raises SettingsError when there is none of that name."""
    file = SOURCES_FOLDER / document
    if not file.is_file():
        raise SettingsError(f"Không có tài liệu sources/{document}.", "Hãy sửa tên tài liệu trong câu hỏi chuẩn.")
    return file.read_text(encoding="utf-8")


def spans(place: Place) -> list[tuple[int, int]]:
    """Every `(start, end)` at which the quote stands in its document."""
    text, found, start = source_text(place.document), [], -1
    while (start := text.find(place.quote, start + 1)) >= 0:
        found.append((start, start + len(place.quote)))
    return found


def problems(case: Case) -> Iterator[str]:
    """What is wrong with one question."""
    if case.candidate:
        yield "a candidate: complete it, then take `candidate` out"
    for place in (*(place for need in case.needs for place in need), *case.traps):
        try:
            if not spans(place):
                yield f"quote not in {place.document}: {place.quote!r}"
        except SettingsError as exc:
            yield exc.message
    quotes = " … ".join(place.quote for need in case.needs for place in need)
    yield from (f"fact not in the evidence: {fact}" for fact in case.must if not holds(quotes, fact))
    yield from (f"forbidden in the model answer: {fact}" for fact in case.must_not if holds(case.model_answer, [fact]))
    if case.must and not all(holds(case.model_answer, fact) for fact in case.must):
        yield "the model answer lacks a fact"
    if case.model_dump_json() != unicodedata.normalize("NFC", case.model_dump_json()):
        yield "not in NFC"
    yield from _unfit_for_category(case)


def _unfit_for_category(case: Case) -> Iterator[str]:
    if case.answerable and not (case.needs and case.must):
        yield "answerable, but without needs or must"
    if not case.answerable and case.category != "false_premise" and (case.needs or case.must):
        yield "unanswerable, but with needs or must"
    if case.answerable == (case.category in {"unanswerable", "false_premise"}) and case.category != "injection":
        yield f"answerable = {case.answerable} does not fit {case.category}"
    if case.category == "direction" and not (case.direction and (case.must_not or case.traps)):
        yield "direction of speech without direction, or without must_not and traps"
    if case.direction and case.direction != "state_of_affairs" and not (case.speaker and case.recipient):
        yield "direction without speaker or recipient"
    if case.category == "false_premise" and not (case.must and case.must_not):
        yield "false premise without what corrects it (must) or what would accept it (must_not)"
    if case.category == "list" and len(case.must) < 2:
        yield "a list of fewer than two items"
    if bool(case.history) != (case.category == "follow_up"):
        yield "history belongs to follow_up, and follow_up has one"
    if case.category == "cross_document" and len(case.documents) < 2:
        yield "cross_document with fewer than two documents"


def problems_of_all(cases: Sequence[Case]) -> Iterator[str]:
    """What is wrong with the set as a whole."""
    for kind, values in (
        ("id", [case.id for case in cases]),
        ("question", [json.dumps([case.question, [turn.question for turn in case.history]]) for case in cases]),
    ):
        yield from (f"{kind} used {times} times: {value}" for value, times in Counter(values).items() if times > 1)
    if len(cases) < LEAST_QUESTIONS:
        yield f"{len(cases)} questions, fewer than {LEAST_QUESTIONS}"
    if (unanswerable := sum(not case.answerable for case in cases)) < LEAST_UNANSWERABLE:
        yield f"{unanswerable} unanswerable, fewer than {LEAST_UNANSWERABLE}"
    by_category = Counter(case.category for case in cases)
    for category, least in LEAST_OF.items():
        if by_category[category] < least:
            yield f"{by_category[category]} of {category}, fewer than {least}"
    for split in SPLITS:
        ours = [case for case in cases if case.split == split]
        missing = set(CATEGORIES) - {case.category for case in ours}
        missing_documents = {file.name for file in SOURCES_FOLDER.glob("*.md")} - {
            document for case in ours for document in case.documents
        }
        yield from (f"{split} has nothing of {name}" for name in sorted(missing | missing_documents))


def main(arguments: Sequence[str] | None = None) -> int:
    """Entry point; exit status 1 when the file does not fit."""
    parser = argparse.ArgumentParser(prog="python -m evals.cases", description="the gold questions")
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="prove that quotes, ids, facts and counts hold")
    check.add_argument("file", type=Path, nargs="?", default=QUESTIONS_FILE)
    options = parser.parse_args(arguments)
    try:
        cases = read_cases(options.file)
    except SettingsError as exc:
        print(exc, file=sys.stderr)
        return 1
    found = [f"{case.id}: {problem}" for case in cases for problem in problems(case)]
    found += problems_of_all(cases)
    for problem in found:
        print(problem, file=sys.stderr)
    counts = Counter(case.category for case in cases)
    print(f"{len(cases)} questions: " + ", ".join(f"{counts[name]} {name}" for name in CATEGORIES))
    print(", ".join(f"{sum(case.split == split for case in cases)} {split}" for split in SPLITS))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
