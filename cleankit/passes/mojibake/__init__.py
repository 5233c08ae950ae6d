"""Text that was decoded with the wrong codec, one or several times over, is repaired."""

from __future__ import annotations

from cleankit.document import Document
from cleankit.edits import Change
from cleankit.passes.mojibake.codecs import Codec
from cleankit.passes.mojibake.repair import repairs

MAX_LAYERS = 8
"""Damage deeper than this does not come about by accident; such a text is left alone."""


def mojibake(doc: Document) -> Document:
    """Repair the text, and the strings of `meta` with what the text tells of the codec.

    Each layer of damage is undone on its own, so that the ledger shows every step. Rules are named
    for the codec that misread the text and for what the repair rests on: `mac_roman-document` where
    the whole document bears it out, `mac_roman-run` where the place alone is certain.
    """
    repaired, known = doc, frozenset[Codec]()
    if not doc.text.isascii():
        for _ in range(MAX_LAYERS):
            found = repairs(repaired.text, known)
            if not found:
                break
            known |= {each.codec for each in found if each.scope == "document"}
            repaired = repaired.edit(
                [
                    Change(start, end, replacement, f"{codec.name}-{scope}")
                    for start, end, replacement, codec, scope in found
                ]
            )
        else:
            return doc
    return repaired.map_meta(lambda value: _repair_string(value, known))


def _repair_string(text: str, known: frozenset[Codec]) -> str:
    if text.isascii():
        return text
    repaired = text
    for _ in range(MAX_LAYERS):
        found = repairs(repaired, known)
        if not found:
            return repaired
        pieces: list[str] = []
        position = 0
        for start, end, replacement, _, _ in found:
            pieces += (repaired[position:start], replacement)
            position = end
        repaired = "".join((*pieces, repaired[position:]))
    return text
