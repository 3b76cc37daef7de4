"""The same question as different people type it."""

import random
import unicodedata
from typing import Literal, get_args

from index.vietnamese import strip_marks

Typing = Literal["accented", "none", "half"]
TYPINGS: tuple[Typing, ...] = get_args(Typing)


def retype(question: str, typing: Typing, seed: str) -> str:
    """`none` drops every diacritic, `half` those of about half the words; the same seed gives the same words."""
    text = unicodedata.normalize("NFC", question)
    if typing == "accented":
        return text
    if typing == "none":
        return strip_marks(text)
    chance = random.Random(seed)
    return " ".join(strip_marks(word) if chance.random() < 0.5 else word for word in text.split(" "))
