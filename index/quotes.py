"""What stands in quotation marks, which may go on over several sentences."""

import re

_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|«[^»]*»")


def is_open_quote(text: str) -> bool:
    """Whether a quotation begins in a sentence and does not end in it."""
    return text.count("“") > text.count("”") or (text.count('"') % 2 == 1 and text.lstrip(" -–").startswith('"'))


def closes_quote(text: str) -> bool:
    """Whether a quotation that began before ends in a sentence."""
    return text.count("”") > text.count("“") or text.count('"') % 2 == 1


def unquoted(text: str) -> str:
    """A text with what stands in quotation marks hidden."""
    return _QUOTED.sub(lambda match: "\x01" * len(match.group()), text)
