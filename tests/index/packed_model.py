"""A model file in the wheel's format, small enough to check by hand."""

import struct

HIDDEN = 32
PIECES = ("<s>", "<pad>", "</s>", "<unk>", "▁", "▁đồng", "▁tháp", "d", "<mask>")
# What the real map does beyond NFKC: delete zero-width spaces, make a line break a space.
_CHARACTERS = {"\u200b": "", "\n": " ", "ﬁ": "fi"}


def block(scale: float, nibbles: bytes) -> bytes:
    """A Q4_0 block: 32 weights."""
    return struct.pack("<e", scale) + nibbles


def packed_model(tensors: dict[str, tuple[bool, int, bytes]]) -> bytes:
    """The file; tensors by name are (quantised, number of values, bytes)."""
    blob = "".join(PIECES).encode()
    offsets = [len("".join(PIECES[:number]).encode()) for number in range(len(PIECES) + 1)]
    head = b"E5S1" + struct.pack("<I7ifi", 1, HIDDEN, 1, 4, 64, len(PIECES), 16, 1, 1e-12, 32)
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, len(blob))
    head += struct.pack(f"<{len(offsets)}I{len(PIECES)}f", *offsets, *(-float(n) for n in range(len(PIECES)))) + blob
    head += struct.pack("<iI", len(_CHARACTERS), 0)
    for char, out in _CHARACTERS.items():
        head += struct.pack(f"<IB{len(out)}I", ord(char), len(out), *map(ord, out))
    head += struct.pack("<i", len(tensors))
    entries = {name.encode(): value for name, value in tensors.items()}
    position = len(head) + sum(2 + len(name) + struct.calcsize("<BIQQ") for name in entries)
    body = b""
    for name, (quantised, values, data) in entries.items():
        head += struct.pack("<H", len(name)) + name
        head += struct.pack("<BIQQ", quantised, values, position + len(body), len(data))
        body += data
    return head + body
