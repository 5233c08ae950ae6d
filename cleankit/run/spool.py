"""Mailboxes that are compressed or in a store, laid out plain on disk while a run is under way.

What gzip has compressed can only be read from its beginning. Were each unit of a large mailbox to
find its own place in it, the work would grow with the square of its size. And where the messages
of a mailbox begin is only known when it was read: one that is in a store is fetched once.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path, PurePath
from typing import BinaryIO, cast

from cleankit import store
from cleankit.errors import ReadError
from cleankit.readers import sniff
from cleankit.readers.files import Location, holds_many, locate

CHUNK = 1 << 20

_GZIP = b"\x1f\x8b"


class Spool:
    """Lays files of many documents, if they are compressed or in a store, out in a folder.

    Args:
        folder: where to; it is made when it is needed, and emptied by `clear`.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0

    def located(self, path: str) -> Iterator[tuple[Location, str]]:
        """Where the documents of a file stand, each with the file that is to be read for it.

        Raises:
            ReadError: the file cannot be read, or not to its end; what stands before is told.
        """
        if store.is_url(path):
            if not holds_many(path):
                yield Location(path), path
                return
        elif not _is_compressed_many(path):
            yield from ((location, path) for location in locate(path))
            return
        plain, error = self._lay_out(path)
        previous = None
        for location in locate(plain):
            if previous is not None:
                yield previous._replace(path=path), str(plain)
            previous = location
        # If the data end too early, the last document is not whole.
        if previous is not None and error is None:
            yield previous._replace(path=path), str(plain)
        if error is not None:
            raise ReadError(f"{path}: {error}")

    def clear(self) -> None:
        """Remove what was laid out."""
        for path in self._folder.glob("*"):
            path.unlink(missing_ok=True)

    def _lay_out(self, path: str) -> tuple[Path, str | None]:
        """Decompress a file as far as it goes; also tell why it does not go further."""
        self._folder.mkdir(exist_ok=True)
        self._count += 1
        name = PurePath(path).name
        suffix = PurePath(name[:-3] if name.lower().endswith(".gz") else name).suffix
        plain = self._folder / f"{self._count:06}{suffix[:20]}"
        with ExitStack() as stack:
            target = stack.enter_context(plain.open("wb"))
            try:
                source = stack.enter_context(_opened(path))
                while chunk := source.read(CHUNK):
                    target.write(chunk)
            except (EOFError, zlib.error, gzip.BadGzipFile) as error:
                return plain, str(error)
        return plain, None


@contextmanager
def _opened(path: str) -> Iterator[BinaryIO]:
    """The file or object, decompressed if it is compressed, to be read from its beginning."""
    if not store.is_url(path):
        with gzip.open(path, "rb") as plain:
            yield cast(BinaryIO, plain)
        return
    with store.opened(path) as stream:
        head = stream.read(len(_GZIP))
        stream.seek(0)
        yield cast(BinaryIO, gzip.GzipFile(fileobj=stream)) if head == _GZIP else stream


def _is_compressed_many(path: str) -> bool:
    """True for a file compressed by gzip that may hold several documents."""
    name = PurePath(path).name.lower()
    if not name.endswith(".gz") or sniff.of_name(name[:-3]) is not None:
        return False
    try:
        with Path(path).open("rb") as stream:
            return stream.read(2) == _GZIP
    except OSError as error:
        raise ReadError(f"{path}: {error.strerror or error}") from None
