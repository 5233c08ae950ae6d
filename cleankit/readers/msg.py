"""Outlook messages (`.msg`, [MS-OXMSG])."""

from __future__ import annotations

from typing import Any

from cleankit.document import Context, Document
from cleankit.errors import ReadError


def read(data: bytes, meta: dict[str, Any], *, name: str, context: Context) -> Document:
    """A document from an Outlook message.

    Raises:
        ReadError: the extra `msg` is not installed.
    """
    raise ReadError(f"{name or 'input'}: an Outlook message: install cleankit[msg] to read it")
