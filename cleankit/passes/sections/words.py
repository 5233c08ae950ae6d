"""What the words of a line say about it, by the rules in `cleankit/rules/sections`."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import TypeAlias

from cleankit.errors import RuleError
from cleankit.rules import Rule, load

_WORD = re.compile(r"[^\W_]++(?:[’'.-][^\W_]++)*+")
_DIGIT = re.compile(r"\d")
_LETTERS = re.compile(r"[^\W\d_]+")
_AROUND_WORDS = ',:;.!?“”"()'
MOST_WORDS = 7
"""A salutation, a closing or a byline has no more words than this."""

Matcher: TypeAlias = Callable[[str, str], bool]


def says(role: str, text: str) -> bool:
    """Whether any rule of the file `role` matches a line, given without marks and links."""
    lowered = text.lower()
    return any(matches(lowered, text) for matches in _matchers(role))


def words(text: str) -> list[str]:
    """The words of a line; a hyphen, a full stop or an apostrophe within belongs to its word."""
    return _WORD.findall(text)


@cache
def _matchers(role: str) -> tuple[Matcher, ...]:
    return tuple(matcher(rule) for rule in load("sections", role))


def matcher(rule: Rule) -> Matcher:
    """The test that a rule asks for: a function of the line in small letters and as it is.

    Raises:
        RuleError: the rule names no test that there is.
    """
    how = rule.fields.get("match")
    if how == "start":
        return _start(rule)
    if how == "pattern":
        return _pattern(rule)
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
            bool(_DIGIT.search(lowered))
            and bool(found := _LETTERS.findall(lowered))
            and phrases.issuperset(found)
        )
    raise RuleError(f"sections: rule {rule.id!r} has no match {how!r}")


def _pattern(rule: Rule) -> Matcher:
    """The whole line in small letters, if it holds one of the signs without which it cannot."""
    pattern = re.compile(rule.fields["pattern"])
    signs = rule.fields["needs"]
    return lambda lowered, _: (
        any(sign in lowered for sign in signs) and pattern.fullmatch(lowered) is not None
    )


def _start(rule: Rule) -> Matcher:
    alternatives = "|".join(
        re.escape(phrase) + (r"(?!\w)" if phrase[-1].isalpha() and phrase.isascii() else "")
        for phrase in sorted(rule.fields["words"], key=len, reverse=True)
    )
    start = re.compile(alternatives)
    ends = rule.fields.get("ends", "")
    then_name = rule.fields.get("then") == "name"

    def matches(lowered: str, text: str) -> bool:
        found = start.match(lowered)
        if found is None or (ends and text[-1] not in ends):
            return False
        if ends and len(words(text)) > MOST_WORDS:
            return False
        return not then_name or _is_name(text[found.end() :])

    return matches


def _is_name(text: str) -> bool:
    """Whether a text is one or a few names: nearly all its words are capitalised."""
    found = words(text)
    if not 1 <= len(found) <= MOST_WORDS * 2:
        return False
    return sum(not word[0].islower() for word in found) >= 0.7 * len(found)
