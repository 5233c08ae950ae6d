"""Characters: invisible, control, bidirectional and tag characters, odd spaces, entities; NFC."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from cleankit.document import Document
from cleankit.edits import Change, apply
from cleankit.passes.characters import bidi, composition, controls, entities, invisible, spaces
from cleankit.passes.mojibake import repair

MAX_ROUNDS = 8
"""What comes to light when something goes is looked at again, at most this often."""

_UNREMARKABLE = bytes(byte for byte in range(0x20, 0x7F) if byte != ord("&")) + b"\t\n"


class Step(NamedTuple):
    """One subject of the pass: whether some characters concern it, and its changes in a text."""

    is_concerned: Callable[[str], object]
    changes: Callable[[str], Iterator[Change]]


STEPS = (
    Step(entities.CONCERN.search, entities.changes),
    Step(controls.CONCERN.search, controls.changes),
    Step(invisible.TAG.search, invisible.tag_changes),
    Step(invisible.SELECTOR.search, invisible.selector_changes),
    Step(invisible.IGNORABLE.search, invisible.changes),
    Step(bidi.CONCERN.search, bidi.changes),
    Step(spaces.CONCERN.search, spaces.changes),
    Step(composition.may_change, composition.changes),
)


def characters(doc: Document) -> Document:
    """Cut what no reader sees, make odd spaces plain, decode entities, compose letters (NFC).

    Mojibake that only comes to light by this (`Ã&copy;`, or a sequence with a zero-width space
    inside) is repaired here, so that a second cleaning would find nothing.
    """
    cleaned = _clean(doc)
    for _ in range(MAX_ROUNDS):
        if cleaned.text == doc.text:
            break
        repaired, _ = repair(cleaned)
        if repaired.text == cleaned.text or repair(doc)[0].text != doc.text:
            break
        doc, cleaned = cleaned, _clean(repaired)
    return cleaned.map_meta(_clean_string)


def _clean(doc: Document) -> Document:
    kept = doc.context.kept_kinds
    for number in range(MAX_ROUNDS):
        before = doc.text
        present = remarkable(before)
        for step in STEPS:
            if step.is_concerned(present):
                # What the user keeps is noted once, in the first round.
                changes = [
                    change
                    for change in step.changes(doc.text)
                    if not number or change.kind not in kept
                ]
                doc = doc.edit(changes)
                # What went is no concern of later steps.
                present += remarkable("".join({change.replacement for change in changes}))
        if doc.text == before:
            break
    return doc


def remarkable(text: str) -> str:
    """Each character of the text that a step may want to see, once, in no order."""
    data = text.encode("utf-8", "surrogatepass").translate(None, _UNREMARKABLE)
    return "".join(set(data.decode("utf-8", "surrogatepass")))


def _clean_string(text: str) -> str:
    if text.isascii() and text.isprintable() and "&" not in text:
        return text
    for _ in range(MAX_ROUNDS):
        before = text
        present = remarkable(text)
        for step in STEPS:
            if step.is_concerned(present):
                changes = list(step.changes(text))
                text = apply(text, changes)
                present += remarkable("".join({change.replacement for change in changes}))
        if text == before:
            break
    return text
