"""Checks that the Vietnamese digests in ``sources/`` are complete and in own words.

The originals are copyrighted and stay outside the project.  They are looked for
in ``shared/seeds`` beside the checkout, or in the folder named by the
environment variable ``KHUYEN_NGHI_SEEDS``; checks that need them are skipped when
they are not there.
"""

import os
import re
import unicodedata
from functools import cache
from pathlib import Path

import pytest
import yaml

from evals.cases import QUESTIONS_FILE
from tests.sources.names import NAMES

DIGEST_DIR = Path(__file__).parents[2] / "sources"
SEEDS_VARIABLE = "KHUYEN_NGHI_SEEDS"
LONGEST_COMMON_RUN = 70

FRONT_MATTER_KEYS = ["title", "date", "date_precision", "provinces", "event", "publisher"]

# File-name prefix of each original -> file name of its digest.
DIGESTS: dict[str, str] = {
    "000": "2020-09-10-dong-thap.md",
    "001": "2023-03-06-giao-ban-quy-1.md",
    "002": "2020-11-12-thai-nguyen.md",
    "003": "2020-06-25-hau-giang.md",
    "004": "2021-03-29-ba-ria-vung-tau.md",
}

# Figures of an original that its digest leaves out on purpose:
# digest name -> figure (as the extractor writes it) -> reason.
LEFT_OUT: dict[str, dict[str, str]] = {}

# Figures a digest may show although its original does not write them so.
ADDED: dict[str, dict[str, str]] = {
    "2020-11-12-thai-nguyen.md": {
        "12/11/2020": "the original writes 12/11; the year follows from its other dates",
    },
    "2020-06-25-hau-giang.md": {
        "25/6/2020": "the original writes 25/6 and, apart from it, 2020-06",
        "2020": "year of the line 2020-06",
    },
    "2021-03-29-ba-ria-vung-tau.md": {
        "29/3/2021": "the original writes 29/3 and, apart from it, 2021-03",
    },
}
IMAGE_NAME = re.compile(r"\S+\.(?:jpg|jpeg|png)\b", re.IGNORECASE)

# Figures that stand alone; the order of the alternatives matters.
SPECIAL_FIGURES = [
    r"\d+(?:/\d{4})?/[A-ZĐ]\w*(?:-[A-ZĐ]\w*)+",  # number of a legal act: n/yyyy/AB-CD
    r"\d+-QĐ/TW",  # number of a Party decision
    r"quý (?:\d/\d{4}|[IVX]+\b)",  # quarter of a year
    r"\d{1,2}/\d{1,2}/\d{4}",  # full date
    r"\d{1,2}/\d{4}",  # month and year
    r"\d{4}-\d{2}\b(?!-)",  # year and month
    r"\d{1,2}/\d{1,2}",  # day and month, or a rank among so many
    r"\d{1,2}:\d{2}",  # time of day
    r"\dG\b",  # generation of mobile network
    r"[^\W\d]+-?\d+",  # name that ends in a figure, as in IPv6
]
# Figures that count something: range, percentage, count, decimal, year.
COUNT = r"(?:\d+ ?[-–] ?\d+|\d+(?:[.,]\d+)*%?)"
# Words before and after a count that belong to it.
BEFORE = "cấp độ|mức độ|mức|tháng|năm|quyết định số|quyết định|nghị định|chỉ thị|top|thứ|phiên bản"
AFTER = (
    "bản|báo|bên|bộ|cán bộ|cấp|cường quốc|dân|doanh nghiệp|đài|đại biểu|địa phương|điểm|"
    "đối tác|đồng|ha|hệ thống|lớp|lượt|miền|năm|người dân|nhà mạng|nhóm|nơi|phần mềm|sở|"
    "tháng|thôn|tỉnh|trụ cột|triệu|tỷ|xã"
)
SPECIAL = "|".join(SPECIAL_FIGURES)
BARE_FIGURE = re.compile(f"{SPECIAL}|{COUNT}")
FIGURE = re.compile(rf"{SPECIAL}|(?:\b(?i:{BEFORE}) )?(?!{SPECIAL}){COUNT}(?: (?i:{AFTER})\b)?")


def fold(text: str) -> str:
    """Return the text in NFC with every run of whitespace made one space."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text))


def seeds_dir() -> Path:
    """Return the folder of the originals, whether or not it is there."""
    named = os.environ.get(SEEDS_VARIABLE)
    return Path(named) if named else Path(__file__).parents[3] / "shared" / "seeds"


@cache
def original(prefix: str) -> str:
    """Return the folded text of an original, or skip the test without it."""
    found = sorted(seeds_dir().glob(f"{prefix}_*.txt"))
    if not found:
        pytest.skip(f"original {prefix} is not here; name its folder in {SEEDS_VARIABLE}")
    return fold(found[0].read_text(encoding="utf-8"))


@cache
def digest(name: str) -> str:
    """Return a digest exactly as it is stored."""
    return (DIGEST_DIR / name).read_text(encoding="utf-8")


def front_matter(name: str) -> dict[str, object]:
    """Return the front matter of a digest."""
    loaded = yaml.safe_load(digest(name).split("---\n")[1])
    assert isinstance(loaded, dict)
    return loaded


def body(name: str) -> str:
    """Return a digest without its front matter."""
    return digest(name).split("---\n", 2)[2]


def figures(text: str, pattern: re.Pattern[str]) -> set[str]:
    """Return every figure of a text, in lower case, image names left aside."""
    plain = IMAGE_NAME.sub(" ", fold(text))
    return {match.group().casefold() for match in pattern.finditer(plain)}


def runs(text: str, length: int) -> set[str]:
    """Return every run of the given length, letter case left aside."""
    folded = fold(text).casefold()
    return {folded[i : i + length] for i in range(len(folded) - length + 1)}


def all_runs_of_originals() -> set[str]:
    """Return every run of all the originals that a digest may not repeat."""
    return set().union(*(runs(original(prefix), LONGEST_COMMON_RUN) for prefix in DIGESTS))


def test_extractor_finds_every_kind_of_figure() -> None:
    """The extractor sees each kind of figure as one token."""
    text = (
        "Quyết định số 7/QĐ-TTg 4/2001/NĐ-CP 9-QĐ/TW quý 3/2001 quý I 1/2/2001 1/2 3/2001 "
        "12:30 10-20 5 - 6 0,5% 1.200 bản 4G IPv6 mức độ 3 2001-02 photo-12.jpg"
    )
    assert figures(text, FIGURE) == {
        "7/qđ-ttg",
        "4/2001/nđ-cp",
        "9-qđ/tw",
        "quý 3/2001",
        "quý i",
        "1/2/2001",
        "1/2",
        "3/2001",
        "12:30",
        "10-20",
        "5 - 6",
        "0,5%",
        "1.200 bản",
        "4g",
        "ipv6",
        "mức độ 3",
        "2001-02",
    }


@pytest.mark.parametrize("prefix", DIGESTS)
def test_every_figure_of_the_original_is_in_the_digest(prefix: str) -> None:
    """Each figure, with its unit, is written in the digest as in the original."""
    name = DIGESTS[prefix]
    missing = figures(original(prefix), FIGURE) - figures(body(name), FIGURE)
    assert sorted(missing - set(LEFT_OUT.get(name, {}))) == []


@pytest.mark.parametrize("prefix", DIGESTS)
def test_no_figure_is_invented(prefix: str) -> None:
    """Each figure of the digest stands in the original."""
    name = DIGESTS[prefix]
    extra = figures(body(name), BARE_FIGURE) - figures(original(prefix), BARE_FIGURE)
    assert sorted(extra - set(ADDED.get(name, {}))) == []


@pytest.mark.parametrize("prefix", DIGESTS)
def test_figures_left_out_are_figures_of_the_original(prefix: str) -> None:
    """The list of figures left out holds nothing stale."""
    left_out = set(LEFT_OUT.get(DIGESTS[prefix], {}))
    assert left_out <= figures(original(prefix), FIGURE)


@pytest.mark.parametrize("name", DIGESTS.values())
def test_no_long_run_is_copied(name: str) -> None:
    """No run of seventy characters of any original is in the digest."""
    assert sorted(runs(digest(name), LONGEST_COMMON_RUN) & all_runs_of_originals()) == []


def test_no_long_run_is_copied_into_the_gold_questions() -> None:
    """What we wrote ourselves about the digests repeats no original either."""
    written = QUESTIONS_FILE.read_text(encoding="utf-8")
    assert sorted(runs(written, LONGEST_COMMON_RUN) & all_runs_of_originals()) == []


@pytest.mark.parametrize("name", DIGESTS.values())
def test_front_matter_has_the_required_keys(name: str) -> None:
    """The front matter has exactly the required keys, in order, and sound values."""
    assert digest(name).startswith("---\n")
    matter = front_matter(name)
    assert list(matter) == FRONT_MATTER_KEYS
    assert matter["date"] == name[:10]
    assert matter["date_precision"] == "day"
    assert isinstance(matter["provinces"], list)
    assert matter["provinces"]
    texts = [matter[key] for key in ("title", "event", "publisher")]
    assert all(isinstance(text, str) and text for text in texts)


@pytest.mark.parametrize("name", DIGESTS.values())
def test_digest_is_nfc(name: str) -> None:
    """The digest is stored in Unicode form NFC."""
    assert unicodedata.is_normalized("NFC", digest(name))


@pytest.mark.parametrize("name", DIGESTS.values())
def test_digest_has_headings(name: str) -> None:
    """The digest has one title and several topic headings, none of them empty."""
    text = body(name)
    assert len(re.findall(r"^# \S", text, re.MULTILINE)) == 1
    assert len(re.findall(r"^## \S", text, re.MULTILINE)) >= 4
    assert not re.search(r"^(#+) .*\n+(?=\1 )", text, re.MULTILINE)


@pytest.mark.parametrize("name", DIGESTS.values())
def test_lists_have_a_lead_sentence(name: str) -> None:
    """Every bullet list follows a sentence that ends in a colon."""
    leads = re.findall(r"^(?!- )(.+)\n\n(?=- )", body(name), re.MULTILINE)
    assert leads
    assert [lead for lead in leads if not lead.endswith(":")] == []


@pytest.mark.parametrize("name", DIGESTS.values())
def test_every_name_is_in_the_digest(name: str) -> None:
    """Every person, unit, company and product of the table is named."""
    text = fold(digest(name))
    assert [wanted for wanted in NAMES[name] if fold(wanted) not in text] == []


def test_name_table_covers_every_digest() -> None:
    """The table of names has an entry for each digest and no other."""
    assert set(NAMES) == set(DIGESTS.values())
