"""Lines whose numbers count up."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cleankit.passes.sections.lines import Kind, Line

_BEGINS = "0123456789#*"
_NUMBER = re.compile(r"(?:#{1,6} +)?(?:\*\*)?(?P<value>\d{1,2})(?P<mark>[.)])\*{0,2} ")
_AT_LEAST = 3


def counted_titles(lines: Sequence[Line]) -> set[int]:
    """The indices of short lines whose numbers count up, three at least, each above a paragraph of
    its own, and of which few end as sentences do: they are titles, whatever they end with."""
    found: set[int] = set()
    run: list[int] = []
    last = ("", 0)
    for index, line in enumerate(lines):
        if line.text[0] not in _BEGINS or line.kind not in (Kind.SHORT, Kind.HEADING):
            continue
        number = _NUMBER.match(line.text)
        if number is None:
            continue
        value = int(number["value"])
        if (number["mark"], value - 1) != last:
            found.update(_titles_of(lines, run))
            run = []
        run.append(index)
        last = (number["mark"], value)
    return found.union(_titles_of(lines, run))


def is_counted(text: str) -> bool:
    """Whether a line begins with a number, as items of a list do."""
    return _NUMBER.match(text) is not None


def _titles_of(lines: Sequence[Line], run: Sequence[int]) -> Sequence[int]:
    ended = sum(lines[index].text[-1] in ".。;," for index in run)
    if len(run) < _AT_LEAST or ended * 3 > len(run) or run[-1] + 1 == len(lines):
        return ()
    below = [lines[index + 1] for index in run]
    if any(line.kind not in (Kind.PROSE, Kind.SHORT) or is_counted(line.text) for line in below):
        return ()
    return run
