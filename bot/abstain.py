"""Is there enough evidence? Decided before the model writes a word, and never by the model alone."""

import datetime
import math
import re
import tomllib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.citations import defuse
from bot.evidence import Evidence, shown_date
from index.periods import Period, period_of
from index.records import Document
from index.register import last_day
from index.vietnamese import CAPITALS, search_terms, words

# Two or more capitalised words in a row: a person, a province, a company.
_WORD = rf"[{CAPITALS}][^\W\d_{CAPITALS}]+"
_NAME = re.compile(rf"\b{_WORD}(?: +(?:[-–] +)?{_WORD})+")
# At the start of a sentence a capital is no sign of a name: "Theo Bộ trưởng …", "Về Cà Mau …".
_OPENERS = frozenset(
    words("Về Theo Cho Ở Tại Với Hỏi Xin Còn Nếu Khi Từ Do Các Ai")
    # With a given name alone behind it: documents give the whole name.
    + words("Ông Bà Anh Chị")
)
_BODIES = frozenset(["Bộ", "Sở", "Cục", "Vụ", "Ban", "Viện"])
_UNITS = _BODIES | {"Tỉnh", "Thành", "Ủy", "Thứ", "Chủ", "Bí", "Phó", "Thủ"}
_NEXT_WORD = re.compile(r"^ [^\W\d_]+")
_UNCALIBRATED, _NO_MODEL = 0.5, "none"
# Below this share of the question's words, weighed by rarity, a sentence has next to nothing in common with it. More
# would refuse those who ask in words of their own: whether they are answered is for the model to say.
LEAST_OVERLAP = 0.02


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether to answer; when not, why (Vietnamese) and a stable code."""

    enough: bool
    code: str = ""
    reason: str = ""


ENOUGH = Verdict(True)


def before_model(
    question: str,
    evidence: Sequence[Evidence],
    is_known: Callable[[str], bool],
    also_known: Collection[str] = (),
    period: Period | None = None,
) -> Verdict:
    """What can be seen without a model: nothing found, another time, hardly a word in common, a name unheard of.

    `is_known` tells whether any passage of the collection holds a search term; `also_known` are names that are
    searched under another one; `period` is the time that the question names.
    """
    if not evidence:
        return Verdict(False, "nothing_found", "Không có đoạn nào liên quan đến câu hỏi.")
    missing = [name for name in unknown_names(question, is_known) if not any(known in name for known in also_known)]
    if missing:
        names = ", ".join(f"«{name}»" for name in missing)
        return Verdict(False, "name_not_found", f"Không có tài liệu nào nhắc đến {names}.")
    if period and not any(_may_be_of(item, period) for item in evidence):
        return Verdict(False, "other_time", "Không có đoạn nào thuộc thời gian được hỏi hoặc nói về thời gian đó.")
    if max(item.overlap for item in evidence) < LEAST_OVERLAP:
        return Verdict(False, "off_topic", "Các tài liệu hiện có không nói về điều được hỏi.")
    return ENOUGH


def _may_be_of(item: Evidence, period: Period) -> bool:
    """Whether the document is of the time, or of none that is known, or the sentence names it."""
    if not item.date:
        return True
    if item.date <= str(period.last) and str(period.first) <= last_day(item.date):
        return True
    told = period_of(f"{item.text} {item.heading}", datetime.date.fromisoformat(last_day(item.date)[:8] + "01"))
    return told is not None and any(period.first <= end <= period.last for end in told)


def unknown_names(question: str, is_known: Callable[[str], bool]) -> list[str]:
    """Names in the question of which not even two neighbouring words occur together in the collection.

    Of a body ("Bộ Nông nghiệp") the first two must: what it deals with may well be spoken of without it.
    """
    return [name for name in _names(question) if not any(map(is_known, _telling_pairs(name)))]


def _names(question: str) -> Iterator[str]:
    for match in _NAME.finditer(question):
        before = question[: match.start()].rstrip(" \"“'(")
        opens_sentence = not before or before[-1] in ".?!:"
        first, rest = match.group().split(" ", 1)
        if first in _BODIES:  # "Bộ Nông nghiệp": the name goes on in small letters
            yield match.group() + "".join(_NEXT_WORD.findall(question[match.end() :])[:1])
        elif not opens_sentence:
            yield match.group()
        elif rest.split(" ")[0] in _UNITS or (first in _OPENERS and " " not in rest):
            continue
        else:
            yield rest if first in _OPENERS else match.group()


def _telling_pairs(name: str) -> list[str]:
    pairs = [term for term in search_terms(name) if "_" in term]
    return pairs[:1] if name.split(" ")[0] in _BODIES else pairs


def probability_of_yes(odds: Mapping[str, float]) -> float | None:
    """P(Có) against P(Không), from the odds of the reply's first token; None when it is neither."""
    yes = sum(p for token, p in odds.items() if _begins(token, "có"))
    no = sum(p for token, p in odds.items() if _begins(token, "không"))
    return yes / (yes + no) if yes + no > 0 else None


def likelihood(evidence: Sequence[Evidence]) -> float | None:
    """Of the piece most likely to hold what is asked for; None where none was weighed."""
    return max((item.likelihood for item in evidence if item.likelihood is not None), default=None)


def is_likely(evidence: Sequence[Evidence]) -> bool:
    """Whether to answer without a model's word."""
    best = likelihood(evidence)
    return best is None or best >= calibrated_threshold(_NO_MODEL)


def note_on_sides(sides: Sequence[str], evidence: Sequence[Evidence]) -> str:
    """Tells the reader for which of several provinces or speakers the evidence has no answer; empty if for none."""
    least = calibrated_threshold(_NO_MODEL) / 2
    best = {side: likelihood([item for item in evidence if item.place == side]) for side in sides}
    missing = [side for side, found in best.items() if found is None or found < least]
    if len(sides) < 2 or not missing or likelihood(evidence) is None:
        return ""
    return f"Các tài liệu hiện có không nêu rõ điều được hỏi về {', '.join(missing)}."


def support(probabilities: Sequence[float | None], evidence: Sequence[Evidence] = ()) -> float | None:
    """The geometric mean of the odds of several yes/no calls and of the likelihood, as a probability.

    None when none of the calls spoke. All the evidence at once, the best sentence alone and the signs of a sentence err
    differently: together they tell answerable from unanswerable better than any one.
    """
    spoken = [p for p in probabilities if p is not None]
    if not spoken:
        return None
    judged = [*spoken, *(p for p in [likelihood(evidence)] if p is not None)]
    inner = [min(max(p, 1e-4), 1 - 1e-4) for p in judged]
    mean = sum(math.log(p / (1 - p)) for p in inner) / len(inner)
    return 1 / (1 + math.exp(-mean))


def _begins(token: str, word: str) -> bool:
    """A token may be the word or only its first letters."""
    token = token.lower().strip(".,:;\"'")
    return bool(token) and (word.startswith(token) or token.startswith(word))


@cache
def calibrated_threshold(model: str) -> float:
    """From which support to answer with a model, by `calibration.toml`; even odds for a model that is not in it."""
    with Path(__file__).with_name("calibration.toml").open("rb") as file:
        table: dict[str, dict[str, float]] = tomllib.load(file)
    return table.get(model, {}).get("threshold", _UNCALIBRATED)


def not_found_text(verdict: Verdict, documents: Sequence[Document], evidence: Sequence[Evidence]) -> str:
    """What a reader gets instead of an answer: why, what was searched, and where to look next."""
    lines = [f"Không tìm thấy câu trả lời trong các tài liệu hiện có. {defuse(verdict.reason)}", coverage(documents)]
    if evidence:
        nearest = max(evidence, key=lambda item: item.likelihood or 0.0)
        where = " – ".join(part for part in (nearest.title, shown_date(nearest.date)) if part)
        lines.append(f"Đoạn gần nhất, để tham khảo: “{defuse(nearest.text)}” ({defuse(where)}).")
    lines.append("Điều này không có nghĩa là Bộ chưa từng có ý kiến; chỉ là các tài liệu đã nạp không nêu.")
    return "\n".join(lines)


def coverage(documents: Sequence[Document]) -> str:
    """How many documents were searched, of which dates and provinces."""
    dates = sorted(document.date for document in documents if document.date)
    provinces = sorted({province for document in documents for province in document.provinces})
    text = f"Đã tìm trong {len(documents)} tài liệu"
    if dates:
        text += f", từ {dates[0].vietnamese()} đến {dates[-1].vietnamese()}"
    if provinces:
        text += f", về: {', '.join(provinces)}"
    return text + "."
