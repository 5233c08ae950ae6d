"""A text as units with their judgements, each made when it is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cached_property, lru_cache

from cleankit.passes.boilerplate import units
from cleankit.passes.boilerplate.addresses import is_address
from cleankit.passes.boilerplate.judging import Cut, Judgement, footer_within, judge
from cleankit.passes.boilerplate.labelled import Opening
from cleankit.passes.boilerplate.phrases import Held
from cleankit.passes.boilerplate.reading import UNITS, plain, visible
from cleankit.passes.boilerplate.targets import kind_of
from cleankit.passes.boilerplate.telling import Readings

LONGEST_LINKED = 50
"""Words of a unit that its links alone can tell to be boilerplate."""

LONG = 60
"""Characters from which on a unit may be a message with its footer, on one line."""

_TARGET = re.compile(r"\[(?P<number>\d{1,4})\]:?\s+(?P<url>https?://\S+)")


class Layout:
    """The units of a text, what is said of each, and which of them are to be cut.

    Args:
        text: the text.
        earlier: the layout of the text before the last cuts, whose judgements hold for all units
            that are still the same.

    Attributes:
        wrapped: its lines are broken at a width.
        units: in the order of the text.
        cut: kind and rule by the number of the unit.
        notes: what else is to be said of a cut, by the number of the unit.
        is_in_doubt: its end weighs as a footer does, and nothing tells that it is one.
    """

    def __init__(self, text: str, earlier: Layout | None = None) -> None:
        self.text = text
        self.units, self.wrapped = units.split(text)
        self.cut: dict[int, tuple[str, str]] = {}
        self.notes: dict[int, str] = {}
        self.is_in_doubt = False
        self._contents = [text[unit.start : unit.end] for unit in self.units]
        self._readings: Readings = earlier._readings if earlier else Readings()
        self._readings.add(text, self.units, self._contents)
        self._seen: dict[str, Judgement] = earlier._seen if earlier else {}

    @property
    def openings(self) -> Mapping[str, Iterable[Opening]]:
        """The openings of which units hold a trigger, by the unit's text."""
        return self._readings.openings

    def content(self, index: int) -> str:
        """The text of a unit."""
        return self._contents[index]

    def judgement(self, index: int) -> Judgement:
        """What is to be said of a unit."""
        content = self._contents[index]
        found = self._seen.get(content)
        if found is None:
            found = self._seen[content] = judge(content, self._held(content))
        return found

    def judged_and_left(self) -> Iterator[Judgement]:
        """The judgements of the units that were asked about and are not to be cut."""
        for index, content in enumerate(self._contents):
            if content in self._seen and index not in self.cut:
                yield self._seen[content]

    def is_beside_cut(self, index: int) -> bool:
        """True if the unit above is cut and no blank line stands between."""
        return index - 1 in self.cut and not self.units[index].opens_block

    def edge_kind(self, index: int) -> tuple[str, str]:
        """Kind and rule of a unit without a phrase that is boilerplate at an edge, or two blanks.

        It is a postal address, or all its links lead where only boilerplate leads.
        """
        return _edge_kind(self.content(index))

    def holds(self, index: int, kinds: Set[str]) -> bool:
        """True if a unit holds a trigger of one of these kinds."""
        return any(
            not kinds.isdisjoint(held.trigger.kinds) for held in self._held(self.content(index))
        )

    def kinds_held(self, index: int) -> frozenset[str]:
        """The kinds of the triggers in a unit."""
        held = self._held(self.content(index))
        return frozenset(kind for each in held for kind in each.trigger.kinds)

    def speaks_of(self, index: int, kind: str) -> bool:
        """True if a unit holds two triggers of a kind, or one of several words."""
        texts = {
            held.trigger.text
            for held in self._held(self.content(index))
            if kind in held.trigger.kinds
        }
        return len(texts) > 1 or any(" " in text for text in texts)

    def footer_within(self, index: int) -> Cut | None:
        """The footer at the end of a long unit, if it has one."""
        content = self.content(index)
        if len(content) < LONG:
            return None
        return footer_within(content, self._held(content))

    @cached_property
    def marked(self) -> list[int]:
        """The units that may be boilerplate wherever they stand, in order."""
        marked = self._readings.marked
        return [index for index, content in enumerate(self._contents) if content in marked]

    @cached_property
    def targets(self) -> Mapping[str, str]:
        """The URLs of the list that a converter wrote at the end of a text, by their numbers."""
        found: dict[str, str] = {}
        if "[1]" in self.text:
            for content in reversed(self._contents):
                target = _TARGET.fullmatch(content)
                if target:
                    found[target["number"]] = target["url"]
                elif found:
                    break
        return found

    def is_marked(self, index: int) -> bool:
        """True if a unit may be boilerplate wherever it stands."""
        return self._contents[index] in self._readings.marked

    def _held(self, content: str) -> Sequence[Held]:
        return self._readings.held.get(content, ())


@lru_cache(maxsize=UNITS)
def _edge_kind(content: str) -> tuple[str, str]:
    seen = visible(content)
    words = plain(seen)
    if is_address(words):
        return "address", "address"
    if seen != content and (count := len(words.split())) <= LONGEST_LINKED:
        kind = kind_of(content, words=count)
        if kind:
            return kind, "link-target"
    return "", ""
