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
    repaired, known = repair(doc)
    return repaired.map_meta(lambda value: repair(Document.of(value), known)[0].text)


def repair(
    doc: Document, known: frozenset[Codec] = frozenset()
) -> tuple[Document, frozenset[Codec]]:
    """The document with its text repaired, and the codecs of which it holds evidence.

    Args:
        doc: the document.
        known: codecs of which there is evidence elsewhere.
    """
    repaired = doc
    for _ in range(MAX_LAYERS):
        if repaired.text.isascii():
            return repaired, known
        found = repairs(repaired.text, known)
        if not found:
            return repaired, known
        known |= {each.codec for each in found if each.is_supported}
        repaired = repaired.edit(
            [
                Change(start, end, replacement, rule)
                for codec, supported, findings in found
                for rule in [f"{codec.name}-{'document' if supported else 'run'}"]
                for start, end, replacement, _, _ in findings
            ]
        )
    return doc, known
