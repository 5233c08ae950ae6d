"""Lines whose numbers count up."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cleankit.passes.sections.lines import Kind, Line

_BEGINS = "0123456789#*"
_NUMBER = re.compile(
    r"(?:#{1,6} +)?(?:\*\*)?(?P<value>\d{1,2})"
    r"(?:(?P<mark>[.)])\*{0,2} | ?(?P<dash>[-–—]) +(?=[^\W\d_]))"
)
_BARE = re.compile(r"(?:#{1,6} +)?(?P<value>\d{1,2}) (?=[^\W\d_])")
"""A number without a mark, as in a list of the best of something."""
_AT_LEAST, _AT_LEAST_BARE = 3, 5
_LONG_BARE = 60
_ENDS = ".。;,"


def counted_titles(lines: Sequence[Line]) -> set[int]:
    """The indices of short lines whose numbers count up, three at least, each above a paragraph of
    its own, and of which few end as sentences do: they are titles, whatever they end with.

    Numbers without a mark count from 1 to 5 at least, before a few words without an end.
    """
    found: set[int] = set()
    run: list[int] = []
    bare: list[int] = []
    last = ("", 0)
    for index, line in enumerate(lines):
        if line.text[0] not in _BEGINS or line.kind not in (Kind.SHORT, Kind.HEADING):
            continue
        number = _NUMBER.match(line.text)
        if number is None:
            bare = _with_bare(lines, bare, index, found)
            continue
        mark, value = number["mark"] or number["dash"], int(number["value"])
        if (mark, value - 1) != last:
            found.update(_titles_of(lines, run))
            run = []
        run.append(index)
        last = (mark, value)
    found.update(_bare_titles(lines, bare))
    return found.union(_titles_of(lines, run))


def is_counted(text: str) -> bool:
    """Whether a line begins with a number, as items of a list do."""
    return _NUMBER.match(text) is not None


def _with_bare(lines: Sequence[Line], run: list[int], index: int, found: set[int]) -> list[int]:
    """The run of numbers without a mark that goes on with a line; one that ends is judged."""
    number = _BARE.match(lines[index].text)
    if number is None or len(lines[index].text) > _LONG_BARE:
        return run
    if int(number["value"]) == len(run) + 1:
        return [*run, index]
    found.update(_bare_titles(lines, run))
    return [index] if int(number["value"]) == 1 else []


def _bare_titles(lines: Sequence[Line], run: Sequence[int]) -> Sequence[int]:
    below = [lines[index + 1] for index in run if index + 1 < len(lines)]
    is_listed = len(below) < max(len(run), _AT_LEAST_BARE) or any(
        line.kind not in (Kind.PROSE, Kind.SHORT, Kind.LINK) or _BARE.match(line.text)
        for line in below
    )
    return () if is_listed or any(lines[each].text[-1] in _ENDS for each in run) else run


def _titles_of(lines: Sequence[Line], run: Sequence[int]) -> Sequence[int]:
    ended = sum(lines[index].text[-1] in _ENDS for index in run)
    if len(run) < _AT_LEAST or ended * 3 > len(run) or run[-1] + 1 == len(lines):
        return ()
    below = [lines[index + 1] for index in run]
    if any(line.kind not in (Kind.PROSE, Kind.SHORT) or is_counted(line.text) for line in below):
        return ()
    return run
