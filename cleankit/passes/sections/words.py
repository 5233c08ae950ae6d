"""What the words of a line say about it, by the rules in `cleankit/rules/sections`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from cleankit.rules import Rule, load

_WORD = re.compile(r"[^\W_]+(?:[’'.-][^\W_]+)*")
_LETTERS = re.compile(r"[^\W\d_]+")
_MOST_WORDS = 7
"""A salutation, a closing or a byline has no more words than this."""


def says(role: str, text: str) -> bool:
    """Whether any rule of the file `role` matches a line, given without marks and links."""
    lowered = text.lower()
    return any(matches(lowered, text) for matches in _matchers(role))


def words(text: str) -> list[str]:
    """The words of a line; a hyphen, a full stop or an apostrophe within belongs to its word."""
    return _WORD.findall(text)


@cache
def _matchers(role: str) -> Sequence[Callable[[str, str], bool]]:
    return tuple(matcher(rule) for rule in load("sections", role))


def matcher(rule: Rule) -> Callable[[str, str], bool]:
    """The test that a rule asks for: a function of the line in lower case and as it is."""
    match rule.fields["match"]:
        case "start":
            return _start(rule)
        case "whole":
            phrases = frozenset(rule.fields["words"])
            return lambda lowered, _: lowered.rstrip(" .!,…") in phrases
        case "first":
            first_words = frozenset(rule.fields["words"])
            return lambda lowered, _: (
                lowered.split(maxsplit=1)[:1] != []
                and (lowered.split(maxsplit=1)[0].rstrip(":,") in first_words)
            )
        case "word":
            any_words = frozenset(rule.fields["words"])
            return lambda lowered, _: (
                not any_words.isdisjoint(token.strip(',:;.!?“”"()') for token in lowered.split())
            )
        case "date":
            date_words = frozenset(rule.fields["words"])
            return lambda lowered, _: (
                any(map(str.isdigit, lowered))
                and bool(found := _LETTERS.findall(lowered))
                and date_words.issuperset(found)
            )
        case "pattern":
            pattern = re.compile(rule.fields["pattern"])
            return lambda lowered, _: pattern.fullmatch(lowered) is not None
        case other:
            raise ValueError(f"{rule.id}: no match {other!r}")


def _start(rule: Rule) -> Callable[[str, str], bool]:
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
        if ends and len(words(text)) > _MOST_WORDS:
            return False
        return not then_name or _is_name(text[found.end() :])

    return matches


def _is_name(text: str) -> bool:
    """Whether a text is one or a few names: nearly all its words are capitalised."""
    found = words(text)
    if not 1 <= len(found) <= _MOST_WORDS * 2:
        return False
    return sum(not word[0].islower() for word in found) >= 0.7 * len(found)
