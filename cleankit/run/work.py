"""What a worker does with a unit: clean it, put the part in place, say what was done."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from itertools import groupby
from pathlib import Path
from typing import BinaryIO

from cleankit.config import Settings
from cleankit.errors import OutputError
from cleankit.readers.files import Location
from cleankit.run import part
from cleankit.run.job import digest
from cleankit.run.journal import Done
from cleankit.run.plan import Item, Unit
from cleankit.run.unit import clean_unit


def work(
    unit: Unit,
    settings: Settings,
    to: str,
    parts: Path,
    mark: Callable[[int], None] = lambda _: None,
) -> Done:
    """Clean a unit and put its part into a folder.

    Args:
        unit, settings, to, mark: see `cleankit.run.unit.clean_unit`.
        parts: the folder that the part goes to.

    Raises:
        OutputError: the part cannot be written.
    """
    version, content = version_of(unit), content_of(unit)
    result = clean_unit(unit, settings, to=to, mark=mark)
    mark(len(unit.items))
    path = parts / part.name(unit.number, version)
    try:
        return Done(unit.number, version, content, part.write(result, path))
    except OSError as error:
        raise OutputError(f"{path}: cannot write: {error.strerror or error}") from None


def version_of(unit: Unit) -> str:
    """A digest of where the documents of a unit stand, and of the versions of their files."""
    return digest([unit.items])


def content_of(unit: Unit) -> str:
    """A digest of where the documents of a unit stand, and of their bytes."""
    hashed = hashlib.sha256()
    for place, data in _contents(unit):
        hashed.update(digest(place).encode())
        hashed.update(data)
    return hashed.hexdigest()[:32]


def _contents(unit: Unit) -> Iterator[tuple[object, bytes]]:
    """Each item as it is named in the plan, and its raw bytes; empty if it cannot be read."""
    for file, items in groupby(unit.items, lambda item: getattr(item, "file", None)):
        with ExitStack() as stack:
            stream: BinaryIO | None = None
            with suppress(OSError):
                stream = file and stack.enter_context(open(file, "rb"))
            for item in items:
                if isinstance(item, Item):
                    place = (item.location, item.mirror)
                    yield place, _range(stream, item.location) if stream else b""
                else:
                    yield item, b""


def _range(stream: BinaryIO, location: Location) -> bytes:
    try:
        stream.seek(location.start)
        return stream.read(-1 if location.end is None else location.end - location.start)
    except OSError:
        return b""
