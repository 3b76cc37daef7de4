"""The events of an answer, by the way it is made: quoted, written, out of the register, not found."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot import abstain, compose
from bot.answer import Answer, Event, Finished, Style, TextPiece, Waiting
from bot.compose import Composed
from bot.consult import Judged
from bot.enumerated import enumerate_lines
from bot.evidence import Evidence
from bot.later import in_order, with_later_word
from bot.narrowing import nothing_within
from bot.underway import Run
from index.register import Line
from index.search import SearchIndex

NOT_STATED = abstain.Verdict(False, "not_stated", "Các đoạn tìm được gần với câu hỏi nhưng không nêu điều được hỏi.")


class Replies:
    """Answers over an index, naming the model and the digest of the settings."""

    def __init__(self, index: SearchIndex, model: str, settings: str) -> None:
        self._index = index
        self._model = model
        self._settings = settings

    def heading(self, line: Line) -> str:
        """The headings above a line of the register."""
        return self._index.heading_at(line.document.id, line.statement.start)

    def small_talk(self, run: Run, reply: str) -> Iterator[Event]:
        """A fixed reply."""
        yield TextPiece(reply)
        yield Finished(replace(self._answer(run, Composed(reply, (), ()), "none"), abstained=True, reason="small_talk"))

    def not_found(self, run: Run, verdict: abstain.Verdict) -> Iterator[Event]:
        """Why there is no answer, what was searched, and what came nearest."""
        narrowing = run.asked.narrowing
        documents = narrowing.documents() if narrowing else self._index.documents()
        told = replace(verdict, reason=nothing_within(verdict.reason, narrowing))
        text = abstain.not_found_text(told, documents, run.evidence)
        yield TextPiece(text)
        answer = self._answer(run, Composed(text, (), ()), "none")
        yield Finished(replace(answer, abstained=True, reason=verdict.code))

    def enumerated(self, run: Run, lines: Sequence[Line]) -> Iterator[Event]:
        """Lines of the register, and what the search found beside them."""
        yield from self._shown(run, enumerate_lines(lines, run.asked, self.heading, _beside(lines, run)))

    def quoted(self, run: Run, chosen: Sequence[Evidence]) -> Iterator[Event]:
        """Pieces of the evidence, word for word."""
        yield from self._shown(run, compose.quote(in_order(_of_the_kind(chosen, run))))

    def written(self, run: Run, pieces: Iterator[Judged | str | None], beat_s: float) -> Iterator[Event]:
        """What the model writes: a sentence is shown once it is checked, or the quotation in its place.

        A beat without new text still brings an event.
        """
        text, shown, last = "", "", time.monotonic()
        for piece in pieces:
            text += piece if isinstance(piece, str) else ""
            checked = compose.check_written(compose.finished_part(text), run.evidence).text
            if len(checked) > len(shown) or time.monotonic() - last >= beat_s:
                yield TextPiece(checked[len(shown) :]) if shown or checked else Waiting(0)
                shown, last = max(shown, checked, key=len), time.monotonic()
        if compose.says_not_found(text):
            yield from self.not_found(run, NOT_STATED)
            return
        composed = with_later_word(compose.check_written(text, run.evidence), run.asked.register)
        if not composed.sentences:
            quoted = compose.quote(in_order(compose.choose(run.evidence, None)))
            notice = "Câu trả lời do mô hình viết không có căn cứ nên đã được thay bằng đoạn trích nguyên văn."
            composed = replace(quoted, dropped=composed.dropped)
            yield Finished(self._answer(replace(run, notice=notice), composed, "quote"))
            return
        if len(composed.text) > len(shown):
            yield TextPiece(composed.text[len(shown) :])
        yield Finished(self._answer(run, composed, "write"))

    def _shown(self, run: Run, composed: Composed) -> Iterator[Event]:
        composed = with_later_word(composed, run.asked.register)
        for piece in compose.pieces(composed):
            yield TextPiece(piece)
        yield Finished(self._answer(run, composed, "quote"))

    def _answer(self, run: Run, composed: Composed, style: Style) -> Answer:
        return run.answer(composed, style, self._model, self._settings)


def _of_the_kind(chosen: Sequence[Evidence], run: Run) -> list[Evidence]:
    """Where the best piece is of the kind asked for, no piece that is known to be of others only."""
    kinds = {*run.asked.intent.kinds}
    if not chosen or kinds.isdisjoint(one.kind for one in chosen[0].said):
        return list(chosen)
    return [item for item in chosen if not item.said or not kinds.isdisjoint(one.kind for one in item.said)]


def _beside(lines: Sequence[Line], run: Run) -> list[Evidence]:
    """What the search holds for as good an answer as any, and the register has not among the lines."""
    held, asked = {line.statement.id for line in lines}, run.asked
    told = {asked.side_of(line.document, [line]) for line in lines}
    return [
        item
        for item in compose.choose(run.evidence, None)
        if held.isdisjoint(said.id for said in item.said)
        and asked.may_be_of(item.said)
        and (asked.intent.topic or (item.place and item.place not in told))
    ]
