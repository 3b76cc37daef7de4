"""By what a file of an earlier run is known again: its digest, and what the reading of it depended on."""

from dataclasses import astuple
from functools import cached_property

from index.extracted import Limits
from index.parse import PARSER_VERSION


class Marks:
    """Makes the marks of one run; that of no digest is empty, and fits no file."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits

    def whole(self, sha256: str) -> str:
        """For a file of which all was read: another version of the loaders may read it otherwise."""
        return f"{sha256}/{PARSER_VERSION}" if sha256 else ""

    def under(self, sha256: str) -> str:
        """For one that was refused, read in part, or unpacked: other limits, or Tesseract, may change that too."""
        return f"{self.whole(sha256)}/{self._conditions}" if sha256 else ""

    def fits(self, mark: str, sha256: str) -> bool:
        """Whether a file that was read is still what it was, and would be read as it was."""
        whole = self.whole(sha256)
        return mark == whole or (mark.startswith(f"{whole}/") and mark == self.under(sha256))

    @cached_property
    def _conditions(self) -> str:
        from index.loaders import ocr  # what it imports takes a third of a second, and many runs need none of it

        limits = ",".join(f"{value:g}" for value in astuple(self._limits))
        return f"{limits}/{'ocr' if ocr.is_available() else 'no ocr'}"


def digest_of(mark: str) -> str:
    """The digest in a mark."""
    return mark.partition("/")[0]
