"""What a document teaches about the words of the collection, counted once, when it is indexed."""

from dataclasses import dataclass

from index.aliases import learn
from index.bigrams import count_pairs


@dataclass(frozen=True, slots=True)
class Lesson:
    """What one text teaches: its pairs as `count_pairs` counts them, and the abbreviations it explains."""

    pairs: bytes
    names: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, text: str) -> "Lesson":
        """Of a text."""
        return cls(count_pairs(text), tuple(sorted(learn(text))))
