"""What a worker does with a unit: clean it, put the part in place, say what was done."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable
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
from cleankit.store import is_url

CHUNK = 1 << 20


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
    """A digest of where the documents of a unit stand, and of their bytes.

    In the place of the bytes of what is in a store stands what the store tells of them.
    """
    hashed = hashlib.sha256()
    for file, items in groupby(unit.items, lambda item: getattr(item, "file", None)):
        with ExitStack() as stack:
            stream: BinaryIO | None = None
            with suppress(OSError):
                if file and not is_url(file):
                    stream = stack.enter_context(open(file, "rb"))
            for item in items:
                place = (item.location, item.mirror) if isinstance(item, Item) else item
                hashed.update(digest(place).encode())
                if stream and isinstance(item, Item):
                    with suppress(OSError):
                        _add_range(hashed, stream, item.location)
                elif isinstance(item, Item) and is_url(item.file):
                    hashed.update(item.version.encode())
    return hashed.hexdigest()[:32]


def _add_range(hashed: hashlib._Hash, stream: BinaryIO, location: Location) -> None:
    """Add the bytes of a document to a hash, however many they are."""
    stream.seek(location.start)
    left = sys.maxsize if location.end is None else location.end - location.start
    while left and (chunk := stream.read(min(left, CHUNK))):
        hashed.update(chunk)
        left -= len(chunk)
