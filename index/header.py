"""What people declare about a document: YAML front matter in the file, or a sidecar file beside it."""

import re
from typing import Any

import yaml

from index.errors import UnreadableDocumentError
from index.records import Field, Finding, PartialDate
from index.vietnamese import tidy

# `báo-cáo.pdf` is told about by `báo-cáo.pdf.yaml`.
SIDECAR_SUFFIXES = (".yaml", ".yml")
_FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|$)", re.DOTALL)
_SINGLE: dict[str, Field] = {
    "title": "title",
    "date": "date",
    "number": "number",
    "type": "type",
    "issuer": "issuer",
}
_SEVERAL: dict[str, Field] = {"provinces": "province", "people": "person"}
Header = dict[str, Any]


def front_matter(text: str) -> tuple[Header, int]:
    """The YAML header and where the body begins; an empty header and 0 when there is none.

    Raises UnreadableDocumentError when it is broken.
    """
    match = _FRONT_MATTER.match(text)
    return (read_header(match.group(1)), match.end()) if match else ({}, 0)


def read_header(text: str) -> Header:
    """Keys and values of a YAML header. Raises UnreadableDocumentError when it is broken."""
    try:
        header = yaml.safe_load(text) or {}
    except (yaml.YAMLError, ValueError, RecursionError) as exc:  # an impossible date is a ValueError
        raise UnreadableDocumentError(
            "Phần khai báo sai cú pháp YAML hoặc có ngày không tồn tại.",
            "Hãy sửa phần giữa hai dòng «---» ở đầu tệp, hoặc tệp .yaml đi kèm.",
            "The YAML header is malformed or holds an impossible date. Mend the front matter or the sidecar file.",
        ) from exc
    if not isinstance(header, dict):
        raise UnreadableDocumentError(
            "Phần khai báo không có dạng «khóa: giá trị».",
            "Hãy sửa phần giữa hai dòng «---» ở đầu tệp, hoặc tệp .yaml đi kèm.",
            "The YAML header is not a mapping. Mend the front matter or the sidecar file.",
        )
    return header


def declared(header: Header, basis: str) -> list[Finding]:
    """What a header says, as findings on that basis. Raises UnreadableDocumentError for a date that is none."""
    found = [Finding(field, text, basis) for key, field in _SINGLE.items() if (text := said(header, key))]
    for key, field in _SEVERAL.items():
        value = header.get(key)
        items = value if isinstance(value, list) else [value] if value else []
        found += [Finding(field, name, basis) for item in items if (name := tidy(str(item)))]
    for one in found:
        if one.field == "date" and PartialDate.parse(one.value) is None:
            raise UnreadableDocumentError(
                f"Ngày «{one.value}» trong phần khai báo không đúng dạng.",
                "Hãy ghi 2020-09-10, 2020-09 hoặc 2020.",
                f"The declared date {one.value!r} is none. Write 2020-09-10, 2020-09 or 2020.",
            )
    return found


def said(header: Header, key: str) -> str:
    """A single value as text; empty when it is not given."""
    value = header.get(key)
    return "" if value is None else tidy(str(value))
