"""Saved pages: the main text, its captions, and what the page says of itself."""

import socket
import unicodedata

import pytest

from index.errors import UnreadableDocumentError
from index.extracted import Extracted, Limits
from index.loaders.html import extract
from tests.index.loaders.checks import COPIES, require_sound, settled, shown

LIMITS = Limits()
_FIRST = (
    "Sáng 5/3, Ủy ban nhân dân huyện Bình An tổ chức hội nghị tổng kết chuyển đổi số năm 2020 tại hội trường huyện."
)
_SECOND = (
    "Theo báo cáo, toàn huyện có 35 xã và thị trấn, trong đó 30 xã đã có bộ phận một cửa điện tử hoạt động ổn định."
)
_THIRD = "Tỷ lệ hồ sơ nộp trực tuyến đạt 45%, tăng 12 điểm so với năm trước; huyện đào tạo 120 cán bộ về kỹ năng số."
_MENU = '<nav><ul><li><a href="/">Trang chủ</a></li><li><a href="/vb">Văn bản</a></li></ul></nav>'
_FOOTER = "<footer>Bản quyền thuộc về huyện Bình An. Điện thoại 0123</footer>"


def _paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def _page(body: str, head: str = "") -> bytes:
    return f'<!DOCTYPE html><html><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'.encode()


def _article(body: str) -> list[tuple[str, str]]:
    """Blocks of an article of three paragraphs and of what stands between the last two of them."""
    first, second, third = _paragraphs(_FIRST), _paragraphs(_SECOND), _paragraphs(_THIRD)
    content = _page(f'{_MENU}<div class="content">{first}{second}{body}{third}</div>{_FOOTER}')
    blocks = shown(_extracted(content))
    assert blocks[:2] == [("text", _FIRST), ("text", _SECOND)]
    assert blocks[-1] == ("text", _THIRD)
    return blocks[2:-1]


def _extracted(content: bytes) -> Extracted:
    extracted = extract(content, LIMITS)
    require_sound(extracted)
    return extracted


def test_the_main_text_comes_without_menus_share_buttons_and_other_news() -> None:
    related = (
        '<div class="related"><h3>Tin liên quan</h3><ul><li><a href="/1">Xã Hòa Sơn mở trang mới</a></li></ul></div>'
    )
    share = '<div class="share"><a href="#">Chia sẻ</a> <a href="#">In trang</a></div>'
    article = f"<h1>Hội nghị tổng kết</h1>{share}{_paragraphs(_FIRST, _SECOND, _THIRD)}{related}"
    content = _page(f"{_MENU}<div>{article}</div><aside><h3>Tin mới</h3></aside>{_FOOTER}<script>var a = 'x';</script>")
    extracted = _extracted(content)
    assert extracted.title == "Hội nghị tổng kết"
    assert shown(extracted) == [("text", _FIRST), ("text", _SECOND), ("text", _THIRD)]


def test_headings_and_bold_lines_are_headings() -> None:
    assert _article("<h2>Số liệu các xã</h2><p>Đoạn 1.</p><p><strong>Kết quả nổi bật</strong></p><p>Đoạn 2.</p>") == [
        ("heading 2", "Số liệu các xã"),
        ("text", "Đoạn 1."),
        ("heading 3", "Kết quả nổi bật"),
        ("text", "Đoạn 2."),
    ]


def test_bold_sentences_and_bold_words_are_text() -> None:
    assert [
        kind for kind, _ in _article("<p><b>Huyện đã hoàn thành 12 chỉ tiêu.</b></p><p>Đạt <b>98%</b> số thôn</p>")
    ] == [
        "text",
        "text",
    ]


def test_items_of_lists_stay_apart_also_in_lists_within() -> None:
    assert _article(
        "<ul><li>Phủ sóng <b>98%</b> số thôn<ul><li>35 xã</li><li>2 phố</li></ul></li><li>Đào tạo</li></ul>"
    ) == [
        ("item", "Phủ sóng 98% số thôn"),
        ("item", "35 xã"),
        ("item", "2 phố"),
        ("item", "Đào tạo"),
    ]


def test_rows_of_tables_name_their_headings() -> None:
    rows = "<tr><td>Hòa Sơn</td><td>12</td></tr><tr><td>Tân Lập</td><td>9</td></tr>"
    assert _article(f"<table><tr><th>Xã</th><th>Số thôn</th></tr>{rows}</table>") == [
        ("row", "Xã: Hòa Sơn; Số thôn: 12."),
        ("row", "Xã: Tân Lập; Số thôn: 9."),
    ]


def test_merged_cells_keep_the_columns_in_place() -> None:
    table = """<table><tr><td rowspan=2>Xã</td><td colspan=2>Hồ sơ</td></tr><tr><td>Đã xử lý</td><td>Quá hạn</td></tr>
    <tr><td>Hòa Sơn</td><td>120</td><td>3</td></tr></table>"""
    assert _article(table) == [("row", "Xã: Hòa Sơn; Hồ sơ – Đã xử lý: 120; Hồ sơ – Quá hạn: 3.")]


@pytest.mark.parametrize(
    "figure",
    [
        "<figure><img src=a.jpg><figcaption>{}</figcaption></figure>",
        "<figure><a href=a.jpg><img src=a.jpg></a><figcaption>{}</figcaption></figure>",
        "<p><figure><img src=a.jpg><figcaption><p>{}</p></figcaption></figure></p>",
        '<div class="wp-caption"><img src=a.jpg><p class="wp-caption-text">{}</p></div>',
        '<table class="tplCaption"><tr><td><img src=a.jpg></td></tr><tr><td class="Image">{}</td></tr></table>',
        '<div><img src=a.jpg></div><div class="PhotoCMS_Caption">{}</div>',
    ],
)
@pytest.mark.parametrize("caption", ["Ảnh: Đại biểu dự hội nghị", "Quang cảnh hội trường 200 chỗ", "Họp"])
def test_captions_are_kept_once_in_their_place(figure: str, caption: str) -> None:
    assert _article(figure.format(caption)) == [("caption", caption)]


def test_lines_that_begin_like_captions_are_captions() -> None:
    assert _article("<p><img src=a.jpg><br><em>Ảnh: Đại biểu dự hội nghị</em></p>") == [
        ("caption", "Ảnh: Đại biểu dự hội nghị")
    ]


def test_several_pictures_in_a_row_keep_their_captions_in_order() -> None:
    captions = [f"Hình {number}. Người dân nộp hồ sơ tại quầy số {number}" for number in range(1, 5)]
    figures = "".join(f"<figure><img src={at}.jpg><figcaption>{at}</figcaption></figure>" for at in captions)
    assert _article(f'<div class="gallery">{figures}</div>') == [("caption", caption) for caption in captions]


def test_the_caption_of_a_picture_outside_of_the_main_text_is_kept() -> None:
    lead = '<div class="lead-image"><figure><img><figcaption>Trung tâm có 48 điểm giám sát</figcaption></figure></div>'
    text = f'<div class="content">{_paragraphs(_FIRST, _SECOND, _THIRD)}</div>'
    blocks = shown(_extracted(_page(f'<div class="wrap">{lead}{text}</div>')))
    assert blocks.count(("caption", "Trung tâm có 48 điểm giám sát")) == 1


def test_captions_of_other_news_are_left_out() -> None:
    other = "<aside><figure><img><figcaption>Tin khác trong ngày</figcaption></figure></aside>"
    linked = '<a href="/2"><figure><img><figcaption>Tin khác trong tuần</figcaption></figure></a>'
    text = f'<div class="content">{_paragraphs(_FIRST, _SECOND, _THIRD)}</div>'
    assert "Tin khác" not in _extracted(_page(text + other + linked)).text


def test_breaks_part_blocks_but_not_sentences() -> None:
    assert _article(
        "<p>Các xã rà soát,<br>cập nhật dữ liệu.<br><br><b>Giải pháp</b><br>Giao Văn phòng theo dõi.</p>"
    ) == [
        ("text", "Các xã rà soát, cập nhật dữ liệu."),
        ("heading 3", "Giải pháp"),
        ("text", "Giao Văn phòng theo dõi."),
    ]


@pytest.mark.parametrize(
    "line", ["Chia sẻ", "In trang | Gửi email", "Lượt xem: 1.205", "hop-bao.jpg", "© 2021 Huyện Bình An"]
)
def test_what_share_bars_leave_behind_is_noise(line: str) -> None:
    assert ("noise", line) in shown(_extracted(_page(_paragraphs("Mời họp lúc 8 giờ ngày 3/4/2021.", line))))


def test_a_short_page_is_read_as_it_stands() -> None:
    article = "<article><h1>Thông báo</h1><p>Mời họp lúc 8 giờ ngày 3/4/2021.</p>{}</article><form>Tìm kiếm</form>"
    figure = "<figure><img><figcaption>Phòng số 2</figcaption></figure>"
    assert shown(_extracted(_page(_MENU + article.format(figure) + _FOOTER))) == [
        ("heading 1", "Thông báo"),
        ("text", "Mời họp lúc 8 giờ ngày 3/4/2021."),
        ("caption", "Phòng số 2"),
    ]


def test_links_alone_in_lists_of_a_short_page_are_noise() -> None:
    links = "<ul><li><a href=1>Trang chủ</a></li><li>Xem <a href=2>văn bản</a></li></ul>"
    assert shown(_extracted(_page(f"<div>{links}<p>Mời họp.</p></div>"))) == [
        ("noise", "Trang chủ"),
        ("item", "Xem văn bản"),
        ("text", "Mời họp."),
    ]


def test_a_page_laid_out_as_a_table_is_read_as_text() -> None:
    inner = "<table><tr><th>Xã</th><th>Số thôn</th></tr><tr><td>Hòa Sơn</td><td>12</td></tr></table>"
    content = _page(f"<table><tr><td><p>Thông báo số 5.</p></td><td>{inner}</td></tr></table>")
    assert shown(_extracted(content)) == [("text", "Thông báo số 5."), ("row", "Xã: Hòa Sơn; Số thôn: 12.")]


@pytest.mark.parametrize(
    ("head", "heading", "title"),
    [
        ('<meta property="og:title" content="Hội nghị  tổng kết"><title>Khác</title>', "Khác", "Hội nghị tổng kết"),
        ("<title>Hội nghị - Cổng thông tin</title>", "Hội nghị", "Hội nghị"),
        ('<meta property="og:title" content="Hội nghị | Bình An">', "Hội nghị", "Hội nghị"),
        ('<meta property="og:title" content="Hội nghị - Đợt 2">', "", "Hội nghị - Đợt 2"),
        ("<title>Hội nghị - Cổng thông tin</title>", "", "Hội nghị - Cổng thông tin"),
        ('<meta property="og:title" content="Hội nghị tổng kết">', "Hội nghị", "Hội nghị tổng kết"),
        ("", "", ""),
    ],
)
def test_the_title_is_that_of_the_page_without_the_name_of_the_site(head: str, heading: str, title: str) -> None:
    body = f"<h1>{heading}</h1>" if heading else ""
    assert _extracted(_page(body + _paragraphs(_FIRST), head)).title == title


@pytest.mark.parametrize(
    ("head", "body", "created"),
    [
        ('<meta property="article:published_time" content="2021-03-05T08:00:00+07:00">', "", "2021-03-05"),
        ('<meta property="article:published_time" content="2021-03-04T23:00:00Z">', "", "2021-03-05"),
        ('<meta name="pubdate" content="05/03/2021">', "", "2021-03-05"),
        ('<meta itemprop="datePublished" content="2021-03-05">', "", "2021-03-05"),
        ('<script type="application/ld+json">{"datePublished": "2021-03-05 08:00:00"}</script>', "", "2021-03-05"),
        ("", '<span itemprop="datePublished">5/3/2021</span>', "2021-03-05"),
        ("", '<article><time datetime="2021-03-05">Thứ Sáu</time></article><time>1/1/2020</time>', "2021-03-05"),
        ("", '<time datetime="2021-03-05T08:00">Thứ Sáu</time>', "2021-03-05"),
        ("", "<time>5/3/2021</time><time>6/3/2021</time>", ""),
        ('<meta name="pubdate" content="30/02/2021">', "", ""),
        ('<link rel="canonical" href="https://vi.du/2021/03/05/tin.html">', "", ""),
        ("", "<p>Cập nhật ngày 5/3/2021.</p>", ""),
    ],
)
def test_the_date_is_only_what_the_page_states(head: str, body: str, created: str) -> None:
    assert _extracted(_page(body + _paragraphs(_FIRST), head)).created == created


def test_the_encoding_is_found_by_mark_by_trial_and_by_what_the_page_says() -> None:
    page = "<html><head><meta charset='windows-1258'></head><body><p>Đồng bằng sông Hồng, số 5.</p></body></html>"
    for content in (page.encode(), page.encode("utf-8-sig"), page.encode("utf-16")):
        assert _extracted(content).text == "Đồng bằng sông Hồng, số 5."
    # Windows-1258 writes tone marks as letters of their own.
    apart = page.replace("ằ", "ă\u0300").replace("ồ", "ô\u0300").replace("ố", "ô\u0301")
    assert _extracted(apart.encode("cp1258")).text == "Đồng bằng sông Hồng, số 5."


def test_text_is_composed_and_without_invisible_characters() -> None:
    decomposed = unicodedata.normalize("NFD", _FIRST) + "\u200b\u00ad"
    assert _extracted(_page(_paragraphs(decomposed))).text == _FIRST


def test_pictures_within_the_page_do_not_count() -> None:
    picture = f'<img src="data:image/png;base64,{"A" * 25_000_000}">'
    assert _extracted(_page(picture + _paragraphs(_FIRST))).text == _FIRST


def test_entities_of_files_are_not_read() -> None:
    evil = b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body><p>So 5 &x;</p></body></html>'
    assert "root" not in _extracted(evil).text


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(socket.socket, "connect", refuse)
    frame = '<link rel="stylesheet" href="https://vi.du/a.css"><iframe src="https://vi.du/b"></iframe><img src="https://vi.du/c">'
    assert _FIRST in _extracted(_page(frame + _paragraphs(_FIRST, _SECOND, _THIRD))).text


@pytest.mark.parametrize("depth", [300, 1500])
def test_pages_are_read_however_deep_a_browser_would_show_them(depth: int) -> None:
    body = "<div>" * depth + _paragraphs(_FIRST) + "</div>" * depth
    assert shown(_extracted(_page(body))) == [("text", _FIRST)]


@pytest.mark.parametrize("tag", ["div", "b", "table><tr><td", "ul><li"])
def test_a_hundred_thousand_elements_within_one_another_are_refused(tag: str) -> None:
    with pytest.raises(UnreadableDocumentError, match="quá sâu"):
        extract(_page(_paragraphs(_FIRST) + f"<{tag}>" * 100_000 + "x"), LIMITS)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "hỏng"),
        (b"<html></html>", "không có nội dung"),
        (_page("<script>document.write('x')</script><div id=app></div>"), "JavaScript"),
        (_page("<p>x</p>" * 300_000), "quá lớn"),
    ],
)
def test_what_holds_no_text_or_too_much_is_refused(content: bytes, message: str) -> None:
    with pytest.raises(UnreadableDocumentError, match=message):
        extract(content, Limits(unpacked_mib=2))


def test_damaged_pages_are_read_or_refused() -> None:
    table = "<table><tr><th>Xã</th><th>Số</th></tr><tr><td colspan=2>Hòa Sơn</td></tr></table>"
    figure = "<figure><img><figcaption>Ảnh: Hội nghị</figcaption></figure>"
    assert (
        settled(extract, _page(f"{_MENU}<h1>Tin</h1>{_paragraphs(_FIRST, _SECOND)}{figure}{table}{_FOOTER}")) == COPIES
    )
