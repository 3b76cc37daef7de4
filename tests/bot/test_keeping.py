"""Keeping the collection: what keepers may do, what everyone else may not, and runs in the background."""

import io
import threading
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.correcting import Change
from bot.errors import ForbiddenError, NotFoundError, RegisterError, UploadError
from bot.identity import Identity
from bot.keeping import Keeping
from bot.kept_files import open_catalog
from bot.ledger.ledger import Ledger
from bot.settings import Settings, load_settings
from index.corrections import Corrections
from index.embed import Vectors
from index.errors import IndexLockedError
from index.lock import writer_lock
from tests.bot.corpus import BUDGET, DAO_NGOC, SONG_LAM
from tests.stand_ins import HashingEncoder

KEEPER = Identity("lan", frozenset(["reader", "keeper"]), "account")
READER = Identity("hoa", frozenset(["reader"]), "account")
_NOTE = "Ghi chép mới: phủ sóng 7 bến cảng.\n"


class SlowEncoder(HashingEncoder):
    """Waits before it embeds, until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.may_go = threading.Event()

    def encode_passages(self, texts: object) -> Vectors:
        assert self.may_go.wait(30)
        return super().encode_passages(texts)  # type: ignore[arg-type]  # as given


@pytest.fixture
def settings() -> Settings:
    return load_settings(upload_mib=1)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(f"sqlite:///{tmp_path / 'sổ.sqlite3'}")


@pytest.fixture
def keeping(settings: Settings, ledger: Ledger) -> Keeping:
    return Keeping(settings, ledger.audit, HashingEncoder)


def _send(keeping: Keeping, name: str, text: str, *, replace: bool = False) -> None:
    keeping.upload(KEEPER, name, io.BytesIO(text.encode()), replace=replace)


def _indexed(keeping: Keeping, *, rebuild: bool = False, again: tuple[str, ...] = ()) -> dict[str, str]:
    """Run to the end; the state of each file."""
    keeping.index(KEEPER, rebuild=rebuild, again=again)
    keeping.wait(60)
    return _states(keeping)


def _states(keeping: Keeping) -> dict[str, str]:
    return {file.name: file.state for file in keeping.files(KEEPER)}


def test_uploaded_files_wait_and_are_then_indexed(keeping: Keeping) -> None:
    _send(keeping, "song-lam.md", SONG_LAM)
    _send(keeping, "hỏng.pdf", "không phải PDF")
    assert _states(keeping) == {"song-lam.md": "waiting", "hỏng.pdf": "waiting"}
    assert _indexed(keeping) == {"song-lam.md": "indexed", "hỏng.pdf": "refused"}
    run = keeping.last_run(KEEPER)
    assert run is not None
    assert run.report is not None
    assert (run.by, run.is_over, run.error, run.done, run.total) == ("lan", True, "", 2, 2)
    assert [Path(source).name for source in run.report.added] == ["song-lam.md"]
    by_name = {file.name: file for file in keeping.files(KEEPER)}
    assert by_name["song-lam.md"].label.startswith("Bộ làm việc với tỉnh Sông Lam – 12/5/2020")
    assert by_name["song-lam.md"].passages > 0
    assert "hỏng" in by_name["hỏng.pdf"].reason


def test_a_new_revision_takes_the_place_of_the_old(keeping: Keeping) -> None:
    _send(keeping, "a.md", SONG_LAM)
    _indexed(keeping)
    _send(keeping, "a.md", DAO_NGOC, replace=True)
    _indexed(keeping)
    (file,) = keeping.files(KEEPER)
    assert "Đảo Ngọc" in file.label


def test_what_is_removed_stays_out_until_it_is_tried_again_or_sent_anew(keeping: Keeping) -> None:
    _send(keeping, "a.md", SONG_LAM)
    _indexed(keeping)
    (file,) = keeping.files(KEEPER)
    assert keeping.remove(KEEPER, file.document_id) == [file.source]
    assert (keeping.folder / "a.md").is_file()
    assert _indexed(keeping) == {"a.md": "removed"}
    assert _indexed(keeping, again=(file.source,)) == {"a.md": "indexed"}
    keeping.remove(KEEPER, file.document_id)
    _send(keeping, "a.md", SONG_LAM, replace=True)
    assert _indexed(keeping) == {"a.md": "indexed"}


def test_a_rebuild_reads_everything_and_what_was_sent_since(keeping: Keeping) -> None:
    _send(keeping, "a.md", SONG_LAM)
    _indexed(keeping)
    _send(keeping, "b.md", _NOTE)
    assert _indexed(keeping, rebuild=True) == {"a.md": "indexed", "b.md": "indexed"}
    run = keeping.last_run(KEEPER)
    assert run is not None
    assert run.report is not None
    assert [Path(source).name for source in run.report.added] == ["a.md", "b.md"]
    assert run.is_rebuild


def test_an_archive_is_taken_with_its_members(keeping: Keeping) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("ghi-chép.txt", _NOTE)
    keeping.upload(KEEPER, "kho.zip", io.BytesIO(packed.getvalue()))
    assert _indexed(keeping) == {"kho.zip": "archive", "ghi-chép.txt": "indexed"}


def test_a_second_start_says_that_one_is_under_way(settings: Settings, ledger: Ledger) -> None:
    encoder = SlowEncoder()
    keeping = Keeping(settings, ledger.audit, lambda: encoder)
    _send(keeping, "a.md", SONG_LAM)
    started = keeping.index(KEEPER)
    assert not started.is_over
    with pytest.raises(IndexLockedError, match=r"đang được cập nhật \(do lan bắt đầu lúc \d\d:\d\d"):
        keeping.index(KEEPER)
    with pytest.raises(IndexLockedError):
        keeping.remove(KEEPER, "a")
    encoder.may_go.set()
    keeping.wait(60)
    run = keeping.last_run(KEEPER)
    assert run is not None
    assert run.report is not None
    assert _indexed(keeping) == {"a.md": "indexed"}


def test_another_process_that_writes_is_told_by_the_run(keeping: Keeping, settings: Settings) -> None:
    _send(keeping, "a.md", SONG_LAM)
    with writer_lock(settings.index_folder):
        keeping.index(KEEPER)
        keeping.wait(60)
    run = keeping.last_run(KEEPER)
    assert run is not None
    assert (run.code, run.report) == ("index_locked", None)
    assert "Chỉ mục đang được cập nhật bởi một lệnh khác" in run.error
    assert _indexed(keeping) == {"a.md": "indexed"}


def test_a_run_without_files_says_what_to_do(keeping: Keeping) -> None:
    assert _indexed(keeping) == {}
    run = keeping.last_run(KEEPER)
    assert run is not None
    assert run.code == "nothing_to_index"
    assert "Hãy tải lên các tệp" in run.error


def test_what_nobody_foresaw_ends_the_run_with_a_message(settings: Settings, ledger: Ledger) -> None:
    def broken() -> HashingEncoder:
        raise OSError(28, "No space left on device")

    keeping = Keeping(settings, ledger.audit, broken)
    keeping.index(KEEPER)
    keeping.wait(60)
    run = keeping.last_run(KEEPER)
    assert run is not None
    assert (run.is_over, run.code) == (True, "system")
    assert "No space left" in run.error


def test_unknown_documents_and_files_are_told(keeping: Keeping) -> None:
    _send(keeping, "a.md", SONG_LAM)
    _indexed(keeping)
    with pytest.raises(NotFoundError, match="Không có tài liệu «x»"):
        keeping.remove(KEEPER, "x")
    with pytest.raises(NotFoundError, match=r"Không có tệp «/etc/passwd\.txt»"):
        keeping.index(KEEPER, again=("/etc/passwd.txt",))


def test_a_statement_is_corrected_in_the_keepers_name(keeping: Keeping, settings: Settings) -> None:
    _send(keeping, "song-lam.md", SONG_LAM)
    _indexed(keeping)
    statement = _statement(settings)
    keeping.correct(KEEPER, statement, Change(kind="kiến nghị", speaker="Trần Minh"))
    (kept,) = Corrections(settings.corrections_file)
    assert (kept.by, kept.quote) == ("lan", BUDGET)
    assert kept.changes == (("kind", "request"), ("speaker", "Trần Minh"), ("title", ""))
    with pytest.raises(RegisterError, match="Không có loại ý kiến «lạ»"):
        keeping.correct(KEEPER, statement, Change(kind="lạ"))
    with pytest.raises(RegisterError, match="Cần đúng một việc"):
        keeping.correct(KEEPER, statement, Change())
    with pytest.raises(NotFoundError, match="Không có ý kiến mang mã «x»"):
        keeping.correct(KEEPER, "x", Change(removes=True))


def _statement(settings: Settings) -> str:
    with closing(open_catalog(settings)) as catalog:
        (document,) = catalog.documents()
        return next(one.id for one in catalog.statements_of(document.id) if one.text == BUDGET)


@pytest.mark.parametrize(
    "act",
    [
        lambda keeping: keeping.upload(READER, "a.md", io.BytesIO(b"x")),
        lambda keeping: keeping.files(READER),
        lambda keeping: keeping.index(READER),
        lambda keeping: keeping.index(READER, rebuild=True),
        lambda keeping: keeping.last_run(READER),
        lambda keeping: keeping.remove(READER, "a"),
        lambda keeping: keeping.correct(READER, "a!0", Change(removes=True)),
    ],
)
def test_a_reader_may_do_none_of_it(keeping: Keeping, act: Callable[[Keeping], object]) -> None:
    with pytest.raises(ForbiddenError, match="Việc này chỉ dành cho người giữ tài liệu"):
        act(keeping)
    assert not keeping.folder.exists()


def test_what_is_done_is_noted(keeping: Keeping, ledger: Ledger) -> None:
    _send(keeping, "a.md", SONG_LAM)
    with pytest.raises(UploadError):
        _send(keeping, "a.md", SONG_LAM)
    _indexed(keeping)
    keeping.remove(KEEPER, keeping.files(KEEPER)[0].document_id)
    noted = [(entry.user, entry.action, entry.detail, entry.outcome) for entry in ledger.audit.entries()]
    assert noted == [
        ("lan", "upload", "a.md", "ok"),
        ("lan", "upload", "a.md", "upload"),
        ("lan", "index", "", "ok"),
        ("lan", "remove_document", "a", "ok"),
    ]
