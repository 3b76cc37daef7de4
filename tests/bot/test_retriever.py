"""Search behind LangChain's face."""

from bot.retriever import PassageRetriever
from index.search import SearchIndex
from tests.bot.corpus import ASKS_BUDGET, BUDGET


def test_documents_carry_text_and_place(index: SearchIndex) -> None:
    best = PassageRetriever(index=index, limit=3).invoke(ASKS_BUDGET)[0]
    assert BUDGET in best.page_content
    document = index.document(best.metadata["document"])
    assert document is not None
    assert document.text[best.metadata["start"] : best.metadata["end"]] == best.page_content
    assert {key: best.metadata[key] for key in ("title", "source", "date", "provinces", "heading")} == {
        "title": "Bộ làm việc với tỉnh Sông Lam",
        "source": "song-lam.md",
        "date": "2020-05-12",
        "provinces": ["Sông Lam"],
        "heading": "Bộ làm việc với tỉnh Sông Lam › Ngân sách",
    }


def test_hits_are_those_of_the_search_in_its_order(index: SearchIndex) -> None:
    retriever = PassageRetriever(index=index, limit=2)
    assert retriever.hits(ASKS_BUDGET) == index.search(ASKS_BUDGET, 2)
    assert [document.id for document in retriever.invoke(ASKS_BUDGET)] == [
        hit.passage.id for hit in retriever.hits(ASKS_BUDGET)
    ]


def test_the_limit_holds(index: SearchIndex) -> None:
    assert len(PassageRetriever(index=index, limit=1).hits("tỉnh")) == 1
