"""A question that was typed with all its marks stays, also where most of its words have none to carry."""

import re
from pathlib import Path

import pytest

from index.keyboard import is_syllable
from index.lessons import Lesson
from index.reading import Wording
from index.restore import Restorer
from index.vietnamese import strip_marks

_CHECKOUT = Path(__file__).parents[2]
_LIST = (_CHECKOUT / "index/bare_syllables.txt").read_text(encoding="utf-8").splitlines()
_BARE = [syllable for line in _LIST if not line.startswith("#") for syllable in line.split()]
_SOURCES = [file.read_text(encoding="utf-8") for file in sorted((_CHECKOUT / "sources").glob("*.md"))]
# The words of the questions with a mark, as ordinary sentences have them.
_TEMPTING = [
    "Như vậy là đủ, cho vậy thôi.",
    "Bức thư gửi tỉnh, lá thư bao giờ đến. Tỉnh thứ hai thử máy.",
    "Sông Hà chảy qua đất cũ, hạ lưu bị ngập.",
    "Khó khăn còn nhiều, việc khó không xong.",
    "Kế hoạch thì dài, mưa thì dừng; thị xã.",
    "Quả cà chín, cả nhà vui, cá nước ngọt.",
    "Của ai? Cao ráo. Sự việc năm nay. Đi tư bổ sung hồ sơ. Tử số, từ điển. Là lại.",
    "Thân cây, giảm giá, ứng dụng, ý kiến, đồng ruộng, thấy rõ, bảy người, trả tiền, tỷ lệ.",
]
_LESSONS = {"sources": _SOURCES, "tempting": _TEMPTING, "both": [*_SOURCES, *_TEMPTING]}
_WORDINGS = {name: Wording.build(map(Lesson.of, texts), 1) for name, texts in _LESSONS.items()}
_QUESTIONS = [
    # Seen changed.
    *["Hòa Bình vay bao nhiêu cho trung tâm dữ liệu", "Tỉnh nào xin vay vốn?", "Tỉnh thu bao nhiêu phí?"],
    *["Tỉnh xin thêm bao nhiêu ha đất?", "Khi nào xong kho dữ liệu?", "Kế hoạch thi công cáp quang?"],
    "Ca nhiễm Covid giảm bao nhiêu?",
    # The land and what grows on it.
    *["Nông dân bán được mấy tấn cam?", "Bao nhiêu ha lúa bị ngập?", "Vì sao giá cua Cà Mau giảm?"],
    *["Ao nuôi ngao có bị ô nhiễm?", "Trại gà ở xã nào bị cúm?", "Cao su năm nay thu mấy tấn?"],
    *["Cây chanh dây trồng ra sao?", "Hợp tác xã nào làm miến dong?", "Kho gạo dự trữ còn bao nhiêu?"],
    # Roads, works and industry.
    *["Bao giờ thông xe cầu Kim Sơn?", "Tuyến cao tốc đi qua huyện nào?", "Vốn xây sân bay vay của ai?"],
    *["Xe buýt chạy qua ga nào?", "Khu công nghiệp nào xin gia hạn?", "Ai kiểm tra an toàn lao động ở mỏ than?"],
    *["Công ty nào thi công cầu?", "Lỗi do ai gây ra?", "Bao nhiêu xe điện qua đăng kiểm?"],
    *["Máy in hỏng do đâu?", "Pin mặt trời chia cho xã nào?", "Tem truy xuất dán vào đâu?"],
    # Health and schools.
    *["Bao nhiêu ca ung thư mỗi năm?", "Khi nào tiêm phòng cho trẻ em?", "Có thêm bao nhiêu y sĩ?"],
    *["Trạm y tế xin mua máy gì?", "Học sinh thi vào ngày nào?", "Trường nào cho nghỉ vì mưa to?"],
    *["Mấy em được trao học bổng?", "Thầy cô xin thêm sách giáo khoa?"],
    # Culture, places, people.
    *["Hội thi hát xoan diễn ra ở đâu?", "Đền thờ ai ở Gia Lai?", "Du khách tham quan Sa Pa tăng mấy lần?"],
    *["Sơn La xin tu bổ di tích nào?", "Ai thay ông Nam làm giám đốc?", "Lai Châu cho vay theo diện nào?"],
    # Law and administration.
    *["Dân kêu ca gì về phí rác?", "Nộp đơn qua mạng có nhanh hơn?", "Phí công chứng là bao nhiêu?"],
    *["Tòa án giam ai?", "Tham ô bị phạt bao nhiêu?", "Ai xin gia hạn nộp thuế?"],
]


@pytest.mark.parametrize("wording", _WORDINGS.values(), ids=_WORDINGS)
@pytest.mark.parametrize("question", _QUESTIONS)
def test_a_question_typed_with_all_its_marks_stays(question: str, wording: Wording) -> None:
    for typed in (question, question.lower(), question.upper(), question.rstrip("?")):
        assert wording.read(typed).text == typed


@pytest.mark.parametrize(
    "question",
    [
        *["Đắk Nông vay bao nhiêu?", "Sở TT&TT xin vay ODA bao nhiêu?", "Xem vay-von.docx ở đâu, ai thu phí?"],
        *["Microsoft thu phí gì?", "Ông Kuo xin vay bao nhiêu?", "Năm 2023 vay 12 tỷ hay 15 tỷ?"],
    ],
)
def test_names_codes_figures_and_addresses_do_not_make_it_one_typed_without(question: str) -> None:
    assert _WORDINGS["both"].read(question).text == question


@pytest.mark.parametrize(
    ("typed", "restored"),
    [
        *[("chuyển đổi so", "chuyển đổi số"), ("công nghe thông tin", "công nghệ thông tin")],
        *[("dịch vu công trực tuyến", "dịch vụ công trực tuyến"), ("hạ tầng so và kinh tế so", None)],
        *[("Bộ trưởng noi về chuyển đổi so", None), ("an toan thông tin", "an toàn thông tin")],
        *[("Thai Nguyên", "Thái Nguyên"), ("phát triển doanh nghiệp công nghe so", None)],
    ],
)
def test_dropped_marks_are_put_back_also_where_what_is_left_are_words(typed: str, restored: str | None) -> None:
    words = {"so": "số", "noi": "nói", "nghe": "nghệ"}
    assert _WORDINGS["sources"].read(typed).text == (restored or " ".join(words.get(one, one) for one in typed.split()))


@pytest.mark.parametrize(
    ("typed", "restored"),
    [("Tỉnh vayy bao nhiêuu?", "Tỉnh vayy bao nhiêu?"), ("Tỉnh thu bao nhieeu phí?", "Tỉnh thu bao nhiêu phí?")],
)
def test_slips_and_keys_are_still_mended(typed: str, restored: str) -> None:
    assert _WORDINGS["both"].read(typed).text == restored


def test_one_syllable_that_is_no_word_shows_that_marks_were_dropped() -> None:
    restorer = Restorer.build(["tỉnh nào cho thuê đất", "thư của tỉnh nào", "bức thư", "thu tiền"])
    assert restorer.restore("thu của tỉnh nào") == "thu của tỉnh nào"
    assert restorer.restore("thu của tinh nao") == "thư của tỉnh nào"


def test_marks_that_nobody_typed_show_nothing() -> None:
    restorer = Restorer.build(["bao nhiêu xã", "bao xa"])
    assert restorer.restore("bao nhiêu xa") == "bao nhiêu xa"
    assert restorer.restore("bao nhiêu xa", is_bare=True) == "bao nhiêu xã"


def test_the_list_holds_syllables_without_marks_once_and_in_order() -> None:
    assert sorted(set(_BARE)) == _BARE
    assert len(_BARE) > 400
    assert all(syllable == strip_marks(syllable).lower() and is_syllable(syllable) for syllable in _BARE)
    # A syllable that ends in a stop carries a mark, but for a few loans.
    assert {one for one in _BARE if re.fullmatch(".*(?:c|ch|p|t)", one)} == {"bit", "chip", "top"}
    assert max(map(len, _LIST)) <= 120
