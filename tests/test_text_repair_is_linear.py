"""Repair takes time in proportion to the text, whatever stands in it."""

from __future__ import annotations

from collections.abc import Callable
from time import process_time

import pytest

from cleankit import Document
from cleankit.passes.characters import characters
from cleankit.passes.mojibake import mojibake

ATTACKS = {
    "leads": "Ã",
    "beginnings": "â€",
    "mac beginnings": "‚Ä",
    "private use": "\uf8ffü",
    "mac emoji": "\uf8ffüêâ",
    "layers": "ÃƒÂ",
    "stray continuations": "Ã\x83\x83",
    "sequences": "Ã©",
    "cyrillic": "Ð°",
    "line ends in sequences": "â€\n™",
    "spaces in sequences": "Ã ",
    "entities": "&Atilde;&copy;",
    "nested entities": "&amp;",
    "entity beginnings": "&#",
    "code ticks": "`a``",
    "marks": "e\u0301\u0323\u0301",
    "only marks": "\u0323\u0301",
    "jamo": "\u1161\u11a8",
    "zero widths": "\u200b",
    "padding": "\u200c \u034f ",
    "selectors": "\ufe0f",
    "tags": "\U000e0041",
    "overrides": "\u202ea",
    "isolates": "\u2067א",
    "escape strings": "\x1b]0;",
    "controls": "\x85\x93",
    "odd spaces": "\u00a0",
    "ideographs": "锟斤拷",
    "surrogates": "\ud83d",
}


def seconds(repair: Callable[[Document], Document], text: str) -> float:
    best = float("inf")
    for _ in range(3):
        start = process_time()
        repair(Document.of(text))
        best = min(best, process_time() - start)
    return best


@pytest.mark.parametrize("repair", [mojibake, characters])
@pytest.mark.parametrize("attack", ATTACKS)
def test_four_times_the_text_takes_far_less_than_sixteen_times_as_long(
    attack: str, repair: Callable[[Document], Document]
) -> None:
    piece = ATTACKS[attack]
    short, long = (piece * (size // len(piece)) for size in (5_000, 20_000))
    seconds(repair, short)
    # A few milliseconds are allowed for what depends on the machine and not on the text.
    assert seconds(repair, long) < 10 * seconds(repair, short) + 0.02
