"""Instructions planted in documents: sentences that speak to the assistant instead of to people."""

import base64
import binascii
import html
import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from bot.injection_wording import ORDERS, SQUEEZED
from bot.marks import twin, visible
from bot.places import PROMPTS_FOLDER
from index.lines import LIST_ITEM
from index.sentences import sentence_spans
from index.vietnamese import fold, strip_marks, words

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TAG = re.compile("[\U000e0020-\U000e007e]")
_ENCODED = re.compile(r"[A-Za-z0-9+/_-]{16,}={0,2}")
_MOST_ENCODED = 3
_SPACED_OUT = re.compile(r"(?:(?<![^\W_])[^\W\d_][\W_]{1,3}){7,}[^\W\d_](?![^\W_])")
_MIXED = re.compile(r"\b(?=\w*[a-zA-Z])(?=\w*[0-9@$])[\w@$]{3,}")
_FIGURES_FOR_LETTERS = str.maketrans("013457@$", "oieastas")
# Folding makes one of these and other words; text without any diacritics is given the benefit of no doubt.
_KEPT_APART = {"bạn": "bann", "hãy": "hayy", "bỏ": "boo", "đừng": "dungg"}
_BARE = {strip_marks(word): kept for word, kept in _KEPT_APART.items() if word != "đừng"}
_AI = re.compile(r"\bA\.?I\b\.?|(?<=trợ lý )ai\b|(?<=tro ly )ai\b")
_SHORT_LINE, _ENDS = 40, (".", "!", "?", "…", ";")
_PROMPT_RUN, _LEAST_RUN = 10, 7
_REMEMBERED = 4096  # the same sentences are found again and again


@lru_cache(maxsize=_REMEMBERED)
def addresses_us(text: str) -> bool:
    """Whether a sentence speaks to the assistant or a language model instead of to people, however disguised."""
    text = _unwrapped(text)
    plain = _folded(text)
    if any(order.search(plain) for order in ORDERS) or reveals(text):
        return True
    if any(SQUEEZED.search(re.sub(r"[\W_]", "", match.group())) for match in _SPACED_OUT.finditer(plain)):
        return True
    lettered = _MIXED.sub(lambda match: match.group().translate(_FIGURES_FOR_LETTERS), text)
    if lettered != text and any(order.search(_folded(lettered)) for order in ORDERS):
        return True
    return any(map(addresses_us, _decoded(text)))


def addressed_spans(text: str) -> list[tuple[int, int]]:
    """Where a passage speaks to the assistant: sentences, what such a one introduces, lines of one, comments."""
    spans = [match.span() for match in _COMMENT.finditer(text) if addresses_us(match.group())]
    goes_on = after_colon = False
    short: list[tuple[int, int]] = []
    for start, end in sentence_spans(text):
        sentence = text[start:end]
        goes_on = addresses_us(sentence) or (goes_on and (after_colon or bool(LIST_ITEM.match(sentence))))
        after_colon = sentence.endswith(":")
        if goes_on:
            spans.append((start, end))
        short = [*short, (start, end)] if len(sentence) < _SHORT_LINE else []
        if len(short) > 1 and addresses_us(text[short[0][0] : end]):
            spans.append((short[0][0], end))
        if sentence.endswith(_ENDS):
            short = []
    return spans


def for_people(text: str, instead: str) -> str:
    """A title or heading, or what stands instead where it speaks to the assistant."""
    return instead if addresses_us(text) else text


def reveals(text: str) -> bool:
    """Whether a text holds a sentence of our own prompts, or a long stretch of one."""
    said = f" {' '.join(words(fold(visible(text))))} "
    return any(f" {run} " in said for run in _prompt_runs())


@cache
def _prompt_runs() -> frozenset[str]:
    return frozenset(run for file in PROMPTS_FOLDER.glob("*.txt") for run in _runs(file.read_text(encoding="utf-8")))


def _runs(prompt: str) -> Iterator[str]:
    for start, end in sentence_spans(prompt):
        said = words(fold(prompt[start:end]))
        size = min(_PROMPT_RUN, len(said))
        if size >= _LEAST_RUN:
            yield from (" ".join(said[at : at + size]) for at in range(len(said) - size + 1))


def _unwrapped(text: str) -> str:
    """What a model would read: tags of no colour as letters, entities as characters, look-alikes as what they mean."""
    shown = _TAG.sub(lambda match: chr(ord(match.group()) - 0xE0000), text)
    return twin(visible(html.unescape(shown)))


def _folded(text: str) -> str:
    text = " ".join(_AI.sub("aii", unicodedata.normalize("NFC", text)).split())
    kept = _KEPT_APART if text != strip_marks(text) else _BARE
    return fold(re.sub(rf"\b(?:{'|'.join(kept)})\b", lambda match: kept[match.group()], text.lower()))


def _decoded(text: str) -> Iterator[str]:
    """What stands in the text in Base64."""
    for match in list(_ENCODED.finditer(text))[:_MOST_ENCODED]:
        code = match.group().rstrip("=").translate(str.maketrans("-_", "+/"))
        try:
            said = base64.b64decode(code + "=" * (-len(code) % 4), validate=True).decode()
        except (binascii.Error, ValueError):
            continue
        if said.isprintable():
            yield said
