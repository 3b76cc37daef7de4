"""Cutting documents into passages: the promises of `split` for any text, then the rules one by one."""

from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.records import Document, Passage
from index.sentences import sentence_spans
from index.split import heading_text, is_heading, split

_SYLLABLES = (
    "tỉnh",
    "Đồng",
    "Tháp",
    "cần",
    "ít",
    "nhất",
    "1%",
    "CNTT,",
    "(TP.",
    "Sa",
    "Đéc)",
    "30/6/2021",
    "“số”",
    "v.v.",
)
_NOISE = (
    "![ảnh họp](anh/1.png)",
    "hop-bao.JPG",
    "---",
    "****",
    "Xem toàn văn tại đây: tệp.pdf",
    "Chia sẻ",
    "In trang.",
)
_HEADERS = ("---\ntitle: Họp\n---\n", "\ufeff---\r\ntitle: Họp\r\n---\r\n", "\ufeffLời mở đầu.\n", "Lời mở đầu.\n")
_LINE_ENDS = ("\n", "\r\n", "\n\n", "\r", " \t\n", "\n\u00a0\n", "\u2028", "\x0b")
# Neither dashes nor asterisks nor Latin words: such a line can never be taken for noise.
_ODD = st.text("aàđEÔ12 .,:;?…#\t\u00a0\u200b\u0301\u3000“”()🙂", max_size=120)


@dataclass(frozen=True)
class _Line:
    start: int
    end: int
    is_noise: bool


# Words, long words, and what stands between sentences; none begins or ends like noise.
_TOKENS = (*(f"{word} " for word in _SYLLABLES), "x" * 30, "y" * 90 + " ", ". ", ".", "! ", "… ", ".” ", ": ", "; ")
_OPENINGS = ("", "", "# ", "### ", "- ", "1. ", "a) ", "  ")
_PLAIN = st.builds(
    lambda opening, tokens: opening + "".join(tokens),
    st.sampled_from(_OPENINGS),
    st.lists(st.sampled_from(_TOKENS), min_size=1, max_size=30),
)


@st.composite
def _texts(draw: st.DrawFn) -> tuple[str, list[_Line]]:
    """A document and the lines of its body."""
    text, lines = draw(st.sampled_from(_HEADERS)), []
    if "title" not in text:
        lines.append(_Line(0, len(text), is_noise=False))
    noise = st.sampled_from(_NOISE).map(lambda line: (line, True))
    other = st.one_of(_PLAIN, _PLAIN, _ODD).map(lambda line: (line, False))
    for line, is_noise in draw(st.lists(st.one_of(other, other, noise), max_size=8)):
        full = line + draw(st.sampled_from(_LINE_ENDS))
        lines.append(_Line(len(text), len(text) + len(full), is_noise))
        text += full
    return text, lines


def _document(text: str) -> Document:
    return Document(id="d", title="Họp", source="d.md", sha256="0123456789abcdef", text=text)


def _passages(text: str, limit: int) -> list[Passage]:
    return split(_document(text), limit)


def _cut(text: str, limit: int = 200) -> list[str]:
    return [passage.text for passage in _passages(text, limit)]


@given(_texts(), st.integers(20, 300))
def test_a_passage_is_a_slice_in_order_without_overlap_and_within_the_limit(
    made: tuple[str, list[_Line]], limit: int
) -> None:
    text, _ = made
    passages = _passages(text, limit)
    assert [text[p.start : p.end] for p in passages] == [p.text for p in passages]
    assert all(before.end <= after.start for before, after in pairwise(passages))
    assert all(0 < len(p.text) <= limit and p.text == p.text.strip() for p in passages)
    assert len({p.id for p in passages}) == len(passages)


@given(_texts(), st.integers(20, 300))
def test_every_character_that_matters_lies_in_a_passage_and_noise_in_none(
    made: tuple[str, list[_Line]], limit: int
) -> None:
    text, lines = made
    covered = {place for p in _passages(text, limit) for place in range(p.start, p.end)}
    wanted = {
        place
        for line in lines
        for place in range(line.start, line.end)
        if not line.is_noise and not text[place].isspace() and text[place] != "\ufeff"
    }
    assert {place for place in covered if not text[place].isspace()} == wanted


@given(_texts(), st.integers(20, 300))
def test_a_sentence_is_cut_only_when_it_alone_exceeds_the_limit(made: tuple[str, list[_Line]], limit: int) -> None:
    text, lines = made
    passages = _passages(text, limit)
    whole = [
        span
        for line in lines
        if not line.is_noise
        for start, end in _physical_lines(text, line)
        for span in sentence_spans(text, start, end)
        if span[1] - span[0] <= limit
    ]
    assert [span for span in whole if not any(p.start <= span[0] and span[1] <= p.end for p in passages)] == []


def _physical_lines(text: str, line: _Line) -> list[tuple[int, int]]:
    position, spans = line.start, []
    for piece in text[line.start : line.end].splitlines(keepends=True):
        spans.append((position, position + len(piece)))
        position += len(piece)
    return spans


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="-"), max_size=400), st.integers(1, 50))
def test_any_text_at_all_is_split_into_slices_within_the_limit(text: str, limit: int) -> None:
    passages = _passages(text, limit)
    assert all(text[p.start : p.end] == p.text and 0 < len(p.text) <= limit for p in passages)
    assert all(before.end <= after.start for before, after in pairwise(passages))


def test_front_matter_is_in_no_passage() -> None:
    assert _cut("---\ntitle: Họp\n---\n\nTỉnh cần làm.") == ["Tỉnh cần làm."]


def test_a_heading_opens_a_passage_and_stays_with_its_text() -> None:
    text = "# Một\n\nĐoạn một.\n\n## Hai\n\nĐoạn hai."
    assert _cut(text) == ["# Một\n\nĐoạn một.", "## Hai\n\nĐoạn hai."]


def test_a_passage_knows_its_path_of_headings() -> None:
    text = "# Một\n\nA.\n\n## Hai\n\nB.\n\n### Ba\n\nC.\n\n## Bốn\n\nD."
    assert [p.heading for p in _passages(text, 200)] == ["Một", "Một › Hai", "Một › Hai › Ba", "Một › Bốn"]


def test_a_heading_moves_on_when_its_text_no_longer_fits_behind_what_came_before() -> None:
    text = f"# Một\n# Hai\n{'x' * 30}."
    assert _cut(text, 38) == ["# Một", f"# Hai\n{'x' * 30}."]


def test_a_line_that_introduces_a_list_moves_on_with_the_first_item() -> None:
    filler, lead, item = "Mở đầu khá dài ở đây.", "Bộ đề nghị tỉnh:", "- lập kế hoạch năm năm;"
    assert _cut(f"{filler}\n{lead}\n{item}", 45) == [filler, f"{lead}\n{item}"]


def test_neighbouring_paragraphs_share_a_passage_up_to_the_limit() -> None:
    assert _cut("Một hai.\n\nBa bốn.\n\nNăm sáu.", 18) == ["Một hai.\n\nBa bốn.", "Năm sáu."]


@pytest.mark.parametrize("noise", _NOISE)
def test_noise_is_left_out_and_no_passage_spans_it(noise: str) -> None:
    assert _cut(f"Trước đó.\n{noise}\nSau đó.") == ["Trước đó.", "Sau đó."]


def test_words_that_only_begin_like_noise_stay() -> None:
    text = "Chia sẻ dữ liệu giữa các sở là việc bắt buộc."
    assert _cut(text) == [text]


def test_a_sentence_over_the_limit_is_cut_at_a_space() -> None:
    assert _cut("một hai ba bốn năm sáu.", 12) == ["một hai ba", "bốn năm sáu."]


def test_a_word_over_the_limit_is_cut_at_the_limit() -> None:
    assert _cut("x" * 25 + ".", 10) == ["x" * 10, "x" * 10, "xxxxx."]


def test_ids_change_with_the_content_so_that_revisions_never_mix() -> None:
    old, new = Document("d", "", "d.md", "a" * 64, "Cũ."), Document("d", "", "d.md", "b" * 64, "Mới.")
    assert split(old, 200)[0].id != split(new, 200)[0].id


def test_heading_text_drops_the_marks_of_markdown() -> None:
    assert [heading_text("## Ngân sách "), heading_text("Ngân sách")] == ["Ngân sách", "Ngân sách"]


@pytest.mark.parametrize("line", ["# Ngân sách", "Hạ tầng số", "I. Kết quả đạt được", "### 1."])
def test_a_heading_is_known_by_its_marks_or_by_ending_without_a_full_stop(line: str) -> None:
    assert is_heading(line)


@pytest.mark.parametrize("line", ["", "Tỉnh cần làm.", "Gồm:", "- một mục", "1) một mục", "a) một mục", "x" * 141])
def test_sentences_list_items_and_long_lines_are_no_headings(line: str) -> None:
    assert not is_heading(line)
