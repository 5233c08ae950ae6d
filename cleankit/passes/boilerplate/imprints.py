"""Imprints: what the law makes senders write below a message, told by numbers and vocabulary.

The words are rules, in `cleankit/rules/boilerplate/imprint.toml`.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from cleankit import rules
from cleankit.passes.boilerplate.addresses import evidence
from cleankit.passes.boilerplate.alternatives import by_letter
from cleankit.passes.boilerplate.finding import Finder
from cleankit.passes.boilerplate.reading import BLANK, UNITS, fold, plain

DENSE = 7
"""Words of a legal paragraph for each that is of the law's vocabulary; a register counts twice."""

LEGAL = 3
"""So much of that vocabulary has a paragraph that is legal by itself."""

LONGEST = 600
"""Characters of an imprint without sentences."""

LONGEST_SEGMENT = 6
"""Words of a part of an imprint: more are a sentence."""

SURE = 6
"""So much of it has a paragraph that only a footer can have."""

CHARACTERS_A_WORD = 3
"""Characters that count as a word in scripts that write none apart."""

_SPACELESS = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
# Five digits at least: four are a year.
_NUMBER = r"[\s:.,#)n°º№-]{0,6}(?:[a-z]{1,4}[ -]?)?\d(?:[ ./-]?\d){4,24}\w{0,3}\b"
_LONG_NUMBER = re.compile(r"\d(?:[ ./-]?\d){4}")
_SMALL = r"[^\W\d_A-Z]"
_SHORT_NUMBER = r"\b(?:hr[ab]|fn) ?\d{1,8}\b"
_SEGMENT = re.compile(r"\s*(?:[|•·‧∙,;:\n]|\s[–—-]\s|\.\s|\u3000)\s*")
# What a reader can write to or call: an address, a number, a domain with or without its page.
_CONTACT = re.compile(
    r"[\w.+-]{1,60}@(?:[\w-]{1,60}\.){1,4}[a-z]{2,12}"
    r"|(?:www\.)?(?:[\w-]{1,60}\.){1,4}(?-i:[a-z]{2,12})(?:/\S{0,80})?(?![\w.])"
    r"|[+(]?\d[\d ()./–-]{6,20}\d(?: \d{1,3})?\b"
    rf"|{BLANK}+",
    re.IGNORECASE,
)
_LABEL = re.compile(r"[^\W\d_]{1,14}")
LABELS = 4
"""Words beside the numbers of a line of contacts: phone, fax, e-mail, web."""


class Weight(NamedTuple):
    """How much of an imprint a unit has.

    Attributes:
        registers: numbers of registers.
        legal: words of the law, each counted once.
        words: all words.
    """

    registers: int
    legal: int
    words: int

    @property
    def is_dense(self) -> bool:
        """True if a unit is legal text, whatever it is written around."""
        weight = 2 * self.registers + self.legal
        return weight >= LEGAL and weight * DENSE >= self.words

    @property
    def is_sure(self) -> bool:
        """True if a unit is legal text as only footers have it."""
        return 2 * self.registers + self.legal >= SURE and self.is_dense


@lru_cache(maxsize=UNITS)
def weigh(seen: str) -> Weight:
    """The weight of a unit, by its visible text."""
    words = fold(seen)
    return Weight(
        sum(1 for _ in _registers().finditer(words)) if _may_be_numbered(words) else 0,
        len({stem for _, _, stem in _stems().find(words)}),
        count(words),
    )


def count(words: str) -> int:
    """The words of a text; of scripts that write none apart, what would be as long."""
    spaceless = 0 if words.isascii() else len(_SPACELESS.findall(words))
    return len(words.split()) + spaceless // CHARACTERS_A_WORD


@lru_cache(maxsize=UNITS)
def is_register(seen: str) -> bool:
    """True if a unit is numbers of registers with their names, and no sentence."""
    words = fold(seen)
    if not _may_be_numbered(words):
        return False
    rest, found = _registers().subn(",", words)
    return found > 0 and _in_short_segments(rest)


def names_register(seen: str) -> bool:
    """True if a unit names a register, with or without a number."""
    return _labels().search(fold(seen)) is not None


@lru_cache(maxsize=UNITS)
def is_imprint(seen: str) -> bool:
    """True if a unit is an imprint for sure: only footers say as much and nothing else."""
    shown, words = plain(seen), fold(seen)
    if len(shown) > LONGEST or not _may_be_numbered(words):
        return False
    rest, found = _registers().subn(",", words)
    if not found or not _in_short_segments(rest):
        return False
    return found > 1 or evidence(shown) > 1


def _may_be_numbered(words: str) -> bool:
    """True if a folded text has digits enough for a register's number, wherever they stand."""
    if _LONG_NUMBER.search(words):
        return True
    return ("hr" in words or "fn" in words) and re.search(_SHORT_NUMBER, words) is not None


def _in_short_segments(words: str) -> bool:
    return all(count(segment) <= LONGEST_SEGMENT for segment in _SEGMENT.split(words))


@lru_cache(maxsize=UNITS)
def is_contact(seen: str) -> bool:
    """True if a unit is nothing but ways to reach somebody, with a label for each."""
    if len(seen) > 2_000:
        return False
    if "(" not in seen and "（" not in seen and sum(map(str.isalpha, seen.split())) > LABELS:
        return False
    rest, found = _CONTACT.subn(" ", seen)
    if not found:
        return False
    rest = re.sub(r"\([^()]{0,60}\)|（[^（）]{0,60}）", " ", rest)
    return len(_LABEL.findall(rest)) <= min(LABELS, 2 * found) and not re.search(r"\d", rest)


@lru_cache(maxsize=UNITS)
def asks_for_word(seen: str) -> bool:
    """True if a unit asks the reader to send back a word in capitals or quotes to leave a list."""
    command, answers, lists = _commands()
    if command.search(seen) is None:
        return False
    words = fold(seen)
    return any(stem in words for stem in answers) and any(stem in words for stem in lists)


def speaks_of_list(seen: str) -> bool:
    """True if a unit speaks of the list, or of a message."""
    return next(_lists().find(fold(seen)), None) is not None


@cache
def _registers() -> re.Pattern[str]:
    labels: list[str] = _rule("register-numbers")["labels"]
    apart = "|".join(label for label in labels if not _SPACELESS.search(label))
    parts = "|".join(label for label in labels if _SPACELESS.search(label))
    return re.compile(rf"(?<!\w)(?:{apart}){_NUMBER}|(?:{parts}){_NUMBER}|{_SHORT_NUMBER}")


@cache
def _labels() -> re.Pattern[str]:
    labels = by_letter(("hr[ab]\\b", *_rule("register-numbers")["labels"]))
    return re.compile(rf"(?<!\w)(?:{labels})")


@cache
def _stems() -> Finder[str]:
    return Finder[str]((), ((stem, stem) for stem in _rule("legal-words")["stems"]))


@cache
def _lists() -> Finder[str]:
    return Finder[str]((), ((stem, stem) for stem in _rule("leaving-by-word")["lists"]))


@cache
def _commands() -> tuple[re.Pattern[str], tuple[str, ...], tuple[str, ...]]:
    rule = _rule("leaving-by-word")
    apart = "|".join(word for word in rule["commands"] if not _SPACELESS.search(word))
    parts = "|".join(word for word in rule["commands"] if _SPACELESS.search(word))
    # Behind a word that is not in capitals.
    command = re.compile(
        rf" (?![a-z])(?:(?<={_SMALL} )|(?<={_SMALL}[,'’] )|(?<={_SMALL}['’], ))[\"“„«'(]?"
        rf"(?:{apart})(?![\w'’-])|[「『“\"](?:{parts})"
        # In quotation marks it may be written small.
        rf"|(?<=\w )[\"“„«»](?i:{apart})[.!]?[\"“”«»]"
    )
    return command, tuple(rule["answering"]), tuple(rule["lists"])


def _rule(name: str) -> dict[str, list[str]]:
    return dict(rules.named("boilerplate", "imprint", name).fields)
