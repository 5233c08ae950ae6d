"""The text alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

SUFFIX = ".txt"


def encode(record: Mapping[str, Any]) -> bytes:
    """The record's text in UTF-8; a lone surrogate becomes U+FFFD."""
    return utf8(record["text"])


def utf8(text: str) -> bytes:
    """The text in UTF-8; a lone surrogate, which UTF-8 cannot carry, becomes U+FFFD."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()
