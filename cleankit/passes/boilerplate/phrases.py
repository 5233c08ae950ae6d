"""Phrase families: what boilerplate says, by kind and language, from the rules.

A rule of `cleankit/rules/boilerplate` is a family: phrases of one kind in one language. Its fields:

- `kind`: what a match is; see `cleankit.kinds`.
- `where`: `"anywhere"`; `"edge"`, among other boilerplate at the head or the tail of a document;
  `"linked"`, anywhere with a link of its own, otherwise at an edge; or `"beside"`, only with other
  boilerplate in the same paragraph.
- `sentences`: patterns with which a piece of text begins, found by one of `triggers`.
- `lines`: patterns of a whole piece, found by one of `triggers` or of `words`.
- `not_with`: words that make a piece something else, such as a transaction.

Patterns are regular expressions over a folded piece (see `reading.fold`), with bounded repetition
only. Triggers and words are whole words in lower case, one or several, as they stand in a document:
without apostrophes, and without `email`, which is spelled in two ways. Where a script writes no
spaces they are parts of words.

The English families are always read. Those of another language are read, and their patterns
compiled, when a word that is telling for the language occurs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

from cleankit import rules

LONGEST_LINE = 160
"""Characters up to which a piece may be a line that is nothing but a phrase."""

_WORD = re.compile(r"[^\W_]+")
# Han, Hiragana, Katakana and Hangul: text without spaces, or with endings on every word.
_SPACELESS = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")

ALWAYS = "en"
"""The file of families that is read for every document."""


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
    lines: tuple[str, ...]
    sentences: tuple[str, ...]

    @cached_property
    def _line(self) -> re.Pattern[str]:
        return re.compile("|".join(self.lines) or r"(?!)")

    @cached_property
    def _sentence(self) -> re.Pattern[str]:
        return re.compile("|".join(self.sentences) or r"(?!)")

    def matches(self, piece: str, *, lines_only: bool) -> bool:
        """True if a folded piece is one of this family."""
        found = len(piece) <= LONGEST_LINE and self._line.fullmatch(piece)
        if not found and not lines_only:
            found = self._sentence.match(piece)
        return bool(found) and not any(word in piece for word in self.not_with)


class _Trigger(NamedTuple):
    text: str
    families: tuple[Family, ...]
    lines_only: bool

    @property
    def in_body(self) -> bool:
        """True if one of the families can stand anywhere."""
        return any(family.where in ("anywhere", "linked") for family in self.families)


class _Book(NamedTuple):
    """The triggers of one file, by their longest word; those of no word are always looked for."""

    by_word: Mapping[str, tuple[_Trigger, ...]]
    always: tuple[_Trigger, ...]

    def triggers(self, words: Iterable[str]) -> list[_Trigger]:
        """The triggers that a text of these words may hold."""
        found = list(self.always)
        for word in words:
            found += self.by_word[word]
        return found


class Phrasebook:
    """The families that a text calls for, and the places where it may hold their phrases."""

    def __init__(self, text: str) -> None:
        # Same length as the text: the dotted capital I is the one letter whose lower case is two.
        self._lowered = text.replace("İ", "i").lower().replace("\n", " ")
        self._words = set(_WORD.findall(self._lowered))
        self._books = [_book(name) for name in (ALWAYS, *_languages(self._lowered, self._words))]

    def places(self) -> tuple[list[int], list[int]]:
        """Where words stand that tell of a phrase, and where those that tell of a line alone."""
        sentences: list[int] = []
        lines: list[int] = []
        for book in self._books:
            for trigger in book.triggers(self._words & book.by_word.keys()):
                if trigger.in_body:
                    places = lines if trigger.lines_only else sentences
                    place = self._lowered.find(trigger.text)
                    while place >= 0:
                        places.append(place)
                        place = self._lowered.find(trigger.text, place + len(trigger.text))
        return sentences, lines

    def families(self, piece: str) -> dict[Family, bool]:
        """The families that a piece may belong to, in their order; True if only with its whole."""
        lowered = piece.lower().replace("\n", " ")
        words = set(_WORD.findall(lowered))
        found: dict[Family, bool] = {}
        for book in self._books:
            for text, families, lines_only in book.triggers(words & book.by_word.keys()):
                if text in lowered:
                    for family in families:
                        found[family] = lines_only and found.get(family, True)
        return dict(sorted(found.items(), key=_order)) if len(found) > 1 else found


def _order(item: tuple[Family, bool]) -> int:
    return item[0].order


def _languages(lowered: str, words: set[str]) -> list[str]:
    """The files of the other languages that a text calls for."""
    return [
        name
        for name, telling, parts in _telling()
        if not telling.isdisjoint(words) or any(part in lowered for part in parts)
    ]


@cache
def _telling() -> tuple[tuple[str, frozenset[str], tuple[str, ...]], ...]:
    """The files of the other languages, with the words and the parts of words that tell each."""
    return tuple(
        (rule.id, frozenset(rule.fields.get("words", ())), tuple(rule.fields.get("parts", ())))
        for rule in rules.load("boilerplate", "languages")
    )


@cache
def _book(file: str) -> _Book:
    """The triggers of a file, each with its families in the file's order."""
    families: dict[tuple[str, bool], list[Family]] = {}
    for order, rule in enumerate(rules.load("boilerplate", file)):
        family = _family(rule, order)
        for text in family.triggers:
            families.setdefault((text, False), []).append(family)
        for text in family.words:
            families.setdefault((text, True), []).append(family)
    by_word: dict[str, tuple[_Trigger, ...]] = {}
    always: list[_Trigger] = []
    for (text, lines_only), own in families.items():
        trigger = _Trigger(text, tuple(own), lines_only)
        words = _WORD.findall(text)
        if words and not _SPACELESS.search(text):
            word = max(words, key=len)
            by_word[word] = (*by_word.get(word, ()), trigger)
        else:
            always.append(trigger)
    return _Book(by_word, tuple(always))


def _family(rule: rules.Rule, order: int) -> Family:
    def words(name: str) -> tuple[str, ...]:
        values: Iterable[str] = rule.fields.get(name, ())
        return tuple(values)

    return Family(
        order=order,
        rule=rule.id,
        kind=rule.fields["kind"],
        where=rule.fields["where"],
        triggers=words("triggers"),
        words=words("words"),
        not_with=words("not_with"),
        lines=words("lines"),
        sentences=words("sentences"),
    )
