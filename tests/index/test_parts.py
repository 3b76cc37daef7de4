"""Whose words each clause of a document is."""

import pytest

from tests.index.spoken import parts, speakers

_KHOA, _HOA = ("ministry", "Phan Minh Khoa"), ("province", "Lê Thị Hoa")
_TELLER = ("narrator", "")
_OPENING = "Thứ trưởng Phan Minh Khoa đề nghị tỉnh Cà Mau mở dữ liệu."


def test_the_last_speaker_goes_on_over_sentences_and_paragraphs() -> None:
    text = f"# Tin\n\n{_OPENING} Việc này không khó.\n\nDữ liệu phải sạch.\n\nMỗi xã cử một người."
    assert speakers(text) == [_KHOA] * 4


def test_the_next_one_named_takes_over() -> None:
    text = f"# Tin\n\n{_OPENING}\n\nBà Lê Thị Hoa, Giám đốc Sở TT&TT Cà Mau, kiến nghị Bộ cấp máy. Máy cũ đã hỏng."
    assert speakers(text) == [_KHOA, _HOA, _HOA]


def test_pronouns_and_bare_titles_point_back() -> None:
    text = (
        "# Tin\n\nBà Lê Thị Hoa, Giám đốc Sở TT&TT Cà Mau, kiến nghị Bộ cấp máy.\n\n"
        "Ông Phan Minh Khoa, Thứ trưởng Bộ TT&TT, đề nghị tỉnh mở dữ liệu.\n\n"
        "Bà cho biết máy cũ đã hỏng.\n\nThứ trưởng đồng ý cấp máy. Ông cũng mong tỉnh giữ máy tốt."
    )
    assert speakers(text) == [_HOA, _KHOA, _HOA, _KHOA, _KHOA]


def test_before_anyone_speaks_the_narrator_does() -> None:
    text = f"# Tin\n\nCà Mau có chín huyện, thành phố.\n\n{_OPENING}"
    assert speakers(text) == [_TELLER, _KHOA]


@pytest.mark.parametrize("heading", ["## Ý kiến của tỉnh", "## Sở TT&TT Cà Mau", "## Về hạ tầng"])
def test_headings_do_not_change_the_speaker(heading: str) -> None:
    assert speakers(f"# Tin\n\n{_OPENING}\n\n{heading}\n\nDữ liệu phải sạch.") == [_KHOA, _KHOA]


@pytest.mark.parametrize(
    "caption",
    [
        "![x](a.jpg)\n\n*Bà Lê Thị Hoa, Giám đốc Sở TT&TT Cà Mau, phát biểu tại buổi họp*",
        "Bà Lê Thị Hoa phát biểu tại hội nghị",
    ],
)
def test_captions_are_the_narrators_and_do_not_change_the_speaker(caption: str) -> None:
    told = speakers(f"# Tin\n\n{_OPENING}\n\n{caption}\n\nDữ liệu phải sạch.")
    assert (told[0], told[-1]) == (_KHOA, _KHOA)
    assert set(told[1:-1]) == {_TELLER}


def test_what_happened_is_told_by_the_narrator() -> None:
    text = f"# Tin\n\n{_OPENING}\n\nHai bên đã ký kết thỏa thuận hợp tác.\n\nDữ liệu phải sạch."
    assert speakers(text) == [_KHOA, _TELLER, _KHOA]


def test_items_keep_the_speaker_of_their_lead() -> None:
    text = (
        f"# Tin\n\n{_OPENING[:-1]}:\n\n- Lập một kho chung.\n- Giao Sở TT&TT Cà Mau giữ kho.\n- Sở đề nghị gì thì ghi."
    )
    assert speakers(text) == [_KHOA] * 4


def test_those_present_are_listed_by_the_narrator() -> None:
    text = (
        f"# Tin\n\n{_OPENING}\n\nDự buổi họp có:\n\n- Ông Võ Thành Nam, Cục trưởng Cục Viễn thông;\n"
        "- Bà Lê Thị Hoa, Giám đốc Sở TT&TT.\n\nDữ liệu phải sạch."
    )
    assert speakers(text) == [_KHOA, _TELLER, _TELLER, _TELLER, _KHOA]


def test_minutes() -> None:
    text = (
        "# BIÊN BẢN HỌP\n\nÔng Phan Minh Khoa, Thứ trưởng Bộ TT&TT: Tỉnh cần mở dữ liệu. Việc này không khó.\n\n"
        "Bà Lê Thị Hoa (Sở TT&TT Cà Mau): Máy cũ đã hỏng.\n\nCông ty Sao Mai: Chúng tôi có máy mới."
    )
    assert speakers(text) == [_KHOA, _KHOA, _HOA, ("enterprise", "Công ty Sao Mai")]


def test_questions_and_answers() -> None:
    text = (
        "# Hỏi đáp\n\n## Câu 1. Sở TT&TT Cà Mau\n\nHỏi: Định mức tính ra sao? Sở chưa rõ.\n\n"
        "Trả lời: Định mức tính theo số dân. Bộ sẽ có hướng dẫn riêng."
    )
    asked, answered = ("province", "Sở TT&TT Cà Mau"), ("ministry", "")
    assert speakers(text)[:3] == [asked, asked, answered]
    assert speakers(text)[3][0] == "ministry"


_LETTER = """BỘ THÔNG TIN VÀ TRUYỀN THÔNG
Số: 45/BTTTT-KHTC
Hà Nội, ngày 3 tháng 4 năm 2021

Kính gửi: UBND tỉnh Cà Mau

Bộ nhận được báo cáo của tỉnh.

UBND tỉnh đề nghị cấp thêm máy cho xã.

Về việc này, tỉnh cần tự cân đối.
"""


def test_in_a_letter_its_issuer_speaks() -> None:
    told = speakers(_LETTER)
    ministry = ("ministry", "Bộ TT&TT")
    assert told[-3:] == [ministry, ("province", "UBND tỉnh Cà Mau"), ministry]
    assert all(part.clause.is_official for part in parts(_LETTER))


def test_in_a_speech_the_one_who_holds_it_speaks_whomever_it_quotes() -> None:
    text = (
        "# Bài phát biểu của Bộ trưởng Phan Minh Khoa\n\nMọi xã phải có mạng.\n\n"
        "Sở TT&TT Cà Mau đề nghị cấp máy.\n\nMáy thì tỉnh phải tự lo."
    )
    assert speakers(text)[::2] == [_KHOA, _KHOA]


def test_an_organ_that_spoke_of_its_own_does_not_speak_on_about_other_topics() -> None:
    text = "# Tin\n\nCục Viễn thông cho biết cột đã đủ. Cột mới rất cao.\n\nVề bưu chính, mọi xã đã có điểm phục vụ."
    organ = ("ministry", "Cục Viễn thông")
    assert speakers(text) == [organ, organ, ("ministry", "")]


def test_a_sentence_where_another_answers_is_cut_between_them() -> None:
    text = "# Tin\n\nSở TT&TT Cà Mau kiến nghị cấp thêm máy; Thứ trưởng Phan Minh Khoa đề nghị tỉnh tự mua máy."
    assert speakers(text) == [("province", "Sở TT&TT Cà Mau"), _KHOA]


@pytest.mark.parametrize("verb", ["nhấn mạnh", "yêu cầu", "cho rằng"])
def test_the_words_that_only_name_the_speaker_are_no_clause(verb: str) -> None:
    text = f"Thứ trưởng Phan Minh Khoa {verb}, tỉnh cần mở dữ liệu."
    (part,) = parts(f"# Tin\n\n{text}")
    assert part.end - part.start == len(text)


def test_a_title_between_commas_is_not_cut_from_its_verb() -> None:
    assert len(parts("# Tin\n\nÔng Phan Minh Khoa, Thứ trưởng Bộ TT&TT, đề nghị tỉnh mở dữ liệu.")) == 1


def test_what_is_said_leaves_out_who_says_it() -> None:
    (part,) = parts("# Tin\n\nThứ trưởng Phan Minh Khoa cho biết dữ liệu phải sạch.")
    assert part.clause.said.strip() == "dữ liệu phải sạch."
    (part,) = parts("# Tin\n\n“Mọi xã phải có người lo dữ liệu của mình”, Thứ trưởng Phan Minh Khoa nói.")
    assert part.clause.said.startswith("“Mọi xã")
    assert "Khoa" not in part.clause.said


def test_how_clauses_hang_together() -> None:
    told = f"# Tin\n\nCà Mau có chín huyện.\n\n{_OPENING} Việc này không khó."
    text = f"{told}\n\nMỗi xã cử một người:\n\n- biết máy;\n- khỏe."
    assert [part.clause.link for part in parts(text)] == ["jump", "jump", "same", "next", "list", "list"]


def test_noise_and_headings_are_no_parts() -> None:
    assert speakers("# Tin\n\n## Mục một\n\n![x](a.jpg)\n") == []


def test_a_quotation_belongs_to_whom_its_end_names() -> None:
    told = speakers(f"# Tin\n\n{_OPENING}\n\n“Dữ liệu phải sạch. Mạng phải nhanh”, bà Lê Thị Hoa nói.")
    assert told == [_KHOA, ("province", "Lê Thị Hoa"), ("province", "Lê Thị Hoa")]


def test_who_says_i_tells_no_event_of_the_narrators() -> None:
    told = speakers(f"# Tin\n\n{_OPENING}\n\nTuần trước tôi đã dự hội nghị ở Long An.")
    assert told == [_KHOA, _KHOA]


def test_in_a_speech_events_are_the_speakers_too() -> None:
    told = parts("BÀI PHÁT BIỂU CỦA THỨ TRƯỞNG PHAN MINH KHOA\n\nHội nghị diễn ra sáng ngày 5/6.\n")
    assert (told[-1].voice.name, told[-1].has_narrator) == ("Phan Minh Khoa", False)


def test_what_somebody_is_told_to_do_leads_to_his_words() -> None:
    told = speakers(f"# Tin\n\n{_OPENING}\n\nBà Lê Thị Hoa đi từ gốc của vấn đề. Mạng còn chậm.")
    assert told[-1] == ("province", "Lê Thị Hoa")


def test_what_a_unit_will_do_is_said_by_the_person_of_its_side_who_speaks() -> None:
    told = speakers(f"# Tin\n\n{_OPENING}\n\nCục Viễn thông sẽ hướng dẫn Sở.")
    assert told == [_KHOA, _KHOA]


def test_a_question_in_a_letter_is_the_askers_until_it_is_answered() -> None:
    told = speakers(
        f"{_LETTER}\n\nCâu hỏi 1: Cử tri huyện Năm Căn đề nghị thêm sóng.\n\nTrả lời:\n\nSóng đã đủ ở mọi xã."
    )
    assert (told[-3], told[-1]) == (("province", "Cử tri huyện Năm Căn"), ("ministry", "Bộ TT&TT"))


def test_a_request_in_a_letter_is_the_provinces_and_its_answer_the_letters() -> None:
    told = speakers(f"{_LETTER}\n\n1. Về kiến nghị cấp máy cho các xã: Bộ sẽ bố trí trong quý II.\n")
    assert told[-2:] == [("province", "tỉnh Cà Mau"), ("ministry", "Bộ TT&TT")]


def test_in_a_letter_who_is_called_he_is_the_one_told_of_last() -> None:
    told = speakers(
        f"{_LETTER}\n\nÔng Trần Văn Lộc, Phó Chủ tịch UBND tỉnh, hứa bố trí đất. Ông cũng đề nghị thêm cột.\n"
    )
    assert [name for _, name in told[-2:]] == ["Trần Văn Lộc", "Trần Văn Lộc"]


def test_what_an_organ_is_told_to_do_is_said_by_the_one_who_speaks() -> None:
    told = speakers(f"# Tin\n\n{_OPENING} UBND tỉnh chỉ đạo các huyện bố trí đất.")
    assert told == [_KHOA, _KHOA]


def test_an_item_that_asks_the_ministry_is_not_of_the_ministrys_list() -> None:
    told = speakers(f"# Tin\n\n{_OPENING[:-1]}:\n\n- Lập một kho chung.\n- Sở TT&TT Cà Mau kiến nghị Bộ cấp máy.")
    assert told[-1] == ("province", "Sở TT&TT Cà Mau")


def test_in_an_interview_the_question_changes_nobodys_voice() -> None:
    told = speakers(f"# Tin\n\n{_OPENING}\n\nPhóng viên: Tỉnh đề nghị gì? Mạng còn chậm.\n\nChúng tôi đang làm.")
    assert told == [_KHOA, ("narrator", ""), ("narrator", ""), _KHOA]


def test_whose_label_opens_a_paragraph_tells_what_others_said() -> None:
    told = speakers(f"# Tin\n\n{_OPENING}\n\nÔng Phan Minh Khoa: Hôm nay. Viettel đề xuất làm thử. Đó là việc đúng.")
    assert told[-1] == _KHOA


def test_a_title_alone_makes_nobody_speak_below_the_news() -> None:
    told = speakers(
        "# Thứ trưởng Phan Minh Khoa: Cà Mau phải đi đầu\n\nThứ trưởng Phan Minh Khoa đã làm việc với tỉnh Cà Mau."
        " Tham dự có bà Lê Thị Hoa.\n\nCà Mau hiện có chín huyện."
    )
    assert told[-1] == ("narrator", "")
