"""Text files from before Unicode: the tables letter by letter, telling encodings apart, leaving others alone."""

import unicodedata
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import UnreadableDocumentError
from index.legacy import detect, from_cp1258, from_tcvn3, from_vni, is_spelt, mend

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_TONED = {unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in _TONES}
_LETTERS = _TONED | {*"ăâđêôơư"}

# TCVN 5712:1993, VN3, in order of the codes.
_TCVN3_LETTERS = "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
_TCVN3_CODES = bytes.fromhex(
    "A1A2A3A4A5A6A7A8A9AAABACADAE B5B6B7B8B9 BBBCBDBE C6C7C8C9CACBCC CECFD0D1D2D3D4D5D6D7D8 DCDDDEDF"
    "E1E2E3E4E5E6E7E8E9EAEBECEDEEEF F1F2F3F4F5F6F7F8F9FAFBFCFDFE"
).decode("latin-1")
_TO_TCVN3 = dict(zip(_TCVN3_LETTERS, _TCVN3_CODES, strict=True))

_VNI_LETTERS = (
    "á à ả ã ạ â ấ ầ ẩ ẫ ậ ă ắ ằ ẳ ẵ ặ é è ẻ ẽ ẹ ê ế ề ể ễ ệ í ì ỉ ĩ ị ó ò ỏ õ ọ ô ố ồ ổ ỗ ộ ơ ớ ờ ở ỡ ợ "
    "ú ù ủ ũ ụ ư ứ ừ ử ữ ự ý ỳ ỷ ỹ ỵ đ"
)
_VNI_CODES = (
    "aù aø aû aõ aï aâ aá aà aå aã aä aê aé aè aú aü aë eù eø eû eõ eï eâ eá eà eå eã eä í ì æ ó ò où oø oû oõ oï "
    "oâ oá oà oå oã oä ô ôù ôø ôû ôõ ôï uù uø uû uõ uï ö öù öø öû öõ öï yù yø yû yõ î ñ"
)
_TO_VNI = dict(zip(_VNI_LETTERS.split(), _VNI_CODES.split(), strict=True))
_TO_VNI |= {letter.upper(): code.upper() for letter, code in _TO_VNI.items()}

_PARAGRAPH = (
    "Sở Kế hoạch và Đầu tư phối hợp với các huyện rà soát quy hoạch, bố trí vốn cho những tuyến đường còn dang dở.\n"
    "Trước ngày 30 tháng 9, từng đơn vị gửi báo cáo bằng văn bản; chỗ nào vướng mắc thì nêu rõ để được tháo gỡ.\n"
    "Văn phòng tổng hợp ý kiến, trình lãnh đạo tỉnh xem xét, quyết định: 3 mục tiêu, 12 nhiệm vụ (kể cả việc nhỏ)."
)
_ENGLISH = (
    "The naïve résumé of a café owner in Zürich: “We paid £5 – about €6 – for the façade”, he said. "
    "Heated to 90 °C, the sample weighed 12 µg; see § 4 of the Noël & Müller report © 1999."
)
_FRENCH = (
    "À la réunion, le président a déclaré que les régions « où l'été est sec » doivent être aidées dès à présent. "
    "Le café était fermé, mais la forêt, elle, reste très étendue jusqu'à la côte ; c'est là que naît le problème."
)


def to_tcvn3(text: str) -> str:
    return "".join(_TO_TCVN3.get(char, char) for char in text)


def to_vni(text: str) -> str:
    return "".join(_TO_VNI.get(char, char) for char in text)


def to_cp1258(text: str) -> str:
    """Tones apart wherever the code page has no letter with its tone."""
    written = b""
    for char in text:
        try:
            written += char.encode("cp1258")
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", char)
            tone = next(part for part in parts if part in _TONES)
            written += (unicodedata.normalize("NFC", parts.replace(tone, "")) + tone).encode("cp1258")
    return written.decode("cp1252")


_ENCODERS: dict[str, Callable[[str], str]] = {"tcvn3": to_tcvn3, "vni": to_vni, "cp1258": to_cp1258}
_encodings = pytest.mark.parametrize("name", _ENCODERS)
_disguises = pytest.mark.parametrize("name", ["tcvn3", "vni"])


def _encoded(name: str, text: str) -> bytes:
    return _ENCODERS[name](text).encode("cp1252")


def test_the_tests_tables_hold_every_letter_of_the_alphabet() -> None:
    assert len(_LETTERS) == 67
    assert {*_TCVN3_LETTERS} == _LETTERS | {*"ĂÂÊÔƠƯĐ"}
    assert {*_TO_VNI} == _LETTERS | {letter.upper() for letter in _LETTERS}


@pytest.mark.parametrize(("letter", "code"), _TO_TCVN3.items())
def test_every_letter_of_tcvn3_is_converted(letter: str, code: str) -> None:
    assert from_tcvn3(code) == letter


@pytest.mark.parametrize(("letter", "code"), _TO_VNI.items())
def test_every_letter_of_vni_is_converted(letter: str, code: str) -> None:
    assert from_vni(code) == letter


@pytest.mark.parametrize("letter", sorted(_LETTERS | {letter.upper() for letter in _LETTERS}))
def test_every_letter_of_windows_1258_is_converted(letter: str) -> None:
    assert from_cp1258(to_cp1258(letter)) == letter


@pytest.mark.parametrize("code", [chr(code) for code in range(0xA0, 0x100) if chr(code) not in _TCVN3_CODES])
def test_codes_that_tcvn3_does_not_use_stay(code: str) -> None:
    assert from_tcvn3(code) == code


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Céng hßa x· héi chñ nghÜa ViÖt Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("§éc lËp - Tù do - H¹nh phóc", "Độc lập - Tự do - Hạnh phúc"),
        ("tr\u00adêng THPT \u00adu tiªn", "trường THPT ưu tiên"),
    ],
)
def test_tcvn3_as_it_is_met(written: str, read: str) -> None:
    assert from_tcvn3(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("Ñoäc laäp - Töï do - Haïnh phuùc", "Độc lập - Tự do - Hạnh phúc"),
        ("ngöôøi Myõ, quyù khaùch, kyû luaät, Lyù Thaùi Toå", "người Mỹ, quý khách, kỷ luật, Lý Thái Tổ"),
        ("AÙ, aÛ", "Á, ả"),
    ],
)
def test_vni_as_it_is_met(written: str, read: str) -> None:
    assert from_vni(written) == read


@_encodings
def test_a_paragraph_is_told_and_read_in_each_encoding(name: str) -> None:
    assert detect(_encoded(name, _PARAGRAPH)) == (name, _PARAGRAPH)


@_encodings
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_stay_as_they_are(name: str, end: str) -> None:
    text = _PARAGRAPH.replace("\n", end)
    assert detect(_encoded(name, text)) == (name, text)


@_encodings
@pytest.mark.parametrize(
    "line",
    [
        "Bộ Thông tin",
        "Hà Nội, ngày 5 tháng 3 năm 2020",
        "Bắc Giang",
        "thị xã",
        "Kính gửi: Giám đốc Sở Nội vụ",
        "Về việc lắp đặt trạm BTS của VNPT, Viettel tại 5 xã vùng cao",
        "thực hiện Quyết định số 12/QĐ-UBND",
        "“Đúng hạn” – mục tiêu số một…",
    ],
)
def test_one_line_is_enough(name: str, line: str) -> None:
    assert detect(_encoded(name, line)) == (name, line)


@_encodings
def test_a_few_marked_words_among_plain_ones_are_enough(name: str) -> None:
    line = "Trung tâm CNTT cung nhau lo cho an sinh trong tam nay mai: dân vui."
    assert detect(_encoded(name, line))[1] == line


@_encodings
def test_much_english_does_not_hide_vietnamese(name: str) -> None:
    text = f"{'The network was upgraded without any delay. ' * 20}\n{_PARAGRAPH}"
    assert detect(_encoded(name, text)) == (name, text)


_MARKED = "tỉnh đường trường huyện người được những quyết định nghiệp chuyển đổi thuế khuyến nghị thường"
_OTHER = "có và không là các thì cán bộ hòa quý giữa thuở của già quá ngoài khuỷu yên ổn ở ý ông Đảng Trung ương"
_VIETNAMESE = [*_MARKED.split(), *_OTHER.split()]


@_encodings
@given(words=st.lists(st.sampled_from(_MARKED.split()), min_size=3, max_size=9, unique=True))
def test_words_in_any_order_are_read_in_each_encoding(name: str, words: list[str]) -> None:
    text = " ".join(words)
    assert detect(_encoded(name, text)) == (name, text)


@_disguises
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_legacy_text_saved_as_unicode_is_mended(name: str, encoding: str) -> None:
    assert detect(_ENCODERS[name](_PARAGRAPH).encode(encoding)) == (name, _PARAGRAPH)


@_disguises
@pytest.mark.parametrize("line", ["Bộ Thông tin", "Báo cáo tài chính quý một", "Ngân hàng Nhà nước Việt Nam"])
def test_a_single_disguised_line_is_mended(name: str, line: str) -> None:
    assert mend(_ENCODERS[name](line)) == (name, line)


@_disguises
def test_proper_lines_in_a_disguised_text_stay_and_so_do_those_that_gain_nothing(name: str) -> None:
    proper = "Đăng nhập hệ thống\nCó và không\n"
    assert mend(f"{proper}{_ENCODERS[name](_PARAGRAPH)}") == (name, proper + _PARAGRAPH)


def test_soft_hyphens_lost_on_the_way_do_not_stop_the_mending() -> None:
    lost = to_tcvn3(_PARAGRAPH).replace("\u00ad", "")
    assert mend(lost) == ("tcvn3", _PARAGRAPH.replace("ư", ""))


@given(
    st.lists(st.sampled_from([*_VIETNAMESE, "«Có»", "TT&TT", "Lào", "12,5%", "là:", "\n"]), max_size=30),
    st.booleans(),
)
def test_proper_vietnamese_is_never_altered(words: list[str], decomposed: bool) -> None:
    text = unicodedata.normalize("NFD" if decomposed else "NFC", " ".join(words))
    assert detect(text.encode()) == ("utf-8", text)


@given(st.lists(st.sampled_from([*_ENGLISH.split(), *_FRENCH.split()]), max_size=40))
def test_english_and_french_in_utf_8_are_never_altered(words: list[str]) -> None:
    text = " ".join(words)
    assert detect(text.encode()) == ("utf-8", text)


@pytest.mark.parametrize(
    "text", [_ENGLISH, _FRENCH, "Größe und Gewicht ändern sich, sobald über die Straße gefahren wird."]
)
def test_western_languages_in_windows_1252_are_read_as_such(text: str) -> None:
    assert detect(text.encode("cp1252")) == ("cp1252", text)


@pytest.mark.parametrize("text", ["", "plain text", "Ho so 12/QD, khong dau\r\n", "\x0c"])
def test_ascii_is_utf_8(text: str) -> None:
    assert detect(text.encode("ascii")) == ("utf-8", text)


def test_the_mark_of_utf_8_stays_in_the_text() -> None:
    assert detect("\ufeffHọp giao ban".encode()) == ("utf-8", "\ufeffHọp giao ban")


@pytest.mark.parametrize("name", ["utf-16", "utf-32"])
def test_a_byte_order_mark_tells_the_encoding(name: str) -> None:
    assert detect(_PARAGRAPH.encode(name)) == (name, _PARAGRAPH)


@pytest.mark.parametrize(("name", "mark"), [("utf-16-be", b"\xfe\xff"), ("utf-32-be", b"\x00\x00\xfe\xff")])
def test_big_endian_files_are_read_by_their_mark(name: str, mark: bytes) -> None:
    assert detect(mark + _PARAGRAPH.encode(name))[1] == _PARAGRAPH


@pytest.mark.parametrize("name", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_known_by_its_empty_bytes(name: str) -> None:
    assert detect(_PARAGRAPH.encode(name)) == (name, _PARAGRAPH)


@pytest.mark.parametrize(
    "content",
    [
        b"PNG\x00\x01\x02",
        b"\x7fELF\x02\x01\x01\x00" + bytes(range(256)),
        b"\xff\xd8\xff\xe1\x11\x03\x02\x14\x15\x9d\x8f" * 9,
        _PARAGRAPH.encode("utf-16")[:-1],
        b"\xff\xfe\x00\xd8a\x00",
        "văn bản\x00dài".encode("utf-16-le"),
    ],
)
def test_binary_content_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableDocumentError, match=r"không phải văn bản\.") as caught:
        detect(content)
    assert "UTF-8" in caught.value.english


@pytest.mark.parametrize("bad", [b"\xe1\xbb", b"\xff", b"\xc4"])
def test_utf_8_with_a_damaged_byte_is_refused_rather_than_misread(bad: bytes) -> None:
    with pytest.raises(UnreadableDocumentError, match="bị hỏng"):
        detect(_PARAGRAPH.encode() + bad)


@pytest.mark.parametrize(
    ("encoding", "text"), [("koi8-r", "Столица Ханой"), ("gbk", "越南社会主义共和国"), ("shift-jis", "ベトナムの首都")]
)
def test_encodings_of_other_scripts_are_refused_rather_than_misread(encoding: str, text: str) -> None:
    with pytest.raises(UnreadableDocumentError, match=r"bảng mã|không phải văn bản"):
        detect(text.encode(encoding))


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    with suppress(UnreadableDocumentError):
        assert "\x00" not in detect(content)[1]


@pytest.mark.parametrize("word", _VIETNAMESE)
def test_syllables_as_they_are_spelt_are_known(word: str) -> None:
    assert is_spelt(word)


@pytest.mark.parametrize("word", ["hoà", "hòa", "thuý", "thúy", "khoẻ", "giếng", "gì", "quyển", "TRUYềN", "nghĩa"])
def test_both_placements_of_the_tone_are_known(word: str) -> None:
    assert is_spelt(word)


@pytest.mark.parametrize(
    "word", ["bác\u0300", "teỏ", "cúôc", "mai\u0300", "bac", "bàc", "ngê", "cế", "vÊn", "été", "für", ""]
)
def test_misplaced_marks_and_foreign_words_are_no_syllables(word: str) -> None:
    assert not is_spelt(word)
