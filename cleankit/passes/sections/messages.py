"""Titles of messages: the subjects of a digest, the boxed titles of stories, and the lines in bold
of what is quoted.

They are sections like others, but their text stays as it is: a subject stands among the other
fields of its message, a boxed title above its author and date, and what is quoted is another's.
"""

from __future__ import annotations

from cleankit.passes.sections.lines import Kind, Line
from cleankit.passes.sections.looks import Look
from cleankit.passes.sections.page import Page
from cleankit.passes.sections.words import says

_AT_LEAST = 2
_ROWS = 5
"""A box with a title has no more rows than this."""
_SUBJECT, _SENDER = "Subject", "From"
"""Fields that every message of a digest begins with (RFC 1153, section 2)."""
_FIELDS = 8
"""A digest shows no more fields of a message."""


def digest_messages(page: Page) -> dict[int, str]:
    """The subject of each message of a digest by the index of its first line; none if the text is
    no digest. A message begins with its fields, below a drawn line or at the head."""
    found: dict[int, str] = {}
    for index, label in enumerate(page.labels):
        if label != _SUBJECT:
            continue
        first = _first_field(page, index)
        if first is not None:
            subject = page.lines[index].text.partition(":")[2].strip()
            found[first] = subject.strip("*_ ")
    return found if len(found) >= _AT_LEAST else {}


def quoted_titles(page: Page) -> dict[int, str]:
    """The titles in bold of a forwarded text that stands behind marks of quotation, by the index of
    their lines; two at least, each apart above its text."""
    found: dict[int, str] = {}
    for index, line in enumerate(page.lines[1:-1], start=1):
        if line.kind is not Kind.QUOTE or "**" not in line.text or not line.text.endswith("**"):
            continue
        seen = Look(line.text.lstrip("> "))
        above, below = page.lines[index - 1], page.lines[index + 1]
        if index + 2 < len(page.lines) and _is_byline(below):
            below = page.lines[index + 2]
        is_apart = above.kind is not Kind.QUOTE or not above.text.strip("> ")
        if seen.bold and not seen.stop and is_apart and not below.text.strip("> "):
            found[index] = seen.title
    return found if len(found) >= _AT_LEAST else {}


def boxed_titles(page: Page) -> dict[int, str]:
    """The first row of each box of signs, `+---+` around `| Title |`, by the index of its line; a
    box of one row or a few, none of them with columns, above text."""
    found: dict[int, str] = {}
    for index, line in enumerate(page.lines[1:-1], start=1):
        if line.kind is not Kind.TABLE or not _is_lid(page.lines[index - 1]):
            continue
        end = index
        while end < len(page.lines) and _is_row(page.lines[end]) and end - index < _ROWS:
            end += 1
        title = line.text.strip("| ")
        below = page.lines[end : end + 2]
        # A lid close below another line, or a floor close above one, may be that one's rule.
        is_apart = page.lines[index - 1].gap and len(below) == 2 and below[1].gap
        is_boxed = is_apart and end > index and _is_lid(below[0])
        if is_boxed and title and below[1].kind is not Kind.TABLE:
            found[index] = title
    return found


def _is_lid(line: Line) -> bool:
    return line.text[0] == line.text[-1] == "+" and not line.text.strip("+-=")


def _is_row(line: Line) -> bool:
    """Whether a line is a row of one cell."""
    return line.kind is Kind.TABLE and line.text[-1] == "|" and line.text.count("|") == 2


def _is_byline(line: Line) -> bool:
    """Whether a quoted line in bold says who wrote what follows."""
    text = line.text.lstrip("> ")
    return text.startswith("**") and says("bylines", text.strip("* "))


def _first_field(page: Page, index: int) -> int | None:
    """The first of the fields around a subject, if they begin a message."""
    first = last = index
    while first and not page.lines[first].gap and index - first < _FIELDS:
        first -= 1
    while last + 1 < len(page.lines) and not page.lines[last + 1].gap and last - index < _FIELDS:
        last += 1
    labels = page.labels[first : last + 1]
    if _SENDER not in labels or None in labels:
        return None
    return first if first == 0 or page.lines[first - 1].kind is Kind.RULE else None
