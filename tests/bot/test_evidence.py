"""Picking sentences out of passages."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.evidence import Evidence, place_line, select
from index.extracted import Limits
from index.loaders.text import extract
from index.records import Document, Hit, Statement
from index.register import Line
from index.split import split
from tests.bot.corpus import equal_weights, hit_of

QUESTION = "kiến nghị trạm phát sóng"
LIST = "Sông Lam kiến nghị:\n\n- dựng trạm phát sóng;\n- cho thí điểm mã bưu chính."


def texts(found: tuple[Evidence, ...]) -> list[str]:
    return [item.text for item in found]


def test_a_lead_and_its_list_are_one_piece() -> None:
    found = select(QUESTION, [hit_of(f"{LIST}\nTỉnh cảm ơn Bộ.")], equal_weights, 1000)
    assert texts(found) == [LIST, "Tỉnh cảm ơn Bộ."]


def test_a_numbered_list_stays_with_its_lead_too() -> None:
    numbered = "Hai việc cần làm:\n1. dựng trạm;\n2) cấp mã."
    assert texts(select(QUESTION, [hit_of(numbered)], equal_weights, 1000)) == [numbered]


def test_a_long_list_is_cut_between_items() -> None:
    items = [f"- việc thứ {number} {'rất dài ' * 12}xong;" for number in range(12)]
    found = select("việc", [hit_of("\n".join(["Các việc:", *items]))], equal_weights, 8000)
    lists = [item.text for item in found if item.text.startswith("Các việc:")]
    assert len(lists) == 1
    assert lists[0].count("\n- ") >= 2
    assert len(lists[0]) <= 600
    assert sum(item.text.count("- việc") for item in found) == len(items)


def test_headings_are_not_evidence() -> None:
    found = select("ngân sách", [hit_of("## Ngân sách tỉnh\n\nNgân sách tăng 3%.")], equal_weights, 1000)
    assert texts(found) == ["Ngân sách tăng 3%."]


def test_offsets_lead_back_into_the_document() -> None:
    hit = hit_of(LIST, before="Đầu trang.\n\n")
    (item,) = select(QUESTION, [hit], equal_weights, 1000)
    assert hit.document.text[item.start : item.end] == item.text == LIST


def test_a_piece_knows_the_page_on_which_it_begins() -> None:
    first, second = "Trạm phát sóng đã dựng xong. ", "Kiến nghị dựng thêm trạm phát sóng."
    hit = hit_of(first + second, before="Trang đầu.\n\n\f")
    document = replace(hit.document, pages=(0, len("Trang đầu.\n\n\f"), len("Trang đầu.\n\n\f" + first)))
    found = select(QUESTION, [replace(hit, document=document)], equal_weights, 1000)
    assert {item.text: item.page for item in found} == {first.strip(): 2, second: 3}


def test_without_pages_a_piece_is_on_none() -> None:
    (item,) = select(QUESTION, [hit_of(LIST)], equal_weights, 1000)
    assert (item.page, item.is_caption) == (0, False)


def test_a_piece_of_a_caption_says_so() -> None:
    hit = hit_of("Ảnh: Trạm phát sóng ở Sông Lam.")
    caption = replace(hit, passage=replace(hit.passage, is_caption=True))
    (item,) = select(QUESTION, [caption], equal_weights, 1000)
    assert item.is_caption


@pytest.mark.parametrize(
    ("page", "is_caption", "line"),
    [
        (0, False, "12/5/2020 · Sông Lam, Đảo Ngọc · Mức chi"),
        (3, False, "12/5/2020 · Sông Lam, Đảo Ngọc · trang 3 · Mức chi"),
        (3, True, "12/5/2020 · Sông Lam, Đảo Ngọc · trang 3 · Mức chi · chú thích ảnh"),
    ],
)
def test_the_line_for_people_tells_the_page_and_that_it_is_a_caption(page: int, is_caption: bool, line: str) -> None:
    told = place_line("2020-05-12", ("Sông Lam", "Đảo Ngọc"), "Ngân sách › Mức chi", page, is_caption=is_caption)
    assert told == line
    assert place_line("", (), "", 0) == ""


def test_the_budget_holds_but_the_best_piece_always_stays() -> None:
    sentences = " ".join(f"Trạm phát sóng thứ {number} đã dựng xong." for number in range(40))
    found = select(QUESTION, [hit_of(sentences)], equal_weights, 200)
    assert 1 < sum(map(len, texts(found))) <= 200
    only = select(QUESTION, [hit_of("Trạm phát sóng " + "rất xa " * 60 + "đây.")], equal_weights, 200)
    assert len(only) == 1


def test_what_does_not_fit_makes_room_for_what_does() -> None:
    best, long, short = "Kiến nghị trạm phát sóng.", f"Trạm phát sóng {'rất ' * 30}xa.", "Tỉnh cảm ơn."
    found = select(QUESTION, [hit_of(best), hit_of(f"{long} {short}", score=0.9)], equal_weights, 100)
    assert texts(found) == [best, short]


def test_the_same_words_are_shown_once() -> None:
    hits = [hit_of("Dựng trạm phát sóng!"), hit_of("DỰNG trạm, phát sóng.", document="dao-ngoc", score=0.9)]
    found = select(QUESTION, hits, equal_weights, 1000)
    assert [(item.document, item.text) for item in found] == [("song-lam", "Dựng trạm phát sóng!")]


def test_the_order_weighs_the_passage_against_the_words_of_the_question() -> None:
    hits = [hit_of("Chuyện khác hẳn.", score=1.0), hit_of("Kiến nghị trạm phát sóng.", document="b", score=0.5)]
    first, second = select(QUESTION, hits, equal_weights, 1000)
    assert (first.document, first.overlap, second.overlap) == ("b", 1.0, 0.0)
    assert 0.5 < first.score < 1.0
    assert 0.0 < second.score < first.score


def test_nothing_found_gives_no_evidence() -> None:
    assert select(QUESTION, [], equal_weights, 1000) == ()


@dataclass
class Liking:
    """A fit that knows a statement of each sentence with a figure, likes one word, and knows places by name."""

    liked: str = ""
    places: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    texts: dict[tuple[int, int], str] = field(default_factory=dict)

    def said(self, document_id: str, start: int, end: int) -> Sequence[Line]:
        """What a register would know of the stretch."""
        text = self.texts.get((start, end), "")
        document = Document(document_id, "t", "t.md", "0" * 64, text)
        none = ("", "", "", "", (), "", 1.0, ())
        known = Statement("s", document_id, start, end, text, "status", "", "", "province", *none)
        return [Line(known, document, True)] if text else []

    def holds(self, document: Document, said: Sequence[Line]) -> bool:
        """Any but that of the documents left out."""
        return document.id not in self.left_out

    def bonus(self, document: Document, said: Sequence[Line], text: str) -> float:
        """One for the word liked."""
        return 1.0 if self.liked and self.liked in text else 0.0

    def side_of(self, document: Document, said: Sequence[Line]) -> str:
        """The place whose name is the document's."""
        return document.id if document.id in self.places else ""


def test_what_may_not_be_used_is_no_evidence() -> None:
    hits = [hit_of("Kiến nghị trạm phát sóng.", document="a"), hit_of("Kiến nghị hai trạm phát sóng.", document="b")]
    found = select(QUESTION, hits, equal_weights, 1000, fit=Liking(left_out=("a",)))
    assert [item.document for item in found] == ["b"]


def test_what_fits_goes_before_what_merely_holds_the_words() -> None:
    hits = [hit_of("Kiến nghị trạm phát sóng. Tỉnh nên chờ.")]
    plain = texts(select(QUESTION, hits, equal_weights, 1000))
    fitting = select(QUESTION, hits, equal_weights, 1000, fit=Liking("chờ"))
    assert plain == ["Kiến nghị trạm phát sóng.", "Tỉnh nên chờ."]
    assert texts(fitting) == plain[::-1]
    assert [item.overlap for item in fitting] == [0.0, 1.0]  # what decides whether there is an answer stays


def test_a_fit_that_likes_nothing_changes_nothing() -> None:
    hits = [hit_of(f"{LIST}\nTỉnh cảm ơn Bộ.", before="Đầu trang.\n\n")]
    assert select(QUESTION, hits, equal_weights, 1000, fit=Liking()) == select(QUESTION, hits, equal_weights, 1000)


def test_a_piece_carries_what_the_register_knows_of_its_place() -> None:
    before = "Đầu trang.\n\n"
    start = len(before)
    known = Liking(texts={(start, start + len(LIST)): LIST})
    (item,) = select(QUESTION, [hit_of(LIST, before=before)], equal_weights, 1000, fit=known)
    assert [(one.start, one.end, one.text) for one in item.said] == [(item.start, item.end, LIST)]
    (other,) = select(QUESTION, [hit_of(LIST)], equal_weights, 1000, fit=known)
    assert other.said == ()


def test_no_province_asked_for_is_crowded_out_by_another() -> None:
    many = " ".join(f"Kiến nghị trạm phát sóng số {number}." for number in range(6))
    few = "Trạm đã dựng. Sóng đã có."
    hits = [hit_of(many, document="a"), hit_of(few, document="b", score=0.1), hit_of("Trạm.", document="c", score=0.1)]
    plain = [item.document for item in select(QUESTION, hits, equal_weights, 1000)]
    assert plain[:6] == ["a"] * 6
    asked = select(QUESTION, hits, equal_weights, 1000, fit=Liking(places=("a", "b")))
    assert [item.place for item in asked][:4] == ["a", "b", "a", "b"]
    assert asked[-1].place == ""
    assert sorted(item.text for item in asked) == sorted(
        set(many.replace(". ", ".|").split("|")) | {*few.replace(". ", ".|").split("|"), "Trạm."}
    )
    budget = len("Kiến nghị trạm phát sóng số 0.") + len("Trạm đã dựng.") + 3
    assert {
        item.document for item in select(QUESTION, hits[:2], equal_weights, budget, fit=Liking(places=("a", "b")))
    } == {"a", "b"}


def test_of_one_province_asked_for_the_best_come_first() -> None:
    hits = [
        hit_of("Kiến nghị trạm. Kiến nghị.", document="a"),
        hit_of("Trạm phát sóng kiến nghị.", document="b", score=0.9),
    ]
    plain = select(QUESTION, hits, equal_weights, 1000)
    one = select(QUESTION, hits, equal_weights, 1000, fit=Liking(places=("a",)))
    assert texts(one) == texts(plain)
    assert {item.document: item.place for item in one} == {"a": "a", "b": ""}


WORDS = st.sampled_from(
    ["Sông", "Lam", "3%", "trạm.", "sóng:", "- mã;", "2. xã", "# Mục", "\n", "\n\n", "TP.", "“vâng.”"]
)


@settings(deadline=None, max_examples=60)
@given(st.lists(WORDS, min_size=1, max_size=60), st.integers(200, 800))
def test_every_piece_of_any_document_is_quoted_exactly(words: list[str], budget: int) -> None:
    text = " ".join(words)
    document = Document("d", "t", "d.md", hashlib.sha256(text.encode()).hexdigest(), text)
    blocks = extract(text.encode(), Limits()).blocks
    hits = [Hit(passage, document, 0.5, None, None) for passage in split(document, blocks, 300)]
    found = select("trạm sóng Sông Lam", hits, equal_weights, budget)
    assert all(text[item.start : item.end] == item.text for item in found)
    assert all(0 <= item.overlap <= 1 and 0 <= item.score <= 1 for item in found)
    assert [item.score for item in found] == sorted((item.score for item in found), reverse=True)
