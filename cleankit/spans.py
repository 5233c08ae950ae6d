"""Spans of a text in order: those that keep apart, and whether a place is in one of them.

A span is a tuple that begins with its start and its end, half-open; what else it holds is kept.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Any, TypeVar

Span = TypeVar("Span", bound=tuple[Any, ...])


def apart(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, without those that begin inside another."""
    end = 0
    kept = []
    for span in sorted(spans, key=itemgetter(0, 1)):
        if span[0] >= end:
            kept.append(span)
            end = span[1]
    return kept


def is_within(spans: Sequence[tuple[int, int]], place: int) -> bool:
    """True if a place is in one of the spans, which are in order and apart."""
    index = bisect_right(spans, place, key=itemgetter(0)) - 1
    return index >= 0 and place < spans[index][1]
