"""The stories of a digest in plain text: a headline, a line or two about it, and its address."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from typing import NamedTuple

from cleankit.passes.sections.lines import SHORTS, Kind, Line

_AT_LEAST = 4
"""A text with fewer such paragraphs is no digest."""
_TEASERS = 2
"""The most lines about a story."""
_HEADLINE, _TEASER = 90, 120
"""The most characters of a headline and of a line about it."""
_ENDS = ".,;:。：，"


class Stories(NamedTuple):
    """The lines that are headlines, and those that tell of them."""

    headlines: Set[int]
    teasers: Set[int]


def stories(lines: Sequence[Line], wrapped: Set[int]) -> Stories:
    """The stories of a text; none unless most paragraphs that end in an address are stories."""
    found = Stories(set(), set())
    if sum(line.kind is Kind.LINK for line in lines) < _AT_LEAST:
        return found
    headlines: set[int] = set()
    teasers: set[int] = set()
    others = 0
    for first, end in _linked_paragraphs(lines):
        if end > first + 1 and _is_story(lines, wrapped, first, end):
            headlines.add(first)
            teasers.update(range(first + 1, end))
        else:
            others += 1
    is_digest = len(headlines) >= _AT_LEAST and len(headlines) > others
    return Stories(headlines, teasers) if is_digest else found


def _linked_paragraphs(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Where each paragraph that ends in an address of its own line begins, and that line. A blank
    line may stand above the address."""
    first = 0
    for index, line in enumerate(lines):
        if line.kind is Kind.LINK:
            if first < index and "http" in line.text and lines[index - 1].kind is not Kind.LINK:
                yield first, index
            first = index + 1
        elif line.gap:
            first = index


def _is_story(lines: Sequence[Line], wrapped: Set[int], first: int, end: int) -> bool:
    headline = lines[first]
    return (
        end - first <= 1 + _TEASERS
        and all(line.kind in SHORTS for line in lines[first:end])
        and all(len(line.text) <= _TEASER for line in lines[first + 1 : end])
        and len(headline.text) <= _HEADLINE
        and headline.text[-1] not in _ENDS
        and not headline.text[0].islower()
        and first not in wrapped
        and sum(map(str.isalpha, headline.text)) > 2 * sum(map(str.isdigit, headline.text))
    )
