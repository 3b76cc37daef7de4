"""The register of an open index: read once, and again when something has changed."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.live_register import LiveRegister
from index.build import build_index
from index.corrections import Correction, Corrections, quote_digest
from index.register import Wanted
from index.search import IndexSettings, SearchIndex
from tests.bot.corpus import write_documents
from tests.bot.test_admission import waits_until
from tests.stand_ins import HashingEncoder

QUOTE = "Bộ trưởng đề nghị tỉnh Cà Mau mở kho dữ liệu."


class Shop:
    """One document, its index, its corrections, and the register over them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.sources = write_documents(folder / "sources", {"họp.md": f"{QUOTE}\n"})
        self.corrections = folder / "home" / "corrections.jsonl"
        self.encoder = HashingEncoder()
        self.settings = IndexSettings(self.encoder.fingerprint, passage_chars=700)
        self.build()
        self.index = SearchIndex(folder / "index", self.encoder, self.settings, 0.5)
        self.live = LiveRegister(self.index, self.corrections)

    def build(self) -> None:
        build_index([self.sources], self.folder / "index", self.encoder, self.settings)

    def correct(self, kind: str) -> None:
        source = (self.sources / "họp.md").as_posix()
        change = Correction(source, quote_digest(QUOTE), 0, (("kind", kind),), "", "2026")
        Corrections(self.corrections).add(change)

    def kinds(self) -> list[str]:
        return [line.statement.kind for line in self.live.now().lines(Wanted())]


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    made = Shop(tmp_path)
    yield made
    made.index.close()


def test_it_is_read_once_while_nothing_changes(shop: Shop) -> None:
    first = shop.live.now()
    shop.build()  # nothing new
    assert shop.live.now() is first
    assert shop.kinds() == ["recommendation"]


def test_a_correction_is_seen_at_once(shop: Shop) -> None:
    first = shop.live.now()
    shop.correct("opinion")
    assert shop.kinds() == ["opinion"]
    shop.correct("commitment")
    assert shop.kinds() == ["commitment"]
    shop.corrections.unlink()
    assert shop.kinds() == ["recommendation"]
    assert shop.live.now() is not first


def test_a_document_that_is_added_or_taken_out_is_seen_at_once(shop: Shop) -> None:
    assert len(shop.live.now()) == 1
    (shop.sources / "thêm.md").write_text("Tỉnh Long An cam kết dựng trạm phát sóng.\n", encoding="utf-8")
    shop.build()
    assert sorted(shop.kinds()) == ["commitment", "recommendation"]
    (shop.sources / "họp.md").unlink()
    shop.build()
    assert shop.kinds() == ["commitment"]


def test_a_broken_line_of_the_corrections_takes_nothing_else_with_it(shop: Shop) -> None:
    shop.correct("opinion")
    shop.corrections.write_bytes(b"\xff\xfe{\n" + shop.corrections.read_bytes())
    assert shop.kinds() == ["opinion"]


def slow(shop: Shop, pause_s: float = 0.0) -> LiveRegister:
    """A register that counts as slow to read, however fast it is."""
    return LiveRegister(shop.index, shop.corrections, quick_s=0.0, pause_s=pause_s)


def add(shop: Shop, name: str) -> None:
    (shop.sources / f"{name}.md").write_text(f"Tỉnh Long An cam kết dựng trạm {name}.\n", encoding="utf-8")
    shop.build()


def test_a_slow_one_that_only_lacks_what_came_since_will_do_until_the_new_one_is_read(shop: Shop) -> None:
    live = slow(shop)
    old = live.now()
    assert len(old) == 1
    add(shop, "thêm")
    assert live.now() is old
    assert waits_until(lambda: len(live.now()) == 2)
    settled, stamp = live.stamped()
    assert live.now() is settled
    assert stamp.generation == shop.index.generation


def test_a_slow_one_is_not_read_again_before_the_pause_is_over(shop: Shop) -> None:
    live = slow(shop, pause_s=60)
    old = live.now()
    for number in range(3):
        add(shop, str(number))
        assert live.now() is old
        assert live._reader is None
    live._pause_s = 0
    assert waits_until(lambda: len(live.now()) == 4)


@pytest.mark.parametrize("text", [None, "Bộ trưởng đề nghị tỉnh Cà Mau dựng trạm phát sóng.\n"])
def test_a_slow_one_never_holds_what_is_gone_or_was_written_anew(shop: Shop, text: str | None) -> None:
    live = slow(shop, pause_s=60)
    add(shop, "thêm")
    live.now()
    path = shop.sources / "họp.md"
    path.unlink() if text is None else path.write_text(text, encoding="utf-8")
    shop.build()
    assert not any(QUOTE in line.statement.text for line in live.now().lines(Wanted()))


def test_a_slow_one_shows_a_correction_at_once(shop: Shop) -> None:
    live = slow(shop, pause_s=60)
    live.now()
    shop.correct("opinion")
    assert [line.statement.kind for line in live.now().lines(Wanted())] == ["opinion"]


def test_an_index_that_cannot_be_read_behind_the_scenes_leaves_the_old_one(shop: Shop) -> None:
    live = slow(shop)
    old = live.now()
    add(shop, "thêm")
    shop.corrections.parent.mkdir(parents=True, exist_ok=True)
    with live._lock:  # the corrections become unreadable just when the reader starts
        live._read_later(next(filter(None, [live._read])))
        shop.corrections.mkdir()
    assert waits_until(lambda: live._reader is None)
    shop.corrections.rmdir()
    assert waits_until(lambda: len(live.now()) == 2)
    assert len(old) == 1


def test_several_threads_get_the_same_register(shop: Shop) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: shop.live.now(), range(24)))
    assert all(one is found[0] for one in found)
