"""The rows of marks by which mail without markup divides its parts: `-----`, `*** News ***`."""

from __future__ import annotations

import re

from cleankit.passes.boilerplate.layout import Layout

_DRAWN = "-_*=~+#^<|:."
# A row of one mark with a title within it.
_TITLED = re.compile(
    r"([-_*=~+#<>])\1{2,}[ \t]{0,20}(?P<title>\S[^\n]{0,60}?)[ \t]{0,20}\1{3}[^\w\n]*"
)


def divides(layout: Layout, index: int, *, shortest: int) -> bool:
    """True if a unit is a rule, or a row of marks with a title.

    Args:
        layout, index: which unit.
        shortest: characters that it has at least.
    """
    content = layout.content(index)
    if content[0] not in _DRAWN or len(content) < shortest:
        return False
    return layout.judgement(index).filler == "rule" or _TITLED.fullmatch(content) is not None


def title_of(line: str) -> str:
    """The title within a row of marks; any other line as it is."""
    titled = _TITLED.fullmatch(line)
    return titled["title"] if titled else line
