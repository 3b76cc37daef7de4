"""The textbook pipeline: its chunks, its answers with the marks that stand in them, and its refusals."""

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.messages import AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGenerationChunk

from bot.answer import Answer, AnswerSentence, Tokens
from bot.errors import LLMError, SettingsError
from bot.places import SOURCES_FOLDER
from bot.settings import load_settings
from evals.baseline import Baseline, split_textbook
from evals.cases import Turn, source_text
from evals.records import Found
from evals.run import Task, run_task
from evals.systems import open_system
from index.document import make_document, read_document
from index.extracted import Limits
from index.parse import parse
from index.records import Document
from index.store import VectorStore
from tests.bot.corpus import ASKS_BUDGET, DAO_NGOC, DOCUMENTS, SONG_LAM
from tests.evals.systems import questions
from tests.stand_ins import HashingEncoder, Reply, ScriptedChat

Open = Callable[[ScriptedChat], Baseline]
SHIPPED = sorted(SOURCES_FOLDER.glob("*.md"))


class MeteredChat(ScriptedChat):
    """Tells its tokens at the end of a stream, as real models do."""

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        yield from super()._stream(messages, stop, run_manager, **kwargs)
        usage = AIMessageChunk(
            content="",
            usage_metadata={"input_tokens": 321, "output_tokens": 12, "total_tokens": 333},
            response_metadata={"model_name": "thử"},
        )
        yield ChatGenerationChunk(message=usage)


def document_of(name: str, text: str) -> Document:
    return make_document(parse(name, text.encode(), b"", Limits()), name, name.split(".")[0])


def saying(*replies: str | Reply) -> ScriptedChat:
    """A chat model that says these things."""
    return ScriptedChat(script=[Reply(one) if isinstance(one, str) else one for one in replies])


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Open]:
    """Opens a baseline over the invented documents with a chat model."""
    stores: list[VectorStore] = []

    def open_it(chat: ScriptedChat) -> Baseline:
        stores.append(VectorStore(tmp_path / f"kho-{len(stores)}"))
        documents = [document_of(name, text) for name, text in DOCUMENTS.items()]
        return Baseline(documents, HashingEncoder(), stores[-1], chat, 77)

    yield open_it
    for store in stores:
        store.close()


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_chunks_are_the_file_word_for_word_short_and_leave_nothing_out(file: Path) -> None:
    document = read_document(file)[0]
    chunks = split_textbook(document)
    assert len(chunks) > 1
    assert all(document.text[chunk.start : chunk.end] == chunk.text for chunk in chunks)
    assert all(0 < len(chunk.text) <= 1000 for chunk in chunks)
    assert len({chunk.id for chunk in chunks}) == len(chunks)
    covered = {place for chunk in chunks for place in range(chunk.start, chunk.end)}
    assert all(place in covered or char.isspace() for place, char in enumerate(document.text))


def test_chunks_of_running_text_overlap_by_at_most_200_characters() -> None:
    text = " ".join(f"Từ số {number} của một câu rất dài." for number in range(200))
    shared = [one.end - two.start for one, two in itertools.pairwise(split_textbook(document_of("dài.md", text)))]
    assert len(shared) >= 5
    assert all(100 < count <= 200 for count in shared)


@given(
    st.lists(st.sampled_from(["Một. ", "hai ", "\n\n", "\n", "x" * 700, "Bộ trưởng nói. "]), min_size=1, max_size=60)
)
def test_chunks_of_any_text_stand_where_they_say(pieces: list[str]) -> None:
    document = Document(id="d", title="", source="d.md", sha256="0", text="".join(pieces))
    for chunk in split_textbook(document):
        assert document.text[chunk.start : chunk.end] == chunk.text
        assert len(chunk.text) <= 1000


def test_the_nearest_chunks_come_first_with_their_places(opened: Open) -> None:
    baseline = opened(saying())
    found = baseline.search(ASKS_BUDGET, 2)
    assert len(found) == 2
    assert found[0] == Found("song-lam.md", 0, len(SONG_LAM.rstrip()))
    assert baseline.search("phủ sóng 5G toàn bộ bến cảng Đảo Ngọc", 1) == [
        Found("dao-ngoc.md", 0, len(DAO_NGOC.rstrip()))
    ]
    assert len(baseline.search(ASKS_BUDGET, 20)) == 3  # all there are


def test_an_answer_has_the_marks_that_the_model_wrote(opened: Open) -> None:
    text = "Sông Lam dành 3% ngân sách [1]. Đảo Ngọc góp 20 tỷ đồng [2, 9]. Không rõ thêm."
    answer = opened(saying(text)).answer(ASKS_BUDGET, ())
    assert (answer.question, answer.abstained, answer.style) == (ASKS_BUDGET, False, "write")
    assert answer.sentences == (
        AnswerSentence("Sông Lam dành 3% ngân sách.", (1,), "unchecked"),
        AnswerSentence("Đảo Ngọc góp 20 tỷ đồng.", (2, 9), "unchecked"),
        AnswerSentence("Không rõ thêm.", (), "unchecked"),
    )
    assert [citation.number for citation in answer.citations] == [1, 2]
    for citation in answer.citations:
        assert DOCUMENTS[citation.source][citation.start : citation.end] == citation.quote
    assert answer.citations[0].source == "song-lam.md"
    assert [item.text for item in answer.evidence[:2]] == [citation.quote for citation in answer.citations]


def test_the_model_reads_the_numbered_chunks_and_the_question_but_no_history(opened: Open) -> None:
    chat = saying("Không biết.")
    opened(chat).answer(ASKS_BUDGET, (Turn(question="Câu trước?", answer="Lời trước."),))
    (call,) = chat.calls
    assert f"[1] {SONG_LAM.rstrip()}" in call.prompt
    assert "[3] " in call.prompt
    assert f"Câu hỏi: {ASKS_BUDGET}" in call.prompt
    assert "trước" not in call.prompt.replace("trước năm 2024", "")
    assert call.options["max_tokens"] == 77


@pytest.mark.parametrize(
    "text",
    [
        "Không tìm thấy thông tin.",
        "“Không tìm thấy thông tin” [1].",
        "  không tìm thấy thông tin trong ngữ cảnh",
        "Xin lỗi, tôi không thể trả lời câu hỏi này.",
        "Rất tiếc, tài liệu không nói về việc đó.",
        "Tôi không biết câu trả lời.",
        "Tôi không tìm thấy thông tin về giá vàng.",
        "Không có thông tin về giá vàng trong ngữ cảnh.",
        "Hiện không có thông tin.",
        "Ngữ cảnh không có câu trả lời.",
        "Ngữ cảnh được cung cấp không đề cập đến giá vàng [2].",
        "Tài liệu không nêu con số này.",
        "Văn bản trên không cung cấp số liệu.",
        "Thông tin này không được đề cập trong các đoạn trích.",
        "Dựa trên ngữ cảnh, không có thông tin về giá vàng.",
        "Các đoạn trích không chứa câu trả lời. Tôi không biết.",
        "Thông tin này không có trong các đoạn trích.",
        "Ngữ cảnh không nói đến giá vàng.",
        "Hiện chưa có thông tin.",
        "Tôi không tìm thấy thông tin. Vui lòng liên hệ Bộ để biết thêm.",
    ],
)
def test_a_refusal_counts_as_one_in_any_of_the_usual_words(opened: Open, text: str) -> None:
    answer = opened(saying(text)).answer(ASKS_BUDGET, ())
    assert (answer.abstained, answer.reason, answer.style) == (True, "not_stated", "none")
    assert (answer.text, answer.sentences, answer.citations) == (text.strip(), (), ())
    assert answer.evidence


@pytest.mark.parametrize(
    "text",
    [
        "Sông Lam dành 3% ngân sách [1]. Không tìm thấy thông tin khác.",
        "Thứ trưởng nói không có ngoại lệ [1].",
        "Có 12 xã không có trạm phát sóng [1].",
        "Tài liệu cho biết Sông Lam không có máy chủ riêng [1].",
        "Xin lỗi. Sông Lam dành 3% ngân sách [1].",
        "",
    ],
)
def test_an_answer_that_denies_something_is_no_refusal(opened: Open, text: str) -> None:
    assert not opened(saying(text)).answer(ASKS_BUDGET, ()).abstained


def test_tokens_are_told_where_the_model_tells_them(opened: Open) -> None:
    assert opened(MeteredChat(script=[Reply("Một [1].")])).answer(ASKS_BUDGET, ()).tokens == Tokens(321, 12)
    assert opened(saying("Một [1].")).answer(ASKS_BUDGET, ()).tokens == Tokens()


def test_seconds_are_in_order(opened: Open) -> None:
    timings = opened(saying("Sông Lam dành 3% ngân sách [1].")).answer(ASKS_BUDGET, ()).timings_s
    assert timings.evidence is not None
    assert timings.first_token is not None
    assert timings.total is not None
    assert 0 < timings.evidence <= timings.first_token <= timings.total


def test_a_model_that_fails_costs_its_question_and_not_the_run(opened: Open, tmp_path: Path) -> None:
    failing = Reply("Sông Lam dành", error=LLMError("Mô hình hỏng.", "Hãy sửa."), pieces_before_error=2)
    run = run_task(tmp_path / "lượt", opened(saying(failing, "Một [1].")), questions(2), Task("answers", "all"))
    broken, fine = run.answers()
    assert (broken.answer, broken.error) == (None, "llm: Mô hình hỏng. Hãy sửa.")
    assert isinstance(fine.answer, Answer)
    assert fine.answer.text == "Một [1]."


def test_the_shipped_documents_are_split_and_embedded_afresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chat = ScriptedChat(script=[Reply("Khoảng 700 doanh nghiệp [1].")])
    monkeypatch.setattr("evals.baseline.open_embedder", lambda settings: HashingEncoder())
    monkeypatch.setattr("evals.baseline.make_chat", lambda settings: chat)
    (tmp_path / "baseline").mkdir()
    (tmp_path / "baseline" / "cũ").write_text("của lượt trước", encoding="utf-8")
    settings = load_settings(llm="ollama", ollama_model="thử")
    system = open_system("baseline", settings, tmp_path)
    assert (system.name, system.model, system.searches) == ("baseline", "ollama/thử", True)
    assert system.settings == settings.digest
    assert not (tmp_path / "baseline" / "cũ").exists()
    documents = {file.name: source_text(file.name) for file in SHIPPED}
    found = system.search("doanh nghiệp công nghệ số", 1000)
    assert {one.document for one in found} == set(documents)
    answer = system.answer("Hậu Giang cần bao nhiêu doanh nghiệp?", ())
    citation = answer.citations[0]
    assert documents[citation.source][citation.start : citation.end] == citation.quote
    assert (answer.model, chat.calls[0].options["max_tokens"]) == ("ollama/thử", settings.answer_tokens)


def test_without_a_language_model_there_is_no_baseline(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="BOT_LLM=none"):
        open_system("baseline", load_settings(llm="none"), tmp_path)
