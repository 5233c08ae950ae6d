"""Dates as strangers write them.

RFC 5322 (with what it calls obsolete), ISO 8601, `asctime`, and dates with the name of a month in
English. A date in numbers alone (`01/02/2026`) is read only if the year comes first: otherwise
nobody knows which is the month.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_DAY = r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th)?(?![\d:.])"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_DAY}[\s,-]{{1,3}}{_MONTH}[\s,-]{{1,3}}(?P<year>\d{{4}}|\d{{2,3}}(?![\d:]))",
        rf"\b{_MONTH}[\s-]{{1,3}}{_DAY},?\s{{1,3}}(?:.{{0,40}}\s)?(?P<year>\d{{4}})\b",
        r"(?<!\d)(?P<year>\d{4})[/.-](?P<month>\d{1,2})[/.-](?P<day>\d{1,2})(?!\d)",
    )
)
_TIME = re.compile(
    r"(?<![\d:])(?P<hour>\d{1,2})\s?[:.]\s?(?P<minute>\d{1,2})"
    r"(?:\s?[:.]\s?(?P<second>\d{1,2}))?(?:[.,]\d{1,9})?(?!\d)\s?(?P<half>[ap]m\b)?",
    re.IGNORECASE,
)
_ZONE = re.compile(
    r"\s?(?:(?:GMT|UTC?)?(?P<sign>[+-])(?P<offset>\d{1,2}:?\d{2}|\d{1,2})(?!\d)"
    r"|(?P<name>[A-Z]{1,4})\b)"
)
_COMMENT = re.compile(r"\([^()]*\)")

# RFC 5322, section 4.3; of what it does not know the names that mean one offset in practice.
_HOURS = {
    "Z": 0, "UT": 0, "UTC": 0, "GMT": 0, "WET": 0, "CET": 1, "CEST": 2, "MET": 1, "MEST": 2,
    "EET": 2, "EEST": 3, "MSK": 3, "JST": 9, "KST": 9, "HKT": 8, "EST": -5, "EDT": -4, "CST": -6,
    "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
}  # fmt: skip


@lru_cache(maxsize=4)
def iso(given: str) -> str | None:
    """The date as ISO 8601, or None if it cannot be told.

    A document's reader and its boilerplate pass both ask for it, one soon after the other.

    Args:
        given: a date, with or without a time and a zone. What is not told is not made up: a date
            without a time stays one.
    """
    given = _COMMENT.sub(" ", given[:200]).strip()
    try:
        return datetime.fromisoformat(given).isoformat() if len(given) > 10 else _day(given)
    except ValueError:
        pass
    try:
        return _written(" ".join(given.split()))
    except (ValueError, OverflowError):
        return None


def _day(given: str) -> str:
    return date.fromisoformat(given).isoformat()


def _written(given: str) -> str | None:
    """A date in words.

    Raises:
        ValueError: it names no day that there is.
    """
    found = next((match for form in _FORMS if (match := form.search(given))), None)
    if found is None:
        return None
    month = found["month"].lower()
    number = int(month) if month.isdecimal() else _MONTHS.index(month[:3]) + 1
    day = date(_year(found["year"]), number, int(found["day"]))
    rest = given[: found.start()] + " " + given[found.start() :]
    if found.re is not _FORMS[1]:
        rest = given[: found.start()] + " " + given[found.end() :]
    time = _TIME.search(rest)
    if time is None:
        return day.isoformat()
    hour, half = int(time["hour"]), (time["half"] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    moment = datetime(
        day.year, day.month, day.day, hour, int(time["minute"]), min(int(time["second"] or 0), 59)
    )
    return moment.replace(tzinfo=_zone(_ZONE.match(rest, time.end()))).isoformat()


def _year(given: str) -> int:
    """RFC 5322, section 4.3: two digits below 50 are of this century, three count from 1900."""
    year = int(given)
    if len(given) == 4:
        return year
    return year + (2000 if year < 50 else 1900)


def _zone(found: re.Match[str] | None) -> timezone | None:
    if found is None:
        return None
    if found["name"]:
        hours = _HOURS.get(found["name"])
        return None if hours is None else timezone(timedelta(hours=hours))
    digits = found["offset"].replace(":", "")
    if len(digits) < 3:
        digits += "00"
    minutes = int(digits[:-2]) * 60 + int(digits[-2:])
    return timezone(timedelta(minutes=-minutes if found["sign"] == "-" else minutes))
