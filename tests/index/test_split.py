"""Cutting documents into passages: the promises of `split` for any blocks, then the rules one by one."""

from dataclasses import replace
from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.extracted import Block, Extracted, Kind, Limits, TextWriter
from index.loaders.text import extract
from index.records import Document, Passage
from index.sentences import sentence_spans
from index.split import heading_text, is_heading, split

# Words, long words, and what stands between sentences.
_TOKENS = (
    *("tỉnh ", "Đồng ", "Tháp ", "cần ", "1% ", "CNTT, ", "(TP. ", "Sa ", "Đéc) ", "30/6/2021 ", "“số” ", "v.v. "),
    *("x" * 30, "y" * 90 + " ", ". ", ".", "! ", "… ", ".” ", ": ", "; ", "\n", "# ", "- ", "Theo Bộ trưởng "),
)
_ODD = st.text("aàđEÔ12 .,:;?…#-*\t\n\u00a0\u200b\u0301\u3000“”()🙂", min_size=1, max_size=120)
_WORDS = st.lists(st.sampled_from(_TOKENS), min_size=1, max_size=30).map("".join)
_NOISE = ("![ảnh họp](anh/1.png)", "hop-bao.JPG", "---", "****", "Chia sẻ", "In trang.")


@st.composite
def _files(draw: st.DrawFn) -> Extracted:
    """What a loader may make of a file: blocks of every kind, on pages or not."""
    writer = TextWriter()
    has_pages = draw(st.booleans())
    for number in range(draw(st.integers(0, 10))):
        if has_pages and (number == 0 or draw(st.integers(0, 3)) == 0):
            writer.new_page()
        kind: Kind = draw(st.sampled_from((*get_args(Kind), "text", "text")))
        level = draw(st.integers(1, 3)) if kind == "heading" else 0
        writer.add(kind, draw(st.one_of(_WORDS, _WORDS, _ODD)), level)
    return writer.extracted()


def _passages(extracted: Extracted, limit: int) -> list[Passage]:
    document = Document("d", "Họp", "d.md", "0123456789abcdef", extracted.text, pages=extracted.pages)
    return split(document, extracted.blocks, limit)


def _of_text(text: str, limit: int = 200) -> list[Passage]:
    return _passages(extract(text.encode(), Limits()), limit)


def _cut(text: str, limit: int = 200) -> list[str]:
    return [passage.text for passage in _of_text(text, limit)]


@given(_files(), st.integers(20, 300))
def test_a_passage_is_a_slice_in_order_without_overlap_and_within_the_limit(file: Extracted, limit: int) -> None:
    passages = _passages(file, limit)
    assert [file.text[p.start : p.end] for p in passages] == [p.text for p in passages]
    assert all(before.end <= after.start for before, after in pairwise(passages))
    assert all(0 < len(p.text) <= limit and p.text == p.text.strip() for p in passages)
    assert len({p.id for p in passages}) == len(passages)


@given(_files(), st.integers(20, 300))
def test_every_character_that_matters_lies_in_a_passage_and_noise_in_none(file: Extracted, limit: int) -> None:
    covered = {place for p in _passages(file, limit) for place in range(p.start, p.end)}
    wanted = {
        place
        for block in file.blocks
        for place in range(block.start, block.end)
        if block.kind != "noise" and not file.text[place].isspace() and file.text[place] != "\u200b"
    }
    found = {place for place in covered if not file.text[place].isspace() and file.text[place] != "\u200b"}
    assert found == wanted


@given(_files(), st.integers(20, 300))
def test_no_passage_goes_over_the_end_of_a_page(file: Extracted, limit: int) -> None:
    for passage in _passages(file, limit):
        assert not [page for page in file.pages if passage.start < page < passage.end]


@given(_files(), st.integers(20, 300))
def test_captions_are_passages_of_their_own(file: Extracted, limit: int) -> None:
    captions = [block for block in file.blocks if block.kind == "caption"]
    for passage in _passages(file, limit):
        held = [block for block in captions if block.start < passage.end and passage.start < block.end]
        assert bool(held) == passage.is_caption
        assert all(block.start <= passage.start and passage.end <= block.end for block in held)


@given(_files(), st.integers(20, 300))
def test_a_sentence_is_cut_only_when_it_alone_exceeds_the_limit(file: Extracted, limit: int) -> None:
    passages = _passages(file, limit)
    whole = [
        span
        for block in file.blocks
        if block.kind != "noise"
        for span in sentence_spans(file.text, block.start, block.end)
        if span[1] - span[0] <= limit
    ]
    assert [span for span in whole if not any(p.start <= span[0] and span[1] <= p.end for p in passages)] == []


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=400), st.integers(1, 50))
def test_any_text_at_all_is_split_into_slices_within_the_limit(text: str, limit: int) -> None:
    passages = _passages(Extracted(text, (Block(0, len(text), "text"),)), limit)
    assert all(text[p.start : p.end] == p.text and 0 < len(p.text) <= limit for p in passages)
    assert all(before.end <= after.start for before, after in pairwise(passages))


def test_what_has_no_blocks_has_no_passages() -> None:
    assert _passages(Extracted("Chữ.", ()), 200) == []


def test_front_matter_is_in_no_passage() -> None:
    assert _cut("---\ntitle: Họp\n---\n\nTỉnh cần làm.") == ["Tỉnh cần làm."]


def test_a_heading_opens_a_passage_and_stays_with_its_text() -> None:
    text = "# Một\n\nĐoạn một.\n\n## Hai\n\nĐoạn hai."
    assert _cut(text) == ["# Một\n\nĐoạn một.", "## Hai\n\nĐoạn hai."]


def test_a_passage_knows_its_path_of_headings() -> None:
    text = "# Một\n\nA.\n\n## Hai\n\nB.\n\n### Ba\n\nC.\n\n## Bốn\n\nD."
    assert [p.heading for p in _of_text(text)] == ["Một", "Một › Hai", "Một › Hai › Ba", "Một › Bốn"]


def test_a_heading_moves_on_when_its_text_no_longer_fits_behind_what_came_before() -> None:
    text = f"# Một\n# Hai\n{'x' * 30}."
    assert _cut(text, 38) == ["# Một", f"# Hai\n{'x' * 30}."]


def test_a_line_that_introduces_a_list_moves_on_with_the_first_item() -> None:
    filler, lead, item = "Mở đầu khá dài ở đây.", "Bộ đề nghị tỉnh:", "- lập kế hoạch năm năm;"
    assert _cut(f"{filler}\n{lead}\n{item}", 45) == [filler, f"{lead}\n{item}"]


_SPOKEN = "Tỉnh nên chọn hai xã làm thử, rút kinh nghiệm rồi mới nhân rộng ra toàn tỉnh."


@pytest.mark.parametrize(
    "lead",
    [
        "Theo Bộ trưởng Nguyễn Mạnh Hùng.",
        "Phát biểu tại buổi làm việc, Thứ trưởng Phạm Đức Long nhấn mạnh.",
        "Kết luận buổi họp, Chủ tịch tỉnh.",
        "Bộ trưởng cho biết",
        "Giám đốc Sở nêu rõ.",
        "Về phía Bộ Thông tin, hai vụ cùng dự.",
    ],
)
def test_a_line_that_says_whose_words_follow_moves_on_with_them(lead: str) -> None:
    filler = "Buổi làm việc bàn về hạ tầng ở các xã vùng sâu của tỉnh."
    limit = len(lead) + len(_SPOKEN) + 1
    assert _cut(f"{filler}\n{lead}\n{_SPOKEN}", limit) == [filler, f"{lead}\n{_SPOKEN}"]


@pytest.mark.parametrize(
    "line",
    ["Tỉnh đã làm xong việc ấy.", "Bộ trưởng cho biết tỉnh làm tốt.", "Theo kế hoạch, việc ấy đã xong.", "Họ họp."],
)
def test_any_other_line_stays_where_it_fits(line: str) -> None:
    filler = "Buổi làm việc bàn về hạ tầng ở các xã vùng sâu của tỉnh."
    limit = len(filler) + len(_SPOKEN)
    assert _cut(f"{filler}\n{line}\n{_SPOKEN}", limit) == [f"{filler}\n{line}", _SPOKEN]


def test_a_long_paragraph_is_no_attribution() -> None:
    filler, lead = "Mở đầu.", f"Theo Bộ trưởng {'rất ' * 60}vui."
    assert len(lead) > 250
    assert _cut(f"{filler}\n{lead}\n{_SPOKEN}", len(lead) + len(_SPOKEN)) == [f"{filler}\n{lead}", _SPOKEN]


def test_neighbouring_paragraphs_share_a_passage_up_to_the_limit() -> None:
    assert _cut("Một hai.\n\nBa bốn.\n\nNăm sáu.", 18) == ["Một hai.\n\nBa bốn.", "Năm sáu."]


@pytest.mark.parametrize("noise", _NOISE)
def test_noise_is_left_out_and_no_passage_spans_it(noise: str) -> None:
    assert _cut(f"Trước đó.\n{noise}\nSau đó.") == ["Trước đó.", "Sau đó."]


def test_a_caption_stands_apart_under_the_heading_it_was_found_under() -> None:
    found = _of_text("# Họp\nTrước đó.\nẢnh: Quang cảnh buổi họp.\nSau đó.")
    assert [(p.text, p.is_caption, p.heading) for p in found] == [
        ("# Họp\nTrước đó.", False, "Họp"),
        ("Ảnh: Quang cảnh buổi họp.", True, "Họp"),
        ("Sau đó.", False, "Họp"),
    ]


def test_a_passage_ends_with_its_page_and_its_heading_goes_on() -> None:
    writer = TextWriter()
    writer.new_page()
    writer.add("heading", "Ngân sách", 1)
    writer.add("text", "Một.")
    writer.new_page()
    writer.add("text", "Hai.")
    found = _passages(writer.extracted(), 200)
    assert [(p.text, p.heading) for p in found] == [("Ngân sách\n\nMột.", "Ngân sách"), ("Hai.", "Ngân sách")]


def test_rows_of_a_table_share_a_passage() -> None:
    writer = TextWriter()
    for row in ("Xã: A; Thuê bao: 1", "Xã: B; Thuê bao: 2"):
        writer.add("row", row)
    assert [p.text for p in _passages(writer.extracted(), 200)] == ["Xã: A; Thuê bao: 1\n\nXã: B; Thuê bao: 2"]


def test_a_sentence_over_the_limit_is_cut_at_a_space() -> None:
    assert _cut("một hai ba bốn năm sáu.", 12) == ["một hai ba", "bốn năm sáu."]


def test_a_word_over_the_limit_is_cut_at_the_limit() -> None:
    assert _cut("x" * 25 + ".", 10) == ["x" * 10, "x" * 10, "xxxxx."]


def test_ids_change_with_the_revision_so_that_two_never_mix() -> None:
    old = Document("d", "", "d.md", "a" * 64, "Cũ.")
    blocks = (Block(0, 3, "text"),)
    assert split(old, blocks, 200)[0].id != split(replace(old, sha256="b" * 64), blocks, 200)[0].id


def test_heading_text_drops_the_marks_of_markdown() -> None:
    assert [heading_text("## Ngân sách "), heading_text("Ngân sách")] == ["Ngân sách", "Ngân sách"]


@pytest.mark.parametrize("line", ["# Ngân sách", "Hạ tầng số", "I. Kết quả đạt được", "### 1."])
def test_a_heading_is_known_by_its_marks_or_by_ending_without_a_full_stop(line: str) -> None:
    assert is_heading(line)


@pytest.mark.parametrize("line", ["", "Tỉnh cần làm.", "Gồm:", "- một mục", "1) một mục", "a) một mục", "x" * 141])
def test_sentences_list_items_and_long_lines_are_no_headings(line: str) -> None:
    assert not is_heading(line)
