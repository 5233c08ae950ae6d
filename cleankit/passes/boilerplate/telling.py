"""The telling words that the units of a text hold, each unit read once."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from typing import TypeAlias

from cleankit.passes.boilerplate import debris
from cleankit.passes.boilerplate.finding import Finder, lower
from cleankit.passes.boilerplate.labelled import Opening, openings
from cleankit.passes.boilerplate.phrases import Held, Trigger, triggers
from cleankit.passes.boilerplate.units import Unit

MARKED = 160
"""Characters up to which a unit without links is looked at for the sake of a single word."""

Telling: TypeAlias = Trigger | Opening


class Readings:
    """What the units of a text hold, by their own text; it stays true whatever is cut around them.

    Attributes:
        held: the triggers that a unit holds, if it holds any.
        openings: those of which a unit holds a trigger, likewise.
        marked: the units that may be boilerplate wherever they stand.
    """

    def __init__(self) -> None:
        self._read: set[str] = set()
        self.held: dict[str, list[Held]] = {}
        self.openings: dict[str, dict[Opening, None]] = {}
        self.marked: set[str] = set()

    def add(self, text: str, units: Sequence[Unit], contents: Sequence[str]) -> None:
        """Read the units of a text that were not read before.

        Args:
            units, contents: all units of the text, and the texts of them.
        """
        if not self._read:
            self._add(text, units, contents)
            return
        for content in contents:
            if content not in self._read:
                self._add(content, [Unit(0, len(content), True)], [content])

    def _add(self, text: str, units: Sequence[Unit], contents: Sequence[str]) -> None:
        ends = [unit.end for unit in units]
        last = len(ends)
        first = {content: unit.start for unit, content in zip(units, contents, strict=True)}
        for start, end, thing in _finder().find(lower(text)):
            index = bisect_left(ends, end)
            if index == last or start < units[index].start:
                continue
            content = contents[index]
            begin = first[content]
            if begin != units[index].start:  # the same text stands elsewhere, and is read there
                continue
            if isinstance(thing, Trigger):
                self.held.setdefault(content, []).append(Held(start - begin, end - begin, thing))
                if thing.in_body and (
                    not thing.lines_only or len(content) <= MARKED or "://" in content
                ):
                    self.marked.add(content)
            else:
                self.openings.setdefault(content, {})[thing] = None
        self._read.update(first)
        self.marked.update(
            content
            for content in first
            if not content[0].isalnum() and debris.rule_of(content, in_head=False)
        )


@cache
def _finder() -> Finder[Telling]:
    return Finder[Telling](
        [(trigger.text, trigger) for trigger in triggers()],
        [(text, opening) for opening in openings() for text in opening.triggers],
    )
