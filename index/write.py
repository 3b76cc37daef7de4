"""Writes documents into the index group by group: parsed, embedded, stored, and then made visible whole."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from index import load
from index.catalog import Catalog
from index.document import make_document
from index.embed import Encoder, embedding_text
from index.errors import MachineFailureError, UnreadableDocumentError
from index.extracted import Block
from index.kinds import KindModel
from index.lexical import count_terms
from index.marks import Marks, digest_of
from index.parse import Parsed
from index.plan import Change, Plan
from index.records import Document, FileEntry, Passage, Refusal
from index.sandbox import Sandbox
from index.split import split
from index.statements import statements_of
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
    unchanged: list[str] = field(default_factory=list)  # read again, and found as they were
    refused: list[Refusal] = field(default_factory=list)
    same: list[tuple[str, str]] = field(default_factory=list)
    unused: list[tuple[str, str]] = field(default_factory=list)  # of those, where something else was declared
    written: list[str] = field(default_factory=list)  # ids of documents


@dataclass
class _Waiting:
    """A document about to be written, with other files that hold the same text."""

    entry: FileEntry
    document: Document
    passages: list[Passage]
    blocks: Sequence[Block]
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
        self._marks = Marks(sandbox.limits)
        self._known = catalog.files()
        self._gone: frozenset[str] = frozenset()
        self._failed: list[str] = []  # sources that the next run tries again
        self._taken = {entry.document_id for entry in self._known.values()}
        self._done = Done()
        self._kinds = KindModel.load()

    def carry_out(self, plan: Plan, progress: Progress) -> Done:
        """Write group by group, then remove what is gone: what has only moved is never missing."""
        self._gone = frozenset(plan.gone)
        for refusal, mark in plan.refused:
            self._refuse(refusal, mark)
        count, total = 0, len(plan.changes)
        progress(0, total, "")
        for group in self._groups(plan.changes):
            for waiting in self._write(group):
                count += 1 + len(waiting.others)
                progress(count, total, waiting.document.source_name)
        for source in plan.gone:
            self._forget(source)
        for archive in plan.archives:  # at the end: a run that breaks off unpacks it again
            failed = any(source.startswith(f"{archive.source}/") for source in self._failed)
            self._catalog.remember(replace(archive, sha256="") if failed else archive)
        return self._done

    def _groups(self, changes: Sequence[Change]) -> Iterator[list[_Waiting]]:
        """Documents to write, some at a time; refused files and those with a known text are dealt with on the way."""
        group: list[_Waiting] = []
        for change in changes:
            parsed = self._parsed(change)
            if parsed and (waiting := self._new(change, parsed, group)):
                group.append(waiting)
            if sum(len(one.passages) for one in group) >= _GROUP_PASSAGES:
                yield group
                group = []
        yield group

    def _parsed(self, change: Change) -> Parsed | None:
        """What is read of a file; None when it is refused."""
        source, was_read = change.file.source, False
        try:
            contents = change.file.read(self._sandbox.limits)
            was_read = True
            return self._sandbox.parse(source, *contents)
        except MachineFailureError as exc:
            self._failed.append(source)
            self._refuse(Refusal(source, str(exc), exc.english), "", self._held_unchanged(change))
        except UnreadableDocumentError as exc:
            mark = self._marks.under(change.sha256) if was_read else ""
            self._refuse(Refusal(source, str(exc), exc.english), mark)
        return None

    def _held_unchanged(self, change: Change) -> str:
        """The id of the document that was made of the very content of the file, or empty."""
        known = self._known.get(change.file.source)
        return known.document_id if known and digest_of(known.sha256) == change.sha256 else ""

    def _new(self, change: Change, parsed: Parsed, group: Sequence[_Waiting]) -> _Waiting | None:
        """The document of a changed file, or None when there is one with its text that stays as it is."""
        source, text = change.file.source, parsed.extracted.text
        mark = self._marks.under(change.sha256) if parsed.extracted.is_partial else self._marks.whole(change.sha256)
        twin = next((one for one in group if one.document.text == text), None)
        if twin:
            twin.others.append(FileEntry(source, mark, twin.document.id, self._now))
            self._tell_same(change, parsed, twin.document)
            return None
        held = self._catalog.document_of_file(source)
        other = self._catalog.document_of_text(text)
        if other in {one.document.id for one in group}:
            other = ""  # its text is about to be replaced
        # Where none of its files is left, the text has moved here, and its document with it.
        stay = [file for file in self._catalog.files_of(other) if file not in self._gone] if other else []
        if stay and other != held:
            self._tell_same(change, parsed, self._catalog.document(other), stay[0])
            self._drop(self._catalog.remember(FileEntry(source, mark, other, self._now)))
            return None
        keeps_id = held and self._catalog.files_of(held) == [source]
        document_id = other or (held if keeps_id else self._free_id(change.file.relative))
        document = make_document(parsed, source, document_id)
        passages = split(document, parsed.extracted.blocks, self._passage_chars)
        blocks = parsed.extracted.blocks
        waiting = _Waiting(FileEntry(source, mark, document_id, self._now), document, passages, blocks)
        if other and (self._is_copy(change, other) or self._is_there(waiting)):
            self._keep(waiting)
            return None
        return waiting

    def _is_copy(self, change: Change, document_id: str) -> bool:
        """Whether the file is unchanged, and another one gives the document its particulars."""
        is_first = self._catalog.files_of(document_id)[0] == change.file.source
        return self._held_unchanged(change) == document_id and not is_first

    def _is_there(self, waiting: _Waiting) -> bool:
        """Whether the catalog has the document already, with the same particulars and passages."""
        there = self._catalog.document(waiting.document.id)
        if there is None or replace(there, source=waiting.document.source, others=()) != waiting.document:
            return False
        return self._catalog.passages_of(there.id) == waiting.passages

    def _keep(self, waiting: _Waiting) -> None:
        """Remember the file of a document that stays as it is, which costs no embedding."""
        entry = waiting.entry
        known = self._known.get(entry.source)
        if known and known.document_id == entry.document_id:
            entry = replace(entry, indexed_at=known.indexed_at)  # the order of a document's files
            self._done.unchanged.append(entry.source)
        else:
            self._tell(entry.source)
        self._drop(self._catalog.remember(entry))

    def _tell(self, source: str) -> None:
        known = self._known.get(source)
        (self._done.changed if known and known.document_id else self._done.added).append(source)

    def _tell_same(self, change: Change, parsed: Parsed, document: Document | None, holder: str = "") -> None:
        """A copy, and whether what is declared beside it is lost; front matter is in the text of both."""
        names = change.file.source, holder or (document.source if document else "")
        self._done.same.append(names)
        if document and change.file.sidecar and _said(parsed) - _said(document):
            self._done.unused.append(names)

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
            document = one.document
            stale += [passage_id for passage_id in self._catalog.passage_ids(document.id) if passage_id not in counted]
            rows = [(passage, counted[passage.id]) for passage in one.passages]
            statements = statements_of(document, one.blocks, self._kinds)
            # From here on the new revision answers.
            stale += self._catalog.replace(document, rows, one.entry, statements)
            for other in one.others:
                stale += self._catalog.remember(other)
            self._tell(one.entry.source)
            self._done.written.append(document.id)
            yield one
        self._drop(stale)

    def _refuse(self, refusal: Refusal, mark: str, document_id: str = "") -> None:
        """Remember why; the old text of what can no longer be read goes: it may have been withdrawn.

        Unless the file is unchanged, and only the machine failed: then it keeps its document.
        """
        self._done.refused.append(refusal)
        known = self._known.get(refusal.source)
        if known and known.document_id and not document_id:
            self._forget(refusal.source)
        is_news = not known or known.reason != refusal.reason or known.sha256 != mark
        if is_news and _can_be_kept(refusal.source):
            entry = FileEntry(refusal.source, mark, document_id, self._now, refusal.reason, refusal.english)
            self._catalog.remember(entry)

    def _forget(self, source: str) -> None:
        known = self._known[source]
        self._drop(self._catalog.forget(source))
        if known.document_id:
            self._done.removed.append(source)

    def _drop(self, passage_ids: Sequence[str]) -> None:
        self._store.delete(passage_ids)


def _said(of: Parsed | Document) -> set[tuple[str, ...]]:
    """The particulars, wherever they were found."""
    found = {(one.field, one.value, one.detail) for one in of.findings}
    return found | {("event", of.event), ("publisher", of.publisher)}


def _can_be_kept(source: str) -> bool:
    try:
        load.require_plain_name(source)
    except UnreadableDocumentError:
        return False
    return True
