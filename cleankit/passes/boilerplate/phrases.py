"""Phrase families: what boilerplate says, by kind and language, from the rules.

A rule of `cleankit/rules/boilerplate` is a family: phrases of one kind in one language. Its fields:

- `kind`: what a match is; see `cleankit.kinds`.
- `where`: `"anywhere"`; `"edge"`, among other boilerplate at the head or the tail of a document;
  `"linked"`, anywhere with a link of its own, otherwise at an edge; `"closing"`, at an edge with a
  link of its own; or `"beside"`, only with other boilerplate in the same paragraph.
- `sentences`: patterns with which a piece of text begins, found by one of `triggers`.
- `lines`: patterns of a whole piece, found by one of `triggers` or of `words`.
- `not_with`: words that make a piece something else, such as a transaction.
- `surely_with`: words without one of which a piece is boilerplate at an edge only.
- `together`: so many different triggers make a whole paragraph one of the family, as a notice with
  its terms of art is one whatever its sentences are.

Patterns are regular expressions over a folded piece (see `reading.fold`), with bounded repetition
only. Triggers and words are whole words in lower case, one or several, as they stand in a document:
without apostrophes, and without `email`, which is spelled in two ways. Where a script writes no
spaces they are parts of words.

Letters beyond ASCII are found in ASCII as well (see `spelling`).

The triggers of all languages are looked for at once (see `finding`); the patterns of a family are
compiled when one of its triggers occurs.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from operator import attrgetter
from typing import NamedTuple

from cleankit import rules
from cleankit.passes.boilerplate.reading import plain
from cleankit.passes.boilerplate.spelling import either_way, in_ascii

LONGEST_LINE = 160
"""Characters up to which a piece may be a line that is nothing but a phrase."""

APART = 150
"""Characters that a notice may have for each of its terms."""

_LANGUAGES = (
    "en de fr es pt it nl pl sv da nb fi is et lv lt tr cs sk hu ro sl hr ca ru uk bg el ar fa he "
    "id ms vi hi bn th ja zh ko"
)
_FILES = ("above", "calls", *_LANGUAGES.split(), "circulars", "closing", "lists", "notices")


@dataclass(frozen=True, eq=False)
class Family:
    """Phrases of one kind in one language."""

    order: int
    rule: str
    kind: str
    where: str
    triggers: tuple[str, ...]
    words: tuple[str, ...]
    not_with: tuple[str, ...]
    surely_with: tuple[str, ...]
    together: int
    lines: tuple[str, ...]
    sentences: tuple[str, ...]

    @cached_property
    def _line(self) -> re.Pattern[str]:
        return re.compile(either_way("|".join(self.lines)) or r"(?!)")

    @cached_property
    def _sentence(self) -> re.Pattern[str]:
        return re.compile(either_way("|".join(self.sentences)) or r"(?!)")

    def matches(self, piece: str, *, lines_only: bool, least: float = 0.0) -> bool:
        """True if a folded piece is one of this family.

        Args:
            piece: what is read.
            lines_only: it must be a line of the family as a whole.
            least: the share of the piece that a sentence's pattern must cover.
        """
        found = len(piece) <= LONGEST_LINE and self._line.fullmatch(piece) is not None
        if not found and not lines_only:
            sentence = self._sentence.match(piece)
            found = sentence is not None and sentence.end() >= least * len(piece)
        return found and not any(word in piece for word in self.not_with)

    def place(self, piece: str, *, linked: bool) -> str:
        """Where a folded piece that matches is boilerplate, as `where` says it.

        Args:
            piece: what was read.
            linked: it holds a link.
        """
        if self.where == "linked":
            return "anywhere" if linked else "edge"
        if self.where == "closing":
            return "edge"
        if self.surely_with and not any(word in piece for word in self.surely_with):
            return "edge"
        return self.where


class Trigger(NamedTuple):
    """A text that tells of families; of their lines alone, or of their sentences as well.

    One that is `in_body` tells of a family that can stand anywhere.
    """

    text: str
    families: tuple[Family, ...]
    lines_only: bool
    in_body: bool
    kinds: frozenset[str]
    notices: tuple[Family, ...]


class Held(NamedTuple):
    """A trigger where it stands in a unit."""

    start: int
    end: int
    trigger: Trigger


_end = attrgetter("end")


def families(held: Sequence[Held], start: int, end: int) -> list[tuple[Family, bool]]:
    """The families that a piece of a unit may belong to, in their order.

    Each comes with True if the piece is one of it only as a whole.

    Args:
        held: the triggers of the unit, by their ends.
        start, end: the span of the piece.
    """
    found: dict[Family, bool] = {}
    for index in range(bisect_left(held, start, key=_end), len(held)):
        first, last, trigger = held[index]
        if last > end:
            break
        if start <= first:
            for family in trigger.families:
                found[family] = trigger.lines_only and found.get(family, True)
    return sorted(found.items(), key=_order) if found else []


def notice(held: Iterable[Held], seen: str) -> Family | None:
    """The family of which a whole unit holds enough triggers, if there is one.

    Args:
        held: the triggers of the unit.
        seen: its visible text.
    """
    terms = {(trigger.text, family) for _, _, trigger in held for family in trigger.notices}
    if not terms:
        return None
    counts = Counter(family for _, family in terms)
    family, count = max(counts.items(), key=lambda item: (item[1], -item[0].order))
    return family if count >= max(family.together, len(plain(seen)) / APART) else None


def _order(item: tuple[Family, bool]) -> int:
    return item[0].order


@cache
def triggers() -> tuple[Trigger, ...]:
    """The triggers of all files, each with its families in their order."""
    families: dict[tuple[str, bool], list[Family]] = {}
    for family in _families():
        for text in family.triggers:
            families.setdefault((text, False), []).append(family)
        for text in family.words:
            families.setdefault((text, True), []).append(family)
    return tuple(
        Trigger(
            text,
            tuple(own),
            lines_only,
            any(family.where in ("anywhere", "linked") for family in own),
            frozenset(family.kind for family in own),
            tuple(family for family in own if family.together),
        )
        for (text, lines_only), own in families.items()
    )


def _families() -> Iterator[Family]:
    every = [rule for name in _FILES for rule in rules.load("boilerplate", name)]
    every.sort(key=lambda rule: rule.fields["where"] == "around")  # any other says more
    for order, rule in enumerate(every):
        yield _family(rule, order)


def _family(rule: rules.Rule, order: int) -> Family:
    def words(name: str) -> tuple[str, ...]:
        values: Iterable[str] = rule.fields.get(name, ())
        return tuple(values)

    def spelled(name: str) -> tuple[str, ...]:
        values = words(name)
        others = (other for value in values for other in in_ascii(value))
        return tuple(dict.fromkeys((*values, *others)))

    return Family(
        order=order,
        rule=rule.id,
        kind=rule.fields["kind"],
        where=rule.fields["where"],
        triggers=spelled("triggers"),
        words=spelled("words"),
        not_with=words("not_with"),
        surely_with=words("surely_with"),
        together=rule.fields.get("together", 0),
        lines=words("lines"),
        sentences=words("sentences"),
    )
