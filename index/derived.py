"""Files of arrays that are derived from the catalog, and stand for one generation of it."""

import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

Arrays = Mapping[str, Any]  # by name
_Made = TypeVar("_Made")


def save_arrays(file: Path, version: int, generation: int, arrays: Arrays) -> None:
    """Write beside the place, then move in: a reader sees the old arrays or the new ones."""
    draft = file.with_name(f"{file.name}.new")
    with draft.open("wb") as opened:
        np.savez(opened, format=np.array([version, generation]), **arrays)
    draft.replace(file)


def load_arrays(file: Path, version: int, generation: int | None, make: Callable[[Arrays], _Made]) -> _Made | None:
    """What `make` makes of the saved arrays of that generation, or any; None when there are none that can be read."""
    try:
        with np.load(file, allow_pickle=False) as saved:
            of_version, of_generation = saved["format"]
            fits = of_version == version and generation in (None, of_generation)
            return make(saved) if fits else None
    except (OSError, EOFError, ValueError, KeyError, NotImplementedError, zipfile.BadZipFile, zlib.error):
        return None


def packed(names: list[str], separator: str) -> npt.NDArray[np.uint8]:
    """Names as one array of their bytes."""
    return np.frombuffer(separator.join(names).encode(), np.uint8)
