"""What is content comes through whole: our own negatives."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleankit import Pipeline
from cleankit.document import Document

CASES = Path(__file__).parent.parent / "corpus" / "cases" / "boilerplate"
NEGATIVES = [
    pytest.param(text.strip("\n") + "\n", id=f"{path.stem}-{number}")
    for path in sorted(CASES.glob("*.txt"))
    for number, text in enumerate(path.read_text(encoding="utf-8").split("\n%%\n"), start=1)
]
FOOTER = (
    "\n----------\nThis email was sent to reader@example.com.\nUnsubscribe https://example.com/u\n"
)


def cut(text: str) -> str:
    return Pipeline(["boilerplate"])(Document.of(text, {"format": "text"})).text


def test_there_are_a_hundred_negatives() -> None:
    assert len(NEGATIVES) >= 100


@pytest.mark.parametrize("text", NEGATIVES)
def test_content_is_not_touched(text: str) -> None:
    assert cut(text) == text


@pytest.mark.parametrize("text", NEGATIVES)
def test_content_above_a_footer_is_not_touched(text: str) -> None:
    prose = f"{text}\nThe ice left in March, and the first boat after it carried the post.\n"
    assert cut(prose + FOOTER).rstrip("\n") == prose.rstrip("\n")
