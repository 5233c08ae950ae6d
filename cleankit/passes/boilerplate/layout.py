"""A text as units with their judgements, each made when it is asked for."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property

from cleankit.passes.boilerplate import debris, units
from cleankit.passes.boilerplate.addresses import is_address
from cleankit.passes.boilerplate.judging import Cut, Judgement, footer_within, judge
from cleankit.passes.boilerplate.phrases import Phrasebook
from cleankit.passes.boilerplate.reading import plain, visible
from cleankit.passes.boilerplate.targets import kind_of

LONGEST_LINKED = 50
"""Words of a unit that its links alone can tell to be boilerplate."""

LONG = 60
"""Characters from which on a unit may be a message with its footer, on one line."""

MARKED = 160
"""Characters up to which a unit without links is looked at for the sake of a single word."""


class Layout:
    """The units of a text, what is said of each, and which of them are to be cut.

    Args:
        text: the text.
        earlier: the layout of the text before the last cuts, whose judgements hold for all units
            that are still the same.

    Attributes:
        units: in the order of the text.
        cut: kind and rule by the number of the unit.
    """

    def __init__(self, text: str, earlier: Layout | None = None) -> None:
        self.text = text
        self.units = list(units.split(text))
        self.cut: dict[int, tuple[str, str]] = {}
        self._known = earlier.contents if earlier else frozenset()
        self._phrasebook: Phrasebook = earlier._phrasebook if earlier else Phrasebook(text)
        self._seen: dict[str, Judgement] = earlier._seen if earlier else {}

    @cached_property
    def contents(self) -> frozenset[str]:
        """The texts of all units."""
        return frozenset(self.content(index) for index in range(len(self.units)))

    def content(self, index: int) -> str:
        """The text of a unit."""
        unit = self.units[index]
        return self.text[unit.start : unit.end]

    def judgement(self, index: int) -> Judgement:
        """What is to be said of a unit."""
        content = self.content(index)
        found = self._seen.get(content)
        if found is None:
            found = self._seen[content] = judge(content, self._phrasebook.triggers)
        return found

    def edge_kind(self, index: int) -> tuple[str, str]:
        """Kind and rule of a unit without a phrase that is boilerplate at an edge, or two blanks.

        It is a postal address, or all its links lead where only boilerplate leads.
        """
        content = self.content(index)
        seen = visible(content)
        words = plain(seen)
        if is_address(words):
            return "address", "address"
        if seen is not content and len(words.split()) <= LONGEST_LINKED:
            kind = kind_of(content, words=bool(words))
            if kind:
                return kind, "link-target"
        return "", ""

    def footer_within(self, index: int) -> Cut | None:
        """The footer at the end of a long unit, if it has one."""
        content = self.content(index)
        if len(content) < LONG:
            return None
        return footer_within(content, self._phrasebook.triggers)

    @cached_property
    def marked(self) -> list[int]:
        """The units that hold a telling word, in order."""
        if not self.units:
            return []
        if self._known:
            return [
                index
                for index in range(len(self.units))
                if (content := self.content(index)) in self._seen or content not in self._known
            ]
        starts = [unit.start for unit in self.units]
        sentences, lines = self._phrasebook.places()
        found = {bisect_right(starts, place) - 1 for place in sentences}
        for index in {bisect_right(starts, place) - 1 for place in lines}:
            unit = self.units[index]
            if unit.end - unit.start <= MARKED or "://" in self.content(index):
                found.add(index)
        found |= {index for index in range(len(self.units)) if self._is_debris(index)}
        return sorted(index for index in found if index >= 0)

    def _is_debris(self, index: int) -> bool:
        unit = self.units[index]
        return not self.text[unit.start].isalnum() and bool(
            debris.rule_of(self.content(index), in_head=False)
        )
