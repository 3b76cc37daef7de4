"""Who said it, to whom, and which way: the first duty of every answer."""

from collections.abc import Sequence
from typing import NamedTuple

from bot.answer import Answer, Citation
from evals.cases import Case, Place, spans
from evals.correctness import said
from evals.facts import holds


class Attribution(NamedTuple):
    """1 for right, 0 for wrong, None where the question has no say in it."""

    speaker: float | None
    recipient: float | None
    direction: float | None

    @property
    def all_right(self) -> float | None:
        """1 when all that apply are right; None when none applies."""
        known = [value for value in self if value is not None]
        return min(known) if known else None


def attribution(case: Case, answer: Answer | None) -> Attribution:
    """Of an answered question; a refusal attributes nothing, a failure everything wrongly.

    Right speaker and recipient: one of their names stands in a sentence that holds a fact asked for, in the passage it
    cites, or in that passage's heading, title and provinces. Right direction: such a sentence exists, nothing forbidden
    is said, and no sentence cites what somebody else said (at least half of the citation lies in a trap).
    """
    if not case.answerable or (answer and answer.abstained):
        return Attribution(None, None, None)
    basis = _basis(case, answer) if answer else ""
    right_way = bool(basis) and answer is not None and not _other_side(case, answer)
    return Attribution(
        float(holds(basis, case.speaker)) if case.speaker else None,
        float(holds(basis, case.recipient)) if case.recipient else None,
        float(right_way) if case.direction else None,
    )


def _basis(case: Case, answer: Answer) -> str:
    """The sentences that hold a fact asked for, with what they cite and where that stands."""
    cited = {citation.number: citation for citation in answer.citations}
    bearing = [one for one in answer.sentences if any(holds(one.text, fact) for fact in case.must)]
    parts = [one.text for one in bearing]
    for one in bearing:
        parts += [_shown(cited[number]) for number in one.citations if number in cited]
    return "\n".join(parts)


def _shown(citation: Citation) -> str:
    return "\n".join([citation.quote, citation.heading, citation.title, *citation.provinces])


def _other_side(case: Case, answer: Answer) -> bool:
    if any(holds(said(answer), [fact]) for fact in case.must_not):
        return True
    used = {number for sentence in answer.sentences for number in sentence.citations}
    return any(_lies_in(one, case.traps) for one in answer.citations if one.number in used)


def _lies_in(citation: Citation, places: Sequence[Place]) -> bool:
    for place in places:
        if citation.source != place.document:
            continue
        for start, end in spans(place):
            shared = min(citation.end, end) - max(citation.start, start)
            if 2 * shared >= citation.end - citation.start:
                return True
    return False
