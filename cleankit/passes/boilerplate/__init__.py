"""Boilerplate out: front matter, header blocks, footers, calls to subscribe, debris."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cleankit import front_matter
from cleankit.document import Document
from cleankit.edits import Change
from cleankit.passes.boilerplate import edges
from cleankit.passes.boilerplate.phrases import of
from cleankit.readers import dates

ROUNDS = 8
"""What is cut can bring other lines to an edge: as often are they looked at again."""


def boilerplate(doc: Document) -> Document:
    """Cut what is not the author's text, and say of each cut of which kind it is.

    Sponsors' blocks, related links and the author's own promotions are proposed as well; they stay
    in the text, noted in the ledger, unless the user asks to strip them.
    """
    doc = _without_metadata(doc)
    for _ in range(ROUNDS):
        cut = doc.edit(propose(doc.text, doc.meta), pass_name="boilerplate")
        if cut.text == doc.text:
            break
        doc = cut
    return doc


def _without_metadata(doc: Document) -> Document:
    if doc.meta.get("format") != "markdown":
        return doc
    blocks = list(front_matter.find(doc.text))
    if not blocks:
        return doc
    found = front_matter.meta(blocks)
    if "date_as_given" in found:
        found["date"] = dates.iso(found["date_as_given"])
    return doc.with_meta(**found).edit(
        [Change(block.start, block.end, "", block.kind, block.kind) for block in blocks],
        pass_name="boilerplate",
    )


def propose(text: str, meta: Mapping[str, Any]) -> list[Change]:
    """The cuts for a text, in order."""
    lowered = text.replace("İ", "i").lower()
    return edges.changes(text, of(lowered), meta)
