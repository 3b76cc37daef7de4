"""What official documents and news say about themselves: title, number, type, issuer, provinces, people."""

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.extracted import Extracted, TextWriter
from index.metadata import find
from index.records import Finding

_HEADING_CHARS = 140
_MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
LETTER = (
    "BỘ THÔNG TIN VÀ TRUYỀN THÔNG\nSố: 123/BTTTT-THH\nV/v hướng dẫn xây dựng kế hoạch\n"
    f"{_MOTTO}Hà Nội, ngày 12 tháng 3 năm 2021\nKính gửi: Ủy ban nhân dân tỉnh Lào Cai\n"
    "Thực hiện Quyết định số 749/QĐ-TTg ngày 03/6/2020 của Thủ tướng Chính phủ, Bộ đề nghị Quý Ủy ban xem xét.\n"
)
NEWS = (
    "Bộ TT&TT làm việc với tỉnh Lào Cai về hạ tầng số\n"
    "Sáng 15/4/2022, đoàn công tác của Bộ TT&TT đã có buổi làm việc với lãnh đạo tỉnh về hạ tầng viễn thông, dữ liệu.\n"
)


def laid_out(text: str, title: str = "", created: str = "") -> Extracted:
    """A block for every line: names of pictures are noise, short lines without a full stop headings, the rest text."""
    writer = TextWriter()
    for line in text.split("\n"):
        if line.strip().endswith(".jpg"):
            writer.add("noise", line)
        elif len(line) <= _HEADING_CHARS and line.strip()[-1:] not in ".!?…:;,”\"')":
            writer.add("heading", line, 1)
        else:
            writer.add("text", line)
    return writer.extracted(title=title, created=created)


def values(text: str, field: str, title: str = "") -> list[str]:
    """The values found of a field."""
    return [finding.value for finding in find(laid_out(text, title), "tep.txt") if finding.field == field]


def _value(text: str, field: str) -> str:
    return next(iter(values(text, field)), "")


@pytest.mark.parametrize(
    ("line", "number", "kind", "issuer"),
    [
        ("Số: 123/BTTTT-THH", "123/BTTTT-THH", "Công văn", "Bộ Thông tin và Truyền thông"),
        ("Số 2323/BTTTT-THH", "2323/BTTTT-THH", "Công văn", "Bộ Thông tin và Truyền thông"),
        ("Số : 23 23 / BTTTT - THH", "2323/BTTTT-THH", "Công văn", "Bộ Thông tin và Truyền thông"),
        ("SỐ: 77/VPCP-KSTT", "77/VPCP-KSTT", "Công văn", "Văn phòng Chính phủ"),
        ("Số: 12/2021/TT-BTTTT", "12/2021/TT-BTTTT", "Thông tư", "Bộ Thông tin và Truyền thông"),
        ("Số: 45/TB-BTTTT", "45/TB-BTTTT", "Thông báo", "Bộ Thông tin và Truyền thông"),
        ("Số:      /QĐ-UBND", "", "Quyết định", "Ủy ban nhân dân"),
        ("Số: …………/BTTTT-CĐSQG", "", "Công văn", "Bộ Thông tin và Truyền thông"),
        ("Số: /2022/NQ-HĐND", "", "Nghị quyết", "Hội đồng nhân dân"),
        ("Số: 942/QĐ-TTg", "942/QĐ-TTg", "Quyết định", "Thủ tướng Chính phủ"),
        ("Số: 01/CT-BTTTT", "01/CT-BTTTT", "Chỉ thị", "Bộ Thông tin và Truyền thông"),
        ("Số: 73/2019/NĐ-CP", "73/2019/NĐ-CP", "Nghị định", "Chính phủ"),
        ("Số: 88/KH-UBND", "88/KH-UBND", "Kế hoạch", "Ủy ban nhân dân"),
        ("Số: 9/BC-STTTT", "9/BC-STTTT", "Báo cáo", "Sở Thông tin và Truyền thông"),
        ("Số: 31/TTr-STTTT", "31/TTr-STTTT", "Tờ trình", "Sở Thông tin và Truyền thông"),
        ("Số: 5/KL-BKHCN", "5/KL-BKHCN", "Kết luận", "Bộ Khoa học và Công nghệ"),
        ("Số: 7/CĐ-TTg", "7/CĐ-TTg", "Công điện", "Thủ tướng Chính phủ"),
        ("Số: 8/BB-STTTT", "8/BB-STTTT", "Biên bản", "Sở Thông tin và Truyền thông"),
        ("Số: 16-NQ/TU", "16-NQ/TU", "Nghị quyết", ""),
        ("Số: 3/CTr-UBND", "3/CTr-UBND", "", "Ủy ban nhân dân"),
        (
            "Số: 15/BTTTT-THH Hà Nội, ngày 2 tháng 3 năm 2021",
            "15/BTTTT-THH",
            "Công văn",
            "Bộ Thông tin và Truyền thông",
        ),
    ],
)
def test_number_type_and_the_issuer_by_the_symbol(line: str, number: str, kind: str, issuer: str) -> None:
    text = f"{_MOTTO}{line}\nKính gửi: Các đơn vị"
    assert (_value(text, "number"), _value(text, "type"), _value(text, "issuer")) == (number, kind, issuer)


@pytest.mark.parametrize(
    ("head", "issuer", "parent"),
    [
        ("BỘ THÔNG TIN VÀ TRUYỀN THÔNG", "Bộ Thông tin và Truyền thông", ""),
        ("BỘ THÔNG TIN VÀ\nTRUYỀN THÔNG\n-------", "Bộ Thông tin và Truyền thông", ""),
        ("UBND TỈNH ĐỒNG THÁP", "UBND tỉnh Đồng Tháp", ""),
        ("ỦY BAN NHÂN DÂN\nTỈNH BÀ RỊA - VŨNG TÀU", "Ủy ban nhân dân tỉnh Bà Rịa - Vũng Tàu", ""),
        ("ỦY BAN NHÂN DÂN      CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTỈNH LÀO CAI      Độc lập - Tự do - Hạnh phúc",
         "Ủy ban nhân dân tỉnh Lào Cai", ""),
        ("UBND TỈNH HẬU GIANG\nSỞ THÔNG TIN VÀ TRUYỀN THÔNG", "Sở Thông tin và Truyền thông", "UBND tỉnh Hậu Giang"),
        ("BỘ THÔNG TIN VÀ TRUYỀN THÔNG\nCỤC TIN HỌC HÓA", "Cục Tin học hóa", "Bộ Thông tin và Truyền thông"),
        ("VĂN PHÒNG CHÍNH PHỦ", "Văn phòng Chính phủ", ""),
        ("UBND HUYỆN CHÂU THÀNH\nHỎA TỐC", "UBND huyện Châu Thành", ""),
        ("ỦY\nBAN NHÂN DÂN\nTỈNH TIỀN GIANG\n|", "Ủy ban nhân dân tỉnh Tiền Giang", ""),
        ("TỔNG CÔNG TY VIỄN THÔNG VIỆT NAM\nCÔNG TY CÁP", "Công ty Cáp", "Tổng công ty Viễn thông Việt Nam"),
        ("UBND HUYỆN SA PA\nPHÒNG VĂN HÓA VÀ THÔNG TIN", "Phòng Văn hóa và thông tin", "UBND huyện Sa Pa"),
        ("TỈNH ỦY THÁI NGUYÊN", "Tỉnh ủy Thái Nguyên", ""),
        ("BỘ VĂN HÓA, THỂ THAO VÀ DU LỊCH", "Bộ Văn hóa, Thể thao và Du lịch", ""),
        ("BỘ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI", "Bộ Lao động - Thương binh và Xã hội", ""),
    ],
)  # fmt: skip
def test_the_issuer_as_the_letterhead_names_it(head: str, issuer: str, parent: str) -> None:
    text = f"{head}\n{_MOTTO}Số: 12/ABC-XYZ\nKính gửi: Các đơn vị"
    [found] = [finding for finding in find(laid_out(text), "a.pdf") if finding.field == "issuer"]
    assert (found.value, found.detail) == (issuer, parent)


@pytest.mark.parametrize(
    ("text", "kind", "title"),
    [
        (f"{_MOTTO}QUYẾT ĐỊNH\nVề việc phê duyệt kế hoạch\nCăn cứ Luật", "Quyết định", "Về việc phê duyệt kế hoạch"),
        (f"{_MOTTO}QUYẾT ĐỊNH\nPhê duyệt kế hoạch\nnăm 2021\nCăn cứ Luật", "Quyết định", "Phê duyệt kế hoạch năm 2021"),
        (f"{_MOTTO}CHỈ THỊ\nVỀ PHÁT TRIỂN\nHẠ TẦNG SỐ\nBỘ TRƯỞNG BỘ Y TẾ", "Chỉ thị", "VỀ PHÁT TRIỂN HẠ TẦNG SỐ"),
        (f"{_MOTTO}KẾ HOẠCH CHUYỂN ĐỔI SỐ NĂM 2021\nI. Mục tiêu", "Kế hoạch", "KẾ HOẠCH CHUYỂN ĐỔI SỐ NĂM 2021"),
        ("KẾT LUẬN CỦA BỘ TRƯỞNG TẠI HỘI NGHỊ\n1. Về hạ tầng", "Kết luận", "KẾT LUẬN CỦA BỘ TRƯỞNG TẠI HỘI NGHỊ"),
        (LETTER, "Công văn", "V/v hướng dẫn xây dựng kế hoạch"),
        (
            f"{_MOTTO}Số:\n3/2020/QĐ-UBND\nQUYẾT ĐỊNH\nBAN HÀNH QUY CHẾ\nUBND TỈNH X\nCăn cứ",
            "Quyết định",
            "BAN HÀNH QUY CHẾ",
        ),
        (
            f"Đăng nhập để xem toàn văn và dùng mọi tiện ích của trang này dành cho thành viên.\n{LETTER}",
            "Công văn",
            "V/v hướng dẫn xây dựng kế hoạch",
        ),
        (f"{_MOTTO}THÔNG BÁO\nHà Nội, ngày 2 tháng 3 năm 2021\nKính gửi: A", "Thông báo", ""),
    ],
)
def test_the_type_by_the_line_in_capitals_and_the_subject(text: str, kind: str, title: str) -> None:
    assert (_value(text, "type"), _value(text, "title")) == (kind, title)


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("UBND TỈNH SƠN LA Sơn La, 12/3/2021", "UBND TỈNH SƠN LA"),
        ("SỞ TÀI CHÍNH TỈNH SƠN LA SƠN LA, ngày 12/3/2021 BÁO CÁO THU CHI", "SỞ TÀI CHÍNH TỈNH SƠN LA"),
        ("SỞ Y TẾ TP. Hồ Chí Minh, ngày 12 tháng 3 năm 2021 Báo cáo số trạm y tế", "Báo cáo số trạm y tế"),
        ("SỞ Y TẾ Bà Rịa - Vũng Tàu, 12.3.2021 Báo cáo số trạm y tế", "Báo cáo số trạm y tế"),
        ("HỘI NGHỊ VỚI SƠN LA, 12/3/2021 TẠI HÀ NỘI", "HỘI NGHỊ VỚI SƠN LA, 12/3/2021 TẠI HÀ NỘI"),
    ],
)
def test_an_organ_and_the_date_line_that_ran_into_it_are_no_one_title(line: str, title: str) -> None:
    text = f"{line}\nTỉnh đã họp giao ban."
    [found] = [finding for finding in find(laid_out(text), "a.png") if finding.field == "title"]
    assert (found.value, text[found.start : found.end]) == (title, title)


@pytest.mark.parametrize(
    "text",
    [
        NEWS,
        f"{NEWS}Thực hiện Công văn số 123/BTTTT-THH ngày 12/3/2021, tỉnh đã lập kế hoạch.",
        "Tin\nSố 749/QĐ-TTg là số của quyết định mà hội nghị sáng nay đã nhắc đến nhiều lần khi bàn về hạ tầng số.",
        "Kết luận của Bộ trưởng tại hội nghị\nBộ trưởng yêu cầu các đơn vị làm nhanh hơn.",
        f"{NEWS}KẾ HOẠCH\nTỉnh sẽ lập kế hoạch.",
        "Quốc hội nước Cộng hòa xã hội chủ nghĩa Việt Nam khai mạc\nQuốc hội họp phiên đầu.",
    ],
)
def test_news_have_no_number_type_or_issuer(text: str) -> None:
    assert not [*values(text, "number"), *values(text, "type"), *values(text, "issuer")]


@pytest.mark.parametrize(
    ("text", "own", "title"),
    [
        (NEWS, "khác", "Bộ TT&TT làm việc với tỉnh Lào Cai về hạ tầng số"),
        (f"Diễn đàn\nThứ tư, 10/09/2020 | 15:30\n{NEWS}", "", "Bộ TT&TT làm việc với tỉnh Lào Cai về hạ tầng số"),
        ("Trang chủ > Tin tức > Chuyển đổi số\nHậu Giang muốn đi nhanh\nTỉnh nói vậy.", "", "Hậu Giang muốn đi nhanh"),
        ("# Hậu Giang muốn đi nhanh\nTỉnh nói vậy.", "", "Hậu Giang muốn đi nhanh"),
        (",\nHậu Giang muốn đi nhanh\nTỉnh nói vậy.", "", "Hậu Giang muốn đi nhanh"),
        ("anh.jpg\nHậu Giang muốn đi nhanh\nTỉnh nói vậy.", "", "Hậu Giang muốn đi nhanh"),
        ("date 2021-03 Hậu Giang muốn đi nhanh\nTỉnh nói vậy.", "", "Hậu Giang muốn đi nhanh"),
        ("Tỉnh nói vậy. Bộ cũng nói vậy.", "Hậu Giang muốn đi nhanh", "Hậu Giang muốn đi nhanh"),
        ("Tỉnh nói vậy. Bộ cũng nói vậy.", "Microsoft Word - a.doc", "Tỉnh nói vậy."),
        (
            "Quốc hội Cộng hòa xã hội chủ nghĩa Việt Nam họp\nĐã họp.",
            "",
            "Quốc hội Cộng hòa xã hội chủ nghĩa Việt Nam họp",
        ),
        ("10/9/2020", "", ""),
    ],
)
def test_the_title_of_news(text: str, own: str, title: str) -> None:
    assert values(text, "title", own) == [title] * bool(title)


@pytest.mark.parametrize("text", [LETTER, NEWS])
def test_decomposed_letters_and_invisible_characters_change_nothing(text: str) -> None:
    spoiled = unicodedata.normalize("NFD", text.replace("tỉnh", "t\u200bỉnh"))
    plain = find(laid_out(text), "a.txt")
    found = find(laid_out(spoiled), "a.txt")
    assert [(one.field, one.value) for one in found] == [(one.field, one.value) for one in plain]
    original = laid_out(spoiled).text
    assert next(original[one.start : one.end] for one in found if one.field == "province") == unicodedata.normalize(
        "NFD", "Lào Cai"
    )


_PIECES = st.sampled_from(
    [
        *("Số: ", "12/QĐ-UBND", "ngày ", "12/3/2021", "12/11", "31/2", "date 2020-06", "Hà Nội", "tỉnh ", ", ", "\n"),
        *(
            "BỘ Y TẾ",
            "V/v x",
            "QUYẾT ĐỊNH",
            "Kính gửi: ",
            "Bộ trưởng ",
            "Nguyễn Văn A",
            "ông ",
            "a\u0301\u0301",
            "\u200b",
        ),
    ]
)


@given(st.lists(st.one_of(_PIECES, st.text(max_size=5)), max_size=30).map("".join), st.text(max_size=12))
@settings(max_examples=200, deadline=None)
def test_any_text_gives_findings_that_stand_in_it(text: str, name: str) -> None:
    extracted = laid_out(text)
    found: list[Finding] = find(extracted, name)
    for finding in found:
        assert (finding.start, finding.end) == (-1, -1) or 0 <= finding.start < finding.end <= len(extracted.text)
        assert finding.value
        assert finding.basis
    single = [finding.field for finding in found if finding.field not in ("province", "person")]
    assert len(single) == len(set(single))


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "Hà Nội ",
            "Hà ",
            "tỉnh Huế. ",
            "Nguyễn Văn A ",
            "ông Lê A, ",
            "Bộ trưởng ",
            "Phó ",
            "Bộ trưởng Lê A, Bí thư ",
        ),
        *(
            "1/1/2020 ",
            "đến 1/1/2020 ",
            "ngày 1/1, ",
            "Ngày 1/1\n",
            "1 ",
            "ngày tháng năm ",
            "Số: ",
            "BỘ Y TẾ\n",
            "V/v ",
        ),
        *("N", "A-", "(", " ", "x\n", "\u0301"),
    ],
)
def test_time_grows_with_the_length_only(piece: str) -> None:
    def seconds(characters: int) -> float:
        extracted = laid_out((piece * (characters // len(piece) + 1))[:characters])
        durations = []
        for _ in range(3):
            begun = time.process_time()
            find(extracted, "a.txt")
            durations.append(time.process_time() - begun)
        return min(durations)  # the least: a collection of all the garbage of this run may fall into any one

    # Twice the text takes twice the time, four times where it grows with the square; a busy machine slows both.
    assert seconds(50_000) < 3 * seconds(25_000) + 0.2
