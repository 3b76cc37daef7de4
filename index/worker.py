"""`python -m index.worker`: the process in which files are parsed, so that a hostile one can do no harm but to it.

It reads requests from its input and writes answers to its output: a line of JSON each, a request's followed by as many
bytes as it says.
"""

import contextlib
import errno
import json
import os
import resource
import signal
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

from index.errors import UnreadableDocumentError
from index.extracted import Limits
from index.parse import parse

_MIB = 1 << 20
_GRACE_S = 5
# What is no fault of the file, which another time can be read.
_OF_THE_MACHINE = {
    getattr(errno, name) for name in ("ENOSPC", "EDQUOT", "ENOMEM", "EMFILE", "ENFILE", "EAGAIN", "EIO", "EROFS")
}


def main() -> None:
    """Answer until the input ends."""
    limits = Limits(**json.loads(sys.argv[1]))
    # Libraries print; what they say must not get among the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    memory = limits.memory_mib * _MIB
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    while line := sys.stdin.buffer.readline():
        signal.alarm(int(limits.seconds) + _GRACE_S)  # should nobody be left to end this process
        answers.write(_answer(json.loads(line), sys.stdin.buffer, limits) + b"\n")
        answers.flush()
        signal.alarm(0)


def _answer(request: dict[str, Any], received: BinaryIO, limits: Limits) -> bytes:
    content = received.read(request["content_bytes"])
    sidecar = received.read(request["sidecar_bytes"])
    try:
        if request["unpack_to"]:
            return _encoded(_unpack(content, Path(request["unpack_to"]), limits))
        return _encoded({"parsed": asdict(parse(request["name"], content, sidecar, limits))})
    except Exception as exc:  # a broken file makes the libraries raise almost anything; it concerns that file alone
        return _encoded(_failure(exc), "replace")


def _encoded(answer: dict[str, Any], errors: str = "strict") -> bytes:
    """The answer as UTF-8: what nothing could store or show (half a surrogate pair) must fail here, not there."""
    return json.dumps(answer, ensure_ascii=False).encode(errors=errors)


def _failure(error: Exception) -> dict[str, str]:
    if detail := _of_the_machine(error):
        return {"machine": detail}
    match error:
        case UnreadableDocumentError():
            return _refusal(error)
        case MemoryError():
            return {"failure": "memory"}
        case RecursionError():
            return {"failure": "nesting"}
        case UnicodeEncodeError():
            return _refusal(_no_text())
        case _:
            return {"failure": f"{type(error).__name__}: {error}"[:300]}


def _of_the_machine(error: BaseException | None) -> str:
    """What failed where the machine did, whatever the loaders made of it; else empty."""
    while error:
        if isinstance(error, OSError) and error.errno and error.errno in _OF_THE_MACHINE:
            return os.strerror(error.errno)
        error = error.__cause__ or error.__context__
    return ""


def _refusal(error: UnreadableDocumentError) -> dict[str, str]:
    return {"message": error.message, "remedy": error.remedy, "english": error.english}


def _no_text() -> UnreadableDocumentError:
    return UnreadableDocumentError(
        "Nội dung hoặc phần khai báo của tệp có ký tự không hợp lệ (nửa cặp mã surrogate của UTF-16).",
        "Hãy sửa ký tự đó trong phần khai báo, hoặc mở tệp bằng phần mềm tạo ra nó rồi lưu lại.",
        "The text of the file, or what is declared of it, holds a character that is none (a lone UTF-16 surrogate). "
        "Mend it in the header, or open the file where it was made and save it again.",
    )


def _unpack(content: bytes, folder: Path, limits: Limits) -> dict[str, Any]:
    """Write the members as numbered files; their names in the archive, in that order, and what is refused of them."""
    from index.loaders.archives import members

    names: list[str] = []
    refused: list[tuple[str, dict[str, str]]] = []
    for name, data in members(content, limits):
        if isinstance(data, UnreadableDocumentError):
            refused.append((name, _refusal(data)))
            continue
        (folder / str(len(names))).write_bytes(data)
        names.append(name)
    return {"members": names, "refused": refused}


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError, KeyboardInterrupt):
        main()
