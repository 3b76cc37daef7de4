"""Writes documents into the index group by group: parsed, embedded, stored, and then made visible whole."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from index import load
from index.catalog import Catalog
from index.document import make_document
from index.embed import Encoder, embedding_text
from index.errors import UnreadableDocumentError
from index.lexical import count_terms
from index.parse import Parsed
from index.plan import Change, Plan, with_version
from index.records import Document, FileEntry, Passage, Refusal
from index.sandbox import Sandbox
from index.split import split
from index.store import VectorStore

# Documents are embedded together up to this many passages: enough to fill the batches, few enough to lose.
_GROUP_PASSAGES = 256
Progress = Callable[[int, int, str], None]


@dataclass
class Done:
    """What a run has done so far."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    same: list[tuple[str, str]] = field(default_factory=list)
    written: list[str] = field(default_factory=list)  # ids of documents


@dataclass
class _Waiting:
    """A document about to be written, with other files that hold the same text."""

    change: Change
    document: Document
    passages: list[Passage]
    others: list[FileEntry] = field(default_factory=list)


class Writer:
    """Carries out a plan."""

    def __init__(
        self,
        catalog: Catalog,
        store: VectorStore,
        encoder: Encoder,
        sandbox: Sandbox,
        passage_chars: int,
        now: str,
    ) -> None:
        self._catalog, self._store, self._encoder, self._sandbox = catalog, store, encoder, sandbox
        self._passage_chars = passage_chars
        self._now = now
        self._known = catalog.files()
        self._taken = {entry.document_id for entry in self._known.values()}
        self._done = Done()

    def carry_out(self, plan: Plan, progress: Progress) -> Done:
        """Remove what is gone, then write group by group."""
        for source in plan.gone:
            self._forget(source)
        for refusal, sha256 in plan.refused:
            self._refuse(refusal, sha256)
        count, total = 0, len(plan.changes)
        progress(0, total, "")
        for group in self._groups(plan.changes):
            for waiting in self._write(group):
                count += 1 + len(waiting.others)
                progress(count, total, waiting.document.source_name)
        for archive in plan.archives:
            self._catalog.remember(archive)  # at the end: a run that breaks off unpacks it again
        return self._done

    def _groups(self, changes: Sequence[Change]) -> Iterator[list[_Waiting]]:
        """Documents to write, some at a time; refused files and those with a known text are dealt with on the way."""
        group: list[_Waiting] = []
        for change in changes:
            try:
                parsed = self._sandbox.parse(change.file.source, *change.file.read())
            except UnreadableDocumentError as exc:
                self._refuse(Refusal(change.file.source, str(exc), exc.english), with_version(change.sha256))
                continue
            if waiting := self._new(change, parsed, group):
                group.append(waiting)
            if sum(len(one.passages) for one in group) >= _GROUP_PASSAGES:
                yield group
                group = []
        yield group

    def _new(self, change: Change, parsed: Parsed, group: Sequence[_Waiting]) -> _Waiting | None:
        """The document of a changed file, or None when another file's document has its text."""
        source, text = change.file.source, parsed.extracted.text
        twin = next((one for one in group if one.document.text == text), None)
        if twin:
            twin.others.append(FileEntry(source, change.sha256, twin.document.id, self._now))
            self._done.same.append((source, twin.document.source))
            return None
        held = self._catalog.document_of_file(source)
        other = self._catalog.document_of_text(text)
        if other and other != held and other not in {one.document.id for one in group}:
            self._done.same.append((source, self._catalog.files_of(other)[0]))
            self._drop(self._catalog.remember(FileEntry(source, change.sha256, other, self._now)))
            return None
        keeps_id = held and (other == held or self._catalog.files_of(held) == [source])
        document = make_document(parsed, source, held if keeps_id else self._free_id(change.file.relative))
        return _Waiting(change, document, split(document, parsed.extracted.blocks, self._passage_chars))

    def _free_id(self, relative: str) -> str:
        """An id from the path; when another document has it already, numbered."""
        wanted = load.document_id(relative)
        number, candidate = 1, wanted
        while candidate in self._taken:
            number += 1
            candidate = f"{wanted}-{number}"
        self._taken.add(candidate)
        return candidate

    def _write(self, group: Sequence[_Waiting]) -> Iterator[_Waiting]:
        pairs = [(one.document, passage) for one in group for passage in one.passages]
        texts = [embedding_text(document, passage) for document, passage in pairs]
        if pairs:
            self._store.add(pairs, self._encoder.encode_passages(texts))
        counted = {passage.id: count_terms(text) for (_, passage), text in zip(pairs, texts, strict=True)}
        stale: list[str] = []
        for one in group:
            document, source = one.document, one.change.file.source
            stale += [passage_id for passage_id in self._catalog.passage_ids(document.id) if passage_id not in counted]
            rows = [(passage, counted[passage.id]) for passage in one.passages]
            entry = FileEntry(source, one.change.sha256, document.id, self._now)
            stale += self._catalog.replace(document, rows, entry)  # from here on the new revision answers
            for other in one.others:
                stale += self._catalog.remember(other)
            (self._done.changed if source in self._known else self._done.added).append(source)
            self._done.written.append(document.id)
            yield one
        self._drop(stale)

    def _refuse(self, refusal: Refusal, sha256: str) -> None:
        """Remember why; the old text of what can no longer be read goes: it may have been withdrawn."""
        self._done.refused.append(refusal)
        known = self._known.get(refusal.source)
        if known and known.document_id:
            self._forget(refusal.source)
        is_news = not known or known.reason != refusal.reason or known.sha256 != sha256
        if is_news and _can_be_kept(refusal.source):
            entry = FileEntry(refusal.source, sha256, "", self._now, refusal.reason, refusal.english)
            self._catalog.remember(entry)

    def _forget(self, source: str) -> None:
        known = self._known[source]
        self._drop(self._catalog.forget(source))
        if known.document_id:
            self._done.removed.append(source)

    def _drop(self, passage_ids: Sequence[str]) -> None:
        self._store.delete(passage_ids)


def _can_be_kept(source: str) -> bool:
    try:
        load.require_plain_name(source)
    except UnreadableDocumentError:
        return False
    return True
