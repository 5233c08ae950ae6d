"""JSON lines: one record a line, of which one field is the text (https://jsonlines.org)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, NamedTuple

from cleankit.errors import ReadError

FIELDS = ("text", "body", "content", "html", "markdown")
"""Where the text stands if the user names no field: in the first of these that holds a string."""

FORMATS = {"html": "html", "markdown": "markdown"}
"""Fields whose name tells the format; the format of others is told from the data."""


class Record(NamedTuple):
    """The text of a record, its format if the field tells it, and the other fields."""

    text: str
    format: str | None
    others: Mapping[str, Any]


def lines(stream: BinaryIO) -> Iterator[tuple[int, int]]:
    """Where each line that is not blank stands, in bytes, without its line end.

    Args:
        stream: the file, at its beginning; it is read forward, once.
    """
    position = 0
    for line in stream:
        if line.strip():
            yield position, position + len(line.rstrip(b"\r\n"))
        position += len(line)


def parse(line: bytes, *, field: str | None = None, source: str) -> Record:
    """The record that a line holds.

    Args:
        line: one line of the file.
        field: the field to clean; None for the first of `FIELDS`.
        source: the line's name, for messages.

    Raises:
        ReadError: the line is no JSON, or has no such field that holds a string.
    """
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise ReadError(f"{source}: not JSON: {error}") from None
    if isinstance(record, str) and field is None:
        return Record(record, None, {})
    if not isinstance(record, dict):
        raise ReadError(f"{source}: expected an object, found {type(record).__name__}")
    for name in (field,) if field else FIELDS:
        text = record.get(name)
        if isinstance(text, str):
            others = {key: value for key, value in record.items() if key != name}
            return Record(text, FORMATS.get(name), others)
    raise ReadError(f"{source}: no text in the field {field or ', '.join(FIELDS)}")
