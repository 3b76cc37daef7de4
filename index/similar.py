"""Documents whose texts are nearly alike: the same letter sent twice, an article taken over with small changes.

Each text is represented by the smallest hashes of its runs of three words (Broder 1997,
doi:10.1109/SEQUEN.1997.666900); the share of hashes that two such sketches have in common estimates how much the texts
share.
"""

import heapq
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping

import numpy as np

from index.vietnamese import fold, words

_SKETCH = 128
_RUN_WORDS = 3
# Share of runs in common from which two documents are told to be alike.
_ALIKE = 0.7


def similar_pairs(sketches: Mapping[str, bytes], written: Iterable[str]) -> list[tuple[str, str]]:
    """Pairs of ids of documents whose sketches are nearly alike, where one of the two is among `written`."""
    new = frozenset(written)
    ids = list(sketches)
    sizes = [len(sketch) // 4 for sketch in sketches.values()]
    every = np.frombuffer(b"".join(sketches.values()), np.uint32)
    holders: dict[int, list[int]] = {}
    for number in (number for number, one in enumerate(ids) if one in new):
        for value in np.frombuffer(sketches[ids[number]], np.uint32).tolist():
            holders.setdefault(value, []).append(number)
    held = np.isin(every, np.fromiter(holders, np.uint32, len(holders)))
    owners = np.repeat(np.arange(len(ids)), sizes)
    shared: Counter[tuple[int, int]] = Counter()
    for value, owner in zip(every[held].tolist(), owners[held].tolist(), strict=True):
        shared.update((owner, other) for other in holders[value] if other != owner)
    pairs = {
        (min(ids[one], ids[other]), max(ids[one], ids[other]))
        for (one, other), count in shared.items()
        if count >= _ALIKE * max(sizes[one], sizes[other])
    }
    return sorted(pairs)


def joined(pairs: Iterable[tuple[str, str]]) -> list[list[str]]:
    """The groups that pairs join, each in order, in order of their first."""
    group_of: dict[str, list[str]] = {}
    for pair in pairs:
        one, other = (group_of.setdefault(document_id, [document_id]) for document_id in pair)
        if one is not other:
            one += other
            group_of.update(dict.fromkeys(other, one))
    groups = {id(group): sorted(group) for group in group_of.values()}
    return sorted(groups.values())


def sketch(text: str) -> bytes:
    """The smallest hashes of the runs of three words of a text, at most 128 of 4 bytes each."""
    found = words(fold(text))
    runs = {" ".join(found[start : start + _RUN_WORDS]) for start in range(max(1, len(found) - _RUN_WORDS + 1))}
    smallest = heapq.nsmallest(_SKETCH, {zlib.crc32(run.encode()) for run in runs})
    return np.array(smallest, np.uint32).tobytes()
