"""Mastheads of plain-text mail: lines above or between rules at the head, and drawn banners."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from cleankit import rules
from cleankit.passes.boilerplate.dividers import divides, title_of
from cleankit.passes.boilerplate.layout import Layout
from cleankit.passes.boilerplate.naming import Naming
from cleankit.passes.boilerplate.reading import URL

UNITS = 16
"""Units at the head of a text among which a masthead ends."""

LINES = 7
"""Lines of it at most."""

LONGEST = 80
"""Characters of a line of it."""

SENTENCE = 6
"""Words from which on what ends with a mark is a sentence."""

SHORTEST_RULE = 5
"""Characters of a rule: fewer divide a letter from its signature."""

DRAWN_LINES = 3
"""Lines of a banner that is drawn with characters, at least."""

STROKES = 6
"""Strokes in its lines on average, at least."""

FEWEST = 3
"""Strokes in each of them, at least."""

_STROKE = re.compile(r"[|_/\\()`]")
_SLANTED = re.compile(r"[/\\]")
_DATED = re.compile(r"\b(?:19|20)\d\d\b")
_ADDRESS = re.compile(r"[\w.+-]{1,60}@[\w.-]{3,80}|\b(?:https?:|www\.)")
_WORD = re.compile(r"[^\W_]+")
_ITEM = re.compile(r"[-*+•>#] |\d{1,2}[.)] ")
_ENDED = (".", "!", "?", ":")


def known(layout: Layout, naming: Naming) -> dict[int, tuple[str, str]]:
    """Kind and rule of the units of mastheads.

    Args:
        layout: the units.
        naming: what the letter and its sender are called.
    """
    if not layout.wrapped:
        return {}
    found: dict[int, tuple[str, str]] = {}
    if end := _drawn(layout):
        found.update((index, ("masthead", "drawn-banner")) for index in range(end))
    after = 0
    for first, end, lines in _parts(layout):
        framed = first > 0 and divides(layout, first - 1, shortest=SHORTEST_RULE)
        if (after and _is_contact(lines)) or _is_masthead(lines, naming, framed=framed):
            found.update((index, ("masthead", "framed-masthead")) for index in range(first, end))
            after = end
        elif after or not framed or len(lines) > LINES:
            break  # the text has begun
    return found


def _drawn(layout: Layout) -> int:
    """The number of units at the head that are a banner drawn with characters."""
    units = layout.units
    end = next((i for i in range(1, len(units)) if units[i].opens_block), len(units))
    if not units or end == len(units):
        return 0
    block = layout.text[units[0].start : units[end - 1].end]
    if len(block) > LINES * 2 * LONGEST:
        return 0
    lines = [URL.sub("", line) for line in block.split("\n")]
    if len(lines) < DRAWN_LINES:
        return 0
    if all(line.strip().startswith("|") and line.strip().endswith("|") for line in lines):
        return 0  # a table
    strokes = [len(_STROKE.findall(line)) for line in lines]
    if min(strokes) < FEWEST or sum(strokes) < STROKES * len(lines):
        return 0
    slanted = sum(_SLANTED.search(line) is not None for line in lines)
    return end if slanted >= DRAWN_LINES else 0


def _parts(layout: Layout) -> Iterator[tuple[int, int, list[str]]]:
    """The parts above and between the rules at the head: their units, and their lines.

    A row of marks with a title belongs to the part below it.
    """
    first = 0
    for index in range(min(UNITS, len(layout.units) - 1)):
        if not divides(layout, index, shortest=SHORTEST_RULE):
            continue
        plain = layout.judgement(index).filler == "rule"
        while first < index and layout.judgement(first).kind:
            first += 1
        if first < index:
            text = layout.text[layout.units[first].start : layout.units[index - 1].end]
            lines = [line.strip() for line in text.split("\n") if line.strip()]
            yield first, index, [title_of(line) for line in lines]
        first = index + 1 if plain else index


def _is_contact(lines: list[str]) -> bool:
    """True if lines are addresses and nothing else."""
    rest = (_ADDRESS.sub("", URL.sub("", line)).strip(" <>()|") for line in lines)
    return bool(lines) and not any(rest)


def _is_masthead(lines: list[str], naming: Naming, *, framed: bool) -> bool:
    """True if lines name the newsletter or its number, say when it is of or who makes it, and no
    more.

    Args:
        lines: what a reader sees.
        naming: see `known`.
        framed: a rule stands above them as well.
    """
    if not 0 < len(lines) <= LINES or any(_speaks(line) for line in lines):
        return False
    if any(line[0].islower() and not _ADDRESS.match(line) for line in lines[1:]):
        return False  # a sentence that goes on
    text = "\n".join(lines)
    said = _ADDRESS.sub(" ", URL.sub(" ", text))
    words = {word.lower() for word in _WORD.findall(said)}
    named = any(
        name and {part for word in name for part in _WORD.findall(word)} <= words
        for name in naming.names
    )
    named = named or (framed and naming.has_own_site(text))
    own = named + (_pattern("serials").search(text) is not None)
    beside = sum(
        pattern.search(text) is not None for pattern in (_pattern("labels"), _DATED, _ADDRESS, URL)
    )
    return own > 0 and (own + beside > 1 or (framed and named))


@cache
def _pattern(field: str) -> re.Pattern[str]:
    rule = rules.named("boilerplate", "structure", "framed-masthead")
    return re.compile("|".join(rule.fields[field]), re.IGNORECASE)


def _speaks(line: str) -> bool:
    """True if a line is more than a name, a date, an address."""
    if len(line) > LONGEST or _ITEM.match(line) or line.endswith(","):
        return True
    return line.endswith(_ENDED) and len(line.split()) >= SENTENCE
