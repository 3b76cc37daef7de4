"""What people corrected: kept, applied, and read back."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from index.corrections import Correction, Corrections, placed, quote_digest
from index.errors import CorrectionsDamagedError
from index.records import Statement

_AT = "2026-01-02T08:00:00+07:00"


def _statement(number: int, text: str, **changes: str) -> Statement:
    particulars = {"kind": "status", "speaker": "Trần Văn Nam", "title": "Bộ trưởng", "speaker_side": "ministry"}
    particulars |= {"recipient": "", "province": "Sông Lam", "date": "2020", "field": "khác", "deadline": ""} | changes
    return Statement(f"d!{number}", "d", 0, len(text), text, figures=(), confidence=0.9, cues=(), **particulars)  # type: ignore[arg-type]


def _correction(
    quote: str, *, nth: int = 0, source: str = "a.md", taken_out: bool = False, **changes: str
) -> Correction:
    return Correction(source, quote_digest(quote), nth, tuple(changes.items()), "Lan", _AT, is_statement=not taken_out)


_ONE, _TWO = _statement(0, "Nên thuê máy chủ."), _statement(1, "Đã có 3 trạm.")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "nhà" / "corrections.jsonl"


def test_without_a_file_nothing_is_corrected(file: Path) -> None:
    corrections = Corrections(file)
    assert corrections.applied("a.md", [_ONE, _TWO]) == [(_ONE, False), (_TWO, False)]
    assert (len(corrections), list(corrections), file.exists()) == (0, [], False)


def test_a_correction_is_applied_at_once_and_after_reading_again(file: Path) -> None:
    corrections = Corrections(file)
    corrections.add(_correction(_ONE.text, kind="recommendation", field="hạ tầng số"))
    for read in (corrections, Corrections(file)):
        (one, corrected), other = read.applied("a.md", [_ONE, _TWO])
        assert (one.kind, one.field, one.speaker, corrected) == ("recommendation", "hạ tầng số", "Trần Văn Nam", True)
        assert other == (_TWO, False)
        assert read.applied("b.md", [_ONE]) == [(_ONE, False)]
        assert len(read) == 1


def test_a_quote_is_known_however_its_lines_are_broken(file: Path) -> None:
    Corrections(file).add(_correction("Nên thuê\n  máy chủ.", kind="opinion"))
    assert Corrections(file).applied("a.md", [_ONE])[0][0].kind == "opinion"


def test_the_last_correction_of_a_field_wins_and_the_others_stay(file: Path) -> None:
    corrections = Corrections(file)
    corrections.add(_correction(_ONE.text, kind="opinion", speaker="Lê Thị Hoa"))
    corrections.add(_correction(_ONE.text, kind="commitment"))
    ((one, _),) = Corrections(file).applied("a.md", [_ONE])
    assert (one.kind, one.speaker) == ("commitment", "Lê Thị Hoa")
    assert [dict(each.changes) for each in Corrections(file)] == [
        {"kind": "opinion", "speaker": "Lê Thị Hoa"},
        {"kind": "commitment"},
    ]


def test_of_equal_quotes_only_the_one_meant_is_corrected(file: Path) -> None:
    again = _statement(2, _ONE.text)
    Corrections(file).add(_correction(_ONE.text, nth=1, kind="event"))
    found = Corrections(file).applied("a.md", [_ONE, _TWO, again])
    assert [(one.id, one.kind) for one, _ in found] == [("d!0", "status"), ("d!1", "status"), ("d!2", "event")]
    assert [nth for _, _, nth in placed([_ONE, _TWO, again])] == [0, 0, 1]


def test_what_is_taken_out_comes_back_as_it_was_read(file: Path) -> None:
    corrections = Corrections(file)
    corrections.add(_correction(_ONE.text, kind="event"))
    corrections.add(_correction(_ONE.text, taken_out=True))
    assert Corrections(file).applied("a.md", [_ONE, _TWO]) == [(_TWO, False)]
    corrections.add(_correction(_ONE.text))
    assert Corrections(file).applied("a.md", [_ONE]) == [(_ONE, False)]


def test_what_is_taken_out_comes_back_with_a_new_correction(file: Path) -> None:
    corrections = Corrections(file)
    corrections.add(_correction(_ONE.text, taken_out=True))
    corrections.add(_correction(_ONE.text, kind="opinion"))
    assert [(one.kind, corrected) for one, corrected in corrections.applied("a.md", [_ONE])] == [("opinion", True)]


def test_a_correction_under_another_name_of_the_same_text_counts_in_its_time(file: Path) -> None:
    corrections = Corrections(file)
    corrections.add(_correction(_ONE.text, source="b.md", kind="opinion"))
    assert corrections.applied("a.md", [_ONE], ["b.md"])[0][0].kind == "opinion"
    corrections.add(_correction(_ONE.text, kind="event"))
    assert corrections.applied("a.md", [_ONE], ["b.md"])[0][0].kind == "event"
    assert corrections.applied("b.md", [_ONE], ["a.md"])[0][0].kind == "event"


@pytest.mark.parametrize(("field", "value"), [("kind", "khác"), ("speaker_side", "nobody"), ("text", "x"), ("id", "y")])
def test_what_cannot_be_is_not_kept(file: Path, field: str, value: str) -> None:
    with pytest.raises(ValueError, match=field):
        Corrections(file).add(replace(_correction(_ONE.text), changes=((field, value),)))
    assert not file.exists()


def test_a_name_with_any_line_break_stays_on_one_line(file: Path) -> None:
    corrections = Corrections(file)
    for name in ("Lê\u2028Hoa", "Lê\x85Hoa", "Lê\nHoa"):
        corrections.add(_correction(_ONE.text, speaker=name))
        assert Corrections(file).applied("a.md", [_ONE])[0][0].speaker == name


def test_a_file_touched_with_an_editor_is_read(file: Path) -> None:
    Corrections(file).add(_correction(_ONE.text, kind="event"))
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n") + b"\r\n\r\n")
    assert Corrections(file).applied("a.md", [_ONE])[0][0].kind == "event"


def _line(**changes: object) -> str:
    held: dict[str, object] = {"source": "a.md", "quote_sha256": "0", "nth": 0, "changes": {}, "by": "", "at": _AT}
    return json.dumps(held | changes)


@pytest.mark.parametrize(
    "line",
    [
        '{"source": "a',
        "[]",
        "null",
        _line(changes={"kind": "khác"}),
        _line(changes={"cues": "x"}),
        _line(changes={"speaker": 3}),
        _line(changes=[]),
        _line(extra=1),
        _line(changes={"kind": ["event"]}),
        _line(source=3),
        _line(nth="0"),
        _line(quote_sha256=[]),
        _line(is_statement="no"),
        "[" * 100_000,
        "\x00\udcff",
    ],
)
def test_a_line_that_cannot_be_read_is_passed_over_and_told(file: Path, line: str) -> None:
    Corrections(file).add(_correction(_ONE.text, kind="event"))
    with file.open("ab") as opened:
        opened.write(line.encode(errors="surrogateescape") + b"\n")
    Corrections(file).add(_correction(_TWO.text, kind="opinion"))
    read = Corrections(file)
    assert [one.kind for one, _ in read.applied("a.md", [_ONE, _TWO])] == ["event", "opinion"]
    assert read.broken == (2,)
    assert "«corrections.jsonl» có 1 dòng không đọc được (dòng 2)" in read.broken_text()


def test_a_file_in_which_every_line_is_read_has_nothing_to_tell(file: Path) -> None:
    Corrections(file).add(_correction(_ONE.text, kind="event"))
    assert (Corrections(file).broken, Corrections(file).broken_text()) == ((), "")


def test_of_many_broken_lines_the_first_are_named(file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(b"\xff\xfe\x00\n" * 30)
    assert "có 30 dòng không đọc được (dòng 1, 2, 3, 4, 5, …)" in Corrections(file).broken_text()


def test_what_cannot_be_opened_is_damaged(file: Path) -> None:
    file.mkdir(parents=True)
    with pytest.raises(CorrectionsDamagedError, match=r"corrections\.jsonl"):
        Corrections(file)


def test_a_line_that_was_cut_short_does_not_take_the_next_one_with_it(file: Path) -> None:
    corrections = Corrections(file)
    corrections.add(_correction(_ONE.text, kind="event"))
    file.write_bytes(file.read_bytes().rstrip(b"\n"))
    corrections.add(_correction(_TWO.text, kind="opinion"))
    found = Corrections(file).applied("a.md", [_ONE, _TWO])
    assert [one.kind for one, _ in found] == ["event", "opinion"]
