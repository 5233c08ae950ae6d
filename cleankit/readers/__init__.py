"""Readers: from bytes or text to a `Document`. One file a format."""

from __future__ import annotations

import hashlib
from importlib import import_module
from typing import Any

from cleankit.document import Context, Document
from cleankit.errors import ReadError
from cleankit.readers import sniff


def read_data(
    data: str | bytes,
    *,
    format: str | None = None,
    name: str | None = None,
    context: Context | None = None,
) -> Document:
    """One message or document, read and not yet cleaned.

    Args:
        data: its text or its bytes.
        format: `"email"`, `"html"`, `"markdown"` or `"text"`; None to tell it from the data.
        name: the source's name, for messages and records.
        context: what the passes may know; see `cleankit.document.Context`.

    Raises:
        ReadError: the format is unknown, or the data is neither text nor bytes.
    """
    name = name or ""
    context = context or Context()
    if format is not None and format not in sniff.FORMATS:
        known = ", ".join(sniff.FORMATS)
        raise ReadError(f"{name or 'input'}: unknown format {format!r}; the formats are {known}")
    if not isinstance(data, str | bytes | bytearray | memoryview):
        raise ReadError(f"{name or 'input'}: expected str or bytes, not {type(data).__name__}")
    if not isinstance(data, str):
        data = bytes(data)
    format = format or sniff.of_data(data)
    meta: dict[str, Any] = {"format": format, "sha256": _sha256(data)}
    reader = import_module(f"cleankit.readers.{format}")
    document: Document = reader.read(data, meta, name=name, context=context)
    return document


def _sha256(data: str | bytes) -> str:
    raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    return hashlib.sha256(raw).hexdigest()
