"""Phrase families: what boilerplate says, by kind and language, from the rules.

A rule of `cleankit/rules/boilerplate` is a family: phrases of one kind in one language. Its fields:

- `kind`: what a match is; see `cleankit.kinds`.
- `where`: `"anywhere"`, or `"edge"`: among other boilerplate at the head or the tail of a document,
  or `"linked"`: anywhere with a link, otherwise at an edge.
- `triggers`: a piece without any of these words is not looked at. They are plain text.
- `lines`: patterns of a whole piece; `sentences`: patterns with which a piece begins. They are
  regular expressions over a folded piece (see `reading.fold`), with bounded repetition only.
- `not_with`: words that make a piece something else, such as a transaction.

Only the English families are always read. Those of another language are read, and their patterns
compiled, when a word that is telling for the language occurs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property

from cleankit import rules


@dataclass(frozen=True)
class Family:
    """Phrases of one kind in one language."""

    rule: str
    kind: str
    where: str
    triggers: tuple[str, ...]
    not_with: tuple[str, ...]
    lines: tuple[str, ...]
    sentences: tuple[str, ...]

    @cached_property
    def _line(self) -> re.Pattern[str]:
        return re.compile("|".join(self.lines))

    @cached_property
    def _sentence(self) -> re.Pattern[str]:
        return re.compile("|".join(self.sentences))

    def matches(self, words: str) -> bool:
        """True if a folded piece is one of this family."""
        if not any(trigger in words for trigger in self.triggers):
            return False
        if not (
            (self.lines and self._line.fullmatch(words))
            or (self.sentences and self._sentence.match(words))
        ):
            return False
        return not any(word in words for word in self.not_with)


ALWAYS = "en"
"""The file of families that is read for every document."""


def of(lowered: str) -> list[Family]:
    """The families of which a trigger occurs in a lower-cased text."""
    found = [ALWAYS]
    found += [name for name, words in _languages() if any(word in lowered for word in words)]
    return [
        family
        for name in found
        for family in _families(name)
        if any(trigger in lowered for trigger in family.triggers)
    ]


@cache
def _languages() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The files of the other languages, each with the words that call for it."""
    return tuple(
        (rule.id, tuple(rule.fields["triggers"])) for rule in rules.load("boilerplate", "languages")
    )


@cache
def _families(file: str) -> tuple[Family, ...]:
    return tuple(_family(rule) for rule in rules.load("boilerplate", file))


def _family(rule: rules.Rule) -> Family:
    def words(name: str) -> tuple[str, ...]:
        values: Iterable[str] = rule.fields.get(name, ())
        return tuple(values)

    return Family(
        rule=rule.id,
        kind=rule.fields["kind"],
        where=rule.fields["where"],
        triggers=words("triggers"),
        not_with=words("not_with"),
        lines=words("lines"),
        sentences=words("sentences"),
    )
