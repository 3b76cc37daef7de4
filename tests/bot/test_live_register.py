"""The register of an open index: read once, and again when something has changed."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.live_register import LiveRegister
from index.build import build_index
from index.corrections import Correction, Corrections, quote_digest
from index.errors import CorrectionsDamagedError
from index.register import Wanted
from index.search import IndexSettings, SearchIndex
from tests.bot.corpus import write_documents
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


def test_corrections_that_cannot_be_read_are_told_until_they_are_mended(shop: Shop) -> None:
    shop.correct("opinion")
    whole = shop.corrections.read_bytes()
    shop.corrections.write_bytes(b"\xff\xfe{")
    for _ in range(2):
        with pytest.raises(CorrectionsDamagedError, match=r"corrections\.jsonl"):
            shop.live.now()
    shop.corrections.write_bytes(whole)
    assert shop.kinds() == ["opinion"]


def test_several_threads_get_the_same_register(shop: Shop) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: shop.live.now(), range(24)))
    assert all(one is found[0] for one in found)
