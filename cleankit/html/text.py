"""Text of a page, as it was meant."""

from __future__ import annotations

import re
from html import unescape

_ESCAPED_TWICE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")


def meant(text: str) -> str:
    """Text in which a character reference is left after parsing was escaped twice; undo it.

    Outside code nobody means to show `&nbsp;` or `&amp;#8217;` to a reader.
    """
    return _ESCAPED_TWICE.sub(lambda match: unescape(match[0]), text) if "&" in text else text


def one_line(text: str | None) -> str:
    """Text with its white space collapsed."""
    if not text:
        return ""
    return " ".join((meant(text) if "&" in text else text).split())
