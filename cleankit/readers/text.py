"""Plain text."""

from __future__ import annotations

from typing import Any

from cleankit.document import Context, Document
from cleankit.readers import charset


def read(data: str | bytes, meta: dict[str, Any], *, name: str, context: Context) -> Document:
    """A document from plain text; `meta` holds what is known of it before it is read."""
    text, encoding = charset.text_of(data)
    return Document.of(text, {**meta, **encoding}, name=name, context=context)
