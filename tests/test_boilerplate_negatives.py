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


LAST_LINES = [
    "That is all for this week. Next week I will write about the ice breakers of the north.",
    "Best,\nRobin",
    "— Robin Reader",
    "The ice left in March.\nThe boats came back.\nNobody sang.",
    "The newsletter of the harbour master came by e-mail.",
    "The two of them share the advertising market, and no newsletter will change that.",
    "The company sends forty emails a day to each of its subscribers, and they read two.",
    "You can write to the harbour master at 12 Quay Street, Springfield, IL 62701.",
    "If you know a good story about ice, write to me: robin@example.com",
    "1. The first boat\n2. The second boat",
    "Where\n\nThe Old Baths\n12 Quay Street\n\nWhen\n\nSaturday, 4 April. Doors open at 7:40.",
    "The court in Hamburg files it under HRB; the number, say HRB 00417, never changes hands.",
    "Le numéro SIRET a quatorze chiffres, et le nôtre commence par 000 000 112, dit le maire.",
    "The new act lets archives keep personal data without consent, and nobody has read it.",
    "Kind regards\n\nRobin Reader\nHafenstraße 12\n20457 Hamburg",
    "-- \nRobin Reader\nVariable Stars Section\n+1 (888) 555-0100",
    "Harbour master wanted. Call (217) 555-0100, or write to 12 Quay Street, Bristol BS1 4QA.",
    "Made with butter from the valley, the cake keeps for nine days.",
    "Venue: The Old Baths, 12 Quay Street, Bristol BS1 4QA",
    "Saturday 4 April, 7.30 pm\nThe Old Baths, 12 Quay Street, Bristol BS1 4QA",
    "We meet at:\n\nThe Old Baths\n12 Quay Street\nBristol BS1 4QA",
    "Send your stories to:\nThe Old Baths, 12 Quay Street, Bristol BS1 4QA",
    "\N{ROUND PUSHPIN} The Old Baths, 12 Quay Street, Bristol BS1 4QA",
    "Ort\nAltes Bad\nHafenstraße 12\n20457 Hamburg",
    "Rendez-vous samedi à 20 h.\n\nLes Vieux Bains\n12 rue du Quai\n75011 Paris",
    "### Getting here\n\nThe Old Baths, 12 Quay Street, Bristol BS1 4QA",
    "Yours,\nRobin\n12 Quay Street\nBristol BS1 4QA",
]


@pytest.mark.parametrize("line", LAST_LINES)
def test_a_last_line_directly_above_a_footer_stays(line: str) -> None:
    prose = f"The ice left in March, and the first boat after it carried the post.\n\n{line}\n"
    assert cut(prose + FOOTER).rstrip("\n") == prose.rstrip("\n")
