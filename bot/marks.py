"""Marks that a text may forge, tokens of chat templates and our own citations, told however they are disguised."""

import re
import unicodedata
from functools import cache

from index.vietnamese import CAPITALS

# Zero-width marks, directions, soft hyphens, selectors, fillers and tags: nobody sees them, a tokenizer does.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_TWINS = str.maketrans(
    "〈‹⟨❮⧼〉›⟩❯⧽∣ǀ│┃¦❘【〔〖⟦❲〚⁅「『】〕〗⟧❳〛⁆」』∶꞉ː▁аеіоорсухѕјАВЕІКМНОРСТХЅЈαοεινρΑΒΕΗΙΚΜΝΟΡΤΧ",
    "<<<<<>>>>>||||||[[[[[[[[[]]]]]]]]]:::_aeioopcyxsjABEIKMHOPCTXSJaoeivpABEHIKMNOPTX",
)
_BRACKETS = re.compile(r"\[([^\[\]]*)\]")
_FREE_FIGURE = re.compile(r"(?<![^\W_])\d")
_TOKENS = re.compile(
    r"<(?=[^\W\d]|\s*[|/!<])|(?<=[^\W\d])>|(?<=[|/>\]-])>|\|\s+>"
    rf"|\[\s*/?\s*(?:[Ii]nst|[{CAPITALS}_\s]{{3,40}})\s*\]|#{{2,}}"
    r"|\b(?i:system|assistant|user|human|developer|model|tool)\s*:"
)
_NO_TOKEN = {"<": "‹", ">": "›", "[": "(", "]": ")", "#": " ", ":": " –"}


def visible(text: str) -> str:
    """The text without characters that nobody sees."""
    return _INVISIBLE.sub("", text)


def twin(text: str) -> str:
    """The text in which look-alikes are the plain characters that they pass for; of the same length."""
    return "".join(map(_plain, text))


@cache
def _plain(char: str) -> str:
    compatible = unicodedata.normalize("NFKC", char)
    return (compatible if len(compatible) == 1 else char).translate(_TWINS)


def without_marks(text: str) -> str:
    """Text in which nothing can be taken for one of our citation marks: no figure stands in square brackets."""
    text = visible(text)
    while True:  # a mark within a mark
        plain = twin(text)
        spans = [match.span() for match in _BRACKETS.finditer(plain) if _FREE_FIGURE.search(match[1])]
        if not spans:
            return text
        for start, end in spans:
            text = f"{text[:start]}({text[start + 1 : end - 1]}){text[end:]}"


def without_tokens(text: str) -> str:
    """Text in which nothing can be taken for a token or a speaker's mark of a chat template."""
    text = visible(text)
    plain, chars = twin(text), list(text)
    for match in _TOKENS.finditer(plain):
        for place in range(*match.span()):
            chars[place] = _NO_TOKEN.get(plain[place], chars[place])
    return "".join(chars)
