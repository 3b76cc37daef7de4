"""`bot documents …`: what is indexed, what was refused and why, and taking documents out."""

import json
from contextlib import closing
from dataclasses import asdict
from typing import Annotated, Any

import typer

from bot.console import NOTHING_FOUND, reported
from bot.settings import Settings
from bot.terminal import printable
from index.catalog import CATALOG_FILE, Catalog
from index.errors import IndexMissingError
from index.records import Document, FileEntry, Finding

documents_app = typer.Typer(help="Xem và gỡ tài liệu đã nạp.", no_args_is_help=True)
DocumentId = Annotated[str, typer.Argument(help="Mã tài liệu (xem «bot documents list»).")]
AsJson = Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON.")]
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
            if entry.reason:
                _say(f"TỪ CHỐI  {entry.source}")
                _say(f"         {entry.reason}")
            elif entry.document_id:
                _say(f"{entry.document_id}  {row['label']}")
                _say(f"         {row['passages']} đoạn, nạp lúc {entry.indexed_at}, {entry.source}")
        refused = sum(bool(entry.reason) for entry in entries)
        _say(f"{len(documents)} tài liệu, {catalog.count_passages()} đoạn; {refused} tệp bị từ chối.")


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
        for finding in found.findings:
            _say(_finding_line(finding, found.text))
        for remark in found.remarks:
            _say(f"Lưu ý: {remark}")
        pages = f"{len(found.pages)} trang, " if found.pages else ""
        _say(f"{pages}{passages} đoạn, {len(found.text)} ký tự")


@documents_app.command("remove")
def remove_command(document: DocumentId) -> None:
    """Gỡ một tài liệu khỏi chỉ mục; tệp trên đĩa vẫn còn, và không được nạp lại cho đến khi được gọi đích danh."""
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
    return asdict(entry) | {"label": label, "passages": passages}


def _finding_line(finding: Finding, text: str) -> str:
    detail = f", {finding.detail}" if finding.detail else ""
    quote = f": “{' '.join(text[finding.start : finding.end].split())}”" if finding.start >= 0 else ""
    return f"{_FIELDS[finding.field]}: {finding.value}{detail} ({finding.basis}{quote})"
