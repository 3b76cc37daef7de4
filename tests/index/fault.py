"""A process that indexes a folder, for the tests that kill it, and what must hold afterwards."""

import random
import subprocess
import sys
from pathlib import Path

from index.catalog import CATALOG_FILE, Catalog
from tests.index.workshop import ROOT, Workshop

_INDEX = """
import sys
from pathlib import Path
from tests.index.workshop import Workshop
Workshop(Path(sys.argv[1])).build()
"""


def text_of(number: int, revision: int) -> str:
    """A document of its own in three paragraphs, each of which names number and revision."""
    subjects = ("nước sạch", "cáp quang", "bưu chính")
    return "\n\n".join(
        f"Văn bản so{number} lần lan{revision}: xã ma{number}x{revision} được cấp {subject}." for subject in subjects
    )


def change_some(shop: Workshop, chance: random.Random, documents: int, revision: int) -> None:
    """Add, replace and remove files at random."""
    for number in chance.sample(range(documents), documents // 8):
        path = shop.sources / f"{number}.txt"
        if path.exists() and chance.random() < 0.3:
            path.unlink()
        else:
            shop.write(path.name, text_of(number, revision))


def start(root: Path) -> subprocess.Popen[bytes]:
    """Index the workshop in another process."""
    return subprocess.Popen([sys.executable, "-c", _INDEX, str(root)], cwd=ROOT, stderr=subprocess.PIPE)


def said(process: subprocess.Popen[bytes]) -> str:
    """What it wrote to standard error, once it has ended."""
    return process.communicate()[1].decode()


def faults(shop: Workshop) -> list[str]:
    """What is wrong with the index as a new reader sees it: every document must be there whole, in one revision."""
    catalog = Catalog(shop.folder / CATALOG_FILE)
    documents = {document.id: document for document in catalog.documents()}
    counts = {document_id: catalog.count_passages(document_id) for document_id in documents}
    catalog.close()
    if not documents:
        return []
    reader = shop.open()
    found = []
    for document in documents.values():
        for mode in ("lexical", "dense"):
            hits = reader.search(document.text, 10, mode)
            own = [hit for hit in hits if hit.document.id == document.id]
            if len(own) != counts[document.id] or any(hit.passage.text not in document.text for hit in own):
                found.append(f"{document.id}: {len(own)} of {counts[document.id]} passages found ({mode})")
            if any(hit.document.id not in documents for hit in hits):
                found.append(f"{document.id}: a hit of no document ({mode})")
    return found
