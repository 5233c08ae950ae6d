"""Boilerplate out: front matter, header blocks, footers, calls to subscribe, debris."""

from __future__ import annotations

from bisect import bisect_right

from cleankit import front_matter
from cleankit.document import Document
from cleankit.edits import Change
from cleankit.passes.boilerplate import (
    armour,
    body,
    debris,
    feet,
    first_lines,
    forwards,
    frames,
    head,
    labelled,
    list_heads,
    pandoc,
    tail,
    titled,
    weighing,
)
from cleankit.passes.boilerplate.judging import ANCHORS
from cleankit.passes.boilerplate.layout import Layout
from cleankit.passes.boilerplate.naming import Naming
from cleankit.passes.boilerplate.units import wrapped_text
from cleankit.readers import dates

ROUNDS = 8
"""What is cut can bring other lines to an edge: as often are they looked at again."""


def boilerplate(doc: Document) -> Document:
    """Cut what is not the author's text, and say of each cut of which kind it is.

    Sponsors' blocks, related links and the author's own promotions are proposed as well; they stay
    in the text, noted in the ledger, unless the user asks to strip them.
    """
    doc = without_metadata(doc)
    if not doc.meta.get("sender") and (forwarded := forwards.read(doc.text)):
        doc = doc.with_meta(**{**forwarded, **doc.meta})
    doc = doc.edit(armour.changes(doc.text), pass_name="boilerplate")
    doc = doc.edit(pandoc.changes(doc.text), pass_name="boilerplate")
    layout = Layout(doc.text)
    doc = _cut(doc, layout)
    marked = doc.edit(labelled.blocks(doc.text, layout.openings), pass_name="boilerplate")
    if marked.text != doc.text:
        marked = _cut(marked, Layout(marked.text))
    return _settled(marked)


def _settled(doc: Document) -> Document:
    """The document with a head in which another reading finds no metadata.

    Plain text is asked for by name, and is never read as anything else.
    """
    if doc.meta.get("format") not in ("email", "html", "markdown"):
        return doc
    for _ in range(ROUNDS):
        before = doc.text
        doc = without_metadata(doc)
        doc = doc.edit(first_lines.changes(doc.text), pass_name="boilerplate")
        if doc.text == before:
            break
    return doc


def _cut(doc: Document, layout: Layout) -> Document:
    """The document without boilerplate, looked at again as long as cuts bring lines together, or
    leave a text whose lines are broken otherwise than before."""
    naming = Naming(doc.meta)
    for _ in range(ROUNDS):
        cuts, settled = propose(layout, naming)
        doc = doc.edit(cuts, pass_name="boilerplate")
        if settled and (not cuts or wrapped_text(doc.text) == layout.wrapped):
            break
        layout = Layout(doc.text, layout)
    return doc.in_doubt() if _is_in_doubt(layout) else doc


def _is_in_doubt(layout: Layout) -> bool:
    """True if a unit stays that speaks of the list, or an end that weighs as a footer does: its
    lines may be cut once they have become titles, or their blanks have been settled."""
    return layout.is_in_doubt or any(
        judgement.kind in ANCHORS or any(cut.kind in ANCHORS for cut in judgement.cuts)
        for judgement in layout.judged_and_left()
    )


def without_metadata(doc: Document) -> Document:
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


def propose(layout: Layout, naming: Naming) -> tuple[list[Change], bool]:
    """The cuts for a text, and whether what they leave needs no other look.

    Args:
        layout: the text without front matter, as units.
        naming: what the letter and its sender are called.
    """
    framed = {**feet.known(layout), **frames.known(layout)}
    within = tail.footer(layout, framed)
    for index, found in framed.items():
        layout.cut.setdefault(index, found)
    forwards.take(layout)
    list_heads.take(layout)
    told = len(layout.cut)
    weighing.footer(layout)
    titled.footer(layout)
    is_weighed = len(layout.cut) > told
    head.header(layout, naming)
    layout.cut.update(tail.references(layout, layout.cut))
    edges = len(layout.cut)
    forwards.take(layout)  # What stood above the headers of a letter may be cut now.
    list_heads.take(layout)
    body.interruptions(layout)
    body.copies(layout)
    body.attached(layout)
    cuts = body.whole(layout)
    for parts in (within, body.parts(layout), debris.stubs(layout.text)):
        cuts += _apart(parts, cuts)
    return cuts, not is_weighed and len(cuts) == edges and _at_end(layout)


def _at_end(layout: Layout) -> bool:
    """True if all that is cut is at the end, so that no lines come together and none comes nearer
    to the head. What is left then ends with what stopped the judgement of the tail."""
    cut, count = layout.cut, len(layout.units)
    last = next((index for index in reversed(range(count)) if index not in cut), -1)
    return len(cut) == count - 1 - last


def _apart(changes: list[Change], others: list[Change]) -> list[Change]:
    """The changes that none of the others touches."""
    if not changes:
        return []
    others = sorted(others)
    starts = [other.start for other in others]
    kept = []
    for change in changes:
        index = bisect_right(starts, change.start) - 1
        before = index < 0 or others[index].end <= change.start
        after = index + 1 == len(others) or change.end <= others[index + 1].start
        if before and after:
            kept.append(change)
    return kept
