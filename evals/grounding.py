"""Whether what an answer says stands in what it cites: citation recall and precision."""

import re
from collections.abc import Callable, Sequence

from bot.answer import Answer, AnswerSentence, Citation
from bot.errors import SettingsError
from evals.cases import source_text
from evals.facts import figures, tokens, unmarked
from index.vietnamese import CAPITALS

Supports = Callable[[str, str], bool]
# Names: capitalised words in a row, or a word with two capitals (VNPT, MobiFone).
_NAME = re.compile(rf"[{CAPITALS}]\w+(?: [{CAPITALS}]\w*)+|\b\w*[{CAPITALS}]\w*[{CAPITALS}]\w*")
# Less than half of its words in the source: a sentence that says something else with the same names and figures.
_LEAST_SHARED = 0.5
_NEGATIONS = frozenset({"không", "chưa", "chẳng", "đừng"})


def stands_in(sentence: str, source: str) -> bool:
    """The deterministic tier: the sentence word for word, or its figures, dates, names, negations and half its words.

    It goes by words alone: it does not see who says it to whom (that is `attribution`'s), nor a negation left out.
    """
    said, there = tokens(sentence), tokens(source)
    whole = f" {' '.join(there)} "
    if not said:
        return False
    if f" {' '.join(said)} " in whole:
        return True
    if not figures(sentence) <= figures(source):
        return False
    if any(f" {' '.join(tokens(name))} " not in whole for name in _NAME.findall(sentence)):
        return False
    kinds = set(said)
    if not kinds & _NEGATIONS <= set(there):
        return False
    return len(kinds & set(there)) >= _LEAST_SHARED * len(kinds)


def is_exact(citation: Citation) -> bool:
    """Whether the quote is what stands at that place of the document."""
    if not 0 <= citation.start < citation.end:
        return False
    try:
        return source_text(citation.source)[citation.start : citation.end] == citation.quote
    except SettingsError:  # no document of that name
        return False


def citation_recall(answer: Answer, supports: Supports = stands_in) -> float:
    """Share of the sentences that their citations, taken together, support (ALCE, Gao et al., 2023, arXiv:2305.14627).

    A citation that does not exist or does not quote exactly supports nothing; without sentences the recall is 0.
    """
    cited = [(sentence, _sources(answer, sentence)) for sentence in answer.sentences]
    return _share([_supported(sentence.text, sources, supports) for sentence, sources in cited])


def citation_precision(answer: Answer, supports: Supports = stands_in) -> float:
    """Share of the citations that help (ALCE, arXiv:2305.14627); without citations 0.

    One helps when the sentence is supported, and it either supports it alone or cannot be left out.
    """
    helps: list[bool] = []
    for sentence in answer.sentences:
        sources = _sources(answer, sentence)
        whole = _supported(sentence.text, sources, supports)
        for number, source in enumerate(sources):
            rest = sources[:number] + sources[number + 1 :]
            alone = _supported(sentence.text, [source], supports)
            helps.append(whole and (alone or not _supported(sentence.text, rest, supports)))
    return _share(helps)


def _sources(answer: Answer, sentence: AnswerSentence) -> list[str]:
    """What each number in the sentence leads to; empty where it leads nowhere or the quote is not exact."""
    by_number = {citation.number: citation for citation in answer.citations}
    found = [by_number.get(number) for number in sentence.citations]
    return [f"{one.quote}\n{one.title}\n{one.where()}" if one and is_exact(one) else "" for one in found]


def _supported(sentence: str, sources: Sequence[str], supports: Supports) -> bool:
    return any(sources) and supports(unmarked(sentence), "\n".join(sources))


def _share(flags: Sequence[bool]) -> float:
    return sum(flags) / len(flags) if flags else 0.0
