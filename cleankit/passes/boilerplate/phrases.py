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
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

from cleankit import rules

LONGEST_LINE = 160
"""Characters up to which a piece may be a line that is nothing but a phrase."""

_WORD = re.compile(r"[^\W_]+")
_URL = re.compile(r"https?://[^\s)>\]]+")
_AROUND = '().,;:!?*[]<>“”"’'
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
    """A text that tells of families; of their lines alone, or of their sentences as well."""

    text: str
    families: tuple[Family, ...]
    lines_only: bool


class _Book(NamedTuple):
    """The triggers of one file, by their longest word; those of no word are always looked for.

    Attributes:
        by_word: all triggers.
        in_body: those of families that can stand anywhere.
        words: the words of all triggers.
    """

    by_word: Mapping[str, tuple[Trigger, ...]]
    in_body: Mapping[str, tuple[Trigger, ...]]
    words: frozenset[str]


class Phrasebook:
    """The families that a text calls for, and the places where it may hold their phrases."""

    def __init__(self, text: str) -> None:
        # Same length as the text: the dotted capital I is the one letter whose lower case is two.
        self._lowered = text.replace("İ", "i").lower().replace("\n", " ")
        self._words = _words(self._lowered)
        self._books = [_book(name) for name in (ALWAYS, *_languages(self._words))]

    def places(self) -> tuple[list[int], list[int]]:
        """Where words stand that tell of a phrase, and where those that tell of a line alone."""
        sentences: list[int] = []
        lines: list[int] = []
        lowered = self._lowered
        for book in self._books:
            for word in self._words & book.words:
                for text, _, lines_only in book.in_body.get(word, ()):
                    places = lines if lines_only else sentences
                    place = lowered.find(text)
                    while place >= 0:
                        places.append(place)
                        place = lowered.find(text, place + len(text))
        return sentences, lines

    def triggers(self, unit: str) -> list[Trigger]:
        """The triggers that a unit holds."""
        lowered = lower(unit)
        words = _words(lowered)
        return [
            trigger
            for book in self._books
            for word in words & book.words
            for trigger in book.by_word[word]
            if trigger.text in lowered
        ]


def families(triggers: Iterable[Trigger], piece: str) -> Iterator[tuple[Family, bool]]:
    """The families that a piece of a unit may belong to, in their order.

    Args:
        triggers: those of the unit.
        piece: a part of it.

    Yields:
        The family, and True if the piece is one of it only as a whole.
    """
    lowered = lower(piece)
    found: dict[Family, bool] = {}
    for text, own, lines_only in triggers:
        if text in lowered:
            for family in own:
                found[family] = lines_only and found.get(family, True)
    yield from sorted(found.items(), key=_order)


def lower(text: str) -> str:
    """A text as triggers are looked for in it."""
    return text.lower().replace("\n", " ")


def _order(item: tuple[Family, bool]) -> int:
    return item[0].order


def _words(lowered: str) -> set[str]:
    """The words of a text outside its URLs, and the empty word, which every text has."""
    words = set(lowered.split())
    odd = " ".join([word.strip(_AROUND) for word in words if not word.isalpha()])
    if "://" in odd:
        odd = _URL.sub("", odd)
    words.update(_WORD.findall(odd))
    words.add("")
    return words


def _languages(words: set[str]) -> list[str]:
    """The files of the other languages that a text of these words calls for."""
    foreign = " ".join([word for word in words if not word.isascii()])
    return [
        name
        for name, telling, parts in _telling()
        if not telling.isdisjoint(words) or any(part in foreign for part in parts)
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
    by_word: dict[str, tuple[Trigger, ...]] = {}
    in_body: dict[str, tuple[Trigger, ...]] = {}
    for (text, lines_only), own in families.items():
        trigger = Trigger(text, tuple(own), lines_only)
        spaceless = _SPACELESS.search(text)
        word = "" if spaceless else max(_WORD.findall(text), key=len, default="")
        by_word[word] = (*by_word.get(word, ()), trigger)
        if any(family.where in ("anywhere", "linked") for family in own):
            in_body[word] = (*in_body.get(word, ()), trigger)
    return _Book(by_word, in_body, frozenset(by_word))


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
