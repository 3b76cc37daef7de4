"""The textbook pipeline, to see what ours adds: 1000/200 splits, dense top 4, one prompt, same models, no checks."""

import re
import shutil
import time
from collections.abc import Sequence
from pathlib import Path

from langchain_core.callbacks import UsageMetadataCallbackHandler
from langchain_core.language_models import BaseChatModel
from langchain_core.prompts import ChatPromptTemplate
from langchain_text_splitters import RecursiveCharacterTextSplitter

from bot.answer import Answer, AnswerSentence, Citation, Timings, Tokens
from bot.assembly import make_chat, model_name, open_embedder
from bot.citations import cite, parse_marks
from bot.errors import SettingsError
from bot.evidence import Evidence
from bot.llms.base import stream_text
from bot.places import SOURCES_FOLDER
from bot.settings import Settings
from evals.cases import Turn
from evals.facts import unmarked
from evals.records import Found
from index.document import read_document
from index.embed import Encoder
from index.records import Document, Passage
from index.sentences import sentence_spans
from index.store import VectorStore

_CHUNK_CHARS, _OVERLAP_CHARS = 1000, 200
_CHUNKS = 4
_PROMPT = ChatPromptTemplate.from_template(
    Path(__file__).with_name("baseline_prompt.txt").read_text(encoding="utf-8").strip()
)
# A reply is a refusal when every sentence of it says so in one of the usual ways.
_REFUSAL = re.compile(
    r"xin lỗi|rất tiếc|không (?:thể )?(?:tìm thấy|tìm được|trả lời được|trả lời câu hỏi|biết\b|rõ\b)"
    r"|(?:không|chưa) (?:có|đủ|chứa|cung cấp)(?: đủ)?(?: bất kỳ)? (?:thông tin|câu trả lời)"
    r"|(?:không|chưa) (?:được )?(?:đề cập|nêu|nhắc|nói (?:đến|tới|về|rõ)|cung cấp|ghi)\b|không có trong\b",
    re.IGNORECASE,
)
_COURTESY = re.compile(r"vui lòng|hãy|bạn (?:có thể|nên)|mong ", re.IGNORECASE)


class Baseline:
    """Retrieves and writes as the tutorials do. It has no memory: history is not passed on."""

    name = "baseline"
    searches = True

    def __init__(
        self, documents: Sequence[Document], encoder: Encoder, store: VectorStore, chat: BaseChatModel, max_tokens: int
    ) -> None:
        """Split and embed the documents into an empty store."""
        self._encoder = encoder
        self._store = store
        self._chat = chat
        self._max_tokens = max_tokens
        self.model = ""
        self.settings = ""
        self._chunks = {chunk.id: (document, chunk) for document in documents for chunk in split_textbook(document)}
        pairs = list(self._chunks.values())
        store.add(pairs, encoder.encode_passages([chunk.text for _, chunk in pairs]))

    def warm(self) -> None:
        """The models are loaded when the system is opened."""

    def search(self, question: str, limit: int) -> list[Found]:
        """The nearest chunks."""
        return [Found(doc.source_name, chunk.start, chunk.end) for doc, chunk, _ in self._nearest(question, limit)]

    def answer(self, question: str, history: Sequence[Turn]) -> Answer:
        """Whatever the model writes. Raises LLMError."""
        started = time.perf_counter()
        evidence = tuple(_evidence(*found) for found in self._nearest(question, _CHUNKS))
        evidence_s = time.perf_counter() - started
        context = "\n\n".join(f"[{number}] {item.text}" for number, item in enumerate(evidence, start=1))
        meter = UsageMetadataCallbackHandler()
        text, first_token_s = "", None
        for piece in stream_text(
            self._chat, _PROMPT.format_messages(context=context, question=question), self._max_tokens, meter
        ):
            first_token_s = first_token_s or time.perf_counter() - started
            text += piece
        refused = is_refusal(text)
        sentences, citations = ((), ()) if refused else _read_marks(text, evidence)
        used = list(meter.usage_metadata.values())
        return Answer(
            question=question,
            understood=question,
            text=text.strip(),
            abstained=refused,
            reason="not_stated" if refused else "",
            style="none" if refused else "write",
            sentences=sentences,
            citations=citations,
            evidence=evidence,
            model=self.model,
            settings=self.settings,
            timings_s=Timings(evidence_s, first_token_s, time.perf_counter() - started),
            tokens=Tokens(used[0]["input_tokens"], used[0]["output_tokens"]) if used else Tokens(),
        )

    def _nearest(self, question: str, limit: int) -> list[tuple[Document, Passage, float]]:
        found = self._store.nearest(self._encoder.encode_query(question), limit)
        return [(*self._chunks[chunk_id], cosine) for chunk_id, cosine in found]


def split_textbook(document: Document) -> list[Passage]:
    """Chunks of the file as it is, each with its place in it."""
    splitter = RecursiveCharacterTextSplitter(
        chunk_size=_CHUNK_CHARS, chunk_overlap=_OVERLAP_CHARS, add_start_index=True
    )
    passages = []
    for number, chunk in enumerate(splitter.create_documents([document.text])):
        start = int(chunk.metadata["start_index"])
        text = chunk.page_content
        passages.append(Passage(f"{document.id}/{number}", document.id, start, start + len(text), "", text))
    return passages


def is_refusal(text: str) -> bool:
    """Whether the reply says, in every sentence, that it was not found; an empty one says nothing and is none.

    Advice that follows ("Vui lòng liên hệ …") is passed over.
    """
    text = unmarked(text)
    every = [text[start:end] for start, end in sentence_spans(text)]
    sentences = [sentence for sentence in every if not _COURTESY.match(sentence)]
    return bool(sentences) and all(_REFUSAL.search(sentence) for sentence in sentences)


def _read_marks(text: str, evidence: Sequence[Evidence]) -> tuple[tuple[AnswerSentence, ...], tuple[Citation, ...]]:
    """Sentences with the numbers that stand in them, right or not; citations for the numbers that exist."""
    written = parse_marks(text)
    sentences = tuple(AnswerSentence(sentence.text, sentence.numbers, "unchecked") for sentence in written)
    used = sorted({number for sentence in written for number in sentence.numbers if 1 <= number <= len(evidence)})
    return sentences, tuple(cite(number, evidence[number - 1]) for number in used)


def _evidence(document: Document, chunk: Passage, cosine: float) -> Evidence:
    return Evidence(
        document=document.id,
        title=document.title,
        source=document.source_name,
        date=str(document.date or ""),
        provinces=document.provinces,
        heading="",
        start=chunk.start,
        end=chunk.end,
        text=chunk.text,
        score=cosine,
        overlap=0.0,
        cosine=cosine,
    )


def open_baseline(settings: Settings, folder: Path) -> Baseline:
    """The baseline over `sources/`, embedded afresh. Raises SettingsError without a language model."""
    chat = make_chat(settings)
    if chat is None:
        raise SettingsError("Hệ thống baseline cần mô hình ngôn ngữ.", "Hãy bỏ BOT_LLM=none rồi chạy lại.")
    shutil.rmtree(folder, ignore_errors=True)
    files = sorted(SOURCES_FOLDER.glob("*.md"))
    documents = [read_document(file)[0] for file in files]
    baseline = Baseline(documents, open_embedder(settings), VectorStore(folder), chat, settings.answer_tokens)
    baseline.model = model_name(settings)
    baseline.settings = settings.digest
    return baseline
