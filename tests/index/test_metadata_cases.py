"""Letters and news as they really come, each whole: date, number, type, issuer, provinces, people at once."""

import pytest

from index.metadata import find
from tests.index.test_metadata import laid_out

_COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"

_TO_A_PROVINCE = f"""BỘ KHOA HỌC VÀ CÔNG NGHỆ
CỤC VIỄN THÔNG
{_COUNTRY}Số: 2914/CVT-HTKN
V/v phát triển trạm thu phát sóng tại các xã biên giới
Hà Nội, ngày 07 tháng 11 năm 2025
Kính gửi: Sở Khoa học và Công nghệ tỉnh Lạng Sơn
Phúc đáp Công văn số 1180/SKHCN-BCVT ngày 21/10/2025 của Quý Sở, Cục Viễn thông có ý kiến như sau về vùng lõm sóng.
Đề nghị Quý Sở rà soát, gửi danh sách thôn, bản trước ngày 30/11/2025 để các doanh nghiệp lập kế hoạch đầu tư.
KT. CỤC TRƯỞNG
PHÓ CỤC TRƯỞNG
Nông Thị Bích Thủy
"""
_TO_TWO = f"""ỦY BAN NHÂN DÂN
TỈNH TUYÊN QUANG
SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH
{_COUNTRY}Số: 45/TTr-SVHTTDL
Tuyên Quang, ngày 3 tháng 02 năm 2024
TỜ TRÌNH
Về việc đặt hàng báo chí tuyên truyền năm 2024
Kính gửi: Ủy ban nhân dân tỉnh Tuyên Quang
Căn cứ Nghị định số 32/2019/NĐ-CP ngày 10/4/2019 của Chính phủ, Sở kính trình Ủy ban nhân dân tỉnh xem xét các nội dung.
GIÁM ĐỐC
Âu Thị Mai Hương
"""
_OF_A_COMPANY = f"""TỔNG CÔNG TY BƯU ĐIỆN VIỆT NAM
BƯU ĐIỆN TỈNH YÊN BÁI
{_COUNTRY}Số: 901 /BĐYB-KT
V/v: phối hợp đưa nông sản lên sàn
Yên Bái, ngày 21 tháng 9 năm 2021
Kính gửi: UBND huyện Văn Yên
Bưu điện tỉnh đề nghị UBND huyện phối hợp chọn hộ sản xuất nông nghiệp để đào tạo kỹ năng số và bán hàng trên sàn.
Mọi chi tiết xin liên hệ đồng chí Giàng A Tếnh - Huyện ủy viên, Trưởng phòng Kinh tế huyện Văn Yên để được hướng dẫn.
GIÁM ĐỐC
(Đã ký)
Khổng Thị Thúy Vân
"""
_OF_THE_PARTY = """ĐẢNG CỘNG SẢN VIỆT NAM
TỈNH ỦY QUẢNG TRỊ
Số 27-CT/TU
Quảng Trị, ngày 19 tháng 5 năm 2023
CHỈ THỊ
về tăng cường lãnh đạo công tác chuyển đổi số trong các cơ quan đảng
Thời gian qua, các cấp ủy đã quan tâm lãnh đạo công tác chuyển đổi số, song kết quả giữa các địa phương chưa đồng đều.
T/M BAN THƯỜNG VỤ
BÍ THƯ
Hồ Văn Đại
"""
_NOTICE = f"""VĂN PHÒNG CHÍNH PHỦ
{_COUNTRY}Số: 318/TB-VPCP
Hà Nội, ngày      tháng 8 năm 2024
THÔNG BÁO
Kết luận của Phó Thủ tướng tại cuộc họp về dữ liệu dân cư
Ngày 5 tháng 8 năm 2024, tại trụ sở Chính phủ, Phó Thủ tướng Vi Đức Thịnh đã chủ trì cuộc họp về dữ liệu dân cư.
"""
_VISIT = """Ninh Thuận đặt mục tiêu phủ sóng 5G các khu công nghiệp
Thứ Ba, 14/05/2024 | 09:20
Chiều 13/5, đoàn công tác của Bộ TT&TT do Thứ trưởng Phùng Đức Hậu dẫn đầu đã làm việc với UBND tỉnh Ninh Thuận.
Giám đốc Sở TT&TT Ninh Thuận Đàng Quốc Tuấn cho biết tỉnh nằm ven biển, có Viện Hải dương học và cảng cá lớn ở gần.
Ông Chamaléa Thành, Chủ tịch UBND huyện Bác Ái, đề nghị hỗ trợ các xã vùng cao và mong muốn hòa bình, ổn định lâu dài.
"""
_FORUM = """Diễn đàn số châu Á - Thái Bình Dương bàn về an ninh mạng
(KTXH) - Sáng ngày 22/9/2022, tại phố Huế, Hà Nội, các nước trong khu vực đã bàn về an ninh và hòa bình trên mạng.
Vụ trưởng Vụ Hợp tác quốc tế Khúc Minh Trí cho rằng chi phí kết nối của ta vẫn cao bằng các nước phát triển hơn nhiều.
"""
_HIGHLANDS = """Gia Lai và Kon Tum chia sẻ kinh nghiệm đưa dịch vụ công đến buôn làng
Ngày 2-3/12/2021, hai tỉnh Gia Lai và Kon Tum tổ chức hội thảo trực tuyến về dịch vụ công cho đồng bào ở buôn làng.
Dự hội thảo có bà Rơ Chăm H'Phik, Phó Chủ tịch HĐND tỉnh Gia Lai; ông A Biu, Chủ tịch Mặt trận xã; ông Siu Hương.
Phát biểu tại hội thảo, Phó Giám đốc Sở Nông nghiệp, Môi trường và Dân tộc Kon Tum Y Ngọc Lan đề nghị dạy chữ số.
"""
_PUBLISHING = """Hội sách trực tuyến quốc gia trở lại
Đăng lúc: 17:05 - 19/04/2021
Cục trưởng Cục Xuất bản, In và Phát hành Mẫn Văn Khải thông tin về Hội sách; cùng dự có đại diện nhiều nhà xuất bản.
Ông Từ Quang Hòa, Trưởng phòng Phát thanh, truyền hình và thông tin cơ sở, giới thiệu gian hàng của tỉnh Trà Vinh.
"""
_WOMAN = """Nữ cán bộ trẻ và những lớp học số ở vùng cao
Ngày 8/3/2023, chị Lê Thị Hà Giang, cán bộ Đoàn xã ở huyện Vân Hồ, tỉnh Sơn La, mở lớp học kỹ năng số thứ mười của mình.
Chị Hà Giang kể rằng bà con đã quen quét mã; Bí thư Huyện ủy Vân Hồ Tòng Thế Anh khen ngợi cách làm của chị.
"""
_COVERAGE = """Điện Biên phủ sóng di động đến 98% số bản
Sáng nay 27/7/2023, tại thành phố Điện Biên Phủ, Sở TT&TT tỉnh Điện Biên công bố kết quả phủ sóng di động năm nay.
Ông Lò Văn Cương - Phó Giám đốc phụ trách Sở TT&TT - nói các bản còn lại sẽ có sóng trước ngày 31/12/2024.
"""
_PRESS = """Nhiều báo đoạt giải viết về chuyển đổi số
20/06/2022 14:30
Báo Sài Gòn Giải Phóng và báo Hà Nội Mới cùng nhận giải Nhất, theo công bố của ban tổ chức vào chiều ngày 19/6/2022.
Trao giải có đồng chí: Phí Quốc Bảo, Tổng Biên tập Tạp chí; bà Thiều Kim Oanh, Phó Chủ tịch Thường trực Hội Nhà báo.
"""
_SMALL = """tin nhanh: bộ làm việc với tỉnh cà mau
ngày 9/10/2020, bộ thông tin và truyền thông làm việc với cà mau về bưu chính, viễn thông, hạ tầng số của tỉnh ven biển.
"""

_CASES = [
    (_TO_A_PROVINCE, "2025-11-07", "2914/CVT-HTKN", "Công văn", "Cục Viễn thông", ["Lạng Sơn"],
     ["Nông Thị Bích Thủy | Phó cục trưởng"]),
    (_TO_TWO, "2024-02-03", "45/TTr-SVHTTDL", "Tờ trình", "Sở Văn hóa, Thể thao và Du lịch", ["Tuyên Quang"],
     ["Âu Thị Mai Hương | Giám đốc"]),
    (_OF_A_COMPANY, "2021-09-21", "901/BĐYB-KT", "Công văn", "Bưu điện tỉnh Yên Bái", ["Yên Bái"],
     ["Giàng A Tếnh | Huyện ủy viên, Trưởng phòng Kinh tế huyện Văn Yên", "Khổng Thị Thúy Vân | Giám đốc"]),
    (_OF_THE_PARTY, "2023-05-19", "27-CT/TU", "Chỉ thị", "Tỉnh ủy Quảng Trị", ["Quảng Trị"],
     ["Hồ Văn Đại | Bí thư"]),
    (_NOTICE, "2024-08", "318/TB-VPCP", "Thông báo", "Văn phòng Chính phủ", [], ["Vi Đức Thịnh | Phó Thủ tướng"]),
    (_VISIT, "2024-05-13", "", "", "", ["Ninh Thuận"],
     ["Phùng Đức Hậu | Thứ trưởng", "Đàng Quốc Tuấn | Giám đốc Sở TT&TT Ninh Thuận",
      "Chamaléa Thành | Chủ tịch UBND huyện Bác Ái"]),
    (_FORUM, "2022-09-22", "", "", "", [], ["Khúc Minh Trí | Vụ trưởng Vụ Hợp tác quốc tế"]),
    (_HIGHLANDS, "2021-12-02", "", "", "", ["Gia Lai", "Kon Tum"],
     ["Rơ Chăm H'Phik | Phó Chủ tịch HĐND tỉnh Gia Lai", "A Biu | Chủ tịch Mặt trận xã", "Siu Hương | ",
      "Y Ngọc Lan | Phó Giám đốc Sở Nông nghiệp, Môi trường và Dân tộc Kon Tum"]),
    (_PUBLISHING, "2021-04-19", "", "", "", ["Trà Vinh"],
     ["Mẫn Văn Khải | Cục trưởng Cục Xuất bản, In và Phát hành",
      "Từ Quang Hòa | Trưởng phòng Phát thanh, truyền hình và thông tin cơ sở"]),
    (_WOMAN, "2023-03-08", "", "", "", ["Sơn La"],
     ["Lê Thị Hà Giang | ", "Tòng Thế Anh | Bí thư Huyện ủy Vân Hồ"]),
    (_COVERAGE, "2023-07-27", "", "", "", ["Điện Biên"], ["Lò Văn Cương | Phó Giám đốc phụ trách Sở TT&TT"]),
    (_PRESS, "2022-06-19", "", "", "", [],
     ["Phí Quốc Bảo | Tổng Biên tập Tạp chí", "Thiều Kim Oanh | Phó Chủ tịch Thường trực Hội Nhà báo"]),
    (_SMALL, "2020-10-09", "", "", "", ["Cà Mau"], []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "date", "number", "kind", "issuer", "provinces", "people"), _CASES)
def test_a_whole_document(
    text: str, date: str, number: str, kind: str, issuer: str, provinces: list[str], people: list[str]
) -> None:
    found = find(laid_out(text), "tep.txt")
    single = {finding.field: finding.value for finding in found}
    told = [single.get(field, "") for field in ("date", "number", "type", "issuer")]
    assert told == [date, number, kind, issuer]
    assert [finding.value for finding in found if finding.field == "province"] == provinces
    assert [f"{one.value} | {one.detail}" for one in found if one.field == "person"] == people
