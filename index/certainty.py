"""How sure a kind is: the model's chance, unless the words themselves speak against it."""

import re

from index.kinds import Judgement
from index.mentions import COMPANY

# As sure as a coin: shown as doubtful, whatever the model makes of it.
_DOUBTFUL = 0.5
# What is asked of the ministry, or offered by an enterprise, is nobody's recommendation to a province.
_ASKS_ABOVE = re.compile(
    r"(?i:đề nghị|kiến nghị|đề xuất|mong(?: muốn| được)?|xin|cho phép)(?: với| lên| phía)?"
    r"\s(?:lãnh đạo |đồng chí )?(?:Bộ(?! phận)|Thứ trưởng|Chính phủ|Thủ tướng|Trung ương|Quốc hội|[Tt]ôi|được)(?!\w)"
)
_OFFERS = re.compile(
    rf"(?:{COMPANY}|[Dd]oanh nghiệp|[Tt]ập đoàn|[Cc]ông ty)[^;:.]{{0,60}}\s(?:đề xuất|đề nghị|kiến nghị|mong muốn|ngỏ ý"
    r"|cam kết|sẵn sàng|xin)(?!\w)"
)
# Words that every side uses: who says them is too often mistaken.
_ANYBODYS = re.compile(r"(?<!\w)(?:đề xuất|kiến nghị|mong muốn|ngỏ (?:ý|lời)|sẵn sàng|tặng|miễn phí)(?!\w)")
_NOT_ITS_OWN = (_ASKS_ABOVE, _OFFERS, _ANYBODYS)


def certainty(judgement: Judgement, said: str) -> float:
    """The chance that a clause is of the kind that it was judged to be; `said` is all that it says."""
    is_doubtful = judgement.kind == "recommendation" and any(pattern.search(said) for pattern in _NOT_ITS_OWN)
    return min(judgement.confidence, _DOUBTFUL) if is_doubtful else judgement.confidence
