"""Whether an answer keeps to the point: who quotes everything holds every fact, and helps nobody."""

from bot.answer import Answer
from evals.cases import Case
from evals.correctness import said
from evals.facts import holds, tokens
from evals.grounding import stands_in
from index.sentences import sentence_spans


def relevance(case: Case, answer: Answer | None) -> float | None:
    """Share of the answer's words in sentences and list items that hold a fact asked for or say what a gold place says.

    Context precision's idea (RAGAS, Es et al., 2023, arXiv:2309.15217) on the answer's own words, without a judge.
    None for what is not answerable and for refusals; a failure and an answer without words count 0.
    """
    if not case.answerable or (answer and answer.abstained):
        return None
    text = said(answer).replace(";", "\n") if answer else ""
    gold = "\n".join(place.quote for need in case.needs for place in need)
    counted = [(len(tokens(text[start:end])), text[start:end]) for start, end in sentence_spans(text)]
    total = sum(count for count, _ in counted)
    return sum(count for count, part in counted if _to_the_point(case, part, gold)) / total if total else 0.0


def _to_the_point(case: Case, part: str, gold: str) -> bool:
    return any(holds(part, fact) for fact in case.must) or stands_in(part, gold)
