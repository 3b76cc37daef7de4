"""The date of a document or of the event it tells of, and how it is known."""

import pytest

from index.extracted import TextWriter
from index.metadata import find
from index.records import Finding
from tests.index.test_metadata import laid_out

_MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
_REST = (
    "đoàn công tác của Bộ TT&TT đã làm việc với lãnh đạo tỉnh về hạ tầng viễn thông và dữ liệu dùng chung của các sở."
)
_CITED = "Quyết định số 749/QĐ-TTg ngày 3/6/2020"


def _found(text: str, name: str = "tep.txt", created: str = "") -> Finding | None:
    return next((one for one in find(laid_out(text, created=created), name) if one.field == "date"), None)


def _date(text: str, name: str = "tep.txt", created: str = "") -> str:
    finding = _found(text, name, created)
    return finding.value if finding else ""


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Hà Nội, ngày 12 tháng 3 năm 2021", "2021-03-12"),
        ("Hà Nội, ngày    tháng 3 năm 2021", "2021-03"),
        ("Hà Nội, ngày …… tháng 3 năm 2021", "2021-03"),
        ("Hà Nội, ngày     tháng     năm 2021", "2021"),
        ("Đồng Tháp, ngày 05 tháng 01 năm 2022.", "2022-01-05"),
        ("Bà Rịa - Vũng Tàu, ngày 1 tháng 2 năm 2023", "2023-02-01"),
        ("TP. Hồ Chí Minh, ngày 1 tháng 2 năm 2023", "2023-02-01"),
        ("Hà Nội , ngày 1 2 tháng 0 3 năm 20 21", "2021-03-12"),
        ("Hà Nội, ngày12 tháng3 năm2021", "2021-03-12"),
        ("ngày 12 tháng 3 năm 2021", "2021-03-12"),
        ("Số: 12/BTTTT-THH      Hà Nội, ngày 12/3/2021", "2021-03-12"),
        ("Số: 12/BTTTT-THH Hà Nội, ngày 12 tháng 3 năm 2021", "2021-03-12"),
        ("Hà Nội, ngày 31 tháng 2 năm 2021", ""),
        ("Hà Nội, ngày     tháng     năm", ""),
    ],
)
def test_the_date_line_of_an_official_document(line: str, date: str) -> None:
    text = (
        f"{_MOTTO}\nSố: 12/BTTTT-THH\n{line}\nKính gửi: UBND tỉnh\nThực hiện {_CITED}, trước ngày 31/12/2025, {_REST}"
    )
    assert _date(text) == date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        (f"Ngày đăng : 16:53, 06/03/2023\n{_REST}", "2023-03-06"),
        (f"Diễn đàn - Ngày đăng : 16:53, 06/03/2023\nHọp giao ban\n{_REST}", "2023-03-06"),
        (f"Thứ tư, 10/09/2020 | 15:30\n{_REST}", "2020-09-10"),
        (f"10/9/2020 15:30 GMT+7\n{_REST}", "2020-09-10"),
        (f"Đăng lúc: 17:05 - 19/04/2021\n{_REST}", "2021-04-19"),
        (f"Cập nhật:10/9/2020\n{_REST}", "2020-09-10"),
        (f"Khoa học - 2021-04-17 16:39:00\n{_REST}", "2021-04-17"),
        (f"Cập nhật lúc 8h05 ngày 10-9-2020\n{_REST}", "2020-09-10"),
        (f"Họp giao ban\n{_REST}\nNgày đăng: 10/9/2020", "2020-09-10"),
        (f"Chiều ngày 10/9/2020, {_REST}", "2020-09-10"),
        (f"Ngày 10-9-2020, {_REST}", "2020-09-10"),
        (f"Ngày 10 tháng 9 năm 2020, {_REST}", "2020-09-10"),
        (f"Trong hai ngày 10-11/9/2020, {_REST}", "2020-09-10"),
        (f"Từ ngày 10 đến 12/9/2020, {_REST}", "2020-09-10"),
        (f"Sáng nay (10/9/2020), {_REST}", "2020-09-10"),
        (f"Vào ngày 10.9.2020 {_REST}", "2020-09-10"),
        (f"(Chinhphu.vn) - Tối 10/9/2020, {_REST}", "2020-09-10"),
        (f"{_REST}\nBuổi họp diễn ra chiều 10/9/2020 ở tỉnh.", "2020-09-10"),
        (f"Theo {_CITED}, tỉnh đã lập kế hoạch; sáng 5/7/2021, {_REST}", "2021-07-05"),
        (f"Sở thành lập ngày 1/1/2019 và ngày 5/7/2021 {_REST}", "2021-07-05"),
        (f"Ngày 01/01/2019, Sở được thành lập. Ngày 5/7/2021, {_REST}", "2021-07-05"),
        (f"Kỷ niệm 76 năm ngày truyền thống (28/8/1945 - 28/8/2021), ngày 27/8/2021 {_REST}", "2021-08-27"),
        (f"Tại buổi làm việc ngày 5/7/2021 về kế hoạch, {_REST}", "2021-07-05"),
    ],
)
def test_the_date_of_news(text: str, date: str) -> None:
    assert _date(text) == date


@pytest.mark.parametrize(
    "text",
    [
        _REST,
        f"Bám sát {_CITED} của Thủ tướng, {_REST}",
        f"Thực hiện Nghị quyết số 16-NQ/TU, ngày 3/6/2020, {_REST}",
        f"Tỉnh phải xong trước ngày 31/12/2025, {_REST}",
        f"Tỉnh phải xong chậm nhất vào ngày 31/12/2025; từ ngày 1/1/2026 thì khác, {_REST}",
        f"Đến năm 2025, {_REST}",
        f"Sở được thành lập ngày 1/1/2019, {_REST}",
        f"Ngày 31/2/2021, {_REST}",
        f"Ngày 12/11, {_REST}",
        f"Tỉnh đứng thứ 4/63, tăng 2/10 bậc, {_REST}",
    ],
)
def test_no_date_rather_than_that_of_something_else(text: str) -> None:
    assert _date(text) == ""


def _in_table(text: str, name: str = "kien-nghi.csv") -> str:
    """The date found where lines that begin with `|` are rows of a table."""
    writer = TextWriter()
    for line in text.split("\n"):
        writer.add("row" if line.startswith("|") else "text", line.lstrip("| "))
    return next((one.value for one in find(writer.extracted(), name) if one.field == "date"), "")


@pytest.mark.parametrize(
    "text",
    [
        "|TT: 1; Tỉnh: Sơn La; Hạn: 12/3/2021.\n|TT: 2; Tỉnh: Lào Cai; Hạn: 15/4/2021.",
        "|Ngày nhận: 12/3/2021.\n|Tỉnh: Sơn La.",
        "|Ngày đăng: 12/3/2021.\n|Tỉnh: Sơn La.",
        "|Tỉnh: Sơn La; Nơi: Hà Nội, ngày 12/3/2021; Kết quả: đạt.",
        "Kiến nghị của các tỉnh\n|Sơn La; ngày 12/3/2021.\nTuần sau, 19/3/2021\n|Lào Cai; ngày 20/3/2021.",
    ],
)
def test_what_stands_in_a_table_is_no_date_of_the_document(text: str) -> None:
    assert _in_table(text) == ""
    assert _in_table(text, "kien-nghi-2021-06-05.csv") == "2021-06-05"
    assert _in_table(f"Tổng hợp kiến nghị ngày 5/6/2021\n{text}") == "2021-06-05"


def test_the_head_of_a_letter_may_be_laid_out_as_a_table() -> None:
    head = f"|UBND TỈNH SƠN LA; {_MOTTO.splitlines()[0]}\n|Số: 12/BC-UBND; Sơn La, ngày 12 tháng 3 năm 2021"
    assert _in_table(f"{head}\nKính gửi: Bộ.\n|Hạn: 1/2/2023; đạt.") == "2021-03-12"
    assert _in_table(f"{head}\nKính gửi: Bộ.\n|Lào Cai; Hà Nội, ngày 15/3/2021; đạt.") == ""


@pytest.mark.parametrize(
    "label",
    [
        *["Ngày nhận", "Ngày tiếp nhận", "Hạn", "Thời hạn", "Hạn chót", "Thời hạn trả lời", "Ngày sinh", "Ngày cấp"],
        *["Ngày nộp", "Ngày hoàn thành"],
    ],
)
def test_the_day_of_a_receipt_or_a_deadline_is_no_date_of_the_document(label: str) -> None:
    for day in (f"{label}: 12/3/2022", f"{label}: ngày 12/3/2022", f"{label} : 08:30 12/3/2022"):
        assert _date(f"Phiếu đề nghị\n{day}\nTỉnh: Sơn La\n{_REST}") == ""
    assert _date(f"Phiếu đề nghị\nNgày nhận 12/3/2022\n{_REST}") == ""
    assert _date(f"Phiếu đề nghị\nNgày cập nhật: 12/3/2022\n{_REST}") == "2022-03-12"


@pytest.mark.parametrize(
    ("text", "date"),
    [
        (f"date 2020-06 Chiều 25/6, {_REST}", "2020-06-25"),
        (f"date 2020-06 Chiều 25/7, {_REST}", "2020-06"),
        (f"date 2020-06 {_REST}", "2020-06"),
        (f"date 2020-06-26 Chiều 25/6, {_REST}", "2020-06-25"),
        (f"date 2020-13 {_REST}", ""),
        (f"Ngày đăng: 11/9/2020\nChiều 10/9, {_REST}", "2020-09-10"),
        (f"Ngày đăng: 11/9/2020\nChiều 10/9/2020, {_REST}", "2020-09-10"),
        (f"Ngày đăng: 2/1/2021\nNgày 31/12, {_REST}", "2020-12-31"),
        (f"Ngày đăng: 11/9/2020\nNgày 20/9/2020, {_REST}", "2020-09-11"),
        (f"Ngày đăng: 11/9/2020\nNgày 3/2, {_REST}", "2020-09-11"),
        (f"Ngày đăng: 11/9/2020\nBám sát {_CITED}, {_REST}", "2020-09-11"),
    ],
)
def test_event_and_publication_each_in_its_place(text: str, date: str) -> None:
    assert _date(text) == date


@pytest.mark.parametrize(
    ("text", "name", "created", "date", "basis"),
    [
        (f"Ngày 12/11, {_REST}", "2020-11-12.txt", "", "2020-11-12", "năm suy ra từ tên tệp"),
        (f"Ngày 12/11, {_REST}", "tin_20201115.txt", "", "2020-11-12", "năm suy ra từ tên tệp"),
        (f"Ngày 12/11, {_REST}", "15-11-2020.txt", "", "2020-11-12", "năm suy ra từ tên tệp"),
        (f"Ngày 12/11, {_REST}", "2020-11 tin.txt", "", "2020-11-12", "năm suy ra từ tên tệp"),
        (
            f"Ngày 12/11, {_REST}",
            "a.docx",
            "2020-11-14T01:02:03Z",
            "2020-11-12",
            "năm suy ra từ ngày tạo tệp 14/11/2020",
        ),
        (f"Ngày 12/11, {_REST}", "a.docx", "2024-05-14", "", ""),
        (f"Ngày 12/11, {_REST}\n20201112-x.jpg", "a.txt", "", "2020-11-12", "năm suy ra từ tên ảnh «20201112-x.jpg»"),
        (f"Ngày 12/11, {_REST}\nBám sát {_CITED}.", "a.txt", "", "2020-11-12", "năm suy ra từ ngày 3/6/2020 trong bài"),
        (f"Ngày 12/3, {_REST}\nBám sát {_CITED}.", "a.txt", "", "2021-03-12", "năm suy ra từ ngày 3/6/2020 trong bài"),
        (f"Ngày 12/11, {_REST}\nTheo Nghị định ngày 13/6/2011. Năm 2019 đạt kết quả tốt.", "a.txt", "", "", ""),
        (f"Ngày 12/11, {_REST}\nXong trước ngày 31/12/2025.", "a.txt", "", "", ""),
        (f"Ngày 29/2, {_REST}\nBám sát {_CITED}.", "a.txt", "", "", ""),
        (_REST, "2020-09-10-tin.txt", "", "2020-09-10", "tên tệp"),
        (_REST, "2020-09.txt", "", "2020-09", "tên tệp"),
        (_REST, "000_f2cf78d77a2ba7a0.txt", "", "", ""),
        (_REST, "20209910 quy-hoach-2021-2030.txt", "2020-11-14", "", ""),
    ],
)
def test_what_is_inferred_says_from_what(text: str, name: str, created: str, date: str, basis: str) -> None:
    finding = _found(text, name, created)
    assert (finding.value if finding else "") == date
    assert basis in (finding.basis if finding else "")


def test_the_place_of_a_date_is_where_it_stands() -> None:
    text = f"Họp giao ban\nChiều ngày 10/9/2020, {_REST}"
    finding = _found(text)
    assert finding
    assert laid_out(text).text[finding.start : finding.end] == "10/9/2020"
