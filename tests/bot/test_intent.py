"""What questions ask for: whose words, of which kind, about what, in what form."""

from collections.abc import Mapping

import pytest

from bot.intent import Form, intent_of
from index.records import Kind, Side

SPEAKERS: Mapping[str, Side] = {
    "Trần Hùng Sơn": "ministry",
    "Lê Thị Hưng": "ministry",
    "Phan Minh Khoa": "ministry",
    "Đỗ Quang Vinh": "province",
    "Võ Thị Ngân": "province",
    "Hà Văn Lợi": "enterprise",
    "Cục Bưu chính số": "ministry",
    "Cục Bưu chính": "ministry",
    "Vụ Kinh tế số": "ministry",
    "Công ty Sao Biển": "enterprise",
    "Tập đoàn Sông Xanh": "enterprise",
    "Bộ": "ministry",
    "tỉnh": "province",
    "UBND tỉnh": "province",
    "Sở TT&TT": "province",
}
ADVICE, PROMISE, REQUEST = ("recommendation",), ("commitment",), ("request",)
OFFER, ORDER, ANY = ("enterprise_proposal",), ("directive_internal",), ()


@pytest.mark.parametrize(
    ("question", "side", "kinds"),
    [
        # the ministry advises
        ("Bộ trưởng khuyến nghị Hậu Giang điều gì?", "ministry", ADVICE),
        ("Bộ khuyến nghị gì với tỉnh Đồng Tháp về ngân sách?", "ministry", ADVICE),
        ("Thứ trưởng đề nghị An Giang làm gì với hệ thống camera?", "ministry", ADVICE),
        ("Bộ trưởng có yêu cầu gì với lãnh đạo tỉnh Long An?", "ministry", ADVICE),
        ("Bộ TT&TT đã đề xuất gì với Cà Mau?", "ministry", ADVICE),
        ("Bộ TTTT lưu ý gì với Cà Mau?", "ministry", ADVICE),
        ("Bộ Thông tin và Truyền thông định hướng Bến Tre ra sao?", "ministry", ADVICE),
        ("Lãnh đạo Bộ lưu ý Sóc Trăng điều gì?", "ministry", ADVICE),
        ("Bộ mong muốn Trà Vinh làm gì?", "ministry", ADVICE),
        ("Thủ tướng yêu cầu các tỉnh làm gì?", "ministry", ()),
        ("Cục Bưu chính số khuyến nghị gì?", "ministry", ADVICE),
        ("Vụ Kinh tế số gợi ý gì cho Cà Mau?", "ministry", ADVICE),
        ("Cục trưởng đặt ra mục tiêu gì cho Bạc Liêu?", "ministry", ADVICE),
        ("Vì sao Bộ khuyến nghị Cà Mau thuê dịch vụ?", "ministry", ADVICE),
        ("Bộ trưởng bảo Long An phải làm gì trước?", "ministry", ADVICE),
        # the noun, and of whom
        ("Khuyến nghị của Bộ với Hậu Giang là gì?", "ministry", ADVICE),
        ("Những đề nghị nào của Thứ trưởng với Cà Mau?", "ministry", ADVICE),
        ("Các yêu cầu từ phía Bộ đối với Trà Vinh?", "ministry", ADVICE),
        ("Khuyến nghị về an toàn thông tin?", "ministry", ADVICE),
        ("Kiến nghị về trạm phát sóng?", "province", REQUEST),
        ("Kiến nghị của UBND tỉnh Vĩnh Long về bưu chính là gì?", "province", REQUEST),
        ("Có mấy kiến nghị của Cà Mau gửi Bộ?", "province", REQUEST),
        ("Bộ nhận được kiến nghị gì từ Cà Mau?", "province", REQUEST),
        ("Đề xuất của Tập đoàn Sông Xanh với tỉnh là gì?", "enterprise", OFFER),
        ("Hãy cho biết khuyến nghị của Bộ với Hậu Giang", "ministry", ADVICE),
        ("Đề nghị liệt kê kiến nghị của Cà Mau", "province", REQUEST),
        ("Bộ trưởng trả lời kiến nghị của Cà Mau ra sao?", "ministry", ANY),
        ("Bộ trưởng nói gì về đề nghị của Hậu Giang?", "ministry", ANY),
        # passive
        ("Hậu Giang được khuyến nghị dành bao nhiêu phần trăm ngân sách?", "ministry", ADVICE),
        ("Đồng Tháp được đề nghị thử nghiệm nền tảng nào?", "ministry", ADVICE),
        ("Lâm Đồng được Bộ trưởng yêu cầu làm gì về du lịch?", "ministry", ADVICE),
        ("Tỉnh nào được Bộ khuyến nghị phát triển kinh tế số?", "ministry", ADVICE),
        ("Hậu Giang, Cà Mau và Bến Tre được khuyến nghị gì?", "ministry", ADVICE),
        ("Bộ được Hậu Giang đề nghị hỗ trợ gì?", "province", REQUEST),
        ("Bộ được đề nghị hỗ trợ gì?", None, ANY),
        # the province asks
        ("Tỉnh Hậu Giang đã đề xuất gì với Bộ TT&TT?", "province", REQUEST),
        ("Chủ tịch UBND tỉnh Đồng Tháp kiến nghị những gì?", "province", REQUEST),
        ("Bí thư Tỉnh ủy Cà Mau đề nghị Bộ giúp việc gì?", "province", REQUEST),
        ("Sở TT&TT Long An đề xuất gì?", "province", REQUEST),
        ("Giám đốc Sở TT&TT An Giang kiến nghị gì với Thứ trưởng?", "province", REQUEST),
        ("Địa phương nào mong muốn Bộ hỗ trợ đào tạo?", "province", REQUEST),
        ("Trà Vinh xin Bộ điều gì?", "province", REQUEST),
        ("Cử tri Cà Mau kiến nghị gì về sóng di động?", "province", REQUEST),
        ("Cà Mau đề nghị Viettel việc gì?", "province", REQUEST),
        ("Tỉnh kiến nghị Bộ hướng dẫn việc gì?", "province", REQUEST),
        ("Với Bộ trưởng, Cà Mau kiến nghị điều gì?", "province", REQUEST),
        # companies
        ("Các doanh nghiệp đề xuất gì với Bà Rịa - Vũng Tàu?", "enterprise", OFFER),
        ("VNPT đề xuất gì với An Giang về đô thị thông minh?", "enterprise", OFFER),
        ("MobiFone cam kết gì với Bà Rịa - Vũng Tàu?", "enterprise", (*OFFER, *PROMISE)),
        ("Công ty Sao Biển và VNPT đề xuất gì?", "enterprise", OFFER),
        ("Hiệp hội kiến nghị gì về phí tần số?", "enterprise", OFFER),
        ("Ông Hà Văn Lợi đề nghị gì?", "enterprise", OFFER),
        # promises
        ("Bộ cam kết hỗ trợ gì cho Thái Nguyên?", "ministry", PROMISE),
        ("Bộ trưởng hứa gì với An Giang?", "ministry", PROMISE),
        ("Thứ trưởng hẹn Long An việc gì?", "ministry", PROMISE),
        ("Bộ sẽ hỗ trợ Hậu Giang bao nhiêu tiền?", "ministry", PROMISE),
        ("Tỉnh Hậu Giang cam kết gì với Bộ?", "province", PROMISE),
        ("Danh sách cam kết của Bộ với Trà Vinh", "ministry", PROMISE),
        ("Bộ hứa và đề nghị gì với Cà Mau?", "ministry", (*PROMISE, *ADVICE)),
        ("Bộ hứa gì khi tỉnh Cà Mau đề nghị?", "ministry", PROMISE),  # each verb has its own subject
        ("Cam kết của Bộ sau khi tỉnh kiến nghị là gì?", "ministry", PROMISE),
        ("Bộ trưởng nêu những khuyến nghị gì với Hậu Giang?", "ministry", ADVICE),
        ("Tỉnh Cà Mau nêu những kiến nghị nào?", "province", REQUEST),
        ("Bộ cam kết chuyển giao công nghệ gì cho Hậu Giang?", "ministry", PROMISE),
        ("Bộ cam kết đảm bảo kết nối thế nào?", "ministry", PROMISE),
        ("Theo Bộ trưởng, Hậu Giang nên làm gì trước?", "ministry", ADVICE),
        ("Bộ trưởng kết luận tại Hậu Giang: tỉnh phải làm những việc gì?", "ministry", ADVICE),
        ("Theo Chủ tịch tỉnh, Hậu Giang phải làm gì?", "province", ANY),
        # to one's own
        ("Bộ trưởng giao Cục Bưu chính số việc gì?", "ministry", ORDER),
        ("Bộ trưởng giao cho Cục Bưu chính số nhiệm vụ nào?", "ministry", ORDER),
        ("Bộ trưởng giao Cục Công nghiệp việc gì?", "ministry", ORDER),
        ("Bộ trưởng chỉ đạo các đơn vị thuộc Bộ làm gì?", "ministry", ORDER),
        ("Chủ tịch tỉnh chỉ đạo Sở TT&TT làm gì?", "province", ORDER),
        ("Bí thư yêu cầu các sở làm gì?", "province", ORDER),
        ("Tỉnh chỉ đạo các huyện làm gì?", "province", ORDER),
        ("Bộ yêu cầu Quỹ Viễn thông công ích làm gì?", "ministry", ORDER),
        ("Chỉ đạo nội bộ của Bộ gồm những gì?", "ministry", ORDER),
        ("Liệt kê các chỉ đạo nội bộ", None, ORDER),
        ("Bộ trưởng giao Sở TT&TT việc gì?", "ministry", ADVICE),  # the bureau is the province's
        ("Chủ tịch tỉnh yêu cầu xây dựng cơ sở dữ liệu gì?", "province", REQUEST),
        # words of any kind
        ("Theo Bộ trưởng, Hậu Giang được gì trước?", "ministry", ANY),
        ("Thứ trưởng góp ý gì cho đề án của Hậu Giang?", "ministry", ANY),
        ("Theo ý kiến của Thứ trưởng thì Cà Mau cần bao nhiêu trạm?", "ministry", ANY),
        ("Theo ông Đỗ Quang Vinh, khó khăn của tỉnh là gì?", "province", ANY),
        ("Theo Công ty Sao Biển, mã địa chỉ dùng để làm gì?", "enterprise", ANY),
        ("Bộ trưởng đánh giá thế nào về Hậu Giang?", "ministry", ANY),
        ("Những ý kiến nào của Thứ trưởng về báo chí?", "ministry", ANY),
        ("Quan điểm của tỉnh Long An về báo chí?", "province", ANY),
        ("Tỉnh Long An báo cáo Bộ trưởng những gì?", "province", ANY),
        ("Tỉnh được Bộ trưởng khen về điều gì?", "ministry", ANY),
        ("Đại biểu Quốc hội tỉnh Bến Tre hỏi Bộ trưởng điều gì?", "province", ANY),
        ("Hậu Giang có bao nhiêu trạm phát sóng?", None, ANY),
        ("VNPT có bao nhiêu thuê bao?", "enterprise", ANY),
        # whoever it was
        ("Ai đề nghị Đồng Tháp thuê máy chủ?", None, ANY),
        ("Ai là người yêu cầu An Giang phủ sóng 5G?", None, ANY),
        ("Đề nghị thuê máy chủ là của ai?", None, ANY),
        ("Việc thuê máy chủ do ai đề nghị?", None, ANY),
        ("Người nào đã hứa hỗ trợ 500 triệu đồng?", None, ANY),
        ("Thái Nguyên cần bao nhiêu doanh nghiệp công nghệ số?", None, ANY),  # who says so is not told
        ("Hậu Giang và Đồng Tháp dành bao nhiêu ngân sách?", None, ANY),
        ("UBND tỉnh dành bao nhiêu ngân sách?", None, ANY),
        ("Long An nên làm gì với báo chí?", None, ANY),
        ("Tỷ lệ hộ dân có điện thoại thông minh là bao nhiêu?", None, ANY),
        ("Chuyển đổi số là gì?", None, ANY),
        ("Khi nào Bộ trưởng làm việc với Hậu Giang?", None, ANY),
    ],
)
def test_whose_words_are_asked_for_and_of_which_kind(question: str, side: Side | None, kinds: tuple[Kind, ...]) -> None:
    intent = intent_of(question, SPEAKERS)
    assert (intent.side, intent.kinds) == (side, kinds)


@pytest.mark.parametrize(
    ("question", "speakers", "offices"),
    [
        ("Ông Trần Hùng Sơn nói gì về báo chí?", ("Trần Hùng Sơn",), ()),
        ("Ông Khoa nhấn mạnh điều gì?", ("Phan Minh Khoa",), ()),
        ("Bà Hưng khuyến nghị gì với Cà Mau?", ("Lê Thị Hưng",), ()),
        ("Đồng chí Vinh kiến nghị gì với Bộ?", ("Đỗ Quang Vinh",), ()),
        ("Thứ trưởng Phan Minh Khoa đề nghị gì?", ("Phan Minh Khoa",), ()),
        ("Khuyến nghị của Thứ trưởng Phan Minh Khoa về báo chí?", ("Phan Minh Khoa",), ()),
        ("Chủ tịch UBND tỉnh Đỗ Quang Vinh đề xuất Bộ trưởng điều gì?", ("Đỗ Quang Vinh",), ()),
        ("Ông Vinh, Chủ tịch tỉnh Cà Mau, kiến nghị gì?", ("Đỗ Quang Vinh",), ()),
        ("Ông Trần Hùng Sơn, Thứ trưởng Bộ TT&TT, đề nghị gì?", ("Trần Hùng Sơn",), ()),
        ("Theo ông Vinh, Bộ trưởng yêu cầu gì?", ("Đỗ Quang Vinh",), ()),
        ("Cục Bưu chính số khuyến nghị gì?", ("Cục Bưu chính số",), ()),
        ("Cục Bưu chính khuyến nghị gì?", ("Cục Bưu chính",), ()),
        ("Công ty Sao Biển và VNPT đề xuất gì?", ("Công ty Sao Biển", "vnpt"), ()),
        ("Bộ trưởng giao Cục Bưu chính số việc gì?", (), ("bộ trưởng",)),
        ("Bộ trưởng khuyến nghị gì?", (), ("bộ trưởng",)),
        ("Lâm Đồng được Bộ trưởng yêu cầu làm gì?", (), ("bộ trưởng",)),
        ("Bí thư Tỉnh ủy Cà Mau đề nghị gì?", (), ("bí thư",)),
        ("Phó Chủ tịch UBND tỉnh Hậu Giang đề nghị gì?", (), ("phó chủ tịch",)),
        ("Tỉnh Cà Mau kiến nghị gì với Bộ trưởng?", (), ()),
        ("Bộ đề nghị VNPT làm gì?", (), ()),
        ("Bộ khuyến nghị gì?", (), ()),
        ("Ông Chính khuyến nghị gì?", (), ()),  # the last word of a unit's name is nobody's
        ("Ông Tâm khuyến nghị gì?", (), ()),
    ],
)
def test_who_is_meant_by_name_or_by_office(question: str, speakers: tuple[str, ...], offices: tuple[str, ...]) -> None:
    intent = intent_of(question, SPEAKERS)
    assert (intent.speakers, intent.offices) == (speakers, offices)


@pytest.mark.parametrize(
    ("question", "form"),
    [
        ("Bộ có bao nhiêu khuyến nghị với Hậu Giang?", "count"),
        ("Bao nhiêu khuyến nghị về an toàn thông tin đã được Bộ nêu?", "count"),
        ("Trong năm 2021, có bao nhiêu cam kết của Bộ?", "count"),
        ("Cà Mau có mấy kiến nghị?", "count"),
        ("Bao nhiêu điều được nêu?", "figure"),  # of no kind: not counted
        ("Tỉnh nào được Bộ khuyến nghị phát triển kinh tế số?", "provinces"),
        ("Những tỉnh nào đã kiến nghị hỗ trợ trạm phát sóng?", "provinces"),
        ("Những tỉnh đã kiến nghị hỗ trợ trạm phát sóng?", "provinces"),
        ("Có bao nhiêu tỉnh kiến nghị Bộ hỗ trợ kinh phí?", "provinces"),
        ("Liệt kê các tỉnh được Bộ khuyến nghị thuê máy chủ", "provinces"),
        ("Năm 2020 Bộ khuyến nghị những địa phương nào?", "provinces"),
        ("Bộ đề nghị các tỉnh dành bao nhiêu phần trăm ngân sách?", "figure"),
        ("Bộ đề nghị các tỉnh hoàn thành khi nào?", "when"),
        ("Bộ đánh giá các tỉnh thế nào?", "what"),
        ("Bộ khuyến nghị gì với các tỉnh về ngân sách?", "what"),
        ("So sánh khuyến nghị của Bộ với Hậu Giang và Đồng Tháp", "compare"),
        ("Khuyến nghị với Cà Mau và Bạc Liêu khác nhau thế nào?", "compare"),
        ("Bộ khuyến nghị lần lượt mỗi tỉnh điều gì?", "compare"),
        ("Liệt kê toàn bộ kiến nghị của tỉnh Bạc Liêu", "list"),
        ("Những khuyến nghị của Bộ trưởng với Hậu Giang là gì?", "list"),
        ("Chủ tịch UBND tỉnh Đồng Tháp kiến nghị những gì?", "list"),
        ("Ai đề nghị Đồng Tháp thuê máy chủ?", "who"),
        ("Thứ trưởng nào làm việc với tỉnh Bến Tre?", "who"),
        ("Vụ nào phụ trách báo chí?", "who"),
        ("Bộ khuyến nghị phát triển dịch vụ nào?", "what"),
        ("Bộ trưởng giao nhiệm vụ nào?", "what"),
        ("Bộ khuyến nghị ứng dụng AI ra sao?", "what"),
        ("Khi nào Bộ trưởng làm việc với Hậu Giang?", "when"),
        ("Bộ khuyến nghị Đồng Tháp hoàn thành vào năm nào?", "when"),
        ("Hậu Giang có bao nhiêu doanh nghiệp?", "figure"),
        ("Sóc Trăng xếp thứ mấy về chuyển đổi số?", "figure"),
        ("Bộ trưởng khuyến nghị Hậu Giang điều gì?", "what"),
        ("Chuyển đổi số là gì?", "what"),
    ],
)
def test_in_what_form_the_answer_is_asked_for(question: str, form: Form) -> None:
    assert intent_of(question, SPEAKERS).form == form


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("Bộ trưởng khuyến nghị Hậu Giang điều gì?", ""),
        ("Liệt kê toàn bộ kiến nghị của tỉnh Bạc Liêu", ""),
        ("Từ 9/2020 đến 12/2021 Bộ đã khuyến nghị gì?", ""),
        ("Trong năm 2021, có bao nhiêu cam kết của Bộ?", ""),
        ("Phó Chủ tịch UBND tỉnh Hậu Giang đề nghị gì?", ""),
        ("Bộ khuyến nghị gì với tỉnh Đồng Tháp về ngân sách?", "ngân sách"),
        ("Thứ trưởng đề nghị An Giang làm gì với hệ thống camera?", "hệ thống camera"),
        ("Ông Trần Hùng Sơn nói gì về mạng xã hội?", "mạng xã hội"),
        ("Khuyến nghị của Thứ trưởng Phan Minh Khoa về trung tâm dữ liệu?", "trung tâm dữ liệu"),
        # words that hold a body's name and name no body
        ("Bộ khuyến nghị gì về cơ sở dữ liệu dùng chung?", "cơ sở dữ liệu dùng chung"),
        ("Bộ khuyến nghị gì về CSDL?", "cơ sở dữ liệu"),
        ("Khuyến nghị về đào tạo cán bộ chuyên trách?", "đào tạo cán bộ chuyên trách"),
        ("Bộ khuyến nghị gì về chính phủ số?", "chính phủ số"),
        ("Bộ khuyến nghị gì về thành phố thông minh?", "thành phố thông minh"),
        ("Bộ khuyến nghị gì về hợp tác xã?", "hợp tác xã"),
        ("Bộ khuyến nghị gì về ngân hàng số?", "ngân hàng số"),
        ("Bộ khuyến nghị gì về đạo đức công vụ?", "đạo đức công vụ"),
        ("Bộ khuyến nghị gì về dịch vụ công?", "dịch vụ công"),
        ("Bộ khuyến nghị gì về bộ tiêu chí đô thị?", "bộ tiêu chí đô thị"),
        # words that hold a verb's and say nothing
        ("Bộ khuyến nghị gì về hệ thống cảnh báo thiên tai?", "hệ thống cảnh báo thiên tai"),
        ("Bộ khuyến nghị gì về chuyển giao công nghệ?", "chuyển giao công nghệ"),
        ("Bộ khuyến nghị gì về báo chí?", "báo chí"),
        ("Bộ khuyến nghị gì về giao thông thông minh?", "giao thông thông minh"),
        # companies and units that are asked about
        ("Bộ khuyến nghị gì về doanh nghiệp số?", "doanh nghiệp số"),
        ("Hậu Giang có bao nhiêu doanh nghiệp công nghệ số?", "doanh nghiệp công nghệ số"),
        ("Bộ đề nghị VNPT làm gì cho Cà Mau?", "vnpt"),
        ("Bộ trưởng giao Cục Bưu chính số việc gì?", "cục bưu chính số"),
        ("VNPT đề xuất gì với An Giang về camera?", "camera"),
        # abbreviations
        ("Bộ khuyến nghị gì về AI cho Hậu Giang?", "trí tuệ nhân tạo"),
        ("Bộ yêu cầu gì về ATTT?", "an toàn thông tin"),
    ],
)
def test_what_is_left_is_what_it_is_about(question: str, topic: str) -> None:
    assert intent_of(question, SPEAKERS).topic == topic


@pytest.mark.parametrize(
    "question",
    [
        "Bộ trưởng khuyến nghị Hậu Giang điều gì về cơ sở dữ liệu?",
        "Cục Bưu chính số cam kết gì?",
        "Ông Khoa đề nghị gì?",
        "Liệt kê kiến nghị của tỉnh Cà Mau năm 2021",
    ],
)
def test_capitals_change_nothing(question: str) -> None:
    assert (
        intent_of(question.upper(), SPEAKERS) == intent_of(question.lower(), SPEAKERS) == intent_of(question, SPEAKERS)
    )


def test_a_given_name_that_two_have_means_neither() -> None:
    speakers: Mapping[str, Side] = {"Lý Văn Khoa": "province", "Phan Minh Khoa": "ministry"}
    assert intent_of("Ông Khoa đề nghị gì?", speakers).speakers == ()
    assert intent_of("Ông Phan Minh Khoa đề nghị gì?", speakers).speakers == ("Phan Minh Khoa",)


@pytest.mark.parametrize(
    "question",
    [
        "Thủ tướng giao tỉnh Đồng Tháp những gì?",
        "Phó Thủ tướng yêu cầu An Giang làm gì?",
        "Bộ Y tế đã khuyến nghị Đồng Tháp điều gì?",
        "Bộ trưởng Bộ Y tế khuyến nghị Đồng Tháp những gì?",
        "Tỉnh Hậu Giang đề nghị Chính phủ những gì?",
        "Hậu Giang đề nghị Bộ Tài chính những gì?",
    ],
)
def test_words_of_or_to_other_authorities_are_not_counted_as_the_ministrys(question: str) -> None:
    assert intent_of(question, {}).kinds == ()


def test_a_person_is_meant_and_not_the_unit_named_beside_him() -> None:
    speakers: Mapping[str, Side] = {"Nguyễn Huy Dũng": "ministry", "Cục Tin học hóa": "ministry"}
    for question in (
        "Ông Nguyễn Huy Dũng của Cục Tin học hóa khuyến nghị gì?",
        "Ông Nguyễn Huy Dũng, Cục trưởng Cục Tin học hóa khuyến nghị gì?",
    ):
        assert intent_of(question, speakers).speakers == ("Nguyễn Huy Dũng",)


def test_a_name_is_taken_as_it_is() -> None:
    name = r"Công ty A\gB"
    assert intent_of(f"{name} đề xuất gì?", {name: "enterprise"}).side == "enterprise"


def test_a_name_that_nobody_has_is_part_of_the_topic() -> None:
    intent = intent_of("Bộ trưởng Lý Văn Tám khuyến nghị gì?", {})
    assert (intent.offices, intent.speakers, intent.topic) == (("bộ trưởng",), (), "lý văn tám")
