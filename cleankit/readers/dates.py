"""Dates as strangers write them."""

from __future__ import annotations

from datetime import datetime
from email.utils import parsedate_to_datetime


def iso(given: str) -> str | None:
    """The date as ISO 8601, or None if it cannot be told.

    Args:
        given: a date by RFC 5322 (`Sun, 18 Jan 2026 12:01:52 +0000`) or ISO 8601.
    """
    given = given.strip()[:100]
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return parse(given).isoformat()
        except (ValueError, TypeError, OverflowError, IndexError):
            continue
    return None
