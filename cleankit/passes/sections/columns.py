"""The names of columns of a newspaper's letter: a linked word or a few above linked stories."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cleankit.passes.sections.lines import SHORTS, Line
from cleankit.passes.sections.looks import Look

_AT_LEAST = 2
"""One alone may be any link above another."""
_NAME = 3
"""Words of a name at most."""
_TEXT = 100
"""Characters of a story's text: what is no longer may be the next link of a menu."""


def linked_columns(lines: Sequence[Line], look: Callable[[int], Look]) -> set[int]:
    """The indices of the names, each right above a linked headline that has its text right below,
    several at least."""
    found = {
        index
        for index, line in enumerate(lines[:-2])
        if line.gap
        and line.kind in SHORTS
        and len(lines[index + 2].text) > _TEXT
        and not (lines[index + 1].gap or lines[index + 2].gap)
        and lines[index + 1].kind in SHORTS
        and look(index).linked
        and look(index).size <= _NAME
        and look(index + 1).linked
        and not look(index + 2).linked
    }
    return found if len(found) >= _AT_LEAST else set()
