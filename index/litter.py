"""Names of files that nobody means when they say "all documents of this folder"."""

import re
from collections.abc import Iterable

# Hidden files, the lock files of Office, and what macOS and Windows leave behind.
_LITTER = re.compile(r"(?:.*/)?(?:\.|~\$|__MACOSX/|(?:Thumbs\.db|desktop\.ini)$)", re.IGNORECASE)
_PAGE = re.compile(r"(.*)\.html?", re.IGNORECASE | re.DOTALL)


def is_litter(name: str) -> bool:
    """Whether a file, or a folder (its name ending in `/`), is none of the documents."""
    return bool(_LITTER.match(name))


def folders_of_pages(names: Iterable[str]) -> tuple[str, ...]:
    """Where a browser put the pictures and scripts of the pages it saved: `tin_files/` for `tin.html`."""
    return tuple(f"{match[1]}_files/" for name in names if (match := _PAGE.fullmatch(name)))
