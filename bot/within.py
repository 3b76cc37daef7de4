"""What a reader narrows a question down to, beside its own words."""

from dataclasses import dataclass

from index.records import Kind


@dataclass(frozen=True, slots=True)
class Within:
    """Which evidence may be used: empty means any. Dates are ISO, cut at their precision; both ends count.

    `kinds` and `fields` are those of the register's statements.
    """

    provinces: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    fields: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()


ANYWHERE = Within()
