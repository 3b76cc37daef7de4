"""A catalog of invented meetings whose statements are known, for the tests of the register."""

from contextlib import closing
from pathlib import Path
from typing import Any

from index.catalog import Catalog
from index.records import Document, FileEntry, PartialDate, Statement

AT = "2026-01-02T08:00:00"
BUDGET = "Đồng Tháp nên dành ít nhất 3% ngân sách hằng năm cho chuyển đổi số."
BUDGET_AGAIN = "Đồng Tháp nên dành tối thiểu 3% ngân sách hằng năm\n  cho chuyển đổi số."
SAFETY = "- Rà soát an toàn thông tin\tcủa mọi hệ thống trước tháng 6/2021."
SERVERS = "Các tỉnh nên thuê máy chủ, không tự mua."
DONE = "=Tỉnh đã có 12 trạm phát sóng."
ASKED = "Tỉnh kiến nghị Bộ hỗ trợ 12 xã."
RIVER = "Tiền Giang nên mở dữ liệu cho doanh nghiệp."
HUNG, TAM = ("Nguyễn Mạnh Hùng", "Bộ trưởng"), ("Phan Tâm", "Thứ trưởng")

_PROVINCE = {"speaker": "", "title": "", "speaker_side": "province", "recipient": ""}
DONG_THAP = "dong-thap", "Làm việc với Đồng Tháp", "/kho/đồng-tháp.pdf", "2020-09-10"
AGAIN = "giao-ban", "Giao ban quý I", "/kho/giao-ban.md", "2021-03"
TIEN_GIANG = "tien-giang", "Làm việc với Tiền Giang", "/kho/tiền-giang.md", "2022"


def fill(home: Path) -> None:
    """A catalog in the data folder: three documents, seven statements."""
    with closing(Catalog(home / "index" / "catalog.sqlite")) as catalog:
        put(
            catalog,
            DONG_THAP,
            (BUDGET, {}),
            (SAFETY, {"field": "an toàn thông tin", "deadline": "trước tháng 6/2021", "confidence": 0.4}),
            (SERVERS, {"province": "*", "recipient": "các tỉnh", "field": "hạ tầng số"}),
            (DONE, {"kind": "status", **_PROVINCE}),
            (ASKED, {"kind": "request", **_PROVINCE}),
        )
        put(catalog, AGAIN, (BUDGET_AGAIN, {"speaker": TAM[0], "title": TAM[1]}))
        put(catalog, TIEN_GIANG, (RIVER, {"province": "Tiền Giang", "recipient": "tỉnh Tiền Giang"}))


def put(
    catalog: Catalog,
    particulars: tuple[str, str, str, str],
    *said: tuple[str, dict[str, Any]],
    provinces: tuple[str, ...] = (),
) -> None:
    """A document of these quotes, about these provinces, one a paragraph, each a statement."""
    identifier, title, source, date = particulars
    text = "\n\n".join(quote for quote, _ in said)
    document = Document(identifier, title, source, "0" * 64, text, PartialDate.parse(date), provinces, pages=(0,))
    statements = [_statement(document, number, *one) for number, one in enumerate(said)]
    catalog.replace(document, [], FileEntry(source, "0", identifier, AT), statements)


def _statement(document: Document, number: int, quote: str, changes: dict[str, Any]) -> Statement:
    start = document.text.index(quote)
    particulars: dict[str, Any] = {
        "kind": "recommendation",
        "speaker": HUNG[0],
        "title": HUNG[1],
        "speaker_side": "ministry",
        "recipient": "tỉnh Đồng Tháp",
        "province": "Đồng Tháp",
        "date": str(document.date or ""),
        "field": "chuyển đổi số",
        "figures": ("3% ngân sách",) if "3%" in quote else (),
        "deadline": "",
        "confidence": 0.95,
        "cues": ("has nên",),
    }
    place = (f"{document.id}@0!{number}", document.id, start, start + len(quote), quote)
    return Statement(*place, **(particulars | changes))
