"""Text files of any encoding met in Vietnamese offices, those from before Unicode by the syllables they make.

TCVN3 (ABC, fonts .VnTime), VNI-Windows and Windows-1258 are converted from what their bytes look like when read as
Windows-1252, so that text saved in that disguise can be mended too.
"""

import codecs
import itertools
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from index.errors import UnreadableDocumentError
from index.vietnamese import CAPITALS

_TONES = "\u0301\u0300\u0309\u0303\u0323"  # sắc, huyền, hỏi, ngã, nặng
_TCVN3_CODES = "¡¢£¤¥¦§¨©ª«¬\u00ad®¸µ¶·¹¾»¼½ÆÊÇÈÉËÐÌÎÏÑÕÒÓÔÖÝ×ØÜÞãßáâäèåæçéíêëìîóïñòôøõö÷ùýúûüþ"
_TCVN3 = str.maketrans(_TCVN3_CODES, "ĂÂÊÔƠƯĐăâêôơưđáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ")
_VNI_SINGLE = dict(zip("ôöíìæóòîñ", "ơưíìỉĩịỵđ", strict=True))
# Letters, what they wear, and the bytes that put it on: alone (where it is no tone alone) and with each tone.
_VNI_MARKS = (("aeouyôö", "", "ùøûõï"), ("aeo", "\u0302", "áàåãä"), ("a", "\u0306", "éèúüë"))
_CP1258 = str.maketrans(*(bytes(range(0xA0, 0x100)).decode(name) for name in ("cp1252", "cp1258")))

_ONSET = "(?:n?gh(?=[eêi])|k(?=[eêiy])|ng(?![eêi])|c(?![eêiy])|g(?![eê])|nh|gi|kh|ph|qu|th|tr|ch|[bdđhlmnprstvx])?"
_RHYMES = (
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây "
    "e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu "
    "o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong "
    "op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uên uênh uêt ui um un ung uơ uôc "
    "uôi uôm uôn uông uôt up ut uy uya uych uyên uyêt uyn uynh uyp uyt uyu ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn "
    "ương ươp ươt ươu y yêm yên yêng yêt yêu"
)
_SYLLABLE = re.compile(f"{_ONSET}(?:{_RHYMES.replace(' ', '|')})")
_SHAPED = "[ăâêôơư]"
# A tone before or behind a shaped vowel that should carry it, before the last vowel of a closed syllable, or on the
# second vowel of an open one other than oa, oe, uy (both placements are in use) and those after qu and gi.
_MISPLACED = re.compile(
    f"[{_TONES}].*{_SHAPED}|{_SHAPED}[aeiouy][{_TONES}]|[{_TONES}][aeiouy]+[cghmnpt]"
    f"|(?:[aey]|(?<!g)i|o(?![ae])|(?<!q)u(?!y))[aeiouy][{_TONES}]$"
)
_MIXED_CASE = re.compile(f"[a-z][{CAPITALS}]")
# Symbols too: in a disguise they stand for letters.
_WORD = re.compile("[A-Za-z\u00a1-\u024f\u0300-\u036f\u1e00-\u1eff]+")
_ABBREVIATION = re.compile("[A-Z§ÐÑ]+")  # CNTT, QĐ: no evidence for anything
# What only Unicode can hold; no disguise has it.
_PROPER = re.compile("[ĂăĐđĨĩŨũƠơƯư\u0300-\u036f\u1ea0-\u1ef9]")
_PRINTED = frozenset(b"\t\n\r" + bytes(range(0x20, 0x7F)))
_CONTROL = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f\x7f\ufffd]")  # 0x1a ended files under DOS

_CONVINCING = 0.75  # of the marked words, to be Vietnamese after a conversion
_DISGUISED = 0.5  # of them at most, to be Vietnamese before it
_MANY = 4  # marked words that need no support from those without marks


def from_tcvn3(text: str) -> str:
    """TCVN3 read as Windows-1252, in Unicode (NFC): `Hµ Néi` -> `Hà Nội`."""
    return text.translate(_TCVN3)


def from_vni(text: str) -> str:
    """VNI-Windows read as Windows-1252, in Unicode (NFC): `Haø Noäi` -> `Hà Nội`."""
    return _VNI_LETTER.sub(_vni_letter, text)


def from_cp1258(text: str) -> str:
    """Windows-1258 read as Windows-1252, in Unicode (NFC): `Hà Nôòi` -> `Hà Nội`."""
    return unicodedata.normalize("NFC", text.translate(_CP1258))


def _vni_letters() -> dict[str, str]:
    letters = _VNI_SINGLE | {"aâ": "â", "eâ": "ê", "oâ": "ô", "aê": "ă"}
    for bases, shape, marks in _VNI_MARKS:
        for base, (mark, tone) in itertools.product(bases, zip(marks, _TONES, strict=True)):
            letters[base + mark] = unicodedata.normalize("NFC", _VNI_SINGLE.get(base, base) + shape + tone)
    return letters


def _vni_letter(match: re.Match[str]) -> str:
    """A mark's case does not matter: both were typed with capitals."""
    letter = _VNI[match.group().lower()]
    return letter.upper() if match.group()[0].isupper() else letter


_VNI = _vni_letters()
_VNI_LETTER = re.compile("|".join(sorted(_VNI, key=len, reverse=True)), re.IGNORECASE)
# What converts an encoding, and what a letter looks like in it.
_LEGACY = {
    "cp1258": (from_cp1258, re.compile("[\xa0-\xff]")),
    "tcvn3": (from_tcvn3, re.compile(f"[{_TCVN3_CODES}]")),
    "vni": (from_vni, _VNI_LETTER),
}
_DISGUISES = ("tcvn3", "vni")
# The names of fonts that show them.
OLD_FONT = re.compile(r"\.Vn|\bVNI[- ]")
_SHOWN = {"tcvn3": "TCVN3 (ABC)", "vni": "VNI-Windows", "cp1258": "Windows-1258"}


@dataclass(frozen=True, slots=True)
class Disguise:
    """The encoding in which text passes for that of another; `is_partial` where some of the text is proper Unicode."""

    name: str
    is_partial: bool = False

    def undone(self, piece: str) -> str:
        """A piece of the text in Unicode; one with letters that only Unicode has stays, in a mixed text others may."""
        stays = _PROPER.search(piece) or (self.is_partial and not _gains(piece, self.name))
        return piece if stays else _LEGACY[self.name][0](piece)


def detect(content: bytes) -> tuple[str, str]:
    """The name of a text file's encoding and its text.

    For `utf-8`, `utf-16`, `utf-16-le`, `utf-16-be` and `utf-32` the text is `content.decode(name)`; for `cp1258`,
    `tcvn3` and `vni` it is converted, also where a Unicode file holds one of the last two in disguise.
    Raises UnreadableDocumentError when the content is no text or of an encoding that cannot be told.
    """
    name = _unicode_name(content)
    if name is None:
        return _single_byte(content)
    try:
        text = content.decode(name)
    except UnicodeDecodeError as exc:
        raise _no_text() from exc
    if name != "utf-8" and _is_binary(text):
        raise _no_text()
    disguise, text = mend(text)
    return disguise or name, text


def from_legacy(content: bytes, name: str) -> str:
    """A file in `tcvn3`, `vni` or `cp1258`, in Unicode."""
    return _LEGACY[name][0](content.decode("cp1252", errors="replace"))


def converted_remarks(name: str) -> tuple[str, ...]:
    """What the reader is told of a file in this encoding: nothing unless it was converted."""
    shown = _SHOWN.get(name)
    return (f"Tệp dùng bảng mã {shown}; nội dung đã được chuyển sang Unicode.",) if shown else ()


def mend(text: str) -> tuple[str, str]:
    """Unicode text whose letters are TCVN3 or VNI in disguise, converted, and the name of the disguise or nothing."""
    lines = text.splitlines(keepends=True)
    disguise = disguise_of(lines)
    return (disguise.name, "".join(map(disguise.undone, lines))) if disguise else ("", text)


def may_be_disguised(text: str) -> bool:
    """Whether a text holds letters beyond ASCII and none that only Unicode has."""
    return not text.isascii() and not _PROPER.search(text)


def disguise_of(pieces: Iterable[str]) -> Disguise | None:
    """The disguise of a text given in lines or other pieces.

    None unless nearly every marked word becomes Vietnamese and few were, pieces with letters that only Unicode has
    apart.
    """
    every = set(pieces)
    suspects = {piece for piece in every if not _PROPER.search(piece)}
    marked, plain = _words("\n".join(suspects))
    name, count = _best(marked, _DISGUISES)
    if count < 2 or not _is_convincing(count, marked, plain) or _valid(marked) > _DISGUISED * len(marked):
        return None
    return Disguise(name, is_partial=len(suspects) < len(every))


def is_spelt(word: str) -> bool:
    """Whether a word is a Vietnamese syllable with its marks where spelling puts them."""
    letters = "".join(map(_tone_last, unicodedata.normalize("NFC", word).lower()))
    tones = re.findall(f"[{_TONES}]", letters)
    bare = re.sub(f"[{_TONES}]", "", letters)
    if len(tones) > 1 or not _SYLLABLE.fullmatch(bare) or _MISPLACED.search(letters) or _MIXED_CASE.search(word):
        return False
    return not bare.endswith(("c", "ch", "p", "t")) or tones in (["\u0301"], ["\u0323"])


def _tone_last(letter: str) -> str:
    """The letter without its tone, which follows: `ộ` -> `ô` and a dot below."""
    parts = unicodedata.normalize("NFD", letter)
    tone = "".join(part for part in parts if part in _TONES)
    return unicodedata.normalize("NFC", parts.replace(tone, "")) + tone


def _unicode_name(content: bytes) -> str | None:
    if content.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):  # first: one of them begins like UTF-16's
        return "utf-32"
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\x00" in content:
        return _utf16_name(content)
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"


def _utf16_name(content: bytes) -> str:
    """Spaces, digits and most letters leave every other byte empty: half of those, at least, in a text.

    Beside most of the empty ones stands ASCII.
    """
    even, odd = content[0::2].count(0), content[1::2].count(0)
    if max(even, odd) * 4 < len(content) or min(even, odd) * 20 > max(even, odd):
        raise _no_text()
    beside = content[0::2] if odd > even else content[1::2]
    if 2 * sum(byte in _PRINTED for byte in beside) < max(even, odd):
        raise _no_text()
    return "utf-16-le" if odd > even else "utf-16-be"


def _single_byte(content: bytes) -> tuple[str, str]:
    text = content.decode("cp1252", errors="replace")
    if _is_binary(text):
        raise _no_text()
    if _is_broken_utf8(content):
        raise UnreadableDocumentError(
            "Tệp là văn bản UTF-8 nhưng có chỗ bị hỏng.",
            "Hãy lấy lại bản gốc, hoặc sửa chỗ hỏng rồi lưu lại dưới dạng văn bản UTF-8.",
            english="The file is UTF-8 text but damaged. Get the original again, or mend it and save it as UTF-8 text.",
        )
    marked, plain = _words(text)
    name, count = _best(marked, _LEGACY)
    if _is_convincing(count, marked, plain):
        return name, _LEGACY[name][0](text)
    if _is_western(text):
        return "cp1252", text
    raise UnreadableDocumentError(
        "Không nhận ra bảng mã của tệp.",
        "Hãy mở tệp bằng chương trình đã soạn ra nó rồi lưu lại dưới dạng văn bản UTF-8.",
        english="The file's encoding cannot be told. Open it with the program that wrote it and save it as UTF-8 text.",
    )


def _no_text() -> UnreadableDocumentError:
    return UnreadableDocumentError(
        "Tệp không phải văn bản.",
        "Hãy lưu lại dưới dạng văn bản UTF-8.",
        english="The file is not text. Save it as UTF-8 text.",
    )


def _is_binary(text: str) -> bool:
    return "\x00" in text or len(_CONTROL.findall(text)) * 100 > len(text)


def _is_broken_utf8(content: bytes) -> bool:
    """Whether most bytes beyond ASCII make UTF-8 sequences, which no other encoding does by chance."""
    beyond = sum(byte > 0x7F for byte in content)
    return 2 * sum(byte > 0x7F for byte in content.decode("utf-8", errors="ignore").encode()) > beyond


def _is_western(text: str) -> bool:
    """Whether letters beyond ASCII are as rare as in the languages of Western Europe."""
    letters = [char for char in text if char.isalpha()]
    return 6 * sum(not char.isascii() for char in letters) <= len(letters)


def _words(text: str) -> tuple[list[str], list[str]]:
    """The different words with letters beyond ASCII, and those without; abbreviations are left out."""
    words = {word for word in _WORD.findall(text) if len(word) > 1 and not _ABBREVIATION.fullmatch(word)}
    return [word for word in words if not word.isascii()], [word for word in words if word.isascii()]


def _valid(words: Iterable[str]) -> int:
    return sum(is_spelt(word.strip("«»")) for word in words)


def _converted(marked: Iterable[str], name: str) -> int:
    """How many words are Vietnamese once converted, of those whose marks are all in the encoding's letters."""
    convert, letters = _LEGACY[name]
    return sum(letters.sub("", word).isascii() and is_spelt(convert(word)) for word in marked)


def _best(marked: list[str], names: Iterable[str]) -> tuple[str, int]:
    """The encoding that makes the most words Vietnamese, and how many."""
    return max(((name, _converted(marked, name)) for name in names), key=lambda counted: counted[1])


def _is_convincing(count: int, marked: list[str], plain: list[str]) -> bool:
    """Whether a conversion that makes `count` of the marked words Vietnamese is to be believed."""
    if not count or count < _CONVINCING * len(marked):
        return False
    support = _valid(plain)
    return len(marked) >= _MANY or (count + support > 1 and 2 * support >= len(plain))


def _gains(line: str, name: str) -> bool:
    marked, _ = _words(line)
    return _converted(marked, name) > _valid(marked)
