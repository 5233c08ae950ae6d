"""How much of a message is read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Caps on what one message may make its reader do.

    Where one is hit the message is still read, as far as the cap allows, and a note in
    `meta["notes"]` says so. No honest message comes near the defaults.

    Attributes:
        depth: how deep parts may nest. Deeper ones are read as if they stood side by side.
        parts: how many parts are read.
        header_bytes: how much of one part's header is read, in bytes.
        text_bytes: how much of the text of all parts is read, in bytes after decoding.
        attachments: how many attachments are listed.
    """

    depth: int = 100
    parts: int = 10_000
    header_bytes: int = 4_000_000
    text_bytes: int = 64_000_000
    attachments: int = 1_000
