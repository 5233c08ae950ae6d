"""What the words of a line say about it, by the rules in `cleankit/rules/sections`."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple, TypeAlias

from cleankit.errors import RuleError
from cleankit.rules import Rule, load

_WORD = re.compile(r"[^\W_]++(?:[’'.-][^\W_]++)*+")
_DIGIT = re.compile(r"\d")
_LETTERS = re.compile(r"[^\W\d_]+")
_AROUND_WORDS = ',:;.!?“”"()'
MOST_WORDS = 7
"""A salutation, a closing or a byline has no more words than this."""

Matcher: TypeAlias = Callable[[str, str], bool]


def says(role: str | tuple[str, ...], text: str) -> bool:
    """Whether any rule of the file `role`, or of one of several, matches a line, given without
    marks and links."""
    lowered = text.lower()
    matchers = _matchers(role)
    for matches in matchers.by_beginning.get(lowered[: matchers.beginning], ()):
        if matches(lowered, text):
            return True
    for matches in matchers.others:
        if matches(lowered, text):
            return True
    for sign, those in matchers.by_sign:
        if sign in lowered:
            for matches in those:
                if matches(lowered, text):
                    return True
    return False


def words(text: str) -> list[str]:
    """The words of a line; a hyphen, a full stop or an apostrophe within belongs to its word."""
    return _WORD.findall(text)


class _Matchers(NamedTuple):
    """The tests of files of rules, by what a line must hold for them to succeed.

    Attributes:
        beginning: so many characters tell which of `by_beginning` are to be asked.
    """

    beginning: int
    by_beginning: dict[str, list[Matcher]]
    by_sign: list[tuple[str, list[Matcher]]]
    others: list[Matcher]


@cache
def _matchers(role: str | tuple[str, ...]) -> _Matchers:
    files = (role,) if isinstance(role, str) else role
    rules = [(rule, matcher(rule)) for file in files for rule in load("sections", file)]
    at_start = [
        (phrase, matches)
        for rule, matches in rules
        if rule.fields["match"] in ("start", "whole")
        for phrase in rule.fields["words"]
    ]
    beginning = min((len(phrase) for phrase, _ in at_start), default=0)
    by_beginning: dict[str, list[Matcher]] = {}
    for phrase, matches in at_start:
        those = by_beginning.setdefault(phrase[:beginning], [])
        if matches not in those:
            those.append(matches)
    by_sign: dict[str, list[Matcher]] = {}
    others: list[Matcher] = []
    for rule, matches in rules:
        for sign in rule.fields.get("needs", ()):
            by_sign.setdefault(sign, []).append(matches)
        if rule.fields["match"] not in ("start", "whole", "pattern"):
            others.append(matches)
    return _Matchers(beginning, by_beginning, list(by_sign.items()), others)


def matcher(rule: Rule) -> Matcher:
    """The test that a rule asks for: a function of the line in small letters and as it is.

    Raises:
        RuleError: the rule names no test that there is.
    """
    how = rule.fields.get("match")
    if how == "start":
        return _start(rule)
    if how == "pattern":
        pattern = re.compile(rule.fields["pattern"])
        return lambda lowered, _: pattern.fullmatch(lowered) is not None
    phrases = frozenset(rule.fields["words"])
    if how == "whole":
        return lambda lowered, _: lowered.rstrip(" .!,…") in phrases
    if how == "first":
        return lambda lowered, _: lowered.partition(" ")[0].rstrip(":,") in phrases
    if how == "last":
        return lambda lowered, _: lowered.rpartition(" ")[2] in phrases
    if how == "word":
        return lambda lowered, _: (
            not phrases.isdisjoint(word.strip(_AROUND_WORDS) for word in lowered.split())
        )
    if how == "date":
        return lambda lowered, _: (
            (first := _LETTERS.search(lowered)) is not None
            and first.group() in phrases
            and _DIGIT.search(lowered) is not None
            and phrases.issuperset(_LETTERS.findall(lowered))
        )
    raise RuleError(f"sections: rule {rule.id!r} has no match {how!r}")


def _start(rule: Rule) -> Matcher:
    beginning = min(map(len, rule.fields["words"]))
    phrases: dict[str, list[str]] = {}
    for phrase in sorted(rule.fields["words"], key=len, reverse=True):
        phrases.setdefault(phrase[:beginning], []).append(phrase)
    ends = rule.fields.get("ends", "")
    then_name = rule.fields.get("then") == "name"

    def matches(lowered: str, text: str) -> bool:
        those = phrases.get(lowered[:beginning], ())
        found = next((phrase for phrase in those if _begins(lowered, phrase)), None)
        if found is None or (ends and text[-1] not in ends):
            return False
        if ends and len(words(text)) > MOST_WORDS:
            return False
        return not then_name or _is_name(text[len(found) :])

    return matches


def _begins(lowered: str, phrase: str) -> bool:
    """Whether a line begins with a phrase, of which the last word does not go on."""
    if not lowered.startswith(phrase):
        return False
    following = lowered[len(phrase) : len(phrase) + 1]
    is_word = phrase[-1].isalpha() and phrase.isascii()
    return not (is_word and (following.isalnum() or following == "_"))


def _is_name(text: str) -> bool:
    """Whether a text is one or a few names: nearly all its words are capitalised."""
    found = words(text)
    if not 1 <= len(found) <= MOST_WORDS * 2:
        return False
    return sum(not word[0].islower() for word in found) >= 0.7 * len(found)
