"""Three questions about the project's own documents, with the real models."""

import pytest

from bot import assembly
from bot.engine import Engine
from bot.places import SOURCES_FOLDER, embedder_folder, llm_path
from bot.settings import load_settings
from index import e5, weights
from index.build import build_index

pytestmark = pytest.mark.models


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """An engine with the prepared models over an index of its own."""
    default = load_settings()
    if not (e5.is_prepared(embedder_folder(default)) and weights.is_verified(llm_path(default), weights.LLM.sha256)):
        pytest.skip("the models are not prepared: bot models prepare")
    home = tmp_path_factory.mktemp("nhà")
    settings = load_settings(home=home, embedder=str(embedder_folder(default)), llm_file=llm_path(default))
    embedder = assembly.open_embedder(settings)
    build_index([SOURCES_FOLDER], settings.index_folder, embedder, assembly.index_settings(settings, embedder))
    return assembly.open_engine(settings)


@pytest.mark.parametrize(
    ("question", "document", "said"),
    [
        ("Bộ trưởng khuyến nghị Đồng Tháp dành bao nhiêu phần trăm ngân sách cho CNTT?", "2020-09-10-dong-thap", "1%"),
        ("hau giang can bao nhieu doanh nghiep cong nghe so", "2020-06-25-hau-giang", "700"),
    ],
    ids=["with marks", "without marks"],
)
def test_a_supported_question_is_answered_from_its_document(
    engine: Engine, question: str, document: str, said: str
) -> None:
    answer = engine.answer(question)
    assert (answer.abstained, answer.notice, answer.style) == (False, "", "quote")
    assert said in answer.text
    assert document in {citation.document for citation in answer.citations}
    for citation in answer.citations:
        text = (SOURCES_FOLDER / citation.source).read_text(encoding="utf-8")
        assert text[citation.start : citation.end] == citation.quote
    assert answer.support is not None
    assert answer.timings_s.first_token is not None


def test_what_the_documents_do_not_state_is_not_answered(engine: Engine) -> None:
    answer = engine.answer("Sân bay mới của Hậu Giang có mấy đường băng?")
    assert (answer.abstained, answer.citations) == (True, ())
    assert "Đã tìm trong 5 tài liệu" in answer.text
