"""A listing of thousands of statements, page by page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.register_listing import Group, Listing, Section

GROUPS_A_PAGE = 20


@dataclass(frozen=True, slots=True)
class NumberedGroup:
    """Lines that say the same, with their number in the listing, from 1."""

    number: int
    lines: Group


@dataclass(frozen=True, slots=True)
class PageSection:
    """What of a section stands on a page; `total` is how many groups the whole of it has."""

    heading: str
    groups: Sequence[NumberedGroup]
    total: int


@dataclass(frozen=True, slots=True)
class ListingPage:
    """A page of a listing: `number` counts from 1 to `last`, which is 1 also where nothing was found."""

    number: int
    last: int
    sections: Sequence[PageSection]


def page_of(listing: Listing, number: int, size: int = GROUPS_A_PAGE) -> ListingPage:
    """The page with that number, or the nearest there is; a section that goes on repeats its heading."""
    total = sum(len(section.groups) for section in listing.sections)
    last = max(1, -(-total // size))
    number = min(max(1, number), last)
    return ListingPage(number, last, tuple(_cut(listing.sections, (number - 1) * size, number * size)))


def _cut(sections: Sequence[Section], first: int, end: int) -> Iterator[PageSection]:
    before = 0
    for section in sections:
        held = section.groups[max(0, first - before) : max(0, end - before)]
        if held:
            begin = max(first, before) + 1
            numbered = tuple(NumberedGroup(place, group) for place, group in enumerate(held, start=begin))
            yield PageSection(section.heading, numbered, len(section.groups))
        before += len(section.groups)
