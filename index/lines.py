"""What lines of text are by their form: items of lists, captions, lines that go on with the next."""

import itertools
import re
import statistics
from collections.abc import Sequence

from index.vietnamese import CAPITALS

BULLET = re.compile(r"[•●○▪■□◦✓➢]\s*|[-–—+*]\s+")
_NUMBER = (
    rf"(?:\d{{1,3}}|\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}|[a-zđ])[.)]\s+|\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}\s+(?=[{CAPITALS}])"
)
LIST_ITEM = re.compile(f"{BULLET.pattern}|{_NUMBER}")

_CAPTION_CHARS = 300
_NUMBERED = r"\s+(?:số\s+)?\d+(?:[.-]\d+)*\s*[.:–-]"
# Ảnh hưởng, hình thức: words that only begin like pictures.
_PICTURE = r"(?:ảnh(?!\s+hưởng)|hình(?! ảnh)(?!\s+(?:thức|thành|dung))|hình ảnh|biểu đồ|sơ đồ|bản đồ|đồ thị)"
_CAPTION = re.compile(
    rf"(?=[(*_ẢHBSĐ])[(*_]*(?i:{_PICTURE}(?:\s*[.:]|{_NUMBERED})|bảng{_NUMBERED}).*"
    rf"|(?:\(|\*+|_+)(?=[ẢHBSĐ])(?i:{_PICTURE})\b.*(?:\)|\*|_)\.?",
    re.DOTALL,
)

ENDED = re.compile(r"[.!?…:;][\"”’')\]»]*$")
_STANDS_ALONE = re.compile(r"#{1,6}\s|[|>]|!\[")
_LONG = 40  # what is shorter was not broken for want of room
_FEWEST = 2  # lines that go on in small letters show how wide lines are
_ABOUT = 0.15


def is_caption(text: str) -> bool:
    """Whether a line belongs to a picture by its wording: `Ảnh: …`, `Hình 2. …`, `(Ảnh minh họa)`."""
    return len(text) <= _CAPTION_CHARS and bool(_CAPTION.fullmatch(text))


def usual_width(lines: Sequence[str]) -> int:
    """How many characters the lines of a text hold that was broken into lines by hand; 0 for any other text."""
    broken = [len(line) for line, following in itertools.pairwise(lines) if goes_on(line, following)]
    return round(statistics.median(broken)) if len(broken) >= _FEWEST else 0


def goes_on(line: str, following: str, width: int = 0) -> bool:
    """Whether a line was only broken for want of room; both without white space around them, `following` right below.

    What follows begins in small letters, or with anything where the line is about as wide as usual.
    """
    if not following or len(line) < _LONG or ENDED.search(line) or line.isupper() != following.isupper():
        return False
    if any(map(_STANDS_ALONE.match, (line, following))) or LIST_ITEM.match(following) or is_caption(following):
        return False
    is_full = abs(len(line) - width) <= _ABOUT * width and len(following) <= (1 + _ABOUT) * width
    return following[0].islower() or is_full
