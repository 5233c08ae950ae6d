"""Writers: from a record to the bytes of one output format. One file a format.

A record is what `Document.to_dict` gives, with the `source` that the runner adds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

FORMATS: dict[str, str] = {
    "jsonl": "one record a line: text, meta, sections, removals, edits, source",
    "jsonl.gz": "the same, compressed by gzip",
    "jsonl.zst": "the same, compressed by Zstandard (needs the extra zst)",
    "markdown": "one file a document, with front matter, mirrored by path",
    "text": "one file a document, the text alone, mirrored by path",
    "parquet": "one row a document, columns as in cleankit.writers.parquet (needs the extra arrow)",
}
"""The output formats, each with what it gives."""

_ENCODERS = {"markdown": "markdown", "text": "text"}


def encoder(to: str) -> Callable[[Mapping[str, Any]], bytes]:
    """The function that turns a record into the bytes of this format.

    For Parquet it is that of JSON lines: `cleankit.writers.parquet` makes rows of them.
    """
    module = import_module(f"cleankit.writers.{_ENCODERS.get(to, 'jsonl')}")
    encode: Callable[[Mapping[str, Any]], bytes] = module.encode
    return encode
