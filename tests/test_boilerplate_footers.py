"""Footers as services and senders write them, in many languages, go as a whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleankit import Pipeline, clean
from cleankit.document import Document

CASES = Path(__file__).parent.parent / "corpus" / "cases" / "footers"
FOOTERS = [
    pytest.param(text.strip("\n"), id=f"{path.stem}-{number}")
    for path in sorted(CASES.glob("*.txt"))
    for number, text in enumerate(path.read_text(encoding="utf-8").split("\n%%\n"), start=1)
]
PROSE = (
    "The harbour froze in January, and for nine days the ferries lay where they had stopped.\n\n"
    "Nobody in the town could remember such a winter, though the oldest of them tried."
)


@pytest.mark.parametrize("footer", FOOTERS)
def test_a_footer_goes_and_the_prose_above_stays(footer: str) -> None:
    doc = Pipeline(["boilerplate"])(Document.of(f"{PROSE}\n\n{footer}\n", {"format": "text"}))
    assert doc.text.strip() == PROSE


@pytest.mark.parametrize(
    "footer",
    [each for each in FOOTERS if not str(each.id).startswith(("small-print", "wordings"))],
)
def test_a_footer_alone_goes_too(footer: str) -> None:
    doc = Pipeline(["boilerplate"])(Document.of(footer, {"format": "text"}))
    assert not doc.text.strip()


def test_a_gap_that_will_be_closed_keeps_no_footer_in_the_text() -> None:
    text = (
        "We walked along the quay for an hour and the wind was cold. Harbour Press is a service "
        "mark   of the company that once built the quay of this old town and its many tugs"
    )
    assert clean(text).text == clean(" ".join(text.split())).text
