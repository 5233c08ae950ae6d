"""Totals: what a run counts, as JSON-ready data that adds up unit by unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from cleankit.document import Document

Totals = dict[str, Any]
"""Numbers, and mappings of names to numbers."""


def add(totals: Totals, more: Mapping[str, Any]) -> None:
    """Add the numbers of `more` to `totals`, in place, name by name."""
    for name, value in more.items():
        if isinstance(value, Mapping):
            add(totals.setdefault(name, {}), value)
        else:
            totals[name] = totals.get(name, 0) + value


def count(totals: Totals, *path: str, by: float = 1) -> None:
    """Add to the number that stands under these names."""
    *outer, last = path
    for name in outer:
        totals = totals.setdefault(name, {})
    totals[last] = totals.get(last, 0) + by


def count_document(totals: Totals, document: Document) -> None:
    """Count a cleaned document, and what was done to it."""
    count(totals, "cleaned")
    count(totals, "characters", by=len(document.text))
    count(totals, "formats", str(document.meta.get("format", "unknown")))
    count(totals, "charsets", str(document.meta.get("encoding", "none")))
    for removal in document.removed:
        count(totals, "removed", removal.kind)
        count(totals, "removed_characters", removal.kind, by=removal.end - removal.start)
    steps: Counter[tuple[str, str, str]] = Counter(
        ("changes" if step.before != step.after else "notes", step.pass_name, step.rule)
        for edit in document.edits
        for step in (edit.history or (edit,))
    )
    for names, number in steps.items():
        count(totals, *names, by=number)
