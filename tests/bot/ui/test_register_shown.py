"""What the register tab shows, worked out once; and its files."""

import json
from pathlib import Path

import pytest

from bot.correcting import Change
from bot.errors import ForbiddenError, RegisterError
from bot.identity import Identity
from bot.register_asked import Typed
from bot.register_files import write_csv, write_docx, write_json, write_xlsx
from bot.register_listing import Listing, Section
from bot.service import Assistant
from bot.ui.correction_form import change_of
from bot.ui.register_export import FORMS, content_of, require_printable
from bot.ui.register_filter import typed_of
from bot.ui.register_shown import listed
from tests.bot import sayings
from tests.bot.corpus import index_of
from tests.bot.ui.tabs_served import KEEPER, READER, assistant_of

_EVERYTHING = Typed(every_kind=True)


@pytest.fixture
def assistant(tmp_path: Path) -> Assistant:
    index_of(tmp_path).close()
    sayings.fill(tmp_path)
    return assistant_of(tmp_path)


def test_the_same_filter_is_worked_out_once_until_something_changes(assistant: Assistant) -> None:
    first = listed(assistant, READER, _EVERYTHING)
    assert listed(assistant, READER, Typed(every_kind=True)) is first
    assistant.keeping.correct(KEEPER, "dong-thap@0!0", Change(kind="nhận định"))
    corrected = listed(assistant, READER, _EVERYTHING)
    assert "1 đã đính chính" in corrected.listing.summary
    assert "1 đã đính chính" not in first.listing.summary


def test_nobody_without_a_role_is_shown_anything(assistant: Assistant) -> None:
    with pytest.raises(ForbiddenError):
        listed(assistant, Identity("ai đó", frozenset(), "sso"), _EVERYTHING)


def test_a_filter_that_cannot_be_understood_is_told(assistant: Assistant) -> None:
    with pytest.raises(RegisterError, match="Không rõ địa phương «Xứ Lạ»"):
        listed(assistant, READER, typed_of(["Xứ Lạ"], [], [], [], "", "", "", False))


def test_no_kind_chosen_means_every_kind() -> None:
    assert typed_of([], [], [], [], "", "", "", False).every_kind
    assert not typed_of([], ["request"], [], [], "", "", "", False).every_kind


@pytest.mark.parametrize(
    ("write", "begins"), [(write_csv, b"\xef\xbb\xbf"), (write_xlsx, b"PK"), (write_docx, b"PK"), (write_json, b"[")]
)
def test_what_is_listed_becomes_a_file(assistant: Assistant, write: object, begins: bytes) -> None:
    listing = listed(assistant, READER, _EVERYTHING).listing
    content = content_of(write, listing)  # type: ignore[arg-type]  # one of the writers
    assert content.startswith(begins)
    if begins == b"[":
        said = {row["quote"] for row in json.loads(content)}
        assert {sayings.BUDGET, sayings.RIVER} <= said


def test_a_list_that_would_fill_hundreds_of_pages_is_not_made_a_paper() -> None:
    listing = Listing("", [Section("", [[]] * 3001)], "")
    word, others = [form for form in FORMS if form.ending == "docx"], [form for form in FORMS if form.ending != "docx"]
    with pytest.raises(RegisterError, match=r"Hãy lọc còn tối đa 3\.000 nội dung, hoặc tải dạng Excel"):
        require_printable(word[0], listing)
    for form in others:
        require_printable(form, listing)


def test_only_what_differs_is_a_correction(assistant: Assistant) -> None:
    lines = assistant.whole_register(READER).over("dong-thap", 0, 5)
    statement = lines[0].statement
    same = {"kind": statement.kind, "speaker": statement.speaker, "title": statement.title}
    assert change_of(statement, same) == Change()
    assert change_of(statement, {**same, "speaker": "", "title": ""}) == Change(speaker="", title="")
    # A new person keeps a title that the form leaves standing.
    assert change_of(statement, {**same, "speaker": "Phan Tâm"}) == Change(speaker="Phan Tâm", title="Bộ trưởng")
