"""Search as a LangChain retriever: what our engine asks, and what LangChain users can plug in."""

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, SkipValidation

from index.reading import Reading
from index.records import Hit
from index.search import Keep, SearchIndex


class PassageRetriever(BaseRetriever):
    """The best passages for a question; `metadata["hit"]` of each holds our own record."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    index: SkipValidation[SearchIndex]
    limit: int = 10

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[LangChainDocument]:
        return [to_langchain(hit) for hit in self.index.search(query, self.limit)]

    def hits(self, question: str | Reading, keep: Keep | None = None) -> list[Hit]:
        """Our own records, best first; `keep` as `SearchIndex.search` has it."""
        return self.index.search(question, self.limit, keep=keep)


def to_langchain(hit: Hit) -> LangChainDocument:
    """A hit as LangChain's document, with where it stands as metadata."""
    document, passage = hit.document, hit.passage
    metadata: dict[str, Any] = {
        "document": document.id,
        "title": document.title,
        "source": document.source_name,
        "date": str(document.date or ""),
        "provinces": list(document.provinces),
        "heading": passage.heading,
        "start": passage.start,
        "end": passage.end,
        "score": hit.score,
        "hit": hit,
    }
    return LangChainDocument(page_content=passage.text, metadata=metadata, id=passage.id)
