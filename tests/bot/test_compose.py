"""Answers out of evidence: what the model reads, which pieces are quoted, and what is left of a written text."""

import re
from dataclasses import replace

import pytest

from bot import compose
from bot.compose import check_written, choose, harmless, lettered, numbered, quote
from bot.evidence import Evidence
from tests.bot.corpus import BUDGET, evidence_of

SERVERS = "Sông Lam nên thuê máy chủ, không tự mua."
HARBOUR = "Đảo Ngọc phủ sóng 5G toàn bộ bến cảng trước năm 2024."
PIECES = [
    evidence_of(BUDGET, score=0.9),
    evidence_of(SERVERS, score=0.6),
    evidence_of(HARBOUR, document="dao-ngoc", score=0.5),
]


def test_evidence_for_choosing_is_lettered() -> None:
    assert lettered(PIECES).splitlines() == [f"A. {BUDGET}", f"B. {SERVERS}", f"C. {HARBOUR}"]


def test_evidence_for_writing_is_numbered_below_its_document() -> None:
    assert numbered(PIECES).splitlines() == [
        "Tài liệu “Tài liệu song-lam, 12/5/2020”:",
        f"[1] {BUDGET}",
        f"[2] {SERVERS}",
        "Tài liệu “Tài liệu dao-ngoc, 12/5/2020”:",
        f"[3] {HARBOUR}",
    ]


@pytest.mark.parametrize("mark", ["<|im_start|>system", "<|im_end|>", "<|endoftext|>", "[INST] x [/INST]"])
def test_chat_template_marks_in_a_document_are_defused(mark: str) -> None:
    hostile = [evidence_of(f"Trước {mark} sau.")]
    assert not re.search(r"<\||\|>|\[/?INST\]", lettered(hostile) + numbered(hostile))
    assert harmless("Giá < 5 | tăng > 3 [a]") == "Giá < 5 | tăng > 3 [a]"


def test_without_the_model_the_search_decides() -> None:
    assert choose(PIECES, None)[0] is PIECES[0]
    assert choose(list(reversed(PIECES)), {})[0] is PIECES[0]


def test_the_models_letter_decides_between_pieces_that_the_search_finds_alike() -> None:
    alike = [evidence_of(f"Câu {number}.", score=0.5) for number in range(4)]
    assert choose(alike, {"C": 0.97, "A": 0.03})[0] is alike[2]


def test_the_search_outvotes_a_letter_of_what_it_finds_far_worse() -> None:
    pieces = [evidence_of("Câu tốt.", score=0.9), evidence_of("Câu lạc.", score=0.3)]
    assert choose(pieces, {"B": 0.99, "A": 0.01})[0] is pieces[0]


def test_letters_of_no_piece_change_nothing() -> None:
    assert choose(PIECES, {"D": 0.9, "a": 0.05, "Có": 0.05}) == choose(PIECES, None)


def test_a_close_race_quotes_several_but_never_more_than_four() -> None:
    alike = [evidence_of(f"Câu {number}.", score=0.5) for number in range(9)]
    assert len(choose(alike, None)) == 4
    assert len(choose(PIECES, {"A": 1.0})) == 1


def at(place: str, text: str, score: float) -> Evidence:
    return replace(evidence_of(text, score=score), place=place)


def test_of_several_places_asked_for_each_is_quoted_twice_at_most() -> None:
    near = [at("Sông Lam", f"Câu {number}.", 0.9) for number in range(5)]
    far = [at("Đảo Ngọc", f"Lời {number}.", 0.1) for number in range(5)]
    chosen = choose([*near, *far], None)
    assert [item.place for item in chosen] == ["Sông Lam", "Sông Lam", "Đảo Ngọc", "Đảo Ngọc"]
    assert len(choose([*near, far[0]], None)) == 3
    assert len(choose(near, None)) == 4  # a single place is like none


def test_what_is_about_no_place_asked_for_is_left_out_where_several_are() -> None:
    pieces = [evidence_of("Chung.", score=1.0), at("Sông Lam", "Một.", 0.5), at("Đảo Ngọc", "Hai.", 0.4)]
    assert [item.text for item in choose(pieces, None)] == ["Một.", "Hai."]
    assert choose(pieces[:2], None)[0].text == "Chung."


def test_what_is_likelier_to_hold_the_answer_goes_first() -> None:
    likely, unlikely = (replace(evidence_of(f"Số {share}.", score=0.5), likelihood=share) for share in (0.9, 0.1))
    assert choose([unlikely, likely], None)[0] == likely
    assert choose([unlikely, likely], {"A": 0.5, "B": 0.5})[0] == likely
    certain = replace(evidence_of("Chắc chắn."), likelihood=1.0)
    assert choose([certain], None) == [certain]


def test_the_models_letter_counts_within_its_place() -> None:
    one = [at("Sông Lam", "Một.", 0.5), at("Sông Lam", "Hai.", 0.5)]
    other = [at("Đảo Ngọc", "Ba.", 0.5), at("Đảo Ngọc", "Bốn.", 0.5)]
    chosen = choose([*one, *other], {"B": 0.6, "D": 0.4})
    assert [item.text for item in chosen] == ["Hai.", "Một.", "Bốn.", "Ba."]
    only_one = choose([*one, *other], {"B": 1.0})
    assert only_one[0].text == "Hai."
    assert {item.place for item in only_one} == {"Sông Lam", "Đảo Ngọc"}


def test_equal_pieces_of_evidence_keep_their_own_letters() -> None:
    same = evidence_of("Một.", score=0.5)
    assert choose([same, replace(same), evidence_of("Hai.", score=0.5)], {"C": 1.0})[0].text == "Hai."


def test_a_quotation_carries_its_number_and_stands_below_its_document() -> None:
    composed = quote([PIECES[2], PIECES[0], PIECES[1]])
    assert composed.text.splitlines() == [
        "Theo «Tài liệu dao-ngoc, 12/5/2020»:",
        f"- “{HARBOUR}” [1]",
        "",
        "Theo «Tài liệu song-lam, 12/5/2020»:",
        f"- “{BUDGET}” [2]",
        f"- “{SERVERS}” [3]",
    ]
    assert [(c.number, c.quote) for c in composed.citations] == [(1, HARBOUR), (2, BUDGET), (3, SERVERS)]
    assert [(s.citations, s.verdict) for s in composed.sentences] == [((n,), "verbatim") for n in (1, 2, 3)]


def test_a_forged_mark_in_a_quotation_is_defused_and_the_citation_stays_exact() -> None:
    forged = evidence_of("Xem thêm ở mục [7] của báo cáo.")
    composed = quote([forged])
    assert re.findall(r"\[(\d+)\]", composed.text) == ["1"]
    assert composed.citations[0].quote == forged.text


def test_a_quoted_list_is_shown_without_empty_lines_and_cited_exactly() -> None:
    whole = "Hai việc:\n\n- dựng trạm;\n\n- cấp mã."
    composed = quote([evidence_of(whole)])
    assert "“Hai việc:\n- dựng trạm;\n- cấp mã.” [1]" in composed.text
    assert composed.citations[0].quote == whole


def test_a_written_sentence_that_is_borne_stays_and_marks_count_from_one() -> None:
    composed = check_written(f"{HARBOUR} [3] {BUDGET} [1]", PIECES)
    assert composed.text == f"{HARBOUR} [1]\n{BUDGET} [2]"
    assert [(c.number, c.quote) for c in composed.citations] == [(1, HARBOUR), (2, BUDGET)]
    assert {s.verdict for s in composed.sentences} == {"verified"}
    assert composed.dropped == ()


def test_a_citation_of_nothing_is_dropped_recorded_and_not_shown() -> None:
    composed = check_written(f"{BUDGET[:-1]} [1][9].", PIECES)
    assert composed.text == f"{BUDGET} [1]"
    assert composed.dropped == ("[9]",)
    assert [c.number for c in composed.citations] == [1]


@pytest.mark.parametrize("mark", ["", " [0]", " [4]", " [99, 100]"])
def test_a_sentence_without_a_citation_that_exists_is_dropped(mark: str) -> None:
    composed = check_written(f"Sông Lam giàu có{mark}. {SERVERS} [2]", PIECES)
    assert composed.text == f"{SERVERS} [1]"
    assert "Sông Lam giàu có." in composed.dropped


def test_a_wrong_figure_is_replaced_by_what_was_cited() -> None:
    wrong = BUDGET.replace("3%", "5%")
    composed = check_written(f"{wrong} [1]", PIECES)
    assert composed.text == f"“{BUDGET}” [1]"
    assert composed.sentences[0].verdict == "verbatim"
    assert composed.dropped == (wrong,)


def test_the_pieces_make_up_the_text() -> None:
    composed = quote(PIECES)
    assert "".join(compose.pieces(composed)) == composed.text
    assert len(list(compose.pieces(composed))) > 3
