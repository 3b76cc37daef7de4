"""The same text under several names: stored once, and there as long as one of the files is."""

from collections.abc import Sequence

import pytest

from index.embed import Vectors
from tests.index.workshop import Workshop, names, outcome
from tests.stand_ins import HashingEncoder

_WATER, _POST, _NET = "Tỉnh cấp nước sạch cho nông thôn.", "Bưu chính công ích phục vụ xã.", "Phủ cáp quang tới bản."


@pytest.fixture
def twice(shop: Workshop) -> Workshop:
    """One text in two files, indexed in one run."""
    shop.write("a.md", _WATER)
    shop.write("b.md", _WATER)
    assert outcome(shop.build()) == {"added": ["a.md"], "same": ["b.md"]}
    return shop


def _texts(shop: Workshop) -> list[str]:
    """The text of every document, as a new reader lists them, and as many passages as there are texts."""
    reader = shop.open()
    found = sorted(document.text for document in reader.documents())
    assert sorted(passage.text for _, passage in reader.passages()) == found
    known, stored = shop.stored_ids()
    assert known == stored
    return found


def test_the_same_text_under_two_names_is_stored_once_and_told(twice: Workshop) -> None:
    (document,) = twice.documents().values()
    assert (document.id, document.source_name, names(document.others)) == ("a", "a.md", ["b.md"])
    assert twice.texts("nước sạch") == [_WATER]
    assert outcome(twice.build()) == {"unchanged": ["a.md", "b.md"]}
    assert _texts(twice) == [_WATER]


def test_the_report_names_the_file_that_holds_the_text_already(twice: Workshop) -> None:
    path = twice.write("con/c.md", _WATER)
    assert twice.build().same == ((path.as_posix(), (twice.sources / "a.md").as_posix()),)


def test_the_report_names_the_file_that_holds_the_text_in_the_same_run(shop: Workshop) -> None:
    first, second = (shop.write(name, _WATER) for name in ("a.md", "b.md"))
    assert shop.build().same == ((second.as_posix(), first.as_posix()),)


@pytest.mark.parametrize("removed", ["a.md", "b.md"])
def test_while_one_of_the_files_stays_so_does_the_document_with_its_id(twice: Workshop, removed: str) -> None:
    reader, kept = twice.open(), "b.md" if removed == "a.md" else "a.md"
    (twice.sources / removed).unlink()
    assert outcome(twice.build()) == {"removed": [removed], "unchanged": [kept]}
    (hit,) = reader.search("nước sạch", 5)
    assert (hit.document.id, hit.document.source_name, hit.document.others) == ("a", kept, ())
    assert _texts(twice) == [_WATER]


def test_with_the_last_file_the_document_goes(twice: Workshop) -> None:
    twice.write("c.md", _POST)
    for name in ("a.md", "b.md"):
        (twice.sources / name).unlink()
    assert outcome(twice.build()) == {"added": ["c.md"], "removed": ["a.md", "b.md"]}
    assert _texts(twice) == [_POST]


@pytest.mark.parametrize("changed", ["a.md", "b.md"])
def test_one_of_the_files_may_change_and_the_other_keeps_the_document_and_its_id(twice: Workshop, changed: str) -> None:
    kept = "b.md" if changed == "a.md" else "a.md"
    twice.write(changed, _POST)
    assert outcome(twice.build()) == {"changed": [changed], "unchanged": [kept]}
    documents = twice.documents()
    assert (documents[kept].id, documents[kept].text, documents[kept].others) == ("a", _WATER, ())
    assert (documents[changed].text, documents[changed].others) == (_POST, ())
    assert documents[changed].id != "a"
    assert _texts(twice) == [_POST, _WATER]


def test_a_file_that_becomes_the_same_as_another_gives_up_its_own_document(shop: Workshop) -> None:
    shop.write("a.md", _WATER)
    shop.write("b.md", _POST)
    shop.build()
    shop.write("b.md", _WATER)
    assert outcome(shop.build()) == {"unchanged": ["a.md"], "same": ["b.md"]}
    assert _texts(shop) == [_WATER]
    assert shop.texts("bưu chính") == []


def test_one_of_the_files_may_become_unreadable(twice: Workshop) -> None:
    twice.write("a.md", b"\x89PNG\x00\xff\xfe")
    assert outcome(twice.build()) == {"removed": ["a.md"], "unchanged": ["b.md"], "refused": ["a.md"]}
    assert _texts(twice) == [_WATER]
    assert twice.documents()["b.md"].id == "a"


def test_a_text_in_an_archive_may_be_that_of_a_file(shop: Workshop) -> None:
    shop.write("b.md", _WATER)
    shop.write_zip("a.zip", {"a.txt": _WATER})
    report = shop.build()
    assert names(source for source, _ in report.same) == ["b.md"]
    (shop.sources / "a.zip").unlink()
    assert outcome(shop.build()) == {"removed": ["a.txt"], "unchanged": ["b.md"]}
    assert _texts(shop) == [_WATER]


def test_texts_that_are_nearly_alike_are_both_kept_and_told(shop: Workshop) -> None:
    words = " ".join(f"từ{number}" for number in range(40))
    shop.write("a.md", f"{words} năm 2020.")
    shop.write("b.md", f"{words} năm 2021.")
    shop.write("c.md", _POST)
    assert shop.build().similar == (("a", "b"),)
    assert len(shop.documents()) == 3
    shop.write("c.md", f"{words} năm 2022.")
    assert shop.build().similar == (("a", "c"), ("b", "c"))
    assert shop.build().similar == ()


@pytest.mark.parametrize(("first", "second"), [(_POST, _NET), (_POST, _POST)])
def test_when_both_files_change_in_one_run_the_old_text_is_gone(twice: Workshop, first: str, second: str) -> None:
    twice.write("a.md", first)
    twice.write("b.md", second)
    twice.build()
    assert _texts(twice) == sorted({first, second})


def test_when_one_file_goes_and_the_other_changes_the_old_text_is_gone(twice: Workshop) -> None:
    (twice.sources / "a.md").unlink()
    twice.write("b.md", _NET)
    twice.build()
    assert _texts(twice) == [_NET]


def test_a_file_may_be_kept_under_another_name_while_a_new_one_takes_its_place(shop: Workshop) -> None:
    shop.write("báo-cáo.md", _WATER)
    shop.build()
    shop.write("báo-cáo-cũ.md", _WATER)
    shop.write("báo-cáo.md", _POST)
    shop.build()
    assert _texts(shop) == sorted([_WATER, _POST])


def test_two_files_may_change_places(shop: Workshop) -> None:
    shop.write("a.md", _WATER)
    shop.write("b.md", _POST)
    shop.build()
    shop.write("a.md", _POST)
    shop.write("b.md", _WATER)
    shop.build()
    assert _texts(shop) == sorted([_WATER, _POST])


def test_what_is_declared_anew_of_a_shared_document_counts(twice: Workshop) -> None:
    twice.write("a.md.yaml", "date: 2020-05-01")
    twice.build()
    (document,) = twice.documents().values()
    assert str(document.date) == "2020-05-01"


def test_a_run_that_breaks_off_before_the_text_is_written_leaves_no_copy_of_nothing(shop: Workshop) -> None:
    class Failing(HashingEncoder):
        def encode_passages(self, texts: Sequence[str]) -> Vectors:
            raise MemoryError

    for name in ("a.md", "b.md"):
        shop.write(name, _WATER)
    with pytest.raises(MemoryError):
        shop.build(encoder=Failing())
    shop.build()
    (shop.sources / "a.md").unlink()
    shop.build()
    assert _texts(shop) == [_WATER]


def test_what_is_declared_beside_a_copy_is_told_as_not_used(shop: Workshop) -> None:
    first, copy = (shop.write(name, _WATER) for name in ("a.md", "b.md"))
    shop.write("b.md.yaml", "date: 2020-05-01")
    assert shop.build().unused == ((copy.as_posix(), first.as_posix()),)
    late = shop.write("c.md", _WATER)
    shop.write("c.md.yaml", "event: Buổi làm việc")
    assert shop.build().unused == ((late.as_posix(), first.as_posix()),)


def test_what_is_declared_alike_beside_both_is_not_told(shop: Workshop) -> None:
    for name in ("a.md", "b.md"):
        shop.write(name, _WATER)
        shop.write(f"{name}.yaml", "date: 2020-05-01")
    report = shop.build()
    assert (names(source for source, _ in report.same), report.unused) == (["b.md"], ())


def test_documents_that_are_nearly_alike_are_told_as_one_group_of_files(shop: Workshop) -> None:
    words = " ".join(f"từ{number}" for number in range(40))
    paths = [shop.write(f"{name}.md", f"{words} gửi {name}.").as_posix() for name in ("một", "hai", "ba", "bốn")]
    shop.write("khác.md", _POST)
    report = shop.build()
    assert len(report.similar) == 6
    assert [sorted(group) for group in report.alike] == [sorted(paths)]
