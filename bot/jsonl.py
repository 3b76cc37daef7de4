"""Files of one JSON object a line, for their owner only: they tell what people asked."""

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bot.errors import LedgerError
from bot.register_files import check_target


def write_jsonl(file: Path, records: Iterable[dict[str, Any]]) -> int:
    """How many were written; the file is whole or is not there. Raises RegisterError, LedgerError."""
    check_target(file)
    draft = file.with_name(f".{file.name}.new")
    written = 0
    try:
        try:
            with open(os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w", encoding="utf-8") as opened:  # noqa: PTH123  # made with its mode
                for record in records:
                    opened.write(json.dumps(record, ensure_ascii=False) + "\n")
                    written += 1
            draft.replace(file)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as exc:
        raise LedgerError(
            f"Không ghi được tệp «{file}»: {exc.strerror}.", "Hãy kiểm tra quyền ghi và dung lượng ổ đĩa, rồi chạy lại."
        ) from exc
    return written
