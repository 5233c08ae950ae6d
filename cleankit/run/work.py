"""What a worker does with a unit: clean it, put the part in place, say what was done."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

from cleankit.config import Settings
from cleankit.errors import OutputError
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
    for item in unit.items:
        if not isinstance(item, Item):
            yield item, b""
            continue
        location = item.location
        try:
            with Path(item.file).open("rb") as stream:
                stream.seek(location.start)
                length = -1 if location.end is None else location.end - location.start
                yield (location, item.mirror), stream.read(length)
        except OSError:
            yield (location, item.mirror), b""
