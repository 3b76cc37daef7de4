"""What tells the field of a statement, as names of cues."""

from dataclasses import replace

import pytest

from index.field_cues import Told, cues, fields_in, words_of_fields

_PLAIN = Told("Việc này cần sớm làm.", "", "", "", "ministry", "recommendation", "text", "jump", leads=False)


def _told(said: str, **changed: object) -> Told:
    return replace(_PLAIN, said=said, **changed)  # type: ignore[arg-type]  # by each test


@pytest.mark.parametrize(
    ("said", "fields"),
    [
        ("Phủ sóng 4G tới mọi thôn.", ("viễn thông",)),
        ("Lập trung tâm điều hành đô thị thông minh.", ("đô thị thông minh",)),
        ("Phía tỉnh có nhiều loại ý kiến.", ()),
        ("Bu\u031bu chính công ích.", ("bưu chính",)),
        ("Rà soát lỗ hổng, mã độc ở bệnh viện.", ("an toàn thông tin", "y tế")),
        ("", ()),
    ],
)
def test_the_fields_whose_words_a_text_holds(said: str, fields: tuple[str, ...]) -> None:
    assert fields_in(said) == fields


def test_a_word_inside_a_longer_one_that_counted_does_not_count_again() -> None:
    assert fields_in("Nhân viên bưu điện ghé trạm y tế.") == ("y tế", "bưu chính")
    assert fields_in("Cả tỉnh dùng dịch vụ công trực tuyến.") == ("dịch vụ công",)


def test_every_word_belongs_to_one_field() -> None:
    listed = [word for words in words_of_fields().values() for word in words]
    assert len(set(listed)) == len(listed)


def test_own_words_the_opening_the_heading_and_the_speaker() -> None:
    (found,) = cues([_told("Mở 5G.", opener="Về du lịch,", heading="Báo chí", speaker="Vụ Bưu chính")])
    assert {"w 5g", "w mở 5g", "has viễn thông", "only viễn thông"} <= set(found)
    assert {"opener du lịch", "heading báo chí truyền thông", "speaker bưu chính", "kind=recommendation"} <= set(found)


def test_figures_are_all_alike() -> None:
    assert cues([_told("Mở 120 trạm.")]) == cues([_told("Mở 1.300 trạm.")])


def test_neighbours_tell_more_where_they_hang_together() -> None:
    apart = cues([_told("Mở 5G."), _told("Cần sớm làm.", link="next")])
    close = cues([_told("Mở 5G."), _told("Cần sớm làm.", link="same")])
    assert "before viễn thông" in apart[1]
    assert "close before viễn thông" not in apart[1]
    assert "close before viễn thông" in close[1]
    assert "after viễn thông" in cues([_told("Cần sớm làm."), _told("Mở 5G.")])[0]


def test_a_lead_tells_of_its_items_and_no_further() -> None:
    item = _told("Cần sớm làm.", place="item", link="list")
    found = cues([_told("Về 5G:", leads=True), item, item, _told("Hết."), item])
    assert [("lead viễn thông" in names) for names in found] == [False, True, True, False, False]


def test_nothing_said() -> None:
    assert cues([]) == []
