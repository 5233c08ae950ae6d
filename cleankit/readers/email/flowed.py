"""Paragraphs that were wrapped to be joined again: `format=flowed` (RFC 3676)."""

from __future__ import annotations


def joined(text: str, *, delete_space: bool = False) -> str:
    """The text with its flowed lines joined.

    Args:
        text: as it was sent; lines end with `\\n`.
        delete_space: `delsp=yes`: the space at the end of a flowed line is not part of the text.
    """
    paragraphs: list[str] = []
    pieces: list[str] = []
    depth = 0
    for line in text.split("\n"):
        content = line.lstrip(">")
        quotes = len(line) - len(content)
        content = content.removeprefix(" ")
        is_signature = content == "-- "
        if pieces and (quotes != depth or is_signature):
            paragraphs.append(_paragraph(depth, pieces))
            pieces = []
        depth = quotes
        flows = content.endswith(" ") and not is_signature
        pieces.append(content[:-1] if flows and delete_space else content)
        if not flows:
            paragraphs.append(_paragraph(depth, pieces))
            pieces = []
    if pieces:
        paragraphs.append(_paragraph(depth, pieces))
    return "\n".join(paragraphs)


def _paragraph(depth: int, pieces: list[str]) -> str:
    content = "".join(pieces)
    return f"{'>' * depth} {content}" if depth else content
