"""Aho-Corasick automata over text from strangers, which may hold what UTF-8 cannot."""

from __future__ import annotations

import re

from ahocorasick_rs import AhoCorasick

_SURROGATE = re.compile("[\ud800-\udfff]")


def matches(automaton: AhoCorasick, text: str) -> list[tuple[int, int, int]]:
    """All that an automaton finds in a text, also where it overlaps.

    Returns:
        The number of the word, its start and its end, in characters, half-open; by their ends.
    """
    try:
        return automaton.find_matches_as_indexes(text, overlapping=True)
    except UnicodeEncodeError:  # a lone surrogate has no UTF-8, which the automaton reads
        return automaton.find_matches_as_indexes(_SURROGATE.sub("\ufffd", text), overlapping=True)
