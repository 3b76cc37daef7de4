"""`bot documents …`: what is indexed, what was refused and why, and taking documents out."""

import json
from collections import Counter
from contextlib import closing
from dataclasses import asdict
from datetime import datetime
from typing import Annotated

import typer

from bot.console import NOTHING_FOUND, reported
from bot.kept_files import KeptFile, kept_files, open_catalog
from bot.terminal import number, printable
from index.catalog import Catalog
from index.records import Document, Finding, PartialDate

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
        files = kept_files(catalog)
        if as_json:
            print(json.dumps([asdict(file) for file in files], ensure_ascii=False, indent=1))
            return
        first = {file.document_id: file.source for file in files if file.state == "indexed"}
        for file in files:
            _say_file(file, first.get(file.document_id, ""))
        states = Counter(file.state for file in files)
        _say(
            f"{number(states['indexed'])} tài liệu, {number(catalog.count_passages())} đoạn; "
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


def _document(catalog: Catalog, document_id: str) -> Document:
    found = catalog.document(document_id)
    if found is None:
        _say(f"Không có tài liệu «{document_id}». Hãy xem mã tài liệu bằng «bot documents list».")
        raise typer.Exit(NOTHING_FOUND)
    return found


def _say_file(file: KeptFile, first: str) -> None:
    """Two lines: what it is, and the particulars; an archive is shown by its members, a copy by the `first` file."""
    if file.state in ("refused", "removed"):
        _say(f"{'TỪ CHỐI' if file.state == 'refused' else 'ĐÃ GỠ  '}  {file.source}")
        _say(f"         {file.reason}")
    elif file.state == "duplicate":
        _say(f"TRÙNG    {file.source}")
        _say(f"         trùng nội dung với {first} (mã {file.document_id})")
    elif file.state == "indexed":
        _say(f"{file.document_id}  {file.label}")
        _say(f"         {number(file.passages)} đoạn, nạp {_moment(file.indexed_at)}, {file.source}")


def _moment(iso: str) -> str:
    at = datetime.fromisoformat(iso)
    return f"lúc {at:%H:%M} ngày {at.day}/{at.month}/{at.year}"


def _finding_line(finding: Finding, text: str) -> str:
    detail = f", {finding.detail}" if finding.detail else ""
    quote = f": “{' '.join(text[finding.start : finding.end].split())}”" if finding.start >= 0 else ""
    date = PartialDate.parse(finding.value) if finding.field == "date" else None
    return f"{_FIELDS[finding.field]}: {date.vietnamese() if date else finding.value}{detail} ({finding.basis}{quote})"
