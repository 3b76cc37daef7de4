"""Invented documents of invented provinces, and short ways to an index, an engine and single records over them."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from langchain_core.language_models import BaseChatModel

from bot.engine import Engine
from bot.evidence import Evidence
from bot.retriever import PassageRetriever
from bot.settings import Settings
from index.build import build_index
from index.records import Document, Hit, Passage
from index.search import IndexSettings, SearchIndex
from tests.stand_ins import HashingEncoder

SONG_LAM = """---
title: "Bộ làm việc với tỉnh Sông Lam"
date: "2020-05-12"
provinces: ["Sông Lam"]
---
# Bộ làm việc với tỉnh Sông Lam

## Ngân sách

Thứ trưởng khuyến nghị Sông Lam dành 3% ngân sách hằng năm cho chuyển đổi số. Sông Lam nên thuê máy chủ, không tự mua.

## Kiến nghị của tỉnh

Sông Lam kiến nghị với Bộ:

- hỗ trợ 12 xã miền núi dựng trạm phát sóng;
- cho thí điểm mã bưu chính số.
"""
DAO_NGOC = """---
title: "Giao ban tại Đảo Ngọc"
date: "2021-03"
provinces: ["Đảo Ngọc"]
---
## Hạ tầng

Cục trưởng đề nghị Đảo Ngọc phủ sóng 5G toàn bộ bến cảng trước năm 2024.

Đảo Ngọc cam kết góp 20 tỷ đồng để lắp đèn thông minh dọc bờ kè.
"""
TAP_HUAN = "Ghi chép về lớp tập huấn kỹ năng số.\n\nMỗi lớp tập huấn nhận 40 thanh niên, học trong 5 ngày.\n"
DOCUMENTS = {"song-lam.md": SONG_LAM, "dao-ngoc.md": DAO_NGOC, "tap-huan.txt": TAP_HUAN}

QUESTION_LIMIT = int(Settings.model_fields["question_chars"].default)
BUDGET = "Thứ trưởng khuyến nghị Sông Lam dành 3% ngân sách hằng năm cho chuyển đổi số."
ASKS_BUDGET = "Sông Lam dành bao nhiêu phần trăm ngân sách cho chuyển đổi số?"
OFF_TOPIC = "Vận tốc ánh sáng ra sao?"
UNKNOWN_NAME = "Hà Lạng dành bao nhiêu phần trăm ngân sách cho chuyển đổi số?"


def write_documents(folder: Path, documents: Mapping[str, str]) -> Path:
    """Files with these names and contents, in a new folder."""
    folder.mkdir(parents=True)
    for name, text in documents.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def index_of(folder: Path, documents: Mapping[str, str] = DOCUMENTS) -> SearchIndex:
    """An index in `folder`, built from documents that are written there too."""
    encoder = HashingEncoder()
    settings = IndexSettings(encoder.fingerprint, passage_chars=700)
    build_index([write_documents(folder / "sources", documents)], folder / "index", encoder, settings)
    return SearchIndex(folder / "index", encoder, settings, dense_weight=0.5)


def engine_of(index: SearchIndex, chat: BaseChatModel | None = None, **settings: object) -> Engine:
    """An engine over an index, with this chat model or none."""
    return Engine(PassageRetriever(index=index, limit=10), lambda: chat, Settings.model_validate(settings), "thử")


def evidence_of(text: str, *, document: str = "song-lam", score: float = 0.5, overlap: float = 0.5) -> Evidence:
    """A piece of evidence; where it stands is made up."""
    return Evidence(
        document=document,
        title=f"Tài liệu {document}",
        source=f"{document}.md",
        date="2020-05-12",
        provinces=("Sông Lam",),
        heading="Ngân sách",
        start=10,
        end=10 + len(text),
        text=text,
        score=score,
        overlap=overlap,
        cosine=0.8,
    )


def hit_of(text: str, *, document: str = "song-lam", score: float = 1.0, before: str = "") -> Hit:
    """A hit whose passage is `text`, standing behind `before` in its document."""
    whole = Document(id=document, title=f"Tài liệu {document}", source=f"{document}.md", sha256="0" * 64, text="")
    whole = Document(**{name: getattr(whole, name) for name in ("id", "title", "source", "sha256")}, text=before + text)
    passage = Passage(f"{document}#0", document, len(before), len(before) + len(text), "Ngân sách", text)
    return Hit(passage, whole, score, dense=0.8, lexical=1.0)


def equal_weights(terms: Sequence[str]) -> dict[str, float]:
    """Every search term says as much as any other."""
    return dict.fromkeys(terms, 1.0)
