"""Titles with a mark glued to them: `*Title`."""

from __future__ import annotations

from collections.abc import Sequence

from cleankit.passes.sections.lines import SHORTS, Kind, Line

_AT_LEAST = 2
"""One line alone with such a mark may be a note."""
_LONGEST = 80
_ENDS = ".,;:!?*。：！？"


def starred_titles(lines: Sequence[Line]) -> set[int]:
    """The indices of the lines that begin with a star glued to a capital, each apart from what
    stands above and without an end, two at least."""
    found = {
        index
        for index, line in enumerate(lines[:-1])
        if line.text[0] in "*#"
        and line.kind in SHORTS
        and line.gap
        and _is_starred(line.text.lstrip("# ") if line.kind is Kind.HEADING else line.text)
    }
    return found if len(found) >= _AT_LEAST else set()


def _is_starred(text: str) -> bool:
    return (
        text[:1] == "*"
        and text[1:2].isupper()
        and text.count("*") == 1
        and text[-1] not in _ENDS
        and len(text) <= _LONGEST
    )
