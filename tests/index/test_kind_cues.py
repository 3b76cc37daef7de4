"""The cues of a clause: where it stands in its document and its paragraph."""

from index.kind_cues import Clause, cues, cues_of


def _clause(said: str, is_first: bool = False) -> Clause:
    return Clause(said, "ministry", True, "", "text", "", "same", False, is_first)


def _place(told: list[str]) -> list[str]:
    return [cue for cue in told if cue.startswith(("fifth", "clause", "ends", "first of", "last of"))]


def test_a_clause_tells_how_far_in_it_stands() -> None:
    first, middle, last = cues_of([_clause("Một.", True), _clause("Hai."), _clause("Ba.", True)])
    assert _place(first) == ["fifth 0 side=ministry", "clause 0 side=ministry", "first of all"]
    assert _place(middle) == ["fifth 1 side=ministry", "clause 1 side=ministry", "ends block side=ministry"]
    assert _place(last) == [
        "fifth 3 side=ministry",
        "clause 0 side=ministry",
        "ends block side=ministry",
        "last of all",
    ]


def test_deep_in_a_paragraph_the_place_no_longer_counts() -> None:
    *_, fifth, sixth = cues_of([_clause("Một.", True), *[_clause("Hai.")] * 5])
    assert "clause 4 side=ministry" in fifth
    assert "clause 4 side=ministry" in sixth


def test_its_own_cues_are_told_too_each_once() -> None:
    clause = _clause("cần mở dữ liệu, cần mở kho", True)
    (told,) = cues_of([clause])
    assert set(cues(clause)) < set(told)
    assert len(told) == len(set(told))


def test_nothing_said() -> None:
    assert cues_of([]) == []
