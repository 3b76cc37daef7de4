"""Whether an answer keeps to the point: who quotes everything holds every fact, and helps nobody."""

from bot.answer import Answer, AnswerSentence
from evals.cases import Case
from evals.facts import holds
from evals.grounding import is_exact
from evals.records import Found
from evals.retrieval import covers


def relevance(case: Case, answer: Answer | None) -> float | None:
    """Share of the answer's sentences that hold a fact asked for or quote a place that answers the question.

    Context precision's idea (RAGAS, Es et al., 2023, arXiv:2309.15217) on the answer's own sentences, without a judge.
    None for what is not answerable and for refusals; a failure, and an answer without sentences, count 0.
    """
    if not case.answerable or (answer and answer.abstained):
        return None
    if answer is None or not answer.sentences:
        return 0.0
    return sum(_to_the_point(case, answer, one) for one in answer.sentences) / len(answer.sentences)


def _to_the_point(case: Case, answer: Answer, sentence: AnswerSentence) -> bool:
    if any(holds(sentence.text, fact) for fact in case.must):
        return True
    cited = [one for one in answer.citations if one.number in sentence.citations and is_exact(one)]
    places = [place for need in case.needs for place in need]
    return any(covers(Found(one.source, one.start, one.end), place) for one in cited for place in places)
