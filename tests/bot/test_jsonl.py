"""Files of one JSON object a line."""

import json
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.errors import LedgerError, RegisterError
from bot.jsonl import write_jsonl


def test_every_record_is_a_line_for_the_owner_only(tmp_path: Path) -> None:
    records = [{"câu": "một\nhai"}, {"câu": "ba"}]
    file = tmp_path / "ra.jsonl"
    assert write_jsonl(file, records) == 2
    assert [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()] == records
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_what_fails_on_the_way_leaves_the_old_file(tmp_path: Path) -> None:
    file = tmp_path / "ra.jsonl"
    file.write_text("cũ")

    def failing() -> Iterator[dict[str, Any]]:
        yield {"câu": "mới"}
        raise LedgerError("Cơ sở dữ liệu gặp lỗi.")

    with pytest.raises(LedgerError):
        write_jsonl(file, failing())
    assert [path.name for path in tmp_path.iterdir()] == ["ra.jsonl"]
    assert file.read_text() == "cũ"


def test_places_that_cannot_be_written_to_are_told(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="là thư mục"):
        write_jsonl(tmp_path, [])
    with pytest.raises(RegisterError, match="không tồn tại"):
        write_jsonl(tmp_path / "chưa có" / "ra.jsonl", [])
    (tmp_path / ".ra.jsonl.new").mkdir()
    with pytest.raises(LedgerError, match="Không ghi được tệp"):
        write_jsonl(tmp_path / "ra.jsonl", [])
