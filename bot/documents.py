"""`bot documents …`: what is indexed, what was refused and why, and taking documents out."""

import json
from collections import Counter
from contextlib import closing
from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any, Literal

import typer

from bot.console import NOTHING_FOUND, reported
from bot.settings import Settings
from bot.terminal import number, printable
from index.catalog import CATALOG_FILE, Catalog
from index.errors import IndexMissingError
from index.plan import REMOVED
from index.records import Document, FileEntry, Finding, PartialDate

documents_app = typer.Typer(help="Xem và gỡ tài liệu đã nạp.", no_args_is_help=True)
DocumentId = Annotated[str, typer.Argument(help="Mã tài liệu (xem «bot documents list»).")]
AsJson = Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON.")]
State = Literal["indexed", "duplicate", "refused", "removed", "archive"]
_FIELDS = {
    "title": "Tiêu đề",
    "date": "Ngày",
    "number": "Số",
    "type": "Loại",
    "issuer": "Cơ quan",
    "province": "Tỉnh",
    "person": "Người",
}


@documents_app.command("list")
def list_command(as_json: AsJson = False) -> None:
    """Liệt kê tài liệu đã nạp và tệp bị từ chối, kèm lý do."""
    with reported() as settings, closing(open_catalog(settings)) as catalog:
        entries = list(catalog.files().values())
        documents = {document.id: document for document in catalog.documents()}
        rows = [_row(entry, documents.get(entry.document_id), catalog) for entry in entries]
        if as_json:
            print(json.dumps(rows, ensure_ascii=False, indent=1))
            return
        for entry, row in zip(entries, rows, strict=True):
            _say_file(entry, row, documents.get(entry.document_id))
        states = Counter(row["state"] for row in rows)
        _say(
            f"{number(len(documents))} tài liệu, {number(catalog.count_passages())} đoạn; "
            f"{number(states['duplicate'])} tệp trùng nội dung, {number(states['refused'])} tệp bị từ chối, "
            f"{number(states['removed'])} tệp đã gỡ."
        )


@documents_app.command("show")
def show_command(document: DocumentId, as_json: AsJson = False) -> None:
    """Cho biết một tài liệu: tên, ngày, số, tỉnh, người, và căn cứ của từng thông tin."""
    with reported() as settings, closing(open_catalog(settings)) as catalog:
        found = _document(catalog, document)
        passages = catalog.count_passages(found.id)
        if as_json:
            data = {key: value for key, value in asdict(found).items() if key != "text"}
            print(
                json.dumps(data | {"date": str(found.date or ""), "passages": passages}, ensure_ascii=False, indent=1)
            )
            return
        _say(found.label())
        for source in (found.source, *found.others):
            _say(f"Tệp: {source}")
        for name, value in (("Sự kiện", found.event), ("Nơi đăng", found.publisher)):
            if value:
                _say(f"{name}: {value} (khai báo)")
        for finding in found.findings:
            _say(_finding_line(finding, found.text))
        for remark in found.remarks:
            _say(f"Lưu ý: {remark}")
        pages = f"{number(len(found.pages))} trang, " if found.pages else ""
        _say(f"{pages}{number(passages)} đoạn, {number(len(found.text))} ký tự")


@documents_app.command("remove")
def remove_command(document: DocumentId) -> None:
    """Gỡ một tài liệu khỏi chỉ mục; tệp trên đĩa vẫn còn.

    Tài liệu không được nạp lại cho đến khi tên tệp được nêu trong lệnh «bot index».
    """
    with reported() as settings:
        with closing(open_catalog(settings)) as catalog:
            _document(catalog, document)
        from bot.assembly import index_settings, open_embedder
        from index.build import remove_document

        embedder = open_embedder(settings)
        for source in remove_document(settings.index_folder, document, embedder, index_settings(settings, embedder)):
            _say(f"Đã gỡ: {source}")


def _say(line: str) -> None:
    print(printable(line))


def open_catalog(settings: Settings) -> Catalog:
    """The record of what is indexed. Raises IndexMissingError, and makes none."""
    if not (settings.index_folder / CATALOG_FILE).is_file():
        raise IndexMissingError("Chưa có chỉ mục tài liệu.", "Hãy chạy «bot index» trước.")
    return Catalog(settings.index_folder / CATALOG_FILE)


def _document(catalog: Catalog, document_id: str) -> Document:
    found = catalog.document(document_id)
    if found is None:
        _say(f"Không có tài liệu «{document_id}». Hãy xem mã tài liệu bằng «bot documents list».")
        raise typer.Exit(NOTHING_FOUND)
    return found


def _row(entry: FileEntry, document: Document | None, catalog: Catalog) -> dict[str, Any]:
    label = document.label() if document else ""
    passages = catalog.count_passages(entry.document_id) if document else 0
    return asdict(entry) | {"state": _state(entry, document), "label": label, "passages": passages}


def _state(entry: FileEntry, document: Document | None) -> State:
    if entry.sha256 == REMOVED:
        return "removed"
    if entry.reason:
        return "refused"
    if document is None:
        return "archive"
    return "indexed" if document.source == entry.source else "duplicate"


def _say_file(entry: FileEntry, row: dict[str, Any], document: Document | None) -> None:
    """Two lines: what it is, and the particulars; an archive is shown by its members."""
    state: State = row["state"]
    if state in ("refused", "removed"):
        _say(f"{'TỪ CHỐI' if state == 'refused' else 'ĐÃ GỠ  '}  {entry.source}")
        _say(f"         {entry.reason}")
    elif state == "duplicate" and document:
        _say(f"TRÙNG    {entry.source}")
        _say(f"         trùng nội dung với {document.source} (mã {document.id})")
    elif document:
        _say(f"{document.id}  {row['label']}")
        _say(f"         {number(row['passages'])} đoạn, nạp {_moment(entry.indexed_at)}, {entry.source}")


def _moment(iso: str) -> str:
    at = datetime.fromisoformat(iso)
    return f"lúc {at:%H:%M} ngày {at.day}/{at.month}/{at.year}"


def _finding_line(finding: Finding, text: str) -> str:
    detail = f", {finding.detail}" if finding.detail else ""
    quote = f": “{' '.join(text[finding.start : finding.end].split())}”" if finding.start >= 0 else ""
    date = PartialDate.parse(finding.value) if finding.field == "date" else None
    return f"{_FIELDS[finding.field]}: {date.vietnamese() if date else finding.value}{detail} ({finding.basis}{quote})"
