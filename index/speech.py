"""Whose speech a document is, where its title says so."""

import itertools
import re

from index.cast import Cast, Voice
from index.mentions import mention_before
from index.people import FAMILIES

_HEAD_CHARS = 800
_SPEECH = re.compile(
    r"(?P<opens>^[#*\s]*(?:toàn văn )?)?(?:bài phát biểu|phát biểu|bài nói(?: chuyện)?|tham luận|diễn văn"
    r"|lời (?:phát biểu|khai mạc))(?: [^.]{0,40})?"
    r"\scủa (?:đồng chí )?(?P<whose>[^.;:()]{6,120}?)(?P<rest>,?\s(?:tại|nhân|trong)\s.*)?$",
    re.IGNORECASE,
)
_HEAD_LINES = 4


def speech_of(text: str, cast: Cast) -> Voice | None:
    """Whose speech a document is, where its head says so (`Bài phát biểu của Bộ trưởng …`)."""
    lines = [line for line in text[:_HEAD_CHARS].splitlines() if line.strip()][:_HEAD_LINES]
    own = [line for place, line in enumerate(lines) if not (place and line.startswith("##"))]
    for line in (*own, *(f"{one} {following}" for one, following in itertools.pairwise(own))):
        whose = _SPEECH.search(line)
        is_title = whose and (whose["opens"] is not None or not whose["rest"])
        if whose and is_title and (voice := _speaker_of(whose["whose"], cast)):
            return voice
    return None


def _speaker_of(whose: str, cast: Cast) -> Voice | None:
    """The person whom a title names, in capitals or not."""
    if not whose.isupper():
        named = mention_before(whose, 0, len(whose))
        return cast.who(named) if named and named.name else None
    words = whose.title().split()
    for place, word in enumerate(words):
        if word in FAMILIES and 2 <= len(words) - place <= 4:
            return cast.meet(" ".join(words[place:]), " ".join(words[:place]).capitalize())
    return None
