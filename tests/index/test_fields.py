"""The field that a statement is about."""

import itertools
import json

import numpy as np
import pytest

from index import fields
from index.field_cues import Told
from index.fields import OTHER, FieldModel, all_fields, shipped
from index.kind_cues import LINKS, Link
from tests.index.spoken import statement, statements

_MOST_BYTES = 400_000


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ("Thứ trưởng Phan Minh Khoa đề nghị tỉnh phủ sóng 4G tới mọi thôn.", "viễn thông"),
        ("Thứ trưởng Phan Minh Khoa đề nghị tỉnh rà soát lỗ hổng và mã độc hằng tháng.", "an toàn thông tin"),
        ("Thứ trưởng Phan Minh Khoa đề nghị nâng tỷ lệ hồ sơ trực tuyến của dịch vụ công.", "dịch vụ công"),
        ("Thứ trưởng Phan Minh Khoa đề nghị nối trạm y tế xã với bệnh viện tỉnh.", "y tế"),
        ("Thứ trưởng Phan Minh Khoa đề nghị tỉnh thay loa truyền thanh ở các xã.", "thông tin cơ sở"),
        ("Thứ trưởng Phan Minh Khoa đề nghị Sở giúp các cơ quan báo chí của tỉnh.", "báo chí truyền thông"),
    ],
)
def test_by_its_own_words(said: str, field: str) -> None:
    assert statement(said).field == field


def test_that_a_meeting_took_place_is_of_no_field() -> None:
    assert statements("Thứ trưởng Phan Minh Khoa đã có buổi làm việc với tỉnh Cà Mau.\n")[0].field == OTHER


def test_items_without_words_of_their_own_stay_in_the_field_of_their_lead() -> None:
    lead = "Về an toàn thông tin, Thứ trưởng Phan Minh Khoa đề nghị tỉnh:"
    found = statements(f"# Tin\n\n{lead}\n\n- rà soát cấp độ của mọi hệ thống;\n- làm xong trong quý I.\n")
    assert {one.field for one in found[-2:]} == {"an toàn thông tin"}


def test_its_neighbours_decide_where_it_says_nothing() -> None:
    size = len(all_fields())
    table = np.zeros((size, size)) + 3 * np.eye(size)
    weights = {"w 5g": np.eye(size)[3] * 5, "kind=event": np.eye(size)[2]}
    model = FieldModel(weights, dict.fromkeys(LINKS, table))
    found = model.fields_of([_told("Mở 5G.", "jump"), _told("Làm sớm.", "same")])
    assert found == [all_fields()[3]] * 2
    assert model.fields_of([]) == []


def _told(said: str, link: Link) -> Told:
    return Told(said, "", "", "", "ministry", "event", "text", link, leads=False)


@pytest.mark.parametrize("said", ["", "…", "xyz qwrt", "%" * 500])
def test_wording_it_never_saw_has_a_field_too(said: str) -> None:
    (found,) = shipped().fields_of([_told(said, "jump")])
    assert found in all_fields()


def test_the_model_that_ships_is_small_and_of_these_fields() -> None:
    size = len(all_fields())
    assert fields._FILE.stat().st_size < _MOST_BYTES
    read = json.loads(fields._FILE.read_text(encoding="utf-8"))
    assert max(itertools.chain.from_iterable(pairs[::2] for pairs in read["weights"].values())) < size
    assert set(shipped().steps) == set(LINKS)
    assert {table.shape for table in shipped().steps.values()} == {(size, size)}


def test_every_field_is_named_once_and_the_last_is_for_the_rest() -> None:
    found = all_fields()
    assert found[-1] == OTHER
    assert len(set(found)) == len(found) > 10
