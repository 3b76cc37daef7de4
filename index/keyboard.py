"""Keys of an input method that was off: Telex (`chuyeenr`) and VNI (`chuye6n3`) read as the syllable meant."""

import re
import unicodedata

from index.vietnamese import fold

_ONSET = "(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdghklmnprstvx])?"
_RHYME = (
    "(?:a(?:c|ch|i|m|n|ng|nh|o|p|t|u|y)?|e(?:c|ch|m|n|ng|nh|o|p|t|u)?"
    "|i(?:a|ch|ec|em|en|eng|ep|et|eu|m|n|nh|p|t|u)?"
    "|o(?:a(?:c|ch|i|m|n|ng|nh|o|p|t|y)?|c|e(?:m|n|o|t)?|i|m|n|ng|oc|ong|p|t)?"
    "|u(?:a(?:n|ng|t|u|y)?|c|e(?:ch|n|nh|t)?|i|m|n|ng|o(?:c|i|m|n|ng|p|t|u)?|p|t|u|y(?:a|ch|en|et|n|nh|p|t|u)?)?"
    "|y)"
)
_SYLLABLE = re.compile(f"{_ONSET}{_RHYME}|(?:qu)?y(?:em|en|eng|et|eu|n|nh|p|t|u)")
_TELEX = re.compile("[a-z]+")
_VNI = re.compile("[a-z]+[1-9][a-z1-9]*")
_TONES = {"f": "\u0300", "s": "\u0301", "x": "\u0303", "r": "\u0309", "j": "\u0323"}
_VNI_TONES = dict(zip("12345", "sfrxj", strict=True))
_DOUBLED = {"aa": "â", "ee": "ê", "oo": "ô", "dd": "đ", "aw": "ă", "ow": "ơ", "uw": "ư"}
_VOWELS = "aăâeêioôơuưy"
_SHAPED = "ăâêôơư"
_NUCLEUS = re.compile(
    f"(?P<onset>qu(?=[{_VOWELS}])|gi(?=[{_VOWELS}])|[^{_VOWELS}]*)(?P<vowels>[{_VOWELS}]+)(?P<coda>.*)"
)


def is_syllable(folded: str) -> bool:
    """Whether a word without marks is spelt as a Vietnamese syllable."""
    return _SYLLABLE.fullmatch(folded) is not None


def from_keys(typed: str) -> str | None:
    """The syllable that Telex or VNI keys stand for, in NFC and lower case; None when they are none.

    `chuyeenr` -> `chuyển`, `ddooir` -> `đổi`, `so61` -> `số`.
    """
    keys = typed.lower()
    if _VNI.fullmatch(keys):
        keys = _as_telex(keys)
    if not _TELEX.fullmatch(keys) or (letters := _shaped(keys)) is None:
        return None
    bare, tone = _without_tone(letters)
    if (bare == keys and not tone) or not is_syllable(fold(bare)):
        return None
    return unicodedata.normalize("NFC", _with_tone(bare, tone) if tone else bare)


def _as_telex(keys: str) -> str:
    """VNI digits as the Telex keys that do the same: 6 doubles a, e, o; 7 and 8 are w; 9 doubles d."""
    written = ""
    for key in keys:
        if key in _VNI_TONES:
            written += _VNI_TONES[key]
        elif key == "6":
            written += next((letter for letter in reversed(written) if letter in "aeo"), "")
        elif key in "78":
            written += "w"
        elif key == "9" and written[0] == "d":
            written = f"d{written}"
        else:
            written += key
    return written


def _shaped(keys: str) -> str | None:
    """Doubled letters and w turned into ă, â, đ, ê, ô, ơ, ư, wherever in the syllable the second key was typed."""
    onset, rest = ("đ", keys[2:]) if keys.startswith("dd") else (keys[:1], keys[1:])
    if onset == "d" and rest.endswith("d"):
        onset, rest = "đ", rest[:-1]
    letters = onset
    for key in rest:
        if key in "aeo" and key in letters:
            letters = _replaced(letters, key, _DOUBLED[key * 2])
        elif key == "w":
            letters = _horned(letters)
        else:
            letters += key
    return letters if "w" not in letters else None


def _replaced(letters: str, old: str, new: str) -> str:
    place = letters.rindex(old)
    return letters[:place] + new + letters[place + 1 :]


def _horned(letters: str) -> str:
    """The w key: uo becomes ươ, else the last a, o or u takes its horn or breve; a w of its own stays."""
    if "uo" in letters and not letters.startswith("quo"):
        return letters.replace("uo", "ươ", 1)
    if "ưo" in letters:
        return letters.replace("ưo", "ươ", 1)
    for place in range(len(letters) - 1, -1, -1):
        if letters[place] in "aou":
            return letters[:place] + _DOUBLED[f"{letters[place]}w"] + letters[place + 1 :]
    return letters + "w"


def _without_tone(letters: str) -> tuple[str, str]:
    """The letters without the tone key, which is the only s, f, r, x or j behind the first vowel; and its mark."""
    first = next((place for place, letter in enumerate(letters) if letter in _VOWELS), len(letters))
    keys = [letter for letter in letters[first:] if letter in _TONES]
    if len(keys) != 1:
        return letters, ""
    return letters[:first] + letters[first:].replace(keys[0], "", 1), _TONES[keys[0]]


def _with_tone(bare: str, tone: str) -> str:
    """The mark on the vowel that carries it, in the traditional placement (hòa, thúy)."""
    match = _NUCLEUS.fullmatch(bare)
    if not match:
        return bare
    vowels = match["vowels"]
    shaped = [place for place, vowel in enumerate(vowels) if vowel in _SHAPED]
    if shaped:
        place = shaped[-1]
    elif match["coda"]:
        place = len(vowels) - 1
    else:
        place = 1 if len(vowels) == 3 else 0
    return match["onset"] + vowels[: place + 1] + tone + vowels[place + 1 :] + match["coda"]
