"""Writers: from a record to the bytes of one output format. One file a format.

A record is what `Document.to_dict` gives, with the `source` that the runner adds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

FORMATS: dict[str, str] = {
    "jsonl": "one record a line: text, meta, sections, removals, edits, source",
    "markdown": "one file a document, with front matter, mirrored by path",
    "text": "one file a document, the text alone, mirrored by path",
}
"""The output formats, each with what it gives."""


def encoder(to: str) -> Callable[[Mapping[str, Any]], bytes]:
    """The function that turns a record into the bytes of this format."""
    encode: Callable[[Mapping[str, Any]], bytes] = import_module(f"cleankit.writers.{to}").encode
    return encode
