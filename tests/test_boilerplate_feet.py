"""Footers below a signature, and what stays there."""

from __future__ import annotations

import pytest

from cleankit import clean

LETTER = (
    "The harbour froze in January, and for nine days the ferries lay where they had stopped.\n\n"
    "Nobody in the town could remember such a winter, though the oldest of them tried.\n\n"
)


@pytest.mark.parametrize(
    "signature",
    ["Mooi loop,\nAnneke", "— Noor & Wes", "Skepp ohoj!\nCamilla", "Un abrazo,\n\nLola y la gata"],
)
def test_strange_lines_of_a_footer_below_a_signature_go(signature: str) -> None:
    foot = (
        "Hoop jy bly? [Genoeg](https://x.example.com/out)\n"
        "Strava strava.example/club  FB: fb.example/club\n"
        "We hold your name because you tasted with us.\n"
        "Reg. 1998/000000/07\n"
        "© 2026 Harbour Wines"
    )
    text = clean(f"{LETTER}{signature}\n\n{foot}\n", format="markdown").text
    assert text == f"{LETTER}{signature}\n"


@pytest.mark.parametrize(
    "below",
    [
        "P.S. The cat is back: https://example.org/cat",
        "Ui.: A rejtvény megfejtése: csicsóka. https://example.org/r",
        "A song to end with: https://example.org/song",
        "Reading: [The ice](https://example.org/ice) | [The thaw](https://example.org/thaw)",
        "The ferry goes again on Monday, and the postman need not walk.",
        "-- \nRobin Quay\nHarbour office, third door",
    ],
)
def test_what_an_author_adds_below_a_signature_stays(below: str) -> None:
    text = f"{LETTER}Keep rowing,\nRobin\n\n{below}\n"
    footed = f"{text}\n© 2026 Harbour Letters\n[Unsubscribe](https://mail.example.com/u)\n"
    assert clean(footed, format="text", passes=["boilerplate"]).text.strip() == text.strip()


def test_a_greeting_is_no_signature() -> None:
    text = f"Dear all,\nsee the ice\n\n{LETTER}The ferry: https://example.org/ferry\n"
    footed = f"{text}© 2026 Harbour Letters\n"
    assert "example.org/ferry" in clean(footed, format="text").text
