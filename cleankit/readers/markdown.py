"""Markdown, with the metadata at its head read into `meta`.

The metadata stays in the text: the `boilerplate` pass cuts it, after text repair, and says so.
"""

from __future__ import annotations

from typing import Any

from cleankit import front_matter
from cleankit.document import Context, Document
from cleankit.readers import charset, dates


def read(data: str | bytes, meta: dict[str, Any], *, name: str, context: Context) -> Document:
    """A document from Markdown; `meta` holds what is known of it before it is read."""
    text, encoding = charset.text_of(data)
    found = front_matter.meta(list(front_matter.find(text)))
    if "date_as_given" in found:
        found["date"] = dates.iso(found["date_as_given"])
    return Document.of(text, name=name, context=context).with_meta(**found, **meta, **encoding)
