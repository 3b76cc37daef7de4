"""Whether the words of a sentence are those of the evidence: weighed together, not one by one."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from bot.verify_align import Aligned, Words
from bot.verify_words import kin, kin_pattern, light, weights
from index.vietnamese import words

Found = tuple[str, str]
_KIN, _TITLE, _ELSEWHERE, _FOREIGN, _NAMED = 0.15, 0.15, 0.7, 1.0, 2.0
_MOST_FOREIGN = 0.5


def content_faults(laid: Aligned) -> Iterator[Found]:
    """Too much in the sentence that the evidence does not have."""
    content = Content(laid)
    table = weights()
    score = table["bar"] + sum(table[name] * value for name, value in content.features().items())
    if score > 0 or content.share > _MOST_FOREIGN:
        yield "content", content.worst


class Content:
    """How foreign each word with weight of a sentence is to its evidence."""

    def __init__(self, laid: Aligned) -> None:
        self._laid = laid
        self.words: Words = laid.words
        self.at = [at for at in range(len(laid.words.tokens)) if laid.words.content[at]]

    @cached_property
    def foreign(self) -> Mapping[int, float]:
        """From 0, the same word stands there, to 1, nothing like it does."""
        return {at: self._foreign(at) for at in self.at}

    def _foreign(self, at: int) -> float:
        if self._laid.place_of[at] is not None:
            return 0.0
        token = self.words.tokens[at]
        word = token.word
        if at in self._kin or at in self._light:
            return _KIN
        if word in self._about:
            return _TITLE
        return _ELSEWHERE if any(unit.words.is_content(word) for unit in self._laid.units) else self._alone(at)

    @cached_property
    def _about(self) -> frozenset[str]:
        """The words of what is known of the evidence besides its text."""
        items = {id(unit.evidence): unit.evidence for unit in self._laid.units}.values()
        said = [one for item in items for one in item.said]
        known = [part for one in said for part in (one.speaker, one.title, one.recipient, one.province)]
        texts = [part for item in items for part in (item.title, item.heading, *item.provinces)]
        return frozenset(word.lower() for text in (*known, *texts) for word in words(text))

    def _alone(self, at: int) -> float:
        """5G and a name are said of one thing only; small words may stand for others."""
        written = self.words.read.text[self.words.tokens[at].start : self.words.tokens[at].end]
        return _NAMED if (written[0].isdigit() or (at and written.istitle())) else _FOREIGN

    @cached_property
    def _light(self) -> frozenset[int]:
        return self._within([match.span() for match in light().finditer(self.words.read.text)])

    def _within(self, spans: Sequence[tuple[int, int]]) -> frozenset[int]:
        return frozenset(at for at in self.at if any(a <= self.words.tokens[at].start < b for a, b in spans))

    @cached_property
    def _kin(self) -> frozenset[int]:
        """The tokens of phrases of which the evidence has kin."""
        there = " ".join(unit.words.read.text.lower() for unit in self._laid.units)
        held = {match[1] for match in kin_pattern().finditer(there)}
        spans = [
            (match.start(), match.end(1))
            for match in kin_pattern().finditer(self.words.read.text.lower())
            if held & kin()[match[1]]
        ]
        return self._within(spans)

    def _runs(self) -> Iterator[list[int]]:
        """Words with weight that stand side by side, function words passed over, in a piece."""
        for _, chunk in itertools.groupby(self.at, key=lambda at: self.words.chunk[at]):
            for is_foreign, run in itertools.groupby(chunk, key=lambda at: self.foreign[at] > 0):
                if is_foreign:
                    yield list(run)

    @property
    def worst(self) -> str:
        """The first word of the most foreign run."""
        runs = list(self._runs())
        return self.words.tokens[max(runs, key=self._sum)[0]].word if runs else ""

    def _sum(self, run: Sequence[int]) -> float:
        return sum(self.foreign[at] for at in run)

    @property
    def share(self) -> float:
        """How foreign the whole sentence is."""
        return sum(self.foreign.values()) / max(1, len(self.at))

    def features(self) -> dict[str, float]:
        """What is weighed."""
        longest = max((self._sum(run) for run in self._runs()), default=0.0)
        return {
            "share": self.share,
            "run": longest,
            "patched": longest * self._laid.copied**2,
            "joined": float(any(self._is_joined(run) for run in self._runs())),
        }

    def _is_joined(self, run: Sequence[int]) -> bool:
        """Whether `và` brings in two foreign words."""
        before = self.words.tokens[run[0] - 1].word if run[0] else ""
        return before in ("và", "cùng", "kèm") and len(run) > 1 and self._sum(run) >= 2
