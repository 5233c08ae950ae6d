"""The laws that every document keeps, as assertions: for the tests and for `tests.fuzz`."""

from __future__ import annotations

import json
from collections.abc import Callable

import cleankit
from cleankit import Document


def assert_restores(document: Document) -> None:
    """Law 1: the ledger gives the original back."""
    assert cleankit.restore(document.text, document.edits) == document.original


def assert_every_position_maps(document: Document) -> None:
    """Law 3: origins are monotonic and in range, and so are removals and sections."""
    spans = [document.origin(place, place + 1) for place in range(len(document.text))]
    assert spans == sorted(spans)
    assert all(0 <= start <= end <= len(document.original) for start, end in spans)
    for removal in document.removed:
        assert 0 <= removal.start < removal.end <= len(document.original)
    for section in document.sections:
        start, end = section.origin
        assert 0 <= start <= end <= len(document.original)
        assert 0 <= section.start < section.end <= len(document.text)


def assert_record_reads_back(document: Document) -> None:
    """A document is JSON, and is the same document after it."""
    record = json.loads(json.dumps(document.to_dict(keep_credentials=True)))
    assert Document.from_dict(record) == document
    json.dumps(document.to_dict())


def assert_settled(text: str, again: Callable[[str], Document]) -> None:
    """Law 2: what has been cleaned comes back unchanged."""
    document = again(text)
    rules = sorted({f"{edit.pass_name}: {edit.rule}" for edit in document.edits})
    assert document.text == text, f"a second cleaning changes by {', '.join(rules)}"
