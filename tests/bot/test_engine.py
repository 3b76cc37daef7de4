"""From a question to a cited answer, over a real index, with a scripted model or none."""

import re
from pathlib import Path

import pytest

from bot import errors
from bot.answer import EvidenceFound, Finished, TextPiece
from bot.engine import Engine
from bot.retriever import PassageRetriever
from bot.settings import load_settings
from index.errors import ModelCorruptError, ModelMissingError
from index.search import SearchIndex
from tests.bot.corpus import ASKS_BUDGET, BUDGET, OFF_TOPIC, UNKNOWN_NAME, engine_of, index_of
from tests.stand_ins import Reply, ScriptedChat, judging

LLM_ERRORS = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.LLMError)]


def silent() -> ScriptedChat:
    """A model that must not be asked: it has nothing to say."""
    return ScriptedChat(script=[])


@pytest.mark.parametrize(
    ("question", "reason"), [(OFF_TOPIC, "off_topic"), (UNKNOWN_NAME, "name_not_found"), ("xyzzy qwrt", "off_topic")]
)
def test_without_evidence_the_model_is_never_asked(index: SearchIndex, question: str, reason: str) -> None:
    chat = silent()
    answer = engine_of(index, chat).answer(question)
    assert chat.calls == []
    assert (answer.abstained, answer.reason, answer.style, answer.citations) == (True, reason, "none", ())
    assert "Không tìm thấy" in answer.text
    assert "Đã tìm trong 3 tài liệu, từ 12/5/2020 đến 3/2021, về: Sông Lam, Đảo Ngọc." in answer.text


def test_with_no_hit_at_all_the_model_is_never_asked(tmp_path: Path) -> None:
    index = index_of(tmp_path, {"mục.md": "# Chỉ có đề mục\n"})
    chat = silent()
    answer = engine_of(index, chat).answer("Đề mục nói gì về ngân sách?")
    assert (chat.calls, answer.abstained, answer.reason) == ([], True, "nothing_found")
    assert "Đã tìm trong 1 tài liệu" in answer.text


def test_the_unknown_name_is_named(index: SearchIndex) -> None:
    assert "«Hà Lạng»" in engine_of(index, silent()).answer(UNKNOWN_NAME).text


@pytest.mark.parametrize("question", [ASKS_BUDGET, "song lam danh bao nhieu phan tram ngan sach"])
@pytest.mark.parametrize("with_model", [True, False])
def test_a_supported_question_is_answered_by_exact_quotations(
    index: SearchIndex, question: str, *, with_model: bool
) -> None:
    chat = ScriptedChat(script=judging(0.9)) if with_model else None
    answer = engine_of(index, chat).answer(question)
    assert (answer.abstained, answer.style, answer.notice) == (False, "quote", "")
    assert answer.citations
    assert BUDGET in [citation.quote for citation in answer.citations]
    for citation in answer.citations:
        document = index.document(citation.document)
        assert document is not None
        assert document.text[citation.start : citation.end] == citation.quote
        assert f"“{citation.quote}” [{citation.number}]" in answer.text


def test_doubt_of_the_model_abstains_and_says_what_came_nearest(index: SearchIndex) -> None:
    chat = ScriptedChat(script=judging(0.1))
    answer = engine_of(index, chat).answer(ASKS_BUDGET)
    assert (answer.abstained, answer.reason) == (True, "not_stated")
    likelihood = max(item.likelihood or 0.0 for item in answer.evidence)
    assert answer.support is not None
    assert 0.1 < answer.support < likelihood
    assert "Đoạn gần nhất" in answer.text


@pytest.mark.parametrize(("threshold", "abstained"), [(0.05, False), (0.9, True)])
def test_the_threshold_is_a_setting(index: SearchIndex, threshold: float, *, abstained: bool) -> None:
    chat = ScriptedChat(script=judging(0.1))
    assert engine_of(index, chat, support_threshold=threshold).answer(ASKS_BUDGET).abstained is abstained


def test_a_reply_that_is_neither_yes_nor_no_leaves_it_to_the_search(index: SearchIndex) -> None:
    answer = engine_of(index, ScriptedChat(script=[Reply("Vâng")] * 3)).answer(ASKS_BUDGET)
    assert (answer.abstained, answer.support) == (False, None)


def test_the_model_reads_evidence_and_question_and_is_asked_for_one_token(index: SearchIndex) -> None:
    chat = ScriptedChat(script=judging(0.9))
    engine_of(index, chat).answer(f"  {ASKS_BUDGET}\n")
    for call in chat.calls:
        assert BUDGET in call.prompt
        assert f"Câu hỏi: {ASKS_BUDGET}\n" in call.prompt
        assert call.options["max_tokens"] == 1
        assert call.options["logprobs"] is True
        assert not call.streamed
    evidence_end = chat.calls[0].prompt.index(ASKS_BUDGET)  # up to here a prompt cache reads once
    assert chat.calls[0].prompt[:evidence_end] == chat.calls[1].prompt[:evidence_end]


@pytest.mark.parametrize("kind", LLM_ERRORS)
@pytest.mark.parametrize("failing_call", [0, 1, 2])
def test_a_failing_model_still_leaves_the_quoted_evidence(
    index: SearchIndex, kind: type[errors.LLMError], failing_call: int
) -> None:
    error = kind("Mô hình hỏng.", "Hãy sửa.")
    chat = ScriptedChat(script=[*judging(0.9)[:failing_call], Reply(error=error)])
    answer = engine_of(index, chat).answer(ASKS_BUDGET)
    assert (answer.abstained, answer.style) == (False, "quote")
    assert BUDGET in answer.text
    assert answer.notice.startswith("Mô hình hỏng. Hãy sửa.")


@pytest.mark.parametrize("error", [ModelMissingError("Thiếu."), ModelCorruptError("Hỏng.")])
def test_a_model_that_cannot_be_loaded_leaves_the_quoted_evidence(index: SearchIndex, error: Exception) -> None:
    def load() -> ScriptedChat:
        raise error

    engine = Engine(PassageRetriever(index=index, limit=10), load, load_settings(), "thử")
    answer = engine.answer(ASKS_BUDGET)
    assert BUDGET in answer.text
    assert str(error) in answer.notice


def test_the_model_is_loaded_once_and_only_when_needed(index: SearchIndex) -> None:
    loaded: list[ScriptedChat] = []

    def load() -> ScriptedChat:
        loaded.append(ScriptedChat(script=judging(0.9) * 2))
        return loaded[-1]

    engine = Engine(PassageRetriever(index=index, limit=10), load, load_settings(), "thử")
    engine.answer(OFF_TOPIC)
    assert loaded == []
    engine.answer(ASKS_BUDGET)
    engine.answer(ASKS_BUDGET)
    assert len(loaded) == 1


def test_the_model_can_be_loaded_ahead_and_tells_what_fails(index: SearchIndex) -> None:
    chat = silent()
    engine = engine_of(index, chat)
    assert engine.chat() is chat
    assert chat.calls == []

    def load() -> ScriptedChat:
        raise ModelMissingError("Thiếu.")

    without_model = Engine(PassageRetriever(index=index, limit=10), load, load_settings(), "thử")
    without_model.warm()  # the embedder alone
    with pytest.raises(ModelMissingError):
        without_model.chat()


def test_evidence_comes_first_then_the_text_then_the_whole(index: SearchIndex) -> None:
    chat = ScriptedChat(script=judging(0.9))
    events = engine_of(index, chat).ask(ASKS_BUDGET)
    first = next(events)
    assert isinstance(first, EvidenceFound)
    assert chat.calls == []  # the passages are there before the model is asked
    *pieces, last = events
    assert isinstance(last, Finished)
    assert pieces
    assert all(isinstance(piece, TextPiece) for piece in pieces)
    assert "".join(piece.text for piece in pieces if isinstance(piece, TextPiece)) == last.answer.text
    assert last.answer.evidence == first.evidence


def test_timings_are_filled_and_in_order(index: SearchIndex) -> None:
    timings = engine_of(index, ScriptedChat(script=judging(0.9))).answer(ASKS_BUDGET).timings_s
    assert timings.evidence is not None
    assert timings.first_token is not None
    assert timings.total is not None
    assert 0 < timings.evidence <= timings.first_token <= timings.total
    assert engine_of(index).answer(ASKS_BUDGET).timings_s.first_token is None


def test_the_answer_names_question_model_and_settings(index: SearchIndex) -> None:
    typed = f"  {ASKS_BUDGET}  "
    answer = engine_of(index, evidence_chars=900).answer(typed)
    assert (answer.question, answer.understood, answer.model) == (typed, ASKS_BUDGET, "thử")
    assert re.fullmatch("[0-9a-f]{12}", answer.settings)
    assert answer.settings == load_settings(evidence_chars=900).digest


def test_a_bad_question_is_refused_before_the_search(index: SearchIndex) -> None:
    with pytest.raises(errors.QuestionError):
        next(engine_of(index, silent()).ask(" ? "))


def test_a_question_is_read_before_it_is_searched_and_the_answer_says_how(index: SearchIndex) -> None:
    typed = "song lam danh bao nhieu phan tram ngan sach cho cds"
    answer = engine_of(index).answer(typed)
    assert answer.understood == "sông lam dành bao nhiêu phần trăm ngân sách cho cds"
    assert answer.read_as() == f"Đã hiểu câu hỏi là: {answer.understood}"
    assert BUDGET in answer.text


def test_an_exact_question_stays_as_it_was_typed(index: SearchIndex) -> None:
    answer = engine_of(index).answer("song lam danh bao nhieu", exact=True)
    assert answer.read_as() == "Câu hỏi: song lam danh bao nhieu"


def test_a_merged_province_is_found_and_told(tmp_path: Path) -> None:
    hau_giang = (
        "---\nprovinces: [Hậu Giang]\n---\nThứ trưởng khuyến nghị Hậu Giang dành 3% ngân sách cho chuyển đổi số.\n"
    )
    engine = engine_of(index_of(tmp_path, {"hậu-giang.md": hau_giang}))
    answer = engine.answer("Cần Thơ được khuyến nghị dành bao nhiêu ngân sách cho chuyển đổi số?")
    assert "3% ngân sách" in answer.text
    assert answer.notes == ("Từ ngày 1/7/2025, Hậu Giang thuộc Cần Thơ; đã tìm cả ý kiến với Hậu Giang.",)
    then = engine.answer("Năm 2020 Cần Thơ được khuyến nghị dành bao nhiêu ngân sách?")
    assert (then.reason, "«Cần Thơ»" in then.text) == ("name_not_found", True)
    assert then.notes == (
        "Từ ngày 1/7/2025, Hậu Giang thuộc Cần Thơ; câu hỏi nói về thời gian trước đó nên chỉ tìm Cần Thơ.",
    )


@pytest.mark.parametrize(
    "question",
    [
        "Cần Thơ và Lào Cai được khuyến nghị dành bao nhiêu ngân sách cho chuyển đổi số?",
        "Ngân sách cho chuyển đổi số của Lào Cai và Cần Thơ là bao nhiêu?",
        "Cần Thơ dành bao nhiêu ngân sách cho CNTT, còn Lào Cai?",
    ],
)
def test_beside_a_merged_province_one_without_documents_is_still_named_as_unknown(
    tmp_path: Path, question: str
) -> None:
    hau_giang = "---\nprovinces: [Hậu Giang]\n---\nHậu Giang dành 3% ngân sách cho chuyển đổi số.\n"
    chat = silent()
    answer = engine_of(index_of(tmp_path, {"hậu-giang.md": hau_giang}), chat).answer(question)
    assert (answer.abstained, answer.reason, chat.calls) == (True, "name_not_found", [])
    assert "«Lào Cai»" in answer.text
    assert "«Cần Thơ»" not in answer.text
    assert answer.notes[-1] == "Từ ngày 1/7/2025, Hậu Giang thuộc Cần Thơ; đã tìm cả ý kiến với Hậu Giang."


def test_an_abbreviation_makes_no_unknown_name_known(tmp_path: Path) -> None:
    engine = engine_of(index_of(tmp_path, {"số.md": "Tỉnh dành 3% ngân sách cho chuyển đổi số.\n"}))
    answer = engine.answer("Cần Thơ dành bao nhiêu ngân sách cho CĐS?")
    assert (answer.reason, "«Cần Thơ»" in answer.text) == ("name_not_found", True)
    assert answer.notes == ("Chữ viết tắt được hiểu: CĐS là chuyển đổi số.",)


def test_the_answer_tells_what_abbreviations_were_taken_for(index: SearchIndex) -> None:
    asked = "Sông Lam dành bao nhiêu phần trăm ngân sách cho CĐS?"
    answer = engine_of(index).answer(asked)
    assert (answer.understood, answer.notes) == (asked, ("Chữ viết tắt được hiểu: CĐS là chuyển đổi số.",))
    assert BUDGET in answer.text
    assert engine_of(index).answer(asked, exact=True).notes == ()
