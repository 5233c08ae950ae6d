"""Text that was decoded with the wrong codec, one or several times over, is repaired."""

from __future__ import annotations

from typing import NamedTuple

from cleankit.document import Document
from cleankit.edits import Change
from cleankit.passes.mojibake import bent, confusions, escaped, literal, lost, octets, wide
from cleankit.passes.mojibake.codecs import Codec
from cleankit.passes.mojibake.repair import possible_codecs, repairs, words_beyond_ascii

MAX_LAYERS = 8
"""Damage deeper than this does not come about by accident; such a text is left alone."""

_MOST_STEPS = 4 * MAX_LAYERS


def mojibake(doc: Document) -> Document:
    """Repair the text, and the strings of `meta` with what the text tells of the codec.

    Each layer of damage is undone on its own, so that the ledger shows every step. Rules are named
    for the codec that misread the text and for what the repair rests on: `mac_roman-document` where
    the whole document bears it out, `mac_roman-run` where the place alone is certain. Characters
    lost for good are told in notes.
    """
    repaired, known = repair(doc)
    if not repaired.text.isascii():
        repaired = repaired.edit(lost.notes(repaired.text))
    return repaired.map_meta(
        lambda value: repair(Document.of(value), known)[0].text if _may_hold(value) else value
    )


def _may_hold(text: str) -> bool:
    """True if a text has a character that damage consists of: beyond ASCII, or escaped."""
    return "&" in text or not text.isascii() or literal.may_hold(text) or octets.may_hold(text)


def repair(
    doc: Document, known: frozenset[Codec] = frozenset()
) -> tuple[Document, frozenset[Codec]]:
    """The document with its text repaired, and the codecs of which it holds evidence.

    Args:
        doc: the document.
        known: codecs of which there is evidence elsewhere.
    """
    repaired = doc
    layers = 0
    for _ in range(_MOST_STEPS):
        changes, supported, in_doubt, is_layer = _step(repaired.text, known)
        if not changes:
            return repaired.in_doubt() if in_doubt else repaired, known
        layers += is_layer
        if layers > MAX_LAYERS:
            break
        known |= supported
        repaired = repaired.edit(changes)
    return doc, known


class _Step(NamedTuple):
    """What is to be changed next.

    Attributes:
        changes: the changes.
        supported: the codecs that the text bears out.
        in_doubt: whether sound text alone keeps something from being repaired.
        is_layer: whether they undo a layer of damage, and not what befell a few sequences.
    """

    changes: list[Change]
    supported: frozenset[Codec] = frozenset()
    in_doubt: bool = False
    is_layer: bool = False


def _are_most(changes: list[Change], text: str) -> bool:
    """True if the places to be changed hold most of what a text has beyond ASCII."""
    held = sum(change.end - change.start for change in changes)
    return 2 * held > len(text) - len(text.encode("ascii", "ignore"))


def _step(text: str, known: frozenset[Codec]) -> _Step:
    """The changes that undo the outermost layer, or else what befell its sequences."""
    if not _may_hold(text):
        return _Step([])
    if text.isascii():
        return _Step(
            list(escaped.repairs(text, known))
            or list(literal.repairs(text))
            or list(octets.repairs(text))
        )
    words = words_beyond_ascii(text)
    characters = set(words)
    codecs = possible_codecs(characters)
    found = repairs(text, words, codecs, known)
    changes = [
        Change(start, end, replacement, rule)
        for codec, supported, findings, _, _ in found
        for rule in [f"{codec.name}-{'document' if supported else 'run'}"]
        for start, end, replacement, _, _ in findings
    ]
    supported = frozenset(each.codec for each in found if each.is_supported)
    if changes and not known and not (supported and _are_most(changes, text)):
        # What only looks like sequences here and there may be letters of another code page.
        confused = list(confusions.repairs(text, words))
        if confused:
            return _Step(confused)
    if changes:
        return _Step(changes, supported, is_layer=True)
    in_doubt = any(each.in_doubt for each in found)
    for later in (
        escaped.repairs(text, known),
        literal.repairs(text),
        octets.repairs(text),
        bent.wrapped(text, codecs, known),
        bent.softened(text, words, known),
        bent.spaced(text, words, known),
        bent.lowered(text, words),
        bent.controls(text, characters),
        wide.repairs(text, words) if wide.may_hold(words) else (),
        () if known else confusions.repairs(text, words),
        bent.stray(text, words),
        lost.repairs(text, words),
    ):
        changes = list(later)
        if changes:
            break
    return _Step(changes, in_doubt=in_doubt)
