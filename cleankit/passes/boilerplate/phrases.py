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
from typing import NamedTuple, TypeAlias

from cleankit import rules

LONGEST_LINE = 160
"""Characters up to which a piece may be a line that is nothing but a phrase."""

LONGEST_LINKED = 1_000
"""The same with its URLs."""

HEAD = 4
"""Letters of a word by which `labelled` looks its triggers up, which may end within a word."""

_WORD = re.compile(r"[^\W_]+")
_TYPOGRAPHIC = "\u00a0‘’“”–—…•·"
_SEPARATORS = {code: " " for code in range(128) if not chr(code).isalnum()}
# Words that most English texts have.
_COMMON = frozenset(
    ["about", "are", "being", "for", "from", "like", "more", "the", "this", "what", "with", "you"]
)
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


class Trigger(NamedTuple):
    """A text that tells of families; of their lines alone, or of their sentences as well.

    One that is `in_body` tells of a family that can stand anywhere.
    """

    text: str
    families: tuple[Family, ...]
    lines_only: bool
    in_body: bool


_Book: TypeAlias = Mapping[str, tuple[Trigger, ...]]
"""The triggers of one file, by their rarest word; those of no word are always looked for."""


class Phrasebook:
    """The triggers that units hold, of English and of the languages that the units call for.

    Every unit is read once: its words are looked up in one vocabulary, and only the triggers of
    the words that are found there are looked for.

    Args:
        units: the texts of all units of a document.
    """

    def __init__(self, units: Iterable[str]) -> None:
        known = _vocabulary()
        lowered: dict[str, str] = {}
        found: dict[str, frozenset[str]] = {}
        self._line_words: set[str] = set()
        for unit in units:
            text = lowered[unit] = lower(unit)
            words = split_words(text)
            found[unit] = known.intersection(words)
            if len(unit) <= (LONGEST_LINKED if "://" in unit else LONGEST_LINE):
                self._line_words.update(words)
        languages = _languages(set().union(*found.values()), lowered.values())
        self._books = [_book(name) for name in (ALWAYS, *languages)]
        if languages:
            known = frozenset().union(*self._books)
            found = {unit: known.intersection(split_words(lowered[unit])) for unit in lowered}
        self._triggers = {unit: self._held(lowered[unit], own) for unit, own in found.items()}

    def triggers(self, unit: str) -> list[Trigger]:
        """The triggers that a unit holds."""
        held = self._triggers.get(unit)
        if held is None:
            lowered = lower(unit)
            held = self._triggers[unit] = self._held(lowered, frozenset(split_words(lowered)))
        return held

    @cached_property
    def heads(self) -> frozenset[str]:
        """How the words begin of those units that may be nothing but a phrase.

        Empty stands for text in a script that writes no spaces.
        """
        spaceless = not all(map(str.isascii, self._line_words))
        heads = {word[:HEAD] for word in self._line_words}
        return frozenset(heads | {""} if spaceless else heads)

    def _held(self, lowered: str, words: frozenset[str]) -> list[Trigger]:
        if not lowered.isascii():  # what has no word is a sign, or of a script without spaces
            words |= {""}
        elif not words:
            return []
        return [
            trigger
            for book in self._books
            for word in words
            for trigger in book.get(word, ())
            if trigger.text in lowered
        ]


def families(triggers: Iterable[Trigger], piece: str) -> list[tuple[Family, bool]]:
    """The families that a piece of a unit may belong to, in their order.

    Each comes with True if the piece is one of it only as a whole.

    Args:
        triggers: those of the unit.
        piece: a part of it.
    """
    lowered = lower(piece)
    found: dict[Family, bool] = {}
    for trigger in triggers:
        if trigger.text in lowered:
            for family in trigger.families:
                found[family] = trigger.lines_only and found.get(family, True)
    return sorted(found.items(), key=_order) if found else []


def lower(text: str) -> str:
    """A text as triggers are looked for in it: in lower case, without typographic marks."""
    if not text.isascii():
        for mark in _TYPOGRAPHIC:
            text = text.replace(mark, " ")
    return text.lower().replace("\n", " ")


def _order(item: tuple[Family, bool]) -> int:
    return item[0].order


def split_words(lowered: str) -> list[str]:
    """The words of a text, in order."""
    if lowered.isascii():
        return lowered.translate(_SEPARATORS).split()
    return _WORD.findall(lowered)


def _languages(words: set[str], units: Iterable[str]) -> list[str]:
    """The files of the other languages that units with these words call for."""
    foreign = " ".join([unit for unit in units if not unit.isascii()])
    return [
        name
        for name, telling, parts in _telling()
        if not telling.isdisjoint(words) or any(part in foreign for part in parts)
    ]


@cache
def _vocabulary() -> frozenset[str]:
    """The words of the triggers that are always looked for, and those that tell of a language."""
    return frozenset(_book(ALWAYS)).union(*(telling for _, telling, _ in _telling()))


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
    by_word: dict[str, tuple[Trigger, ...]] = {}
    for (text, lines_only), own in families.items():
        in_body = any(family.where in ("anywhere", "linked") for family in own)
        trigger = Trigger(text, tuple(own), lines_only, in_body)
        word = key_word(text)
        by_word[word] = (*by_word.get(word, ()), trigger)
    return by_word


def key_word(trigger: str) -> str:
    """The word by which a trigger is looked up; empty where a script writes no spaces."""
    if _SPACELESS.search(trigger):
        return ""
    return max(_WORD.findall(trigger), key=_rarity, default="")


def _rarity(word: str) -> tuple[bool, int]:
    """How seldom a word is thought to occur; what is looked up by it, is found the sooner."""
    return word not in _COMMON, len(word)


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
