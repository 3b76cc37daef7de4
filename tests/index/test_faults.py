"""Indexing killed at random moments, by real signals in real processes; and files mutated at random."""

import random
import signal
import threading
import time
from pathlib import Path

import pytest

from index.catalog import CATALOG_FILE
from tests.index.fault import change_some, faults, said, start, text_of
from tests.index.workshop import Workshop

pytestmark = pytest.mark.slow
_DOCUMENTS, _KILLS = 200, 30
_BESIDE_S = 60


def test_killed_at_any_moment_the_index_stays_whole_and_the_next_run_completes_it(tmp_path: Path) -> None:
    chance = random.Random(5)
    shop = Workshop(tmp_path)
    for number in range(0, _DOCUMENTS, 2):
        shop.write(f"{number}.txt", text_of(number, 0))
    shop.build()
    killed = 0
    for attempt in range(1, 4 * _KILLS):
        change_some(shop, chance, _DOCUMENTS, attempt)
        process = start(tmp_path)
        time.sleep(chance.uniform(0.8, 3.0))
        process.send_signal(signal.SIGKILL)
        killed += process.wait() == -signal.SIGKILL
        assert faults(shop) == []
        shop.close()
        if killed == _KILLS:
            break
    assert killed == _KILLS
    shop.build()
    known, stored = shop.stored_ids()
    assert known == stored
    assert faults(shop) == []
    on_disk = {path.name: path.read_text(encoding="utf-8") for path in shop.sources.iterdir()}
    assert {name: document.text for name, document in shop.documents().items()} == on_disk
    shop.close()


def test_a_reader_beside_a_writer_sees_no_error_and_no_empty_answer(tmp_path: Path) -> None:
    chance = random.Random(6)
    shop = Workshop(tmp_path)
    shop.write("luôn-có.txt", "Văn bản luôn có về trạm bơm Thượng Lộc.")
    for number in range(40):
        shop.write(f"{number}.txt", text_of(number, 0))
    shop.build()
    reader = shop.open()
    stop = threading.Event()
    refused: list[str] = []

    def write() -> None:
        revision = 0
        while not stop.is_set():
            revision += 1
            change_some(shop, chance, 40, revision)
            both = start(tmp_path), start(tmp_path)
            refused.extend(message for process in both if "IndexLockedError" in (message := said(process)))

    writer = threading.Thread(target=write)
    writer.start()
    answers, end = 0, time.monotonic() + _BESIDE_S
    try:
        while time.monotonic() < end:
            hits = reader.search("trạm bơm Thượng Lộc", 3)
            assert hits[0].passage.text == "Văn bản luôn có về trạm bơm Thượng Lộc."
            answers += 1
            time.sleep(0.02)
    finally:
        stop.set()
        writer.join()
        shop.close()
    assert answers > 100
    assert refused
    assert all("pid" in message for message in refused)


def test_without_a_catalog_nothing_of_an_older_index_is_believed(tmp_path: Path) -> None:
    shop = Workshop(tmp_path)
    shop.write("a.txt", text_of(1, 1))
    shop.build()
    (shop.folder / CATALOG_FILE).unlink()
    shop.write("a.txt", text_of(2, 2))
    shop.build()
    assert faults(shop) == []
    shop.close()
