"""`python -m index.worker`: the process in which files are parsed, so that a hostile one can do no harm but to it.

It reads requests from its input and writes answers to its output: a line of JSON each, a request's followed by as many
bytes as it says.
"""

import contextlib
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
        answers.write(json.dumps(_answer(json.loads(line), sys.stdin.buffer, limits)).encode() + b"\n")
        answers.flush()
        signal.alarm(0)


def _answer(request: dict[str, Any], received: BinaryIO, limits: Limits) -> dict[str, Any]:
    content = received.read(request["content_bytes"])
    sidecar = received.read(request["sidecar_bytes"])
    try:
        if request["unpack_to"]:
            return {"members": _unpack(content, Path(request["unpack_to"]), limits)}
        return {"parsed": asdict(parse(request["name"], content, sidecar, limits))}
    except UnreadableDocumentError as exc:
        return {"message": exc.message, "remedy": exc.remedy, "english": exc.english}
    except MemoryError:
        return {"failure": "memory"}
    except RecursionError:
        return {"failure": "nesting"}
    except Exception as exc:  # a broken file makes the libraries raise almost anything; it concerns that file alone
        return {"failure": f"{type(exc).__name__}: {exc}"[:300]}


def _unpack(content: bytes, folder: Path, limits: Limits) -> list[str]:
    """Write the members as numbered files; their names in the archive, in that order."""
    from index.loaders.archives import members

    names = []
    for number, (name, data) in enumerate(members(content, limits)):
        (folder / str(number)).write_bytes(data)
        names.append(name)
    return names


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError, KeyboardInterrupt):
        main()
