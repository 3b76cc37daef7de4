"""How often syllables and pairs of neighbours come in a text."""

import unicodedata
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import bigrams
from index.bigrams import END, Bigrams

_TEXTS = ["Bàn giao tài sản. Bàn giao 12 xe (CNTT)", "ban hành\nvăn bản", "bán hàng"]
_SMALL = Bigrams.build(_TEXTS, generation=3)
_CHECKOUT = Path(__file__).parents[2]
_SOURCES = [source.read_text(encoding="utf-8") for source in sorted((_CHECKOUT / "sources").glob("*.md"))]


def _are_neighbours(learned: Bigrams, left: str, right: str) -> bool:
    return learned.are_neighbours(learned.ids[left], learned.ids[right])


def _chance(learned: Bigrams, left: int, right: int) -> float:
    return float(np.exp(learned.log_chances(np.array([left], np.int64), np.array([right], np.int64)))[0, 0])


def test_syllables_are_counted_in_small_letters_and_normal_form() -> None:
    learned = Bigrams.build(["Hoà BÌNH hòa", unicodedata.normalize("NFD", "bình")])
    assert {form: int(learned.counts[number]) for form, number in learned.ids.items() if form.isalpha()} == {
        "hòa": 2,
        "bình": 2,
    }


def test_a_form_has_the_place_of_its_id() -> None:
    assert [_SMALL.forms[number] for number in _SMALL.ids.values()] == list(_SMALL.ids)
    assert len(_SMALL.counts) == len(_SMALL.forms) == len(set(_SMALL.forms))


def test_the_forms_of_a_syllable_without_marks_are_found_together() -> None:
    assert {_SMALL.forms[number] for number in _SMALL.by_folded["ban"]} == {"bàn", "ban", "bản", "bán"}
    assert "bàn" not in _SMALL.by_folded


@pytest.mark.parametrize(
    ("folded", "weight"), [("ban", 5), ("giao", 2), ("cntt", 1), ("bàn", 0), ("robot", 0), ("", 0)]
)
def test_the_weight_is_how_often_the_text_has_the_syllable_with_whatever_marks(folded: str, weight: int) -> None:
    assert _SMALL.weight(folded) == weight


@pytest.mark.parametrize(
    ("token", "form"), [("BÀN", "bàn"), ("giao", "giao"), ("CNTT", "cntt"), ("7", "0"), ("1.300", "0"), ("10/9", "0")]
)
def test_a_token_has_the_id_of_its_form_and_every_figure_the_same(token: str, form: str) -> None:
    assert _SMALL.forms[_SMALL.id_of(token)] == form


@pytest.mark.parametrize("token", ["robot", "bãn", "A4", "IPv6"])
def test_a_token_that_the_text_does_not_hold_has_no_id(token: str) -> None:
    assert _SMALL.id_of(token) == -1


@pytest.mark.parametrize("sign", [".", "?", "(", '"'])
def test_every_sign_between_stretches_is_their_end(sign: str) -> None:
    assert _SMALL.id_of(sign) == END


@pytest.mark.parametrize(
    ("left", "right", "are_neighbours"),
    [
        ("bàn", "giao", True),
        ("giao", "0", True),
        ("văn", "bản", True),
        ("giao", "bàn", False),
        ("bán", "giao", False),
        ("sản", "bàn", False),  # a full stop between
        ("xe", "cntt", False),  # a bracket
        ("hành", "văn", False),  # a line
        ("bản", "bán", False),  # a text
    ],
)
def test_neighbours_stand_one_behind_the_other_in_one_stretch(left: str, right: str, are_neighbours: bool) -> None:
    assert _are_neighbours(_SMALL, left, right) is are_neighbours


@pytest.mark.parametrize(
    ("left", "right", "follows"),
    [
        ("ban", "giao", True),
        ("van", "ban", True),
        ("giao", "ban", False),
        ("hang", "ban", False),
        ("bàn", "giao", False),  # not folded
        ("ban", "robot", False),
        ("", "", False),
    ],
)
def test_folded_syllables_follow_one_another_with_whatever_marks(left: str, right: str, follows: bool) -> None:
    assert _SMALL.follow(left, right) is follows


def test_a_pair_that_the_text_has_is_likelier_than_one_that_it_has_not() -> None:
    left, right, other = (_SMALL.ids[form] for form in ("bàn", "giao", "hàng"))
    assert _chance(_SMALL, left, right) > 0.5 > 0.1 > _chance(_SMALL, left, other) > 0


def test_behind_an_unknown_syllable_only_how_often_the_next_one_comes_counts() -> None:
    twice, once = _SMALL.ids["giao"], _SMALL.ids["xe"]
    assert _chance(_SMALL, -1, twice) == pytest.approx(2 * _chance(_SMALL, -1, once))


def test_an_unknown_syllable_is_less_likely_than_any_known_one() -> None:
    every = np.arange(len(_SMALL.forms), dtype=np.int64)
    known, unknown = _SMALL.log_chances(every, every), _SMALL.log_chances(every, np.array([-1], np.int64))
    assert known.shape == (len(every), len(every))
    assert np.isfinite(unknown).all()
    assert (known > unknown).all()


@pytest.mark.parametrize("learned", [_SMALL, Bigrams.build(_SOURCES)], ids=["small", "sources"])
def test_the_chances_behind_a_syllable_make_up_one(learned: Bigrams) -> None:
    every = np.arange(len(learned.forms), dtype=np.int64)
    totals = np.exp(learned.log_chances(np.append(every[:200], -1), every)).sum(axis=1)
    assert totals == pytest.approx(1, abs=0.01)


@given(st.lists(st.text("abàđ 1.\n"), max_size=5))
def test_counts_are_those_of_the_tokens_and_one_end_a_line(texts: list[str]) -> None:
    learned = Bigrams.build(texts)
    lines = [line for text in texts for line in text.split("\n")]
    tokens = [token for line in lines for piece in line.split() for token in bigrams.TOKEN.findall(piece)]
    assert int(learned.counts.sum()) == 1 + len(tokens) + len(lines)
    assert all(learned.id_of(token) >= 0 for token in tokens)


def test_of_too_many_pairs_the_most_frequent_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bigrams, "_MOST_PAIRS", 2)
    learned = Bigrams.build(["bàn giao"] * 3 + ["bán hàng nhanh"])
    assert _are_neighbours(learned, "bàn", "giao")
    assert not _are_neighbours(learned, "bán", "hàng")
    assert learned.weight("hang") == 1


@pytest.mark.parametrize("texts", [[], [""], ["", "\n\n"], ["?"]])
def test_a_text_without_words_has_no_syllable_and_chances_all_the_same(texts: list[str]) -> None:
    learned = Bigrams.build(texts)
    assert (learned.by_folded, learned.weight("dong"), learned.follow("dong", "thap")) == ({}, 0, False)
    assert learned.id_of("dong") == -1
    assert 0 < _chance(learned, -1, -1) < 1


def test_saved_and_loaded_they_are_the_same(tmp_path: Path) -> None:
    learned = Bigrams.build(_SOURCES, 5)
    learned.save(tmp_path / "counts.npz")
    loaded = Bigrams.load(tmp_path / "counts.npz", 5)
    assert loaded is not None
    assert (loaded.generation, loaded.forms, loaded.ids) == (5, learned.forms, learned.ids)
    assert loaded.by_folded == learned.by_folded
    assert loaded.counts.tolist() == learned.counts.tolist()
    some = np.arange(-1, 300, dtype=np.int64)
    assert np.array_equal(loaded.log_chances(some, some), learned.log_chances(some, some))
    assert [file.name for file in tmp_path.iterdir()] == ["counts.npz"]


def test_counts_of_no_text_can_be_saved_and_loaded(tmp_path: Path) -> None:
    Bigrams.build([], 1).save(tmp_path / "counts.npz")
    loaded = Bigrams.load(tmp_path / "counts.npz", 1)
    assert loaded is not None
    assert loaded.forms == Bigrams.build([]).forms


def test_saving_again_replaces(tmp_path: Path) -> None:
    Bigrams.build(["Thái Nguyên"], 1).save(tmp_path / "counts.npz")
    Bigrams.build(["Đồng Tháp"], 2).save(tmp_path / "counts.npz")
    loaded = Bigrams.load(tmp_path / "counts.npz", 2)
    assert loaded is not None
    assert (loaded.weight("dong"), loaded.weight("thai")) == (1, 0)


def test_another_generation_is_not_loaded(tmp_path: Path) -> None:
    _SMALL.save(tmp_path / "counts.npz")
    assert Bigrams.load(tmp_path / "counts.npz", 3) is not None
    assert Bigrams.load(tmp_path / "counts.npz", 4) is None


def test_another_format_is_not_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _SMALL.save(tmp_path / "counts.npz")
    monkeypatch.setattr(bigrams, "_FORMAT", bigrams._FORMAT + 1)
    assert Bigrams.load(tmp_path / "counts.npz", 3) is None


def test_no_file_and_a_folder_are_not_loaded(tmp_path: Path) -> None:
    assert Bigrams.load(tmp_path / "counts.npz", 3) is None
    assert Bigrams.load(tmp_path, 3) is None


@pytest.mark.parametrize("content", [b"", b"garbage", b"{}", b"\x93NUMPY"])
def test_a_file_of_something_else_is_not_loaded(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "counts.npz").write_bytes(content)
    assert Bigrams.load(tmp_path / "counts.npz", 3) is None


def test_a_file_that_lacks_a_part_is_not_loaded(tmp_path: Path) -> None:
    np.savez(tmp_path / "counts.npz", format=np.array([bigrams._FORMAT, 3]))
    assert Bigrams.load(tmp_path / "counts.npz", 3) is None


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_truncated_file_is_not_loaded(tmp_path: Path, share: float) -> None:
    file = tmp_path / "counts.npz"
    _SMALL.save(file)
    whole = file.read_bytes()
    file.write_bytes(whole[: int(len(whole) * share)])
    assert Bigrams.load(file, 3) is None


def test_a_file_with_damaged_bytes_is_not_loaded(tmp_path: Path) -> None:
    file = tmp_path / "counts.npz"
    _SMALL.save(file)
    whole = file.read_bytes()
    damaged = whole.replace("bàn".encode(), "bãn".encode())
    assert damaged != whole
    file.write_bytes(damaged)
    assert Bigrams.load(file, 3) is None
