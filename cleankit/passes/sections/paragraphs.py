"""What stands between two paragraphs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set
from typing import NamedTuple, TypeAlias

from cleankit.passes.sections.lines import Kind, Line

_SHORT = 60
"""What stands between paragraphs as a title does is no longer."""
_LONG, _LONG_DENSE = 100, 60
"""A longer line is a paragraph; the same in scripts that say more with a character."""
_DENSE = "\u2e80"
"""From here on come the scripts of East Asia, whose characters say as much as a few letters."""

Place: TypeAlias = tuple[bool, bool]
"""Whether a blank line stands above a line, and whether one stands below."""


class Between(NamedTuple):
    """How many short lines without an end, and how many sentences, stand between two paragraphs, by
    the blank lines around them."""

    titles: Counter[Place]
    sentences: Counter[Place]


def between_paragraphs(lines: Sequence[Line], wrapped: Set[int]) -> Between:
    """What of a text stands between two paragraphs."""
    between = Between(Counter(), Counter())
    for index, line in enumerate(lines):
        if line.kind is Kind.SHORT and is_between(lines, wrapped, index):
            place = (line.gap, lines[index + 1].gap)
            if line.text[-1] in ".!。":
                between.sentences[place] += 1
            elif line.text[-1].isalnum() and not line.text[0].islower():
                between.titles[place] += 1
    return between


def is_between(lines: Sequence[Line], wrapped: Set[int], index: int) -> bool:
    """Whether a line is short, with paragraphs right above and below it."""
    return (
        0 < index < len(lines) - 1
        and len(lines[index].text) <= _SHORT
        and index not in wrapped
        and is_paragraph(lines, wrapped, index - 1)
        and is_paragraph(lines, wrapped, index + 1)
    )


def is_paragraph(lines: Sequence[Line], wrapped: Set[int], index: int) -> bool:
    """Whether a line is a paragraph, or within one that is wrapped."""
    line = lines[index]
    if line.kind not in (Kind.SHORT, Kind.PROSE):
        return False
    least = _LONG if line.text[0] < _DENSE else _LONG_DENSE
    return len(line.text) > least or index in wrapped
