"""Records of the evaluation with sensible defaults: a test names only what it is about."""

from typing import Any

from bot.answer import Answer, AnswerSentence, Citation, Timings, Tokens
from evals.cases import Case, Place, source_text
from evals.records import AnswerRow, Found, RunInfo, SearchRow

HAU_GIANG = "2020-06-25-hau-giang.md"
DONG_THAP = "2020-09-10-dong-thap.md"
THAI_NGUYEN = "2020-11-12-thai-nguyen.md"
# A sentence of HAU_GIANG, and a shorter one of DONG_THAP; each stands there once.
ENTERPRISES = (
    "Một mục tiêu nữa Bộ trưởng Nguyễn Mạnh Hùng nêu cho Hậu Giang là phát triển khoảng 700 doanh nghiệp công nghệ số."
)
PRINT_RUN = "Báo Đồng Tháp mỗi kỳ phát hành 7.000 bản"


def place_of(quote: str = ENTERPRISES, document: str = HAU_GIANG) -> Place:
    """A place of a document, as a gold question names it."""
    return Place(document=document, quote=quote)


def case_of(**changes: Any) -> Case:
    """A valid answerable question about HAU_GIANG: must `700`, must not `1.300`, said by the minister."""
    fields: dict[str, Any] = {
        "id": "hg-number-01",
        "split": "dev",
        "category": "number",
        "question": "Bộ trưởng gợi ý Hậu Giang phát triển bao nhiêu doanh nghiệp công nghệ số?",
        "answerable": True,
        "needs": ((place_of(),),),
        "must": (("700",),),
        "must_not": ("1.300",),
        "speaker": ("Nguyễn Mạnh Hùng", "Bộ trưởng"),
        "recipient": ("Hậu Giang",),
        "direction": "ministry_to_province",
        "model_answer": "Bộ trưởng Nguyễn Mạnh Hùng nêu cho Hậu Giang khoảng 700 doanh nghiệp công nghệ số.",
    }
    return Case.model_validate(fields | changes)


def unanswerable_of(**changes: Any) -> Case:
    """A question that the documents do not answer."""
    fields: dict[str, Any] = {
        "id": "hg-unanswerable-01",
        "category": "unanswerable",
        "question": "Hậu Giang có bao nhiêu trạm 6G?",
        "answerable": False,
        "needs": (),
        "must": (),
        "must_not": (),
        "speaker": (),
        "recipient": (),
        "direction": None,
        "model_answer": "Không tìm thấy thông tin này trong tài liệu.",
    }
    return case_of(**(fields | changes))


def list_of(*items: str, **changes: Any) -> Case:
    """A question for a list of these items."""
    return case_of(**({"id": "hg-list-01", "category": "list", "must": tuple((item,) for item in items)} | changes))


def span_of(quote: str, document: str = HAU_GIANG) -> tuple[int, int]:
    """Where the quote first stands in the document."""
    start = source_text(document).index(quote)
    return start, start + len(quote)


def citation_of(quote: str = ENTERPRISES, document: str = HAU_GIANG, number: int = 1, **changes: Any) -> Citation:
    """An exact citation of the quote's first place in a real document; `changes` spoil it."""
    start, end = span_of(quote, document)
    fields: dict[str, Any] = {
        "number": number,
        "document": document.removesuffix(".md"),
        "title": "Buổi làm việc",
        "source": document,
        "date": document[:10],
        "provinces": (),
        "heading": "",
        "start": start,
        "end": end,
        "quote": quote,
    }
    return Citation(**(fields | changes))


def sentence_of(text: str, *numbers: int) -> AnswerSentence:
    """A sentence that carries the marks of these citations."""
    return AnswerSentence(text + "".join(f" [{number}]" for number in numbers), numbers, "verified")


def answer_of(*sentences: AnswerSentence, citations: tuple[Citation, ...] = (), **changes: Any) -> Answer:
    """A written answer of these sentences; it took 1 s to the passages, 2 s to the first token, 5 s to the end."""
    fields: dict[str, Any] = {
        "question": "Hỏi?",
        "understood": "Hỏi?",
        "text": " ".join(sentence.text for sentence in sentences),
        "abstained": False,
        "reason": "",
        "style": "write",
        "sentences": sentences,
        "citations": citations,
        "evidence": (),
        "model": "thử",
        "settings": "thử",
        "timings_s": Timings(1.0, 2.0, 5.0),
        "tokens": Tokens(100, 20),
    }
    return Answer(**(fields | changes))


def says(text: str) -> Answer:
    """An answer of one sentence without a citation."""
    return answer_of(sentence_of(text))


def cited_answer_of(text: str, *citations: Citation) -> Answer:
    """An answer of one sentence that carries all of these citations."""
    return answer_of(sentence_of(text, *(citation.number for citation in citations)), citations=citations)


def refusal_of(**changes: Any) -> Answer:
    """The assistant found nothing and says so."""
    fields: dict[str, Any] = {
        "text": "Không tìm thấy thông tin này trong tài liệu.",
        "abstained": True,
        "reason": "not_found",
        "style": "none",
        "timings_s": Timings(1.0, None, 3.0),
        "tokens": Tokens(),
    }
    return answer_of(**(fields | changes))


def found_of(quote: str = ENTERPRISES, document: str = HAU_GIANG) -> Found:
    """A passage that a search returned: the quote and nothing else."""
    return Found(document, *span_of(quote, document))


def search_row_of(*found: Found, **changes: Any) -> SearchRow:
    """What a search for `case_of()` returned, best first."""
    fields: dict[str, Any] = {"id": "hg-number-01", "typing": "accented", "asked": "Hỏi?", "found": found}
    return SearchRow(**(fields | {"seconds": 0.1} | changes))


def answer_row_of(answer: Answer | None = None, **changes: Any) -> AnswerRow:
    """What `case_of()` got; without an answer it failed."""
    fields: dict[str, Any] = {"id": "hg-number-01", "typing": "accented", "asked": "Hỏi?", "answer": answer}
    return AnswerRow(**(fields | {"seconds": 5.0, "error": "" if answer else "hỏng"} | changes))


def run_info_of(**changes: Any) -> RunInfo:
    """What a finished run of the assistant over the development questions was made with; limit 60 s."""
    fields: dict[str, Any] = {
        "system": "bot",
        "suite": "answers",
        "split": "dev",
        "only": (),
        "limit": 0,
        "model": "thử",
        "settings": "thử",
        "inputs": "0123456789ab",
        "started": "2026-01-02T03:04:05Z",
        "finished": "2026-01-02T03:05:05Z",
        "limit_s": 60.0,
        "questions": 1,
        "versions": {"python": "3.11"},
        "machine": {"system": "Linux x86_64", "cores": "2", "memory": "8 GiB"},
    }
    return RunInfo(**(fields | changes))
