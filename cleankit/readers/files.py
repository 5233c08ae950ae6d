"""Files, mailboxes and folders: where their documents stand, and how to read one.

`locate` finds documents without reading them whole; a `Location` is small and can be sent to
another process. `Files` reads what stands at a location. `read` does both.
"""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from itertools import chain, islice
from os import PathLike
from pathlib import Path, PurePath
from types import TracebackType
from typing import Any, BinaryIO, NamedTuple, cast

from cleankit import store
from cleankit.document import Context, Document
from cleankit.errors import ReadError
from cleankit.readers import jsonlines, maildir, mbox, read_data, sniff

_GZIP = b"\x1f\x8b"
_HEAD = 8_192
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_MBOX_SUFFIXES = frozenset({".mbox", ".mbx", ".mboxrd"})
_JSON_LINES_SUFFIXES = frozenset({".jsonl", ".ndjson", ".jsonlines"})


class Location(NamedTuple):
    """Where one document stands.

    Attributes:
        path: the file, as it was given.
        start, end: its place in the file in bytes, half-open, in a compressed file that of the
            data within; `end` is None for "to the end".
        number: which message or line of the file it is, from 1; None if the file holds but one.
        kind: `"file"`, `"mbox"`, `"json lines"` or `"maildir"`.
    """

    path: str
    start: int = 0
    end: int | None = None
    number: int | None = None
    kind: str = "file"

    @property
    def name(self) -> str:
        """What records and messages call the document: `mail/a.eml`, `inbox.mbox#3`."""
        return self.path if self.number is None else f"{self.path}#{self.number}"


class Loaded(NamedTuple):
    """What stands at a location: its data, its format (None: to be told from the data), meta."""

    data: str | bytes
    format: str | None
    meta: dict[str, Any]


def read(path: str | PathLike[str], *, field: str | None = None) -> Iterator[Document]:
    """The documents of a file, mailbox, Maildir or directory, one by one, not yet cleaned.

    Args:
        path: what to read.
        field: the field of JSON lines that holds the text; None for the first of
            `cleankit.readers.jsonlines.FIELDS`.

    Raises:
        ReadError: there is nothing at `path`, or it cannot be read.
    """
    with Files(field=field) as files:
        for location in locate(path):
            yield files.read(location)


def locate(path: str | PathLike[str]) -> Iterator[Location]:
    """Where the documents of a file, mailbox, Maildir or directory stand.

    A directory is searched with all its folders, in the order of names. Hidden files are passed
    over, and in a directory also files that are neither text nor messages.

    Raises:
        ReadError: there is nothing at `path`, or it cannot be read.
    """
    given = os.fspath(path)
    target = Path(given)
    if not target.exists():
        raise ReadError(f"{given}: no such file or directory")
    if target.is_dir():
        yield from _in_directory(target, set())
    else:
        yield from _in_file(given)


class Files:
    """Reads documents at their locations; the file of the last one is kept open.

    Locations of one file are best asked for in their order: a compressed file can only be read
    forward.

    Args:
        field: see `read`.
        fetched: what was fetched of stores, by URL; see `cleankit.store.fetch`. What was not is
            fetched when it is asked for.
    """

    def __init__(
        self, *, field: str | None = None, fetched: Mapping[str, bytes | OSError] | None = None
    ) -> None:
        self._field = field
        self._fetched = fetched or {}
        self._path: str | None = None
        self._stream: BinaryIO | None = None

    def __enter__(self) -> Files:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file that is open, if one is."""
        if self._stream is not None:
            self._stream.close()
        self._stream = self._path = None

    def load(self, location: Location) -> Loaded:
        """The data of one document.

        Raises:
            ReadError: the file cannot be read, or the place holds no record.
        """
        with _naming(location.name):
            if location.path != self._path or self._stream is None:
                self.close()
                self._stream, self._path = self._opened(location.path), location.path
            self._stream.seek(location.start)
            if location.end is None:
                data = self._stream.read()
            else:
                data = self._stream.read(location.end - location.start)
        if location.kind == "json lines":
            record = jsonlines.parse(data, field=self._field, source=location.name)
            meta = {"record": dict(record.others)} if record.others else {}
            return Loaded(record.text, record.format, meta)
        if location.kind == "mbox":
            return Loaded(mbox.unescape(data), "email", {})
        if location.kind == "maildir":
            return Loaded(data, "email", {})
        format = sniff.of_file(_uncompressed(location.path), data)
        if format is None and not _is_text(data[:_HEAD]):
            raise ReadError(f"{location.name}: neither text nor a message")
        return Loaded(data, format, {})

    def _opened(self, path: str) -> BinaryIO:
        if not store.is_url(path):
            return _opened(path)
        data = self._fetched[path] if path in self._fetched else store.fetch([path])[path]
        if isinstance(data, OSError):
            raise data
        return BytesIO(gzip.decompress(data) if data.startswith(_GZIP) else data)

    def read(self, location: Location, *, context: Context | None = None) -> Document:
        """The document at a location.

        Raises:
            ReadError: see `load`.
        """
        loaded = self.load(location)
        document = read_data(loaded.data, format=loaded.format, name=location.name, context=context)
        return document.with_meta(**loaded.meta) if loaded.meta else document


def load(location: Location, *, field: str | None = None) -> Loaded:
    """The data of one document; see `Files.load`. For many documents use `Files`."""
    with Files(field=field) as files:
        return files.load(location)


def read_location(
    location: Location, *, context: Context | None = None, field: str | None = None
) -> Document:
    """The document at a location; see `Files.read`. For many documents use `Files`."""
    with Files(field=field) as files:
        return files.read(location, context=context)


def _in_directory(folder: Path, seen: set[str]) -> Iterator[Location]:
    """The documents of a folder; `seen` holds the real paths of folders that were searched."""
    real = os.path.realpath(folder)
    if real in seen:
        return
    seen.add(real)
    with _naming(str(folder)):
        if maildir.is_maildir(folder):
            for path in maildir.messages(folder):
                yield Location(str(path), kind="maildir")
            for inner in maildir.subfolders(folder):
                yield from _in_directory(inner, seen)
            return
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            yield from _in_directory(entry, seen)
        elif entry.is_file() and is_readable(entry):
            yield from _in_file(str(entry))


def _in_file(path: str) -> Iterator[Location]:
    with _naming(path), _opened(path) as stream:
        head = stream.read(_HEAD)
        stream.seek(0)
        suffix = Path(_uncompressed(path)).suffix.lower()
        if suffix in _JSON_LINES_SUFFIXES:
            for number, (start, end) in enumerate(jsonlines.lines(stream), start=1):
                yield Location(path, start, end, number, "json lines")
        elif suffix in _MBOX_SUFFIXES or _is_mailbox(suffix, head):
            spans = mbox.messages(stream)
            first = list(islice(spans, 2))
            if not first:
                if head.strip():
                    yield Location(path, kind="mbox")
                return
            if len(first) == 1 and suffix not in _MBOX_SUFFIXES:
                yield Location(path, *first[0], kind="mbox")
                return
            for number, (start, end) in enumerate(chain(first, spans), start=1):
                yield Location(path, start, end, number, "mbox")
        else:
            yield Location(path)


def is_readable(path: Path) -> bool:
    """True for a file that may hold a document: by its suffix, or since its head is text."""
    if sniff.of_name(_uncompressed(path.name)):
        return True
    with _naming(str(path)), _opened(str(path)) as stream:
        return _is_text(stream.read(_HEAD))


def is_readable_url(url: str) -> bool:
    """The same for an object in a store."""
    if sniff.of_name(_uncompressed(url)):
        return True
    head = store.head(url, _HEAD)
    if head.startswith(_GZIP):
        head = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(head, _HEAD)
    return _is_text(head)


def holds_many(url: str) -> bool:
    """True if an object in a store may hold several documents: by its suffix, or by its head.

    A `.txt` is not asked for its head: a store may hold a million of them.
    """
    suffix = PurePath(_uncompressed(url)).suffix.lower()
    if suffix in _JSON_LINES_SUFFIXES or suffix in _MBOX_SUFFIXES:
        return True
    if suffix in sniff.BY_SUFFIX:
        return False
    head = store.head(url, _HEAD)
    return head.startswith(_GZIP) or mbox.is_mailbox(head)


def _is_mailbox(suffix: str, head: bytes) -> bool:
    """True if a file that begins like this is a mailbox though its suffix does not say so; archives
    of mailing lists are mailboxes called `.txt`."""
    format = sniff.BY_SUFFIX.get(suffix)
    if format not in (None, "text") or not mbox.is_mailbox(head):
        return False
    return format is None or mbox.begins_with_field(head)


def _is_text(head: bytes) -> bool:
    """True if a file that begins like this may hold text or a message."""
    return b"\0" not in head or head.startswith((*_UTF_16, sniff.OUTLOOK))


def _opened(path: str) -> BinaryIO:
    """The file, opened to be read, through the decompressor if it is compressed by gzip."""
    with Path(path).open("rb") as stream:
        compressed = stream.read(2) == _GZIP
    return cast(BinaryIO, gzip.open(path, "rb")) if compressed else Path(path).open("rb")


def _uncompressed(path: str) -> str:
    return path[:-3] if path.lower().endswith(".gz") else path


@contextmanager
def _naming(name: str) -> Iterator[None]:
    """Turn the errors of the file system and of gzip into one that names the source."""
    try:
        yield
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
        raise ReadError(f"{name}: {reason}") from None
