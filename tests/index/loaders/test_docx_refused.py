"""Word documents that are damaged, hostile or none."""

import docx
import pytest
from docx.shared import Pt

from index.errors import UnreadableDocumentError
from index.extracted import Extracted, Limits
from index.loaders.docx import extract
from tests.index.loaders.checks import COPIES, bomb, repacked, settled, zipped
from tests.index.loaders.word import LIMITS, W, fill, paragraph, saved


def test_a_document_type_is_refused() -> None:
    document = docx.Document()
    body = f"<w:document {W}><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>"
    evil = f'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>{body}'.encode()
    with pytest.raises(UnreadableDocumentError, match="không an toàn"):
        extract(repacked(saved(document), {"word/document.xml": evil}), LIMITS)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "hỏng"),
        ("Đây là văn bản.".encode(), "hỏng"),
        (zipped({"a.txt": b"1"}), r"không đúng định dạng.*\.docx"),
        (bytes.fromhex("d0cf11e0") + bytes(600), r"Office cũ.*Hãy lưu lại dạng \.docx"),
        (bytes.fromhex("d0cf11e0") + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
        (bomb("word/document.xml", 30), "quá lớn"),
        (saved(docx.Document()), "không có chữ"),
        (saved(docx.Document())[:-50], "hỏng"),
    ],
)
def test_what_is_no_word_document_is_refused(content: bytes, message: str) -> None:
    with pytest.raises(UnreadableDocumentError, match=message):
        extract(content, Limits(unpacked_mib=20))


def test_deeply_nested_tables_are_read_or_refused() -> None:
    document = docx.Document()
    body = "<w:tbl><w:tr><w:tc>" * 500 + paragraph("Sâu.") + "</w:tc></w:tr></w:tbl>" * 500
    xml = f"<w:document {W}><w:body>{body}</w:body></w:document>".encode()
    with pytest.raises(UnreadableDocumentError):
        extract(repacked(saved(document), {"word/document.xml": xml}), LIMITS)


def test_damaged_documents_are_read_or_refused() -> None:
    document = docx.Document()
    document.add_heading("Kế hoạch", 1)
    document.add_paragraph("Nội dung.").paragraph_format.space_after = Pt(6)
    fill(document.add_table(2, 2), ("Xã", "Số thôn"), ("Hòa Sơn", "12"))
    content = saved(document)
    assert settled(extract, content) == COPIES


def test_documents_with_a_damaged_part_are_read_or_refused() -> None:
    content = saved(docx.Document())

    def repack_and_extract(broken: bytes, limits: Limits) -> Extracted:
        return extract(repacked(content, {"word/document.xml": broken}), limits)

    assert settled(repack_and_extract, docx.Document().element.xml.encode()) == COPIES
