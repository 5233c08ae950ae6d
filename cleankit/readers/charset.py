"""From bytes to text: which charset it is, how that was decided, and how sure it is."""

from __future__ import annotations

from typing import Any, NamedTuple


class Decoded(NamedTuple):
    """Text from bytes, the charset (Python's name), how it was decided, how sure (0 to 1)."""

    text: str
    charset: str
    decided_by: str
    confidence: float


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Decode bytes to text; never raises.

    Args:
        data: the bytes of one body or document.
        declared: the charset that a header or a `<meta>` claims, if one does.
    """
    try:
        return Decoded(data.decode("utf-8-sig"), "utf-8", "valid", 1.0)
    except UnicodeDecodeError:
        return Decoded(data.decode("cp1252", "replace"), "cp1252", "fallback", 0.1)


def text_of(data: str | bytes, declared: str | None = None) -> tuple[str, dict[str, Any]]:
    """The text of some data, and what `Document.meta` should say of its encoding."""
    if isinstance(data, str):
        return data, {}
    decoded = decode(data, declared)
    return decoded.text, {
        "encoding": decoded.charset,
        "encoding_decided_by": decoded.decided_by,
        "encoding_confidence": round(decoded.confidence, 3),
    }
