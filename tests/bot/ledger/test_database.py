"""Opening: where it may be, who may read it, and what is said when it cannot be used."""

import sqlite3
import stat
from pathlib import Path

import pytest

from bot.errors import LedgerError
from bot.ledger.ledger import Ledger
from tests.bot.ledger.clock import answer_of
from tests.bot.ledger.postgresql import PostgreSQL


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where SQLite's file is to be."""
    return tmp_path / "chưa có" / "50% ổ" / "ledger.sqlite3"


def modes(folder: Path) -> set[int]:
    return {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()}


def test_the_folder_is_made_and_the_files_are_for_the_owner_only(file: Path) -> None:
    ledger = Ledger(f"sqlite:///{file}")
    ledger.audit.note("an", "local", "ask")
    assert len(list(file.parent.iterdir())) > 1  # what SQLite writes beside it counts too
    assert modes(file.parent) == {0o600}
    ledger.close()


def test_a_file_that_others_could_read_is_closed_to_them(file: Path) -> None:
    Ledger(f"sqlite:///{file}").close()
    file.chmod(0o644)
    Ledger(f"sqlite:///{file}").close()
    assert modes(file.parent) == {0o600}


def test_sqlite_is_set_up_for_many_and_for_safety(file: Path) -> None:
    ledger = Ledger(f"sqlite:///{file}")
    with ledger._database.reading() as session:
        connection = session.connection()
        pragmas = ("journal_mode", "foreign_keys", "busy_timeout", "synchronous")
        values = [connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() for pragma in pragmas]
    assert values == ["wal", 1, 30000, 2]
    ledger.close()


@pytest.mark.parametrize(
    "url",
    ["", "không phải", "mysql://an:bimat@may/so", "sqlite://", "sqlite:///:memory:", "postgresql://an:bimat@may:x/so"],
)
def test_addresses_that_cannot_be_used_are_not_repeated(url: str) -> None:
    with pytest.raises(LedgerError, match="BOT_DATABASE_URL") as caught:
        Ledger(url)
    assert "bimat" not in str(caught.value)


def test_a_server_that_does_not_answer_is_said_so_without_the_password(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="PostgreSQL") as caught:
        Ledger(f"postgresql://an:bimat@/so?host={tmp_path}")
    assert "bimat" not in str(caught.value)


@pytest.mark.parametrize("content", [b"day khong phai la co so du lieu" * 100, b"SQLite format 3\0" + b"\xff" * 4000])
def test_a_damaged_file_is_refused_and_left_as_it_is(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True)
    file.write_bytes(content)
    with pytest.raises(LedgerError, match=r"đã hỏng.*bản sao lưu"):
        Ledger(f"sqlite:///{file}")
    assert file.read_bytes() == content


def test_damage_that_shows_later_is_told_too(file: Path) -> None:
    ledger = Ledger(f"sqlite:///{file}")
    ledger.history.keep("an", answer_of("Câu hỏi?", "Dài. " * 5000))
    ledger.close()
    whole = file.read_bytes()
    file.write_bytes(whole[:8192] + b"\xff" * (len(whole) - 8192))
    with pytest.raises(LedgerError, match="hỏng"):
        Ledger(f"sqlite:///{file}").history.conversations("an", "câu")


def test_a_place_that_cannot_be_written_to_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "tệp").write_text("không phải thư mục")
    with pytest.raises(LedgerError, match="quyền ghi"):
        Ledger(f"sqlite:///{tmp_path / 'tệp' / 'ledger.sqlite3'}")


def test_a_writer_that_does_not_let_go_is_said_so(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.ledger.database._BUSY_S", 0.1)
    ledger = Ledger(f"sqlite:///{file}")
    holder = sqlite3.connect(file, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(LedgerError, match="đang bận ghi"):
        ledger.audit.note("an", "local", "ask", "câu hỏi bí mật")
    assert ledger.audit.counts() == []  # reading goes on
    holder.execute("ROLLBACK")
    ledger.audit.note("an", "local", "ask")
    holder.close()
    ledger.close()


def test_nothing_of_what_is_written_is_in_the_error(file: Path) -> None:
    ledger = Ledger(f"sqlite:///{file}")
    with sqlite3.connect(file) as other:
        other.execute("DROP TABLE audit")
    with pytest.raises(LedgerError) as caught:
        ledger.audit.note("an", "local", "ask", "câu hỏi bí mật")
    assert "bí mật" not in f"{caught.value!r} {caught.value.__cause__!r} {caught.value.__cause__}"
    ledger.close()


def test_deleted_text_is_not_left_in_the_file(file: Path) -> None:
    ledger = Ledger(f"sqlite:///{file}")
    ledger.history.keep("an", answer_of("khong de lai dau vet"))
    ledger.history.delete_all("an")
    ledger.close()
    assert b"khong de lai dau vet" not in file.read_bytes()


@pytest.mark.slow
def test_a_server_that_was_started_again_is_used_again(postgresql: PostgreSQL) -> None:
    ledger = Ledger(postgresql.new_database("started_again"))
    kept = ledger.history.keep("an", answer_of("Còn không?"))
    postgresql.stop()
    with pytest.raises(LedgerError, match="PostgreSQL"):
        ledger.history.turn("an", kept.id)
    postgresql.start()
    assert ledger.history.turn("an", kept.id) == kept
    ledger.close()
