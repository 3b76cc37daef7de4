"""Diacritics put back and slips of the keys mended, by the words of a text."""

import json
import re
import statistics
import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.retype import Typing, retype
from index.keyboard import is_syllable
from index.restore import Restorer
from index.vietnamese import fold, normal_form, strip_marks

_CHECKOUT = Path(__file__).parents[2]
_SENTENCES = [
    "Tỉnh Thái Nguyên chuyển đổi số trong cơ quan nhà nước.",
    "Tỉnh Đồng Tháp triển khai dịch vụ công trực tuyến.",
    "Sở Thông tin và Truyền thông báo cáo 12 đề án về công nghệ thông tin (CNTT).",
    "Người dân hỏi về hạ tầng viễn thông và IPv6 ở Hà Nội.",
    "Ai là người được giao?",
]
_SMALL = Restorer.build(_SENTENCES, generation=3)
_SOURCE_TEXTS = [source.read_text(encoding="utf-8") for source in sorted((_CHECKOUT / "sources").glob("*.md"))]
_LARGE = Restorer.build(_SOURCE_TEXTS)
_WORD = re.compile(r"[^\W\d_]+")
_SYLLABLES = sorted({word for word in _WORD.findall(normal_form(" ".join(_SOURCE_TEXTS))) if is_syllable(fold(word))})
_MARKED = [word for word in _SYLLABLES if word != strip_marks(word)]
_PLAIN = sorted({strip_marks(word) for word in _SYLLABLES if word.islower()})


def _marked_syllables(text: str) -> list[str]:
    return [word for word in _WORD.findall(text) if word != strip_marks(word) and is_syllable(fold(word))]


@pytest.mark.parametrize("sentence", _SENTENCES)
def test_the_sentences_of_the_text_come_back(sentence: str) -> None:
    assert _SMALL.restore(strip_marks(sentence)) == sentence


@pytest.mark.parametrize("sentence", _SENTENCES)
def test_a_text_typed_as_written_stays(sentence: str) -> None:
    assert _SMALL.restore(sentence) == sentence


@pytest.mark.parametrize("seed", range(20))
def test_half_typed_sentences_come_back(seed: int) -> None:
    for sentence in _SENTENCES:
        assert _SMALL.restore(retype(sentence, "half", str(seed))) == sentence


@pytest.mark.parametrize(
    ("typed", "restored"),
    [
        ("chuyển doi số", "chuyển đổi số"),
        ("chuyen đổi so", "chuyển đổi số"),
        ("Đồng thap", "Đồng tháp"),
        ("trực tuyen", "trực tuyến"),
        ("công nghe thông tin", "công nghệ thông tin"),
    ],
)
def test_half_typed_words_are_finished(typed: str, restored: str) -> None:
    assert _SMALL.restore(typed) == restored


@pytest.mark.parametrize(
    ("typed", "restored"),
    [
        ("Thai Nguyen", "Thái Nguyên"),
        ("thai nguyen", "thái nguyên"),
        ("DONG THAP", "ĐỒNG THÁP"),
        ("Dong Thap", "Đồng Tháp"),
        ("TINH DONG THAP", "TỈNH ĐỒNG THÁP"),
        ("Ha Noi?", "Hà Nội?"),
        ("Dich vu cong cua Dong Thap", "Dịch vụ công cua Đồng Tháp"),
    ],
)
def test_case_is_kept(typed: str, restored: str) -> None:
    assert _SMALL.restore(typed) == restored


def test_the_neighbour_decides_which_reading_is_meant() -> None:
    restorer = Restorer.build(["bàn giao tài sản", "ban hành văn bản", "bán hàng trực tuyến"])
    assert restorer.restore("ban giao") == "bàn giao"
    assert restorer.restore("ban hanh van ban") == "ban hành văn bản"
    assert restorer.restore("ban hang") == "bán hàng"


def test_a_figure_stands_for_any_other() -> None:
    restorer = Restorer.build(["có 12 đề án", "có 3 đề án", "nói để biết", "nói để biết", "nói để biết"])
    assert restorer.restore("co 99 de an") == "có 99 đề án"


@pytest.mark.parametrize(
    "text",
    [
        *["12", "1.300", "0,6%", "10/9/2020", "749", "?!", "…", "(12)", "", " ", "  \n ", "a", "d", "đ", "- 5 -"],
        *["CNTT", "CNTT và IPv6", "về IPv6", "HĐND", "GRDP và FTTH", "dùng eKYC và YouTube", "4G", "H1N1", "Q1/2023"],
        *["xin chao", "robot smart", "robott", "facebook", "microsoft", "thanhhoa", "hjhj", "covid19", "abc@gmail.com"],
        *["trong", "Giao", "tin", "nươc", "công nghê", "https://abc.vn"],
    ],
)
def test_figures_codes_unknown_words_and_words_without_marks_stay(text: str) -> None:
    assert _SMALL.restore(text) == text


def test_codes_stay_among_restored_words() -> None:
    assert _SMALL.restore("CNTT cua tinh Thai Nguyen, IPv6 o Ha Noi") == "CNTT cua tỉnh Thái Nguyên, IPv6 ở Hà Nội"


def test_spaces_and_signs_stay_where_they_are() -> None:
    assert _SMALL.restore("  (dong thap) -\tha  noi...\n") == "  (đồng tháp) -\thà  nội...\n"


@pytest.mark.parametrize(
    ("typed", "restored"),
    [
        # Telex
        ("chuyeenr ddooir soos", "chuyển đổi số"),
        ("nguwowif daan", "người dân"),
        ("Thais Nguyeen", "Thái Nguyên"),
        ("nuocs", "nước"),
        ("NGUOIWF DAAN", "NGƯỜI DÂN"),
        # VNI
        ("chuye6n3 d9o6i3 so61", "chuyển đổi số"),
        ("Tha1i Nguye6n", "Thái Nguyên"),
        ("nguoi72 da6n", "người dân"),
        # a missing space
        ("thainguyen", "thái nguyên"),
        ("Dongthap", "Đồng tháp"),
        ("DONGTHAP", "ĐỒNG THÁP"),
        ("dichvu công", "dịch vụ công"),
        # one doubled, wrong, missing or exchanged letter
        ("chuyenn doi so", "chuyển đổi số"),
        ("chuyem doi so", "chuyển đổi số"),
        ("truyen thomg", "truyền thông"),
        ("trựcc tuyến", "trực tuyến"),
        ("dịhc vụ", "dịch vụ"),
        ("nuocc", "nước"),
    ],
)
def test_slips_of_the_keys_are_mended(typed: str, restored: str) -> None:
    assert _SMALL.restore(typed) == restored


@pytest.mark.parametrize(
    "slip", ["chuyeenr", "chuye6n3", "ddooir", "thainguyen", "chuyenn", "chuyem", "nuocs", "dongthap"]
)
def test_slips_are_mended_only_where_the_text_knows_the_outcome(slip: str) -> None:
    assert _SMALL.restore(slip) != slip
    assert Restorer.build(["Bưu chính công ích"]).restore(slip) == slip
    assert Restorer.build([]).restore(slip) == slip


def test_the_texts_own_foreign_words_are_no_slips() -> None:
    restorer = Restorer.build(["mã số", "số max", "khung test", "tét", "robot"])
    assert restorer.restore("max test robot") == "max test robot"


def test_the_text_may_be_decomposed_or_place_its_marks_in_the_newer_way() -> None:
    assert Restorer.build(["Hoà Bình", "uy\u0309 ban"]).restore("hoa binh, uy ban") == "hòa bình, ủy ban"


@given(st.lists(st.sampled_from(_MARKED) | st.sampled_from(_PLAIN), max_size=12))
def test_syllables_typed_with_marks_stay_and_others_only_gain_marks(words: list[str]) -> None:
    restored = _LARGE.restore(" ".join(words)).split()
    assert [strip_marks(word) for word in restored] == [strip_marks(word) for word in words]
    assert [after for before, after in zip(words, restored, strict=True) if before in _MARKED] == [
        word for word in words if word in _MARKED
    ]


@given(st.lists(st.sampled_from(_MARKED) | st.text("abcdeghinotuxy1269", max_size=8), max_size=8))
def test_syllables_typed_with_marks_stay_among_any_others(words: list[str]) -> None:
    before = Counter(word for word in words if word in _MARKED)
    assert not before - Counter(_marked_syllables(_LARGE.restore(" ".join(words))))


@given(st.text('0123456789.,;:/-%()"!? \n'))
def test_text_without_letters_stays(text: str) -> None:
    assert _LARGE.restore(text) == text


@given(st.text() | st.text("aăâđeêioôơuưynghtc \u0301\u0323AĐ19."))
def test_any_text_in_normal_form_can_be_restored(text: str) -> None:
    text = normal_form(text)
    restored = _LARGE.restore(text)
    assert restored == _LARGE.restore(text)
    assert not Counter(re.findall(r"\d", restored)) - Counter(re.findall(r"\d", text))


@given(st.lists(st.text("aáàbcdđ 1.\n"), max_size=5), st.text("abcdđá 1."))
def test_a_restorer_can_be_built_from_any_texts(texts: list[str], question: str) -> None:
    question = normal_form(question)
    assert Restorer.build(texts).restore(question) == Restorer.build(texts).restore(question)


@pytest.mark.parametrize("texts", [[], [""], ["", "\n\n"], ["12 34"], ["?"]])
def test_a_text_without_words_restores_nothing(texts: list[str]) -> None:
    restorer = Restorer.build(texts)
    assert restorer.restore("") == ""
    assert restorer.restore("dong thap co 12 huyen, CNTT?") == "dong thap co 12 huyen, CNTT?"


def test_two_built_from_the_same_texts_restore_alike() -> None:
    again = Restorer.build(_SOURCE_TEXTS)
    for sentence in _sentences_of_the_sources():
        assert again.restore(strip_marks(sentence)) == _LARGE.restore(strip_marks(sentence))


def test_saved_and_loaded_is_the_same(tmp_path: Path) -> None:
    _LARGE.save(tmp_path / "restore.npz")
    loaded = Restorer.load(tmp_path / "restore.npz", _LARGE.generation)
    assert loaded is not None
    assert loaded.generation == _LARGE.generation
    for sentence in [*_SENTENCES, *_sentences_of_the_sources()]:
        typed = strip_marks(sentence)
        assert loaded.restore(typed) == _LARGE.restore(typed)
    assert [file.name for file in tmp_path.iterdir()] == ["restore.npz"]


def test_a_restorer_of_no_text_can_be_saved_and_loaded(tmp_path: Path) -> None:
    Restorer.build([], 1).save(tmp_path / "restore.npz")
    loaded = Restorer.load(tmp_path / "restore.npz", 1)
    assert loaded is not None
    assert loaded.restore("dong thap") == "dong thap"


def test_another_generation_and_a_damaged_file_are_not_loaded(tmp_path: Path) -> None:
    file = tmp_path / "restore.npz"
    _SMALL.save(file)
    assert Restorer.load(file, 4) is None
    file.write_bytes(file.read_bytes()[:-9])
    assert Restorer.load(file, 3) is None


def _sentences_of_the_sources() -> list[str]:
    lines = [normal_form(line) for text in _SOURCE_TEXTS for line in text.split("\n")]
    return [" ".join(line.split()[:15]) for line in lines if len(line.split()) >= 6]


def test_a_question_takes_less_than_three_milliseconds() -> None:
    questions = [strip_marks(sentence) for sentence in _sentences_of_the_sources()]
    assert len(questions) > 100
    durations = []
    for question in questions:
        started = time.perf_counter()
        _LARGE.restore(question)
        durations.append(time.perf_counter() - started)
    assert statistics.median(durations) < 0.003


@pytest.fixture(scope="module")
def public_questions() -> list[tuple[str, str]]:
    """Ids and questions of XQuAD.vi in normal form."""
    lines = _public_lines("queries.jsonl")
    return [(line["id"], normal_form(line["question"])) for line in lines]


@pytest.fixture(scope="module")
def public_restorer() -> Restorer:
    """Built from the passages of XQuAD.vi, which hold none of the questions."""
    return Restorer.build(line["text"] for line in _public_lines("corpus.jsonl"))


def _public_lines(name: str) -> list[dict[str, str]]:
    file = _CHECKOUT.parent / "shared/data/xquad_vi" / name
    if not file.exists():
        pytest.skip("XQuAD.vi is not on this machine")
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(("typing", "least"), [("none", 0.96), ("half", 0.97)])
def test_public_questions_typed_without_marks_are_restored(
    public_restorer: Restorer, public_questions: list[tuple[str, str]], typing: Typing, least: float
) -> None:
    right = total = 0
    for number, question in public_questions:
        meant = _WORD.findall(question)
        found = _WORD.findall(public_restorer.restore(retype(question, typing, number)))
        total += len(meant)
        if len(found) == len(meant):  # else a word was cut in two: the whole question counts as wrong
            right += sum(map(str.__eq__, meant, found))
    assert total > 10_000
    assert right / total >= least


def test_public_questions_typed_as_written_keep_every_syllable_with_marks(
    public_restorer: Restorer, public_questions: list[tuple[str, str]]
) -> None:
    changed: Counter[str] = Counter()
    for _, question in public_questions:
        changed += Counter(_marked_syllables(question)) - Counter(_marked_syllables(public_restorer.restore(question)))
    assert not changed


def test_public_questions_typed_as_written_mostly_stay_as_they_are(
    public_restorer: Restorer, public_questions: list[tuple[str, str]]
) -> None:
    changed = [question for _, question in public_questions if public_restorer.restore(question) != question]
    assert len(changed) / len(public_questions) <= 0.005
