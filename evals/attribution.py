"""Who said it, to whom, and which way: the first duty of every answer."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from bot.answer import Answer, AnswerSentence
from evals.cases import Case
from evals.correctness import said
from evals.facts import holds, tokens, unmarked
from evals.grounding import stands_in

# Verbs of saying and promising, with what stands before them.
_SAYS = (
    r"(?:(?:cũng|đã|còn|vừa|sẽ|từng|đang|mới|lại) )*(?:đề nghị|đề xuất|khuyến nghị|kiến nghị|yêu cầu|gợi ý|lưu ý|"
    r"nhấn mạnh|cho rằng|cho biết|khẳng định|cam kết|hứa|khuyên|nêu|nói(?! riêng)|mong|giao)\b"
)

_ASKED_OF = re.compile(rf"{_SAYS}(?: rằng| tỉnh| lãnh đạo)* $")


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

    Right speaker and recipient: one of their names stands in a sentence that holds a fact asked for, or in the passage
    it cites or that passage's heading. Right direction, of questions that have another side (`traps`, `must_not`): such
    a sentence exists and nothing of the other side is said. A sentence in which the recipient does the saying is wrong
    in all three.
    """
    if not case.answerable or (answer and answer.abstained):
        return Attribution(None, None, None)
    bearing = _bearing(case, answer) if answer else []
    basis = "" if answer is None else "\n".join(_with_sources(answer, bearing))
    exchanged = any(_exchanged(case, one.text) for one in bearing)
    has_other_side = case.direction and (case.traps or case.must_not)
    right_way = bool(bearing) and not exchanged and answer is not None and not _other_side(case, answer)
    return Attribution(
        float(not exchanged and holds(basis, case.speaker)) if case.speaker else None,
        float(not exchanged and holds(basis, case.recipient)) if case.recipient else None,
        float(right_way) if has_other_side else None,
    )


def _bearing(case: Case, answer: Answer) -> list[AnswerSentence]:
    """The sentences that hold a fact asked for."""
    return [one for one in answer.sentences if any(holds(one.text, fact) for fact in case.must)]


def _with_sources(answer: Answer, sentences: list[AnswerSentence]) -> Iterator[str]:
    cited = {citation.number: citation for citation in answer.citations}
    for one in sentences:
        yield one.text
        yield from (f"{cited[number].quote}\n{cited[number].heading}" for number in one.citations if number in cited)


def _exchanged(case: Case, sentence: str) -> bool:
    """Whether the sentence makes the recipient the one who says it.

    Its name, then at once a verb of saying ("Hậu Giang đề nghị …", "… được Hậu Giang đề nghị"), unless another such
    verb makes it what is asked for ("Bộ trưởng đề nghị Hậu Giang cam kết …").
    """
    text = " ".join(tokens(unmarked(sentence)))
    for name in (" ".join(tokens(name)) for name in case.recipient if name not in case.speaker):
        said_by = re.search(rf"(?<!với )(?<!cho )\b{re.escape(name)} {_SAYS}", text)
        if said_by and not _ASKED_OF.search(text[: said_by.start()]):
            return True
    return False


def _other_side(case: Case, answer: Answer) -> bool:
    """Something forbidden, or a sentence that says what stands in a trap and in none of the gold places."""
    if any(holds(said(answer), [fact]) for fact in case.must_not):
        return True
    gold = [place.quote for need in case.needs for place in need]
    return any(_says_trap(unmarked(one.text), case, gold) for one in answer.sentences)


def _says_trap(sentence: str, case: Case, gold: list[str]) -> bool:
    for trap in case.traps:
        if holds(sentence, [trap.quote]):
            return True
        if stands_in(sentence, trap.quote) and not any(stands_in(sentence, quote) for quote in gold):
            return True
    return False
