"""Repair takes time in proportion to the text, whatever stands in it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cleankit import Document
from cleankit.passes.characters import characters
from cleankit.passes.mojibake import mojibake
from tests.growth import assert_linear

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
    "escapes": "\\u00e9",
    "escapes in words": "a\\xc3\\xa9b",
    "escapes in lines": "a\\u00e9\n",
    "percent escapes": "a%C3%A9",
    "percent escapes in addresses": "/%C3%A9",
    "quoted-printable": "a=C3=A9=\n",
    "octets": "a=E4b",
    "octets in lines": "a=E4b\n",
    "words of octets": "=E4=E5=E6=E7",
    "shifts without an end": "+BBQE ",
    "letters beside capitals": "ÖÄ",
    "mixed words": "рЯрaбb",
    "shifts": "++_",
    "shifted": "a+IBk-",
    "odd spaces": "\u00a0",
    "ideographs": "锟斤拷",
    "surrogates": "\ud83d",
}


@pytest.mark.parametrize("repair", [mojibake, characters])
@pytest.mark.parametrize("attack", ATTACKS)
def test_time_grows_with_the_text_alone(
    attack: str, repair: Callable[[Document], Document]
) -> None:
    piece = ATTACKS[attack]
    assert_linear(lambda size: Document.of(piece * (size // len(piece))), repair, small=4_000)
