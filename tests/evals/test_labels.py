"""The hand-labelled documents."""

import itertools
import json
from pathlib import Path

import pytest

from bot.errors import SettingsError
from evals.labels import FOLDER, Labelled, quote_mark, read_labelled
from index.fields import all_fields
from index.records import KINDS, SIDES

_TEXT = "# Tin\n\nThứ trưởng Phan Minh Khoa đề nghị tỉnh Cà Mau mở dữ liệu.\n"
_QUOTE = "Thứ trưởng Phan Minh Khoa đề nghị tỉnh Cà Mau mở dữ liệu."


@pytest.fixture(scope="module")
def labelled() -> list[Labelled]:
    return read_labelled()


def _write(folder: Path, quote: str = _QUOTE) -> None:
    start = _TEXT.index(_QUOTE)
    label = {
        "start": start,
        "end": start + len(_QUOTE),
        "quote": quote_mark(quote),
        "kind": "recommendation",
        "speaker": "Phan Minh Khoa",
        "speaker_side": "ministry",
        "recipient": "tỉnh Cà Mau",
        "province": "Cà Mau",
        "field": "khác",
        "doubtful": True,
    }
    part = folder / "thử"
    part.mkdir()
    (part / "tin.md").write_text(_TEXT, encoding="utf-8")
    (part / "tin.jsonl").write_text(json.dumps(label, ensure_ascii=False), encoding="utf-8")


def test_every_label_stands_where_it_says(labelled: list[Labelled]) -> None:
    assert sum(len(one.labels) for one in labelled) > 2500  # reading them held each against its quote
    for one in labelled:
        assert all(0 <= label.start < label.end <= len(one.document.text) for label in one.labels), one.name


def test_labels_of_a_document_do_not_overlap(labelled: list[Labelled]) -> None:
    for one in labelled:
        spans = sorted((label.start, label.end) for label in one.labels)
        assert all(end <= start for (_, end), (start, _) in itertools.pairwise(spans)), one.name


def test_labels_hold_only_what_the_index_knows(labelled: list[Labelled]) -> None:
    for label in (label for one in labelled for label in one.labels):
        assert label.kind in KINDS
        assert label.speaker_side in SIDES
        assert label.field in all_fields()


def test_every_document_whose_text_is_with_the_project_is_read(labelled: list[Labelled]) -> None:
    read = {(one.part, one.name) for one in labelled}
    marked = {(file.parent.name, file.stem) for file in FOLDER.glob("*/*.jsonl")}
    assert {part for part, _ in marked - read} <= {"originals"}


def test_a_labelled_document(tmp_path: Path) -> None:
    _write(tmp_path)
    (one,) = read_labelled(tmp_path)
    assert (one.name, one.part, one.group) == ("tin", "thử", "tin")
    (label,) = one.labels
    assert one.document.text[label.start : label.end] == _QUOTE
    assert (label.kind, label.speaker, label.is_doubtful) == ("recommendation", "Phan Minh Khoa", True)


def test_a_label_that_no_longer_fits_its_text_is_told(tmp_path: Path) -> None:
    _write(tmp_path, quote="Một câu khác.")
    with pytest.raises(SettingsError, match=r"tin\.jsonl: the text at \d+-\d+"):
        read_labelled(tmp_path)


def test_labels_without_their_text_are_left_out(tmp_path: Path) -> None:
    _write(tmp_path)
    (tmp_path / "thử" / "tin.md").unlink()
    assert read_labelled(tmp_path) == []


def test_originals_are_read_where_the_articles_are_at_hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _write(tmp_path)
    (tmp_path / "thử").rename(tmp_path / "originals")
    monkeypatch.delenv("KHUYEN_NGHI_SEEDS", raising=False)
    assert read_labelled(tmp_path) == []
    seeds = tmp_path / "originals" / "bài gốc"
    seeds.mkdir()
    (seeds / "tin_bộ.txt").write_text(_TEXT, encoding="utf-8")
    monkeypatch.setenv("KHUYEN_NGHI_SEEDS", str(seeds))
    assert [one.name for one in read_labelled(tmp_path)] == ["tin"]


def test_an_original_and_its_digest_are_one_group(labelled: list[Labelled]) -> None:
    digests = {one.group for one in labelled if one.part == "digests"}
    assert {one.group for one in labelled if one.part == "originals"} <= digests
