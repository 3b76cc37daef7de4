"""Other names for what a text names, and what a collection spells out itself."""

import pytest

from index.aliases import Aliases, full_names, learn, shorthand

_SHIPPED = Aliases()
_TTTT = ["Bộ Thông tin và Truyền thông", "Bộ TT&TT", "Bộ TTTT", "Bộ 4T"]
_KHCN = ["Bộ Khoa học và Công nghệ", "Bộ KH&CN", "Bộ KHCN"]
_NOTHING: tuple[dict[str, str], list[str]] = ({}, [])


def _every(text: str) -> set[str]:
    spelled_out, other = _SHIPPED.expansions(text)
    return {*spelled_out.values(), *other}


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("công nghệ thông tin", "CNTT"),
        ("chuyển đổi số", "CĐS"),
        ("hội đồng nhân dân", "HĐND"),
        ("ủy ban nhân dân", "UBND"),
        ("kinh tế - xã hội", "KT-XH"),
        ("trí tuệ nhân tạo", "AI"),
        ("thành phố Hồ Chí Minh", "TPHCM"),
        ("Bà Rịa - Vũng Tàu", "BR-VT"),
    ],
)
def test_a_pair_of_the_table_works_in_both_directions(full: str, short: str) -> None:
    assert _SHIPPED.expansions(f"Tình hình {short} ra sao?")[0] == {short: full}
    assert short in _SHIPPED.expansions(f"Tình hình {full} ra sao?")[1]


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("CNTT là gì?", "CNTT"),
        ("cntt ở xã", "cntt"),
        ("Cntt ở xã", "Cntt"),
        ("(CNTT) ở xã", "CNTT"),
        ("«CNTT», mạng", "CNTT"),
        ("CNTT và cntt ở xã", "CNTT"),  # the first counts
    ],
)
def test_an_abbreviation_is_known_in_any_case_and_punctuation(text: str, typed: str) -> None:
    assert _SHIPPED.expansions(text) == ({typed: "công nghệ thông tin"}, [])


@pytest.mark.parametrize("text", ["CÔNG NGHỆ THÔNG TIN", "cong nghe thong tin", "công nghệ, thông tin"])
def test_a_full_name_is_known_without_marks_case_and_punctuation(text: str) -> None:
    assert _SHIPPED.expansions(text) == ({}, ["CNTT"])


@pytest.mark.parametrize("text", ["AI giúp gì cho xã?", "Dùng AI cho xã", "AI", "AI?", "(AI)"])
def test_an_abbreviation_that_is_spelt_like_a_word_counts_in_capitals(text: str) -> None:
    assert _SHIPPED.expansions(text) == ({"AI": "trí tuệ nhân tạo"}, [])


@pytest.mark.parametrize("text", ["AI LÀ NGƯỜI NÓI?", "AI NÓI", "DO AI ĐỀ NGHỊ", "CUA AI"])
def test_in_a_text_all_in_capitals_it_is_the_word(text: str) -> None:
    assert _SHIPPED.expansions(text) == _NOTHING


def test_in_a_text_all_in_capitals_other_abbreviations_count() -> None:
    assert _SHIPPED.expansions("AI LẬP ĐỀ ÁN CNTT?") == ({"CNTT": "công nghệ thông tin"}, [])


@pytest.mark.parametrize("text", ["ai là người nói?", "Ai đề nghị?", "của ai thế"])
def test_an_abbreviation_that_is_spelt_like_a_word_is_a_word_in_small_letters(text: str) -> None:
    assert _SHIPPED.expansions(text) == _NOTHING


def test_a_learned_abbreviation_that_is_spelt_like_a_word_counts_in_capitals_only() -> None:
    aliases = Aliases([("tổ an ninh", "TAN")])
    assert aliases.expansions("TAN ở xã") == ({"TAN": "tổ an ninh"}, [])
    assert aliases.expansions("sương tan dần") == _NOTHING


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("doanh nghiệp nhỏ và vừa", "DNNVV"),
        ("doanh nghiệp", "DN"),
        ("dịch vụ công trực tuyến", "DVCTT"),
        ("dịch vụ công", "DVC"),
    ],
)
def test_the_longest_name_wins(text: str, name: str) -> None:
    assert _SHIPPED.expansions(text) == ({}, [name])


def test_the_longest_abbreviation_wins() -> None:
    assert _SHIPPED.expansions("Sở TT&TT nói")[0] == {"TT&TT": "thông tin và truyền thông"}
    assert _SHIPPED.expansions("Bộ TT&TT nói")[0] == {"Bộ TT&TT": "Bộ Thông tin và Truyền thông"}


@pytest.mark.parametrize(
    "text",
    [
        *["KH&ĐT", "Sở KH&ĐT", "R&KH", "UBND-TH", "PT-UBND", "BC&DN-x"],
        *["15/TTr-UBND", "12/KH-UBND", "12/KH", "749/CĐS-TTg", "Tờ trình số 15/TTr-UBND của tỉnh", "5/2021/KH-BTTTT"],
    ],
)
def test_an_abbreviation_inside_a_longer_one_or_a_documents_number_does_not_count(text: str) -> None:
    assert _SHIPPED.expansions(text) == _NOTHING


@pytest.mark.parametrize(
    ("text", "spelled_out"),
    [
        ("KH của tỉnh", {"KH": "kế hoạch"}),
        ("KH&CN", {"KH&CN": "khoa học và công nghệ"}),
        ("KT-XH", {"KT-XH": "kinh tế - xã hội"}),
        ("UBND/HĐND", {"UBND": "ủy ban nhân dân", "HĐND": "hội đồng nhân dân"}),
        ("CĐS - CNTT", {"CĐS": "chuyển đổi số", "CNTT": "công nghệ thông tin"}),
        ("CĐS & CNTT", {"CĐS": "chuyển đổi số", "CNTT": "công nghệ thông tin"}),
        ("15/TTr-UBND về KH CĐS", {"KH": "kế hoạch", "CĐS": "chuyển đổi số"}),
        ("năm 2021/ KH", {"KH": "kế hoạch"}),
    ],
)
def test_an_abbreviation_that_stands_apart_or_is_known_as_a_whole_counts(
    text: str, spelled_out: dict[str, str]
) -> None:
    assert _SHIPPED.expansions(text)[0] == spelled_out


@pytest.mark.parametrize("text", ["TTr", "ttr của xã", "TTR"])
def test_what_is_not_in_the_table_is_no_abbreviation(text: str) -> None:
    assert _SHIPPED.expansions(text) == _NOTHING


def test_what_abbreviations_stand_for_is_told_from_what_names_are_also_called() -> None:
    assert _SHIPPED.expansions("UBND và chuyển đổi số") == ({"UBND": "ủy ban nhân dân"}, ["ủy ban ND", "CĐS"])
    assert _SHIPPED.expansions("kinh tế - xã hội") == ({}, ["KT-XH", "KTXH"])


def test_names_come_in_the_order_of_the_text_each_once() -> None:
    spelled_out, other = _SHIPPED.expansions("CĐS và CNTT, CNTT và CĐS ở xã")
    assert list(spelled_out.items()) == [("CĐS", "chuyển đổi số"), ("CNTT", "công nghệ thông tin")]
    assert other == []


@pytest.mark.parametrize(
    "text", ["công nghệ thông tin (CNTT)", "CNTT là công nghệ thông tin", "CNTT và cong nghe THÔNG TIN"]
)
def test_nothing_is_added_that_the_text_has_already(text: str) -> None:
    assert _SHIPPED.expansions(text) == _NOTHING


@pytest.mark.parametrize("text", ["", "…?!", "Cấp nước sạch cho nông thôn", "zzz 123"])
def test_a_text_without_known_names_gets_nothing(text: str) -> None:
    assert _SHIPPED.expansions(text) == _NOTHING


@pytest.mark.parametrize("name", _KHCN)
def test_asked_for_the_successor_the_older_ministry_is_found_as_well(name: str) -> None:
    assert _every(f"{name} nói gì?") == {*_KHCN, *_TTTT} - {name}


@pytest.mark.parametrize("name", _TTTT)
def test_asked_for_the_older_ministry_the_successor_is_not(name: str) -> None:
    assert _every(f"{name} nói gì?") == {*_TTTT} - {name}


def test_learned_pairs_work_in_both_directions_beside_the_table() -> None:
    aliases = Aliases([("tổ công nghệ số cộng đồng", "TCNSCĐ")])
    assert aliases.expansions("TCNSCĐ là gì?") == ({"TCNSCĐ": "tổ công nghệ số cộng đồng"}, [])
    assert aliases.expansions("lập tổ công nghệ số cộng đồng") == ({}, ["TCNSCĐ"])
    assert aliases.expansions("công nghệ số") == ({}, ["CNS"])


def test_an_abbreviation_learned_twice_stands_for_both() -> None:
    aliases = Aliases([("hệ thống thông tin", "HTTT"), ("hạ tầng truyền thông", "HTTT")])
    assert aliases.expansions("HTTT là gì?") == ({"HTTT": "hệ thống thông tin"}, ["hạ tầng truyền thông"])
    assert aliases.expansions("hệ thống thông tin") == ({}, ["HTTT"])


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("đẩy mạnh chuyển đổi số (CĐS) trong năm", ("chuyển đổi số", "CĐS")),
        ("CĐS (chuyển đổi số)", ("chuyển đổi số", "CĐS")),
        ("Luật Giao dịch điện tử (GDĐT)", ("Giao dịch điện tử", "GDĐT")),
        ("tại xã, tổ công nghệ số cộng đồng (TCNSCĐ)", ("tổ công nghệ số cộng đồng", "TCNSCĐ")),
        ("hệ thống\nthông  tin (HTTT)", ("hệ thống thông tin", "HTTT")),
        # Words of linking are passed over, or counted where the abbreviation counts them.
        ("Sở Thông tin và Truyền thông (TTTT)", ("Thông tin và Truyền thông", "TTTT")),
        ("Sở Thông tin và Truyền thông (TT&TT)", ("Thông tin và Truyền thông", "TT&TT")),
        ("phát triển của các doanh nghiệp (PTDN)", ("phát triển của các doanh nghiệp", "PTDN")),
        ("doanh nghiệp nhỏ và vừa (DNNVV)", ("doanh nghiệp nhỏ và vừa", "DNNVV")),
        ("phát triển và ứng dụng (PTƯD)", ("phát triển và ứng dụng", "PTƯD")),
    ],
)
def test_a_name_spelled_out_beside_its_abbreviation_is_learned(text: str, pair: tuple[str, str]) -> None:
    assert learn(text) == {pair}


@pytest.mark.parametrize(
    "text",
    [
        "Nền tảng tích hợp (LGSP)",
        "GRDP (tổng sản phẩm trên địa bàn)",
        "Trung tâm điều hành thông minh (IOC)",
        "đổi số (CĐS)",  # a word is missing
        "nhà (N)",
        "chuyển đổi số (cđs)",
        "chuyển đổi số (năm 2021)",
        "chuyển đổi số [CĐS]",
        "",
    ],
)
def test_brackets_whose_initials_do_not_agree_teach_nothing(text: str) -> None:
    assert learn(text) == set()


def test_every_pair_of_a_text_is_learned_once() -> None:
    text = "Về chuyển đổi số (CĐS). Hạ tầng số (HTS): chuyển đổi số (CĐS), HTS (hạ tầng số)."
    assert learn(text) == {("chuyển đổi số", "CĐS"), ("Hạ tầng số", "HTS"), ("hạ tầng số", "HTS")}


@pytest.mark.parametrize("text", ["CNTT", "ở xã có CNTT", "(CNTT)"])
def test_an_abbreviation_at_the_end_of_the_text_is_spelled_out(text: str) -> None:
    assert Aliases().expansions(text) == ({"CNTT": "công nghệ thông tin"}, [])


@pytest.mark.parametrize("text", ["của ai", "của ai?", "đề nghị của ai"])
def test_a_word_at_the_end_of_the_text_is_no_abbreviation(text: str) -> None:
    assert Aliases().expansions(text) == _NOTHING


def test_the_full_names_of_the_table_stand_for_no_abbreviation_twice() -> None:
    assert len(full_names()) == len(set(full_names())) > 30
    assert {"công nghệ thông tin", "trí tuệ nhân tạo"} <= set(full_names())
    assert not {"CNTT", "AI"} & set(full_names())


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        *[("ko", "không"), ("k", "không"), ("hok", "không"), ("dc", "được"), ("đc", "được"), ("j", "gì")],
        *[("bn", "bao nhiêu"), ("vs", "với"), ("cty", "công ty"), ("trc", "trước"), ("mng", "mọi người")],
        *[("ntn", "như thế nào"), ("tnao", "thế nào")],
    ],
)
def test_what_is_typed_in_haste_is_written_out(typed: str, written: str) -> None:
    assert shorthand(typed) == written
    assert shorthand(f"xã {typed} tỉnh") == f"xã {written} tỉnh"
    for sign in "?!.,":
        assert shorthand(f"xã {typed}{sign}") == f"xã {written}{sign}"


def test_all_that_is_typed_in_haste_is_written_out() -> None:
    assert shorthand("tỉnh có dc j ko, cty vs xã ntn?") == "tỉnh có được gì không, công ty với xã như thế nào?"


@pytest.mark.parametrize(
    "text",
    [
        *["K", "Ko", "KO", "VS", "J", "BN"],  # capitals are an abbreviation or a name
        *["koko", "xdc", "vsv", "dcj", "k1", "5kg", "1k"],
        *["k/h", "dc-dc", "a.k", "vs&k", "k%", "@j", "#ko"],
        *["", "không được gì", "a b c"],
    ],
)
def test_in_capitals_or_inside_something_else_nothing_is_written_out(text: str) -> None:
    assert shorthand(text) == text
