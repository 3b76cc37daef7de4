"""The provinces a document concerns and the people it names, with their titles."""

import pytest

from index.metadata import find
from tests.index.test_metadata import LETTER, NEWS, laid_out, values

_FILLER = "Đoàn công tác đã nghe báo cáo về hạ tầng viễn thông, dữ liệu dùng chung và nhân lực của địa phương.\n"


@pytest.mark.parametrize(
    ("text", "provinces"),
    [
        (NEWS, ["Lào Cai"]),
        (LETTER, ["Lào Cai"]),
        (f"Miền núi\n{_FILLER}Bộ làm việc với tỉnh Sơn La và tỉnh Lai Châu về {_FILLER}", ["Sơn La", "Lai Châu"]),
        (f"{NEWS}{_FILLER}Kinh nghiệm của Quảng Ninh rất đáng học. Lào Cai cần làm ngay.", ["Lào Cai"]),
        (f"Tin vắn\nNgày 3/4/2021, tại Hà Nội, Bộ làm việc với tỉnh Kon Tum về {_FILLER}", ["Kon Tum"]),
        (f"Hội nghị giao ban tại Hà Nội\n{_FILLER}{_FILLER}", []),
        (f"Tin vắn\nHà Nội, ngày 3/4/2021, Bộ TT&TT tổ chức hội nghị giao ban về {_FILLER}", []),
        (f"Bộ trưởng làm việc với Hà Nội\n{_FILLER}", ["Hà Nội"]),
        (f"Tin\n{_FILLER * 2}Bạc Liêu hỏi. Bạc Liêu khó. Điện Biên hỏi. Điện Biên chờ.", ["Bạc Liêu", "Điện Biên"]),
        (f"Tin\nHuế hơn Hà Nội (thứ 4), Nghệ An (thứ 5). Huế vui. {_FILLER}Huế sẽ hơn nữa.", ["Huế"]),
        (f"Hà Nội\nHọp giao ban quý I\n{_FILLER}", []),
        (f"Tin\n{_FILLER}{_FILLER}Một câu nhắc đến An Giang. Một câu khác nhắc đến tỉnh Cà Mau.", []),
        (f"Tin\n{_FILLER}{_FILLER}" + "Gia Lai làm tốt. " * 9 + "Phú Thọ cũng vậy. " * 2, ["Gia Lai"]),
        ("Kính gửi:\n- UBND tỉnh Hà Giang;\n- UBND tỉnh Cao Bằng.\n" + _FILLER, ["Hà Giang", "Cao Bằng"]),
        ("Kính gửi: UBND các tỉnh, thành phố trực thuộc Trung ương\n" + _FILLER, []),
        (f"Đoàn dâng hương tưởng nhớ Chủ tịch Hồ Chí Minh\n{_FILLER}", []),
        (f"Bộ làm việc với TP.HCM về hạ tầng\n{_FILLER}", ["Hồ Chí Minh"]),
        (f"Sáng 29/3 tại BR-VT\nLãnh đạo BR-VT và {_FILLER}", ["Bà Rịa - Vũng Tàu"]),
        (f"Bà Rịa – Vũng Tàu tăng tốc\n{_FILLER}", ["Bà Rịa - Vũng Tàu"]),
        (f"Bộ làm việc với tỉnh Đắc Lắc\n{_FILLER}", ["Đắk Lắk"]),
        (f"Xã Hạ Nam làm đường\n{_FILLER}", []),
        (f"Tin\nCác nước châu Á - Thái Bình Dương bàn về {_FILLER}", []),
        (f"Tin\nTàu khảo sát của Viện Hải dương học đo {_FILLER}Môn hải dương học cần {_FILLER}", []),
        (f"Tin\nVì an ninh và hòa bình ở khu vực, giữ gìn cho hòa bình, {_FILLER}", []),
        (f"Tin\nNhân dịp chiến thắng Điện Biên Phủ, {_FILLER}", []),
        (f"Tin\nCả tỉnh Điện Biên phủ sóng {_FILLER}", ["Điện Biên"]),
        (f"TỈNH ĐIỆN BIÊN PHỦ SÓNG DI ĐỘNG\n{_FILLER}", ["Điện Biên"]),
        (f"Tin\nĐoàn đi bộ trên phố Huế, đường Hà Tĩnh và {_FILLER}", []),
        (f"Tin\nBộ làm việc với thành phố Huế về {_FILLER}", ["Huế"]),
        (f"Tin\nTrụ sở số 18 phố Nguyễn Du, Hà Nội đón {_FILLER}", []),
        (f"Tin\nChị Hải Dương và bà Trịnh Thị Hà Giang kể về {_FILLER}", []),
        (f"Tin\nBộ làm việc với tỉnh Hải dương về {_FILLER}", ["Hải Dương"]),
        (f"Tin\nBộ làm việc với tp.hcm về {_FILLER}", ["Hồ Chí Minh"]),
        (f"tin\nbộ làm việc với tỉnh cà mau về {_FILLER}".lower(), ["Cà Mau"]),
        (f"Tin\nĐơn vị được tặng Huân chương Hồ Chí Minh, {_FILLER}", []),
    ],
)  # fmt: skip
def test_the_provinces_concerned(text: str, provinces: list[str]) -> None:
    assert values(text, "province") == provinces


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Bộ trưởng Nguyễn Văn Bình nhấn mạnh.", ["Nguyễn Văn Bình | Bộ trưởng"]),
        ("Thứ trưởng Bộ TT&TT Phan Huy nêu rõ.", ["Phan Huy | Thứ trưởng Bộ TT&TT"]),
        ("Có ông Phạm Thiện Lý, Phó Chủ tịch UBND tỉnh; đại diện sở.", ["Phạm Thiện Lý | Phó Chủ tịch UBND tỉnh"]),
        ("Bí thư Tỉnh ủy Lê Minh Khôi; và các sở.", ["Lê Minh Khôi | Bí thư Tỉnh ủy"]),
        ("Bí thư Tỉnh uỷ Thái Nguyên Nguyễn Thanh Hòa nói.", ["Nguyễn Thanh Hòa | Bí thư Tỉnh uỷ Thái Nguyên"]),
        ("Chủ tịch UBND tỉnh Bà Rịa – Vũng Tàu (BR-VT) Võ Văn Thơ cho biết.",
         ["Võ Văn Thơ | Chủ tịch UBND tỉnh Bà Rịa – Vũng Tàu (BR-VT)"]),
        ("đồng chí Đỗ Thanh Hà, Bí thư Tỉnh ủy, Ủy viên Trung ương Đảng, Trưởng Ban Nội chính.",
         ["Đỗ Thanh Hà | Bí thư Tỉnh ủy, Ủy viên Trung ương Đảng, Trưởng Ban Nội chính"]),
        ("Có các đồng chí: Vũ Thị Hoa, Bí thư Tỉnh ủy; Bùi Quang Sơn, Phó Bí thư Thường trực Tỉnh ủy; đại diện sở.",
         ["Vũ Thị Hoa | Bí thư Tỉnh ủy", "Bùi Quang Sơn | Phó Bí thư Thường trực Tỉnh ủy"]),
        ("Ủy viên Trung ương Đảng, Bộ trưởng Bộ TT&TT Hồ Văn Nam đã đến.",
         ["Hồ Văn Nam | Ủy viên Trung ương Đảng, Bộ trưởng Bộ TT&TT"]),
        ("Bộ trưởng Bộ Thông tin và Truyền thông Đặng Văn Tư và Thứ trưởng Trịnh Lan đã dự.",
         ["Đặng Văn Tư | Bộ trưởng Bộ Thông tin và Truyền thông", "Trịnh Lan | Thứ trưởng"]),
        ("Bộ trưởng Mai Văn An phát biểu. Sau đó Bộ trưởng Bộ TT&TT Mai Văn An kết luận.",
         ["Mai Văn An | Bộ trưởng Bộ TT&TT"]),
        ("Ông Ngô Văn Lộc - Giám đốc Sở TT&TT cho biết.", ["Ngô Văn Lộc | Giám đốc Sở TT&TT"]),
        ("bà Lương Thị Mai (Cục trưởng Cục Bưu chính) nói.", ["Lương Thị Mai | Cục trưởng Cục Bưu chính"]),
        ("Theo ông Cao Văn Phúc, tỉnh cần làm ngay.", ["Cao Văn Phúc | "]),
        ("Chủ tịch UBND TP. Hồ Chí Minh Dương Văn Minh dự.", ["Dương Văn Minh | Chủ tịch UBND TP. Hồ Chí Minh"]),
        ("Có đồng chí Bùi Văn Tính, UVT.Ư Đảng, Bí thư Tỉnh ủy, Chủ tịch HĐND tỉnh làm trưởng đoàn.",
         ["Bùi Văn Tính | UVT.Ư Đảng, Bí thư Tỉnh ủy, Chủ tịch HĐND tỉnh"]),
        ("bà Lý Thị Na, Phó Giám đốc Sở Nông nghiệp và Môi trường tỉnh Cà Mau cho biết.",
         ["Lý Thị Na | Phó Giám đốc Sở Nông nghiệp và Môi trường tỉnh Cà Mau"]),
        ("Chủ tịch UBND huyện Mai Sơn Lò Văn Thắng dự.", ["Lò Văn Thắng | Chủ tịch UBND huyện Mai Sơn"]),
        ("KT. BỘ TRƯỞNG\nTHỨ TRƯỞNG\n(Đã ký)\nĐinh Thị Thu\n", ["Đinh Thị Thu | Thứ trưởng"]),
        ("Chủ tịch UBND huyện Mai Sơn báo cáo. Chủ tịch UBND tỉnh Hà Nam nói. Bí thư Đoàn Thanh niên dự.", []),
        ("Đoàn tới viếng Chủ tịch Hồ Chí Minh. Bộ trưởng cho biết Trần Phú là tên một con đường.", []),
        ("Lê Mỹ - Hồ Văn\nẢnh: Quang Hưng", []),
        ("Giám đốc Sở Nông nghiệp, Môi trường và Du lịch Trần Văn Lực nói.",
         ["Trần Văn Lực | Giám đốc Sở Nông nghiệp, Môi trường và Du lịch"]),
        ("Bà Lê Hoa, Cục trưởng Cục Phát thanh, truyền hình và thông tin điện tử cho biết.",
         ["Lê Hoa | Cục trưởng Cục Phát thanh, truyền hình và thông tin điện tử"]),
        ("Ông Lê Phú (Cục trưởng Cục Xuất bản, In và Phát hành) dự.",
         ["Lê Phú | Cục trưởng Cục Xuất bản, In và Phát hành"]),
        ("Phó Giám đốc Sở Văn hóa, Thông tin, Thể thao và Du lịch Hà Thị Mai dự.",
         ["Hà Thị Mai | Phó Giám đốc Sở Văn hóa, Thông tin, Thể thao và Du lịch"]),
        ("Ông Đỗ Lực, Giám đốc Sở Tài chính, lãnh đạo các sở và đại diện doanh nghiệp dự.",
         ["Đỗ Lực | Giám đốc Sở Tài chính"]),
        ("Ông Đỗ Lực, Giám đốc Sở Tài chính, Sở Y tế và Văn phòng UBND dự.", ["Đỗ Lực | Giám đốc Sở Tài chính"]),
        ("Có ông Đỗ Lực, Giám đốc Sở Y tế, Nguyễn Văn Bảo và Lê Thị Hoa.", ["Đỗ Lực | Giám đốc Sở Y tế"]),
        ("Ông Đỗ Lực, Trưởng Ban Chỉ đạo phòng, chống dịch, chủ trì.",
         ["Đỗ Lực | Trưởng Ban Chỉ đạo phòng, chống dịch"]),
        ("Giám đốc Sở TT&TT Ninh Thuận Chế Quang Vinh nói.", ["Chế Quang Vinh | Giám đốc Sở TT&TT Ninh Thuận"]),
        ("Bí thư Tỉnh ủy Bình Phước Blup Xuân Mới nói.", ["Blup Xuân Mới | Bí thư Tỉnh ủy Bình Phước"]),
        ("Theo ông Tôn Nữ Quỳnh, và Bà H'Loan Êya, cần làm.", ["Tôn Nữ Quỳnh | ", "H'Loan Êya | "]),
        ("Chủ tịch UBND tỉnh Lường Văn Toán và Thứ trưởng Điêu Thị Hải.",
         ["Lường Văn Toán | Chủ tịch UBND tỉnh", "Điêu Thị Hải | Thứ trưởng"]),
        ("Ông Y Thanh Sơn Niê Kđăm, Bí thư Đảng ủy, dự.", ["Y Thanh Sơn Niê Kđăm | Bí thư Đảng ủy"]),
        ("Bí thư Huyện ủy Vân Hồ Tòng Thế Anh; Bí thư Huyện ủy Châu Thành.", ["Tòng Thế Anh | Bí thư Huyện ủy Vân Hồ"]),
        ("Họp ở Bà Rịa Vũng Tàu, gần phố Bà Triệu. Đồng chí Phó Bí thư. Giám đốc Sở Y tế Đồng Tháp.", []),
    ],
)  # fmt: skip
def test_people_with_their_titles(text: str, people: list[str]) -> None:
    found = [finding for finding in find(laid_out(text), "a.txt") if finding.field == "person"]
    assert [f"{finding.value} | {finding.detail}" for finding in found] == people
