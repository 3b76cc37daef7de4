"""What people declare about a document: YAML front matter in the file, or a sidecar file beside it."""

import re
from dataclasses import replace

import yaml

from index.errors import UnreadableDocumentError
from index.provinces import known_name
from index.records import Field, Finding, PartialDate
from index.vietnamese import tidy, with_plain_dates

# `báo-cáo.pdf` is told about by `báo-cáo.pdf.yaml`.
SIDECAR_SUFFIXES = (".yaml", ".yml")
_SINGLE: dict[str, Field] = {
    "title": "title",
    "date": "date",
    "number": "number",
    "type": "type",
    "issuer": "issuer",
}
# With what parts those written on one line; commas between people may stand before their titles.
_SEVERAL: dict[str, tuple[Field, str]] = {"provinces": ("province", r"[,;]"), "people": ("person", ";")}
_KEYS = (*_SINGLE, *_SEVERAL, "event", "publisher")
# The date itself tells it.
_NEEDLESS = frozenset({"date_precision"})
_OPENED = re.compile(r"\ufeff?---[ \t]*\r?\n\s*")
_FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|$)", re.DOTALL)
_LAST_FENCE = re.compile(r"(?<=\n)(?:---|\.\.\.)\s*\Z")
_KEY_LINE = r"[a-z][a-z0-9_-]*:(?:[ \t][^\n]*)?"
_ONLY_KEYS = re.compile(rf"{_KEY_LINE}(?:\r?\n{_KEY_LINE})*")
# Other lines between two rules are text.
_KNOWN = re.compile(rf"^[\"']?(?:{'|'.join(_KEYS)})[\"']?[ \t]*:(?!\S)", re.MULTILINE | re.IGNORECASE)
_NOTHING = frozenset({"", "~", "null"})
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f]")
_CLOCK = re.compile(r"(?:T|\s+)\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?\s*(?:Z|[+-]\d\d:?\d\d)?$", re.IGNORECASE)
_YEAR_LAST = re.compile(r"(?:(?:ngày )?(?P<day>\d{1,2})/)?(?:tháng )?(?P<month>\d{1,2})/(?P<year>\d{4})", re.IGNORECASE)
_NUMERIC_DATE = re.compile(r"\d{4}(?:-\d{1,2}){0,2}")
Header = dict[str, object]


def front_matter(text: str) -> tuple[Header, int]:
    """The YAML header and where the body begins; an empty header and 0 when there is none.

    What stands between two rules is a header where a line of it begins with a known key, or every line with some key
    of one word (`tieu_de: …`). Raises UnreadableDocumentError when it is broken, or does not end.
    """
    match, opened = _FRONT_MATTER.match(text), _OPENED.match(text)
    if match:
        is_header = _KNOWN.search(match[1]) or _ONLY_KEYS.fullmatch(match[1])
        return (read_header(match[1], 2), match.end()) if is_header else ({}, 0)
    if opened and _KNOWN.match(text, opened.end()):
        raise UnreadableDocumentError(
            "Phần khai báo ở đầu tệp bắt đầu bằng dòng «---» nhưng không có dòng «---» kết thúc.",
            "Hãy thêm một dòng «---» ngay sau dòng khai báo cuối cùng.",
            "The front matter does not end. Put a line with three dashes below its last one.",
        )
    return {}, 0


def read_sidecar(text: str) -> Header:
    """The header that a sidecar file holds, with or without the rules around it; raises as `read_header`."""
    return read_header(_LAST_FENCE.sub("", text.removeprefix("\ufeff")))


def read_header(text: str, first_line: int = 1) -> Header:
    """Keys and values of a YAML header, each value as it is written. Raises UnreadableDocumentError when broken.

    `first_line` is its place in the file.
    """
    try:
        # Makes only texts, lists and mappings: `no` and `010` stay what they are.
        header = yaml.load(text, Loader=yaml.BaseLoader) or {}
    except (yaml.YAMLError, ValueError, RecursionError) as exc:  # an impossible escape is a ValueError
        mark = exc.problem_mark if isinstance(exc, yaml.MarkedYAMLError) else None
        line = f"{mark.line + first_line}" if mark else ""
        raise UnreadableDocumentError(
            f"Phần khai báo sai cú pháp YAML{f' ở dòng {line}' if line else ''}.",
            "Hãy sửa phần giữa hai dòng «---» ở đầu tệp, hoặc tệp .yaml đi kèm.",
            f"The YAML header is malformed{f' in line {line}' if line else ''}. "
            "Mend the front matter or the sidecar file.",
        ) from exc
    if not isinstance(header, dict):
        raise UnreadableDocumentError(
            "Phần khai báo không có dạng «khóa: giá trị».",
            "Hãy sửa phần giữa hai dòng «---» ở đầu tệp, hoặc tệp .yaml đi kèm.",
            "The YAML header is not a mapping. Mend the front matter or the sidecar file.",
        )
    return {str(key).lower(): value for key, value in header.items()}


def declared(header: Header, basis: str) -> list[Finding]:
    """What a header says, as findings on that basis, provinces in their usual writing.

    Raises UnreadableDocumentError for a date that is none.
    """
    found = [Finding(field, text, basis) for key, field in _SINGLE.items() if (text := said(header, key))]
    for key, (field, between) in _SEVERAL.items():
        items = (tidy(item) for value in _values(header, key) for item in re.split(between, value))
        found += [Finding(field, item, basis) for item in items if item]
    return [replace(one, value=_in_form(one)) for one in found]


def remarks_on(header: Header) -> list[str]:
    """What the reader is told of a header: keys that say nothing, and provinces that are none."""
    unused = [tidy(_UNPRINTABLE.sub(" ", key)) for key in header if key not in _NEEDLESS.union(_KEYS)]
    told = []
    if unused:
        named = ", ".join(f"«{key}»" for key in unused)
        told.append(f"Khóa {named} không được dùng; các khóa được dùng: {', '.join(_KEYS)}.")
    given = [one.value for one in declared({"provinces": header.get("provinces", "")}, "")]
    if unknown := ", ".join(f"«{name}»" for name in given if not known_name(name)):
        told.append(f"Không có tỉnh, thành phố nào tên {unknown}; tên được giữ như đã khai báo, xin kiểm tra lại.")
    return told


def _in_form(finding: Finding) -> str:
    if finding.field == "date":
        return str(_date(finding.value))
    return (finding.field == "province" and known_name(finding.value)) or finding.value


def said(header: Header, key: str) -> str:
    """A single value as text; empty when it is not given."""
    return ", ".join(_values(header, key))


def _values(header: Header, key: str) -> list[str]:
    """The texts given for a key, empty ones left out. Raises UnreadableDocumentError for what nests deeper."""
    value = header.get(key, "")
    items: list[object] = value if isinstance(value, list) else [value]
    texts = [tidy(_UNPRINTABLE.sub(" ", item)) for item in items if isinstance(item, str)]
    if len(texts) < len(items):
        raise UnreadableDocumentError(
            f"Khóa «{key}» trong phần khai báo không phải một giá trị hoặc một danh sách.",
            f"Hãy ghi «{key}: giá trị», hoặc mỗi giá trị trên một dòng bắt đầu bằng «- »; giá trị có dấu hai chấm thì "
            "đặt trong ngoặc kép.",
            f"The declared {key!r} is neither a value nor a list of values. Write plain ones; quote a colon.",
        )
    return [text for text in texts if text.lower() not in _NOTHING]


def _date(text: str) -> PartialDate:
    """`2020-09-10`, also with a time, `2020-09`, `2020`; `10/9/2020`, `ngày 10 tháng 9 năm 2020`, `9/2020`."""
    plain = _CLOCK.sub("", with_plain_dates(text))
    if match := _YEAR_LAST.fullmatch(plain):
        plain = "-".join(part for part in match.group("year", "month", "day") if part)
    if date := PartialDate.parse(plain):
        return date
    if _NUMERIC_DATE.fullmatch(plain):
        raise UnreadableDocumentError(
            f"Ngày «{text}» trong phần khai báo không tồn tại.",
            "Hãy kiểm tra lại ngày, tháng, năm; nếu không rõ ngày thì chỉ ghi tháng (2020-09) hoặc năm (2020).",
            f"There is no such date as the declared {text!r}. Correct it, or write the month or the year alone.",
        )
    raise UnreadableDocumentError(
        f"Ngày «{text}» trong phần khai báo không đúng dạng.",
        "Hãy ghi dạng 10/9/2020, 2020-09-10, 2020-09 hoặc 2020.",
        f"The declared date {text!r} is none. Write 10/9/2020, 2020-09-10, 2020-09 or 2020.",
    )
