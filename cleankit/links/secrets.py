"""Secrets in running text: keys, tokens, passwords and codes for signing in; and links whose words
say that they act for the reader.

One scan finds the words that tell them, and only there is looked closer; the rules are
`secrets.toml` and `labels.toml` in `cleankit/rules/links`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

from cleankit.automaton import matches
from cleankit.links import identity
from cleankit.links.address import compiled
from cleankit.links.identity import REDACTED
from cleankit.rules import load
from cleankit.spans import apart

_CODE_BEFORE = re.compile(
    r"(?<![\w.,:/-])(?P<code>(?:[A-Z]{1,3}-)?(?:\d{3}[ -]\d{3}|\d{6,8}))[.!*_`\s]{0,6}\Z"
)
_LONGEST_CODE = 24
_NEAR = 40

LABELLED_LINK = "labelled-link"
"""The rule that tells links by their words."""


class Secret(NamedTuple):
    """Where a secret stands, half-open, and the rule that tells it."""

    start: int
    end: int
    rule: str


class Found(NamedTuple):
    """What a scan finds.

    Attributes:
        secrets: those outside of links, in no order; one may be inside another.
        links: of links whose words say that they act for the reader, where those words end and
            where the link begins.
    """

    secrets: list[Secret]
    links: tuple[tuple[int, int], ...]


NOTHING = Found([], ())
"""What is found in a text without any."""


class _Rule(NamedTuple):
    id: str
    from_end: bool
    pattern: str
    random: bool
    behind: bool
    near: tuple[str, ...]
    unless: tuple[str, ...]


def scan(text: str, *, is_link: bool = False) -> Found:
    """The secrets in a text, and the links that act for the reader; see `hidden`."""
    automaton, rules = _tables(is_link)
    found = matches(automaton, text)
    if not found:
        return NOTHING
    told = [*_secrets(text, found, rules)]
    links = tuple((each.start, each.end) for each in told if each.rule == LABELLED_LINK)
    return Found([each for each in told if each.rule != LABELLED_LINK], links)


def find(text: str) -> list[Secret]:
    """The secrets in a text, in order, none inside another."""
    return apart(scan(text).secrets)


def hidden(text: str, *, is_link: bool = False) -> str:
    """The text with `REDACTED` for every secret in it.

    Args:
        text: any text.
        is_link: whether it is a web address: then only what is a secret by itself goes.
    """
    pieces: list[str] = []
    position = 0
    for start, end, _ in apart(scan(text, is_link=is_link).secrets):
        pieces += (text[position:start], REDACTED)
        position = end
    return "".join(pieces) + text[position:] if pieces else text


def _secrets(text: str, found: list[tuple[int, int, int]], rules: list[_Rule]) -> Iterator[Secret]:
    for number, start, end in found:
        rule = rules[number]
        place = end if rule.from_end else start
        match = compiled(rule.pattern).match(text, place)
        if match is None or REDACTED in match[0]:
            continue
        if rule.behind:
            first = max(0, start - _LONGEST_CODE)
            if code := _CODE_BEFORE.search(text[first:start]):
                yield Secret(first + code.start("code"), first + code.end("code"), rule.id)
            continue
        if rule.near or rule.unless:
            first = max(0, start - _NEAR)
            first = max(first, text.rfind("\n", first, start) + 1)
            around = text[first : match.end()].lower()
            if any(map(around.__contains__, rule.unless)):
                continue
            if rule.near and not any(map(around.__contains__, rule.near)):
                continue
        span = match.span("secret" if "secret" in match.re.groupindex else 0)
        if not rule.random or identity.random_looking(text[slice(*span)]):
            yield Secret(*span, rule.id)


@cache
def ids() -> frozenset[str]:
    """The rules' names."""
    return frozenset(rule.id for rule in load("links", "secrets")) | {LABELLED_LINK}


@cache
def _tables(of_links: bool) -> tuple[AhoCorasick, list[_Rule]]:
    """What finds the beginnings and words of the rules, or the beginnings alone, and the rule of
    each."""
    words: list[str] = []
    rules: list[_Rule] = []
    for rule in (*load("links", "secrets"), *load("links", "labels")):
        fields = rule.fields
        for key in ("beginnings",) if of_links else ("beginnings", "words", "alone"):
            each = _Rule(
                rule.id,
                key != "beginnings",
                fields.get("pattern_alone" if key == "alone" else "pattern", ""),
                fields.get("random", False),
                fields.get("behind", False),
                tuple(fields.get("near", ())),
                tuple(fields.get("unless", ())),
            )
            words += fields.get(key, ())
            rules += [each] * len(fields.get(key, ()))
    return AhoCorasick(words, implementation=Implementation.DFA), rules
