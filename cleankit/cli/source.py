"""The one document that `clean` and `diff` work on: a file, or standard input."""

from __future__ import annotations

import sys
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from cleankit.config import Settings
from cleankit.document import Document
from cleankit.errors import ReadError


def read_one(path: str, settings: Settings, number: int | None = None) -> Document:
    """Read one document.

    Args:
        path: a file, or a pipe, or `-` for standard input.
        settings: how it is read.
        number: which document of a mailbox or of JSON lines, from 1.

    Raises:
        ReadError: it cannot be read, or holds several documents and none was chosen.
    """
    if path == "-":
        return _read_stream(sys.stdin.buffer, "standard input", settings)
    if Path(path).is_fifo():
        with Path(path).open("rb") as stream:
            return _read_stream(stream, path, settings)
    from cleankit.readers.files import Files, locate
    from cleankit.run.plan import Item
    from cleankit.run.unit import read_document

    located = locate(path)
    found = (
        list(islice(located, 2)) if number is None else list(islice(located, number - 1, number))
    )
    if not found:
        which = "no documents" if number is None else f"no document {number}"
        raise ReadError(f"{path}: holds {which}")
    if len(found) > 1:
        raise ReadError(
            f"{path}: holds several documents; choose one with --number, or cleankit run"
        )
    with Files(field=settings.field) as files:
        return read_document(files, Item(found[0], path, 0, "", ""), settings, settings.context())


def _read_stream(stream: BinaryIO, name: str, settings: Settings) -> Document:
    from cleankit.readers import read_data

    context = settings.context()
    return read_data(stream.read(), format=settings.format, name=name, context=context)


def write_text(text: str) -> None:
    """Write a document's text to standard output, in UTF-8.

    It goes out as it is, but for a terminal: there control characters are spelled out.
    """
    if sys.stdout.isatty():
        from cleankit.terminal import escape

        sys.stdout.write(escape(text, lines=True))
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "surrogatepass"))
