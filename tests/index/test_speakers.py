"""Who a sentence says is speaking."""

import pytest

from index.cast import NARRATOR, Cast, Voice
from index.speakers import (
    Attribution,
    attribution,
    heard_heading,
    is_other_topic,
    is_source,
    subject,
)


@pytest.fixture
def cast() -> Cast:
    met = Cast()
    met.meet("Phan Minh Khoa", "Thứ trưởng Bộ TT&TT")
    met.meet("Lê Thị Hoa", "Giám đốc Sở TT&TT Cà Mau")
    return met


def _in(text: str, cast: Cast) -> Attribution:
    found = attribution(text, 0, len(text), cast)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "name", "side"),
    [
        ("Thứ trưởng Phan Minh Khoa đề nghị tỉnh mở dữ liệu.", "Phan Minh Khoa", "ministry"),
        ("Bà Lê Thị Hoa, Giám đốc Sở TT&TT Cà Mau, cho biết mạng còn chậm.", "Lê Thị Hoa", "province"),
        ("Ông Đỗ Quang Huy (Tổng Giám đốc Viettel) cam kết phủ sóng.", "Đỗ Quang Huy", "enterprise"),
        ("Giám đốc Bưu điện tỉnh, ông Lê Văn Bình nói rõ giá cước.", "Lê Văn Bình", "enterprise"),
        ("Tại buổi họp, Thứ trưởng cũng lưu ý việc đào tạo.", "Phan Minh Khoa", "ministry"),
        ("Sau đó, bà Hoa đề xuất thêm hai trạm.", "Lê Thị Hoa", "province"),
        ("Bà đã nhiều lần kiến nghị việc này.", "Lê Thị Hoa", "province"),
        ("Theo Cục Viễn thông, cột đã đủ.", "Cục Viễn thông", "ministry"),
        ("Theo đồng chí Lê Thị Hoa, mạng còn chậm.", "Lê Thị Hoa", "province"),
        ("Mạng còn chậm, theo đánh giá của Sở TT&TT Cà Mau.", "Sở TT&TT Cà Mau", "province"),
        ("Đại diện Viettel cam kết phủ sóng.", "Viettel", "enterprise"),
        ("Lãnh đạo tỉnh Cà Mau bày tỏ sự lo lắng.", "tỉnh Cà Mau", "province"),
        ("Theo Thứ trưởng Phan Minh Khoa (trả lời Cà Mau), việc này dễ.", "Phan Minh Khoa", "ministry"),
        ("Thứ trưởng lần lượt trả lời từng câu.", "Phan Minh Khoa", "ministry"),
        ("Theo bài toán thì khó, Thứ trưởng Phan Minh Khoa nói.", "Phan Minh Khoa", "ministry"),
        ("Tập đoàn Sao Mai, qua lời Tổng Giám đốc Vũ Đức Tài, ngỏ ý dựng kho.", "Vũ Đức Tài", "enterprise"),
        ("Thay mặt Cục Viễn thông, Phó Cục trưởng Vũ Đức Tài lưu ý cột đã cũ.", "Vũ Đức Tài", "ministry"),
        ("Các Sở TT&TT có một số kiến nghị về biên chế.", "các Sở TT&TT", "province"),
        ("Đại diện VNPT, Viettel và FPT đề xuất dùng chung cột.", "VNPT, Viettel, FPT", "enterprise"),
        ("Các doanh nghiệp tham dự gồm VNPT, FPT và CMC đề xuất giảm giá.", "VNPT, FPT, CMC", "enterprise"),
        ("Trong phát biểu của Thứ trưởng Phan Minh Khoa, Bộ sẽ cấp máy.", "Phan Minh Khoa", "ministry"),
        ("“Mọi xã phải có người lo dữ liệu”, Thứ trưởng Phan Minh Khoa nói.", "Phan Minh Khoa", "ministry"),
    ],
)
def test_who_is_named(cast: Cast, text: str, name: str, side: str) -> None:
    voice = _in(text, cast).voice
    assert (voice.name, voice.side) == (name, side)


@pytest.mark.parametrize(
    "text",
    [
        "Tỉnh cần lưu ý việc này.",
        "Mọi xã đều có mạng.",
        "Trục đã nối 82 bộ, ngành, địa phương với nhiều giao dịch mỗi ngày.",
        "Trang mạng đã gỡ 23 bài viết theo yêu cầu của Cục Viễn thông.",
        "Tỉnh có sẵn sàng làm không?",
        "Dữ liệu được chia sẻ với bà con.",
        "Người dân gặp Thứ trưởng Phan Minh Khoa ở chợ.",
        "“Sở TT&TT Cà Mau đề nghị” là chữ trên tờ giấy.",
    ],
)
def test_a_sentence_that_names_no_speaker(cast: Cast, text: str) -> None:
    assert attribution(text, 0, len(text), cast) is None


def test_a_word_that_does_what_it_says_belongs_to_what_is_said(cast: Cast) -> None:
    text = "Thứ trưởng Phan Minh Khoa đề nghị tỉnh mở dữ liệu."
    assert text[_in(text, cast).end :] == "đề nghị tỉnh mở dữ liệu."


def test_a_word_of_saying_does_not(cast: Cast) -> None:
    text = "Thứ trưởng Phan Minh Khoa cho biết mạng đã tốt."
    assert text[_in(text, cast).end :] == " mạng đã tốt."


def test_a_speaker_named_at_the_end_stands_behind_the_words(cast: Cast) -> None:
    text = "“Mọi xã phải có người lo dữ liệu của mình”, Thứ trưởng Phan Minh Khoa nói."
    found = _in(text, cast)
    assert found.is_trailing
    assert text[: found.start].endswith("của mình”, ")


def test_what_somebody_will_do_is_what_he_says(cast: Cast) -> None:
    text = "Cục Viễn thông sẽ hướng dẫn Sở."
    found = _in(text, cast)
    assert (found.voice.name, found.verb, found.end) == ("Cục Viễn thông", "", 0)


@pytest.mark.parametrize(
    ("line", "name", "title", "said"),
    [
        ("Bà Lê Thị Hoa: Mạng còn chậm.", "Lê Thị Hoa", "Giám đốc Sở TT&TT Cà Mau", " Mạng còn chậm."),
        ("2. Ông Võ Thành Nam, Cục trưởng Cục Tin học hóa: Cứ làm.", "Võ Thành Nam", "Cục trưởng Cục", " Cứ làm."),
        ("- Bà Vũ Thị Sen (Sở Y tế Cà Mau) phát biểu: Cần máy.", "Vũ Thị Sen", "Sở Y tế Cà Mau", " Cần máy."),
        ("Ông Hồ Văn Tư (VNPT): Chúng tôi sẽ làm.", "Hồ Văn Tư", "VNPT", " Chúng tôi sẽ làm."),
        ("Sở TT&TT Cà Mau: Mạng còn chậm.", "Sở TT&TT Cà Mau", "", " Mạng còn chậm."),
    ],
)
def test_labels_of_minutes(cast: Cast, line: str, name: str, title: str, said: str) -> None:
    found = _in(line, cast)
    assert found.is_label
    assert (found.voice.name, line[found.end :]) == (name, said)
    assert found.voice.title.startswith(title)


def test_a_person_of_minutes_is_on_the_side_told_in_brackets(cast: Cast) -> None:
    cast.speak(cast.people["Phan Minh Khoa"])
    assert _in("Ông Hồ Văn Tư (VNPT) phát biểu: Chúng tôi sẽ làm.", cast).voice.side == "enterprise"


def test_a_roster_is_the_narrators(cast: Cast) -> None:
    assert _in("Sở TT&TT Cà Mau: bà Lê Thị Hoa, Giám đốc Sở.", cast).voice == NARRATOR


def test_questions_and_answers(cast: Cast) -> None:
    cast.asker = "Sở TT&TT Cà Mau"
    assert _in("Hỏi: Định mức tính ra sao?", cast).voice == Voice("province", "Sở TT&TT Cà Mau")
    assert _in("Câu hỏi 2 (Long An): Định mức tính ra sao?", cast).voice == Voice("province", "Long An")
    assert _in("Trả lời: Tính theo số dân.", cast).voice == Voice("ministry")
    assert _in("2. Trả lời (Vụ Kế hoạch): Theo dân số.", cast).voice == Voice("ministry", "Vụ Kế hoạch")
    assert _in("Trả lời của Viettel: Sẽ xong trong năm.", cast).voice == Voice("enterprise", "Viettel")


def test_what_the_article_says_is_the_narrators(cast: Cast) -> None:
    assert _in("Theo bài báo, mọi xã đã có mạng.", cast).voice == NARRATOR
    assert _in("Theo kế hoạch của các doanh nghiệp lớn (A, B), 5G có từ tháng 6.", cast).voice == NARRATOR


def test_an_order_to_the_ministrys_own_unit_is_the_ministrys(cast: Cast) -> None:
    cast.speak(cast.people["Phan Minh Khoa"])
    cast.speak(cast.people["Lê Thị Hoa"])
    assert _in("Giao Cục Viễn thông cùng tỉnh tính lại.", cast).voice.name == "Phan Minh Khoa"


def test_a_heading_tells_who_asks_next_and_never_who_speaks_on(cast: Cast) -> None:
    cast.speak(cast.people["Phan Minh Khoa"])
    heard_heading("Câu 1. Sở TT&TT Cà Mau", cast)
    assert (cast.asker, cast.voice.name) == ("Sở TT&TT Cà Mau", "Phan Minh Khoa")


def test_a_person_at_the_head_of_a_heading_speaks_below(cast: Cast) -> None:
    heard_heading("1. Ông Võ Thành Nam, Cục trưởng Cục Viễn thông: Cứ làm trước", cast)
    assert cast.voice.name == "Võ Thành Nam"


def test_where_figures_come_from_is_no_speaker(cast: Cast) -> None:
    source = "Theo số liệu của Cục Viễn thông, 98% thôn có sóng."
    view = "Theo Cục Viễn thông, 98% thôn có sóng."
    assert is_source(source, _in(source, cast))
    assert not is_source(view, _in(view, cast))


def test_paragraphs_that_turn_to_another_topic() -> None:
    assert is_other_topic("Về bưu chính, mọi xã đã có điểm phục vụ.")
    assert not is_other_topic("Mọi xã đã có điểm phục vụ.")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ông Võ Thành Nam (Viettel) đo sóng; việc này sở lo, báo cáo Bộ hằng tháng, bà Hoa nói.", "Lê Thị Hoa"),
        ("“Mọi xã phải có người lo dữ liệu”, bà Hoa nghẹn giọng.", "Lê Thị Hoa"),
        ("Báo cáo của Sở Y tế Cà Mau cho biết máy đã cũ.", "Sở Y tế Cà Mau"),
        ("Theo báo cáo do bà Lê Thị Hoa trình bày, mạng còn chậm.", "Lê Thị Hoa"),
        ("Bà Lê Thị Hoa giao thêm việc cho các phòng theo ý kiến của Cục Viễn thông.", "Lê Thị Hoa"),
        ("Chủ tịch MobiFone muốn phủ sóng toàn tỉnh.", "MobiFone"),
        ("Đại diện Công an tỉnh cho rằng mật khẩu còn yếu.", "Công an tỉnh"),
        ("Đại diện Vụ Tổ chức cán bộ cho biết hồ sơ đã gửi.", "Vụ Tổ chức cán bộ"),
    ],
)
def test_who_is_named_in_other_places(cast: Cast, text: str, name: str) -> None:
    assert _in(text, cast).voice.name == name


def test_a_title_behind_the_name_tells_the_side(cast: Cast) -> None:
    voice = _in("Theo bà Lại Thu Hà, đại diện Cục Viễn thông, Cà Mau có mạng thưa.", cast).voice
    assert (voice.name, voice.side) == ("Lại Thu Hà", "ministry")


def test_a_question_tells_itself_who_asks(cast: Cast) -> None:
    voice = _in("Nội dung kiến nghị: Cử tri huyện Năm Căn đề nghị thêm sóng.", cast).voice
    assert (voice.name, voice.side) == ("Cử tri huyện Năm Căn", "province")


def test_one_who_does_something_may_speak_next(cast: Cast) -> None:
    cast.speak(cast.people["Phan Minh Khoa"])
    found = subject("Bà Lê Thị Hoa đi từ gốc của vấn đề.", cast)
    assert found is not None
    assert found.name == "Lê Thị Hoa"
    assert subject("Mọi người chờ Lê Thị Hoa và các phòng.", cast) is None


def test_who_came_before_anybody_spoke_does_not_speak(cast: Cast) -> None:
    assert subject("Bà Lê Thị Hoa dẫn đầu đoàn.", cast) is None


def test_what_brackets_say_of_the_article_is_not_the_narrators(cast: Cast) -> None:
    text = "Theo Thứ trưởng Phan Minh Khoa, tỉnh mới có 12 trạm (ghi nguyên theo bài), như vậy là ít."
    assert _in(text, cast).voice.name == "Phan Minh Khoa"


def test_a_reporters_question_is_the_narrators(cast: Cast) -> None:
    found = _in("Phóng viên: Tỉnh đề nghị Bộ làm gì, thưa bà?", cast)
    assert (found.voice, found.is_label) == (NARRATOR, True)


def test_a_label_may_be_a_given_name(cast: Cast) -> None:
    found = _in("Bà Hoa: Mạng còn chậm lắm.", cast)
    assert (found.voice.name, found.is_label) == ("Lê Thị Hoa", True)


def test_an_answer_is_of_the_unit_that_it_names(cast: Cast) -> None:
    found = _in("Trả lời: Cục Viễn thông cho biết cột đã đủ.", cast)
    assert (found.voice.name, found.is_label) == ("Cục Viễn thông", True)


def test_who_represents_an_organ_and_does_something_else_may_speak_next(cast: Cast) -> None:
    voice = subject("Đại diện Cục Viễn thông bàn kỹ về cột.", cast)
    assert voice is not None
    assert voice.name == "Cục Viễn thông"
