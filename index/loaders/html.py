"""Saved web pages: the main text without menus, share buttons and links to other news."""

import codecs
import datetime
import re
from collections.abc import Iterator
from typing import Any

import lxml.html
import trafilatura
from lxml import etree
from trafilatura.settings import Document

from index.errors import UnreadableDocumentError
from index.extracted import Extracted, Limits, TextWriter
from index.legacy import converted_remarks, detect, disguise_of, from_legacy
from index.loaders.html_blocks import Blocks, flat
from index.vietnamese import tidy

_MOST_BYTES = 20 << 20  # pictures apart; trafilatura takes a second for each of these MiB
# Below this trafilatura itself gives up on structure; and how much of the text outside of links it should find.
_LITTLE_CHARS = 250
_LITTLE_SHARE = 0.2
_CAPTION_CHARS = 600

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*(windows-125[0-8]|iso-8859-15?)\b", re.IGNORECASE)
_MARKUP = re.compile(rb"<(script|style)\b.*?</\1\s*>|<[^>]*>", re.IGNORECASE | re.DOTALL)
_EMBEDDED = re.compile(r"data:[\w/+.-]{1,80};base64,[\w+/=%-]+")
_CAPTION_CLASS = re.compile(r"caption|pic_?desc|image-?desc|chu-?thich", re.IGNORECASE)
_ASIDE_CLASS = re.compile(r"(?:^|\s)(?:related|lien-?quan|tin-?(?:khac|lien-?quan))", re.IGNORECASE)
_ASIDE = ("aside", "nav", "footer", "form")
_NOT_READ = ("script", "style", "noscript", "template", "iframe", "button", "select", "header", *_ASIDE)
_PUBLISHED = {"article:published_time", "og:published_time", "datepublished", "pubdate", "publishdate"}
_PUBLISHED |= {"dc.date", "dc.date.issued", "dc.date.created", "dcterms.issued", "dcterms.created"}
_JSON_DATE = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')
_DAY = re.compile(r"\b(\d{1,2})[/-](\d{1,2})[/-](\d{4})\b")
_HANOI = datetime.timezone(datetime.timedelta(hours=7))


def extract(content: bytes, limits: Limits) -> Extracted:
    """The main text of a page and the captions of its pictures; all of its text where no main text is found.

    Raises UnreadableDocumentError for a page that is too large, nested too deeply, or without text.
    """
    try:
        encoding, text = _decoded(content)
        tree = _parsed(text, limits)
        remarks = converted_remarks(encoding or _undo_disguise(tree))
        title, created = _title(tree), _created(tree)
        extracted = _written(tree).extracted(title=title, created=created, remarks=remarks)
    except UnreadableDocumentError:
        raise
    except Exception as exc:  # RecursionError among them: pages are as broken as they please
        raise _unreadable() from exc
    if not extracted.blocks:
        raise UnreadableDocumentError(
            "Trang web không có nội dung chữ.",
            "Nếu trang hiện nội dung bằng JavaScript, hãy mở trang, chép phần chữ vào tệp .txt hoặc in ra PDF.",
            "The page has no text. If a script shows it, copy what the browser shows, or print it as PDF.",
        )
    return extracted


def _parsed(text: str, limits: Limits) -> Any:
    page = _EMBEDDED.sub("", text).replace("\0", "").encode("utf-8", "replace")
    if len(page) > min(limits.unpacked_mib << 20, _MOST_BYTES):
        raise UnreadableDocumentError(
            "Trang web quá lớn.",
            "Hãy chép phần nội dung chính vào tệp .txt hoặc .docx.",
            "The page is too large. Copy its main text to a .txt or .docx file.",
        )
    # huge_tree allows 2048 elements within one another instead of 256; what lies beyond is lost, the rest with it.
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    tree = lxml.html.document_fromstring(page, parser=parser)
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise _unreadable()
    return tree


def _decoded(content: bytes) -> tuple[str, str]:
    """The name of an encoding from before Unicode where the page was in one, and the page's text.

    By the byte-order mark; else as UTF-8, which other text hardly ever is by chance; else by the syllables it makes;
    else as the page says, which those who wrote in TCVN3 or VNI had to say wrong.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return "", content[len(mark) :].decode(encoding, "replace")
    try:
        return "", detect(content)[1] if b"\0" in content else content.decode("utf-8")
    except (UnicodeDecodeError, UnreadableDocumentError):
        stated = _CHARSET.search(content[:4096])
        name = _old_name(content)
        if name:
            return name, from_legacy(content, name)
        return "", content.decode(stated[1].decode() if stated else "utf-8", "replace")


def _old_name(content: bytes) -> str:
    try:
        name, _ = detect(_MARKUP.sub(b" ", content))
    except UnreadableDocumentError:
        return ""
    return name if name in ("tcvn3", "vni", "cp1258") else ""


def _undo_disguise(tree: Any) -> str:
    """Convert a page of TCVN3 or VNI that passes for Western European; the name of what it was, or nothing."""
    shown = [element for element in tree.iter("*") if element.tag not in ("script", "style")]
    disguise = disguise_of(text for element in shown for text in (element.text, element.tail) if text)
    if not disguise:
        return ""
    for element in shown:
        element.text, element.tail = (text and disguise.undone(text) for text in (element.text, element.tail))
        if element.get("content"):
            element.set("content", disguise.undone(element.get("content")))
    return disguise.name


def _written(tree: Any) -> TextWriter:
    captions = _free_captions(tree)
    found = trafilatura.bare_extraction(tree, favor_recall=True, include_comments=False, include_formatting=True)
    main = found.body if isinstance(found, Document) else None
    etree.strip_elements(tree, *_NOT_READ, with_tail=False)
    plain = sum(len(text.strip()) for text in tree.xpath("//body//text()[not(ancestor::a)]"))
    chars = 0 if main is None else sum(len(text.strip()) for text in main.itertext())
    if chars < max(_LITTLE_CHARS, _LITTLE_SHARE * plain):
        articles = tree.xpath("//main") or tree.xpath("//article")
        main = articles[0] if len(articles) == 1 else tree.find("body")
    blocks = Blocks(captions)
    if main is not None:
        blocks.add_tree(main)
    for caption in captions:  # that lie outside of what was taken for the main text
        blocks.add("caption", caption)
    return blocks.writer


def _free_captions(tree: Any) -> list[str]:
    """The captions of the page's pictures, made paragraphs of: trafilatura drops figures with all they hold."""
    found = {element: caption for element in tree.iter("*") if (caption := _caption(element))}
    inner = {element for element in found if any(outer in found for outer in element.iterancestors())}
    captions = {element: caption for element, caption in found.items() if element not in inner}
    for element, caption in captions.items():
        element.clear(keep_tail=True)
        element.tag, element.text = element.tag if element.tag in ("td", "th") else "p", caption
        for paragraph in element.iterancestors("p"):  # which would swallow it
            paragraph.tag = "div"
    for figure in list(tree.iter("figure")):
        etree.strip_tags(figure, "a")
        etree.strip_elements(figure, "img", "picture", "noscript", with_tail=False)
        figure.drop_tag()
    return list(dict.fromkeys(captions.values()))


def _caption(element: Any) -> str:
    """The text of an element that holds a picture's caption and nothing else, empty for any other."""
    if element.tag == "table":
        # A picture with its caption in the cell below.
        cells = [cell for cell in element.iter("td", "th") if flat(cell)]
        is_caption = len(cells) == 1 and element.find(".//img") is not None
    else:
        named = _CAPTION_CLASS.search(element.get("class", "")) and element.find(".//figcaption") is None
        is_caption = element.tag == "figcaption" or bool(named)
    text = flat(element) if is_caption and not any(map(_is_aside, element.iterancestors())) else ""
    return text if len(text) <= _CAPTION_CHARS else ""


def _is_aside(element: Any) -> bool:
    names = f"{element.get('class', '')} {element.get('id', '')}"
    return element.tag in _ASIDE or element.tag == "a" or bool(_ASIDE_CLASS.search(names))


def _title(tree: Any) -> str:
    """What the page calls itself, without the site's name where its heading shows that this is added."""
    shared = map(tidy, tree.xpath("//meta[@property='og:title' or @name='og:title']/@content"))
    headings = map(flat, tree.xpath("//h1[not(ancestor::header) or ancestor::article]"))
    heading = next(filter(None, headings), "")
    title = next(filter(None, shared), "") or heading or tidy(tree.findtext(".//title") or "")
    rest = title.removeprefix(heading).lstrip()
    return heading if heading and rest != title and rest[:1] in ("-", "–", "|", "»", "") else title


def _created(tree: Any) -> str:
    """The ISO date that the page states in so many words, in Vietnam; the first that exists."""
    return next(filter(None, map(_iso_date, _stated_dates(tree))), "")


def _stated_dates(tree: Any) -> Iterator[str]:
    for meta in tree.iter("meta"):
        names = {meta.get(name, "").lower() for name in ("property", "name", "itemprop")}
        if names & _PUBLISHED:
            yield meta.get("content", "")
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        yield from _JSON_DATE.findall(script)
    times = tree.xpath("//*[@itemprop='datePublished']") or tree.xpath("//article//time | //main//time")
    every = times or tree.xpath("//time")
    # Where several stand outside of an article they may be those of other news.
    if times or len({time.get("datetime") or flat(time) for time in every}) == 1:
        yield every[0].get("datetime") or every[0].get("content") or flat(every[0])


def _iso_date(stated: str) -> str:
    day = _DAY.search(stated)
    try:
        if day:
            return datetime.date(int(day[3]), int(day[2]), int(day[1])).isoformat()
        moment = datetime.datetime.fromisoformat(stated.strip())
        return (moment.astimezone(_HANOI) if moment.tzinfo else moment).date().isoformat()
    except (ValueError, OverflowError):
        return ""


def _unreadable() -> UnreadableDocumentError:
    return UnreadableDocumentError(
        "Không đọc được trang web: cấu trúc HTML bị hỏng hoặc lồng nhau quá sâu.",
        "Hãy mở trang bằng trình duyệt rồi in ra PDF, hoặc chép phần chữ vào tệp .txt.",
        "The page cannot be read: its HTML is broken or nested too deeply. Print it as PDF, or copy its text.",
    )
