"""Outputs: finished documents, in the order of the inputs, to where the user wants them.

An output is fed one document after another. It bears its name only when it is finished; a tree's
files are each whole.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import sys
from codecs import getincrementaldecoder
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO, Protocol, cast

from cleankit.errors import ConfigError, OutputError
from cleankit.run.journal import sync_folder
from cleankit.run.names import Names, digest_of
from cleankit.run.seen import Seen
from cleankit.run.unit import Cleaned
from cleankit.run.workspace import FILES, Workspace, listed, remove
from cleankit.terminal import escape


class Output(Protocol):
    """Where finished documents go, one after another."""

    def add(self, document: Cleaned) -> None:
        """Write one document."""

    def finish(self) -> None:
        """Put everything in place: only now does the output bear its name."""

    def abandon(self) -> None:
        """Leave off: what was written so far is not kept, or will be written again."""


SUFFIXES = {"markdown": ".md", "text": ".txt"}
"""The formats that are a file a document, and its suffix."""


def opened(to: str, workspace: Workspace, *, stream: bool = False) -> Output:
    """The output of a run in this format; `stream` sends it to standard output instead.

    Raises:
        ConfigError: it needs an extra that is not installed.
    """
    if stream:
        plain = sys.stdout.buffer
        return Stream(cast(BinaryIO, _ForTerminal(plain)) if sys.stdout.isatty() else plain)
    if to in SUFFIXES:
        return Tree(workspace.output, SUFFIXES[to], workspace.files)
    make = Rows if to == "parquet" else File
    return make(workspace.output / FILES[to], workspace.folder / f"{FILES[to]}.tmp")


class File:
    """A single file: the bodies one after another.

    Args:
        path: the file; a suffix `.gz` or `.zst` compresses it.
        temporary: the name that it has until it is finished, on the same file system.
    """

    def __init__(self, path: Path, temporary: Path) -> None:
        self._path, self._temporary = path, temporary
        self._file = temporary.open("wb")
        self._stream = _compressing(self._file, path.suffix)

    def add(self, document: Cleaned) -> None:
        """Write one document."""
        self._stream.write(document.body)

    def add_all(self, bodies: BinaryIO) -> None:
        """Write the rest of a stream of bodies."""
        shutil.copyfileobj(bodies, self._stream, 1 << 20)

    def finish(self) -> None:
        """Force the file to disk and give it its name."""
        if self._stream is not self._file:
            self._stream.close()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._temporary.replace(self._path)
        sync_folder(self._path.parent)

    def abandon(self) -> None:
        """Remove what was written so far."""
        with suppress(OSError, ValueError):
            self._file.close()
        with suppress(OSError):
            self._temporary.unlink()


class Stream:
    """Standard output, or any other stream: the bodies one after another, at once."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def add(self, document: Cleaned) -> None:
        """Write one document."""
        self._stream.write(document.body)

    def add_all(self, bodies: BinaryIO) -> None:
        """Write the rest of a stream of bodies."""
        shutil.copyfileobj(bodies, self._stream, 1 << 20)
        self._stream.flush()

    def finish(self) -> None:
        """Flush."""
        self._stream.flush()

    def abandon(self) -> None:
        """What is written is written."""


class _ForTerminal:
    """A terminal, to which control characters are spelled out."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._decoder = getincrementaldecoder("utf-8")("replace")

    def write(self, data: bytes) -> None:
        """Write some UTF-8, which may end within a character."""
        self._stream.write(escape(self._decoder.decode(data), lines=True).encode())

    def flush(self) -> None:
        """Flush."""
        self._stream.flush()


class Tree:
    """A file a document, at the path of its input.

    A list of the files is kept, so that a later run may replace them and remove those whose input
    is gone. A file that is not in the list is somebody else's, and never touched.

    Args:
        root: the folder.
        suffix: of every file.
        files: where the list is kept.
    """

    def __init__(self, root: Path, suffix: str, files: Path) -> None:
        self._root, self._suffix, self._files = root, suffix, files
        self._names = Names()
        self._folders: set[Path] = {root}
        self._own = Seen()
        for name in listed(self._files):
            self._own.first(digest_of(name), 0)
        self._list = files.open("a", encoding="ascii")

    def add(self, document: Cleaned) -> None:
        """Write one document, whole or not at all.

        Raises:
            OutputError: something that is not this tree's stands at its path.
        """
        name = self._names.name(document.mirror, self._suffix)
        path = self._root / name
        if not self._is_own(name):
            if os.path.lexists(path):
                raise OutputError(f"{path}: cannot write: it is there, and not from cleankit")
            self._list.write(json.dumps(name) + "\n")
            self._list.flush()
        self._make(path.parent)
        temporary = path.with_name(f".{digest_of(name).hex()[:16]}.tmp")
        temporary.write_bytes(document.body)
        temporary.replace(path)

    def finish(self) -> None:
        """Force what was written to disk, and remove the files of inputs that are gone."""
        self._list.close()
        kept = self._files.with_name(f"{self._files.name}.tmp")
        with kept.open("w", encoding="ascii") as stream:
            for name in listed(self._files):
                if self._names.has(name):
                    stream.write(json.dumps(name) + "\n")
                else:
                    remove(self._root, name)
        kept.replace(self._files)
        if hasattr(os, "sync"):
            os.sync()

    def abandon(self) -> None:
        """What is written stays: each file is whole, and the next run writes it again."""
        self._list.close()

    def _is_own(self, name: str) -> bool:
        return self._own.first(digest_of(name), 1) == 0

    def _make(self, folder: Path) -> None:
        """Make a folder below the root; a link is never followed, so nothing is written outside."""
        if folder in self._folders:
            return
        self._make(folder.parent)
        if folder.is_symlink():
            raise OutputError(f"{folder}: cannot write: there is a link of this name")
        try:
            folder.mkdir(exist_ok=True)
        except FileExistsError:
            raise OutputError(f"{folder}: cannot write: there is a file of this name") from None
        self._folders.add(folder)


def _compressing(file: BinaryIO, suffix: str) -> BinaryIO:
    """The stream that compresses into a file as its suffix says; its bytes tell no time or name."""
    if suffix == ".gz":
        return cast(BinaryIO, gzip.GzipFile("", "wb", 6, file, mtime=0))
    if suffix == ".zst":
        return zstandard_stream(file)
    return file


def zstandard_stream(file: BinaryIO) -> BinaryIO:
    """A stream that compresses by Zstandard (RFC 8878).

    Raises:
        ConfigError: the extra `zst` is not installed.
    """
    try:
        module: Any = import_module("zstandard")
    except ImportError:
        raise ConfigError("jsonl.zst needs the extra: pip install 'cleankit[zst]'") from None
    return cast(BinaryIO, module.ZstdCompressor().stream_writer(file, closefd=False))


class Rows:
    """A Parquet file; see `cleankit.writers.parquet`.

    Args:
        path, temporary: see `File`.
    """

    def __init__(self, path: Path, temporary: Path) -> None:
        from cleankit.writers.parquet import Table

        self._path, self._temporary = path, temporary
        self._table = Table(temporary)

    def add(self, document: Cleaned) -> None:
        """Write one document."""
        self._table.add(document.body)

    def finish(self) -> None:
        """Force the file to disk and give it its name."""
        self._table.close()
        with self._temporary.open("rb+") as stream:
            os.fsync(stream.fileno())
        self._temporary.replace(self._path)
        sync_folder(self._path.parent)

    def abandon(self) -> None:
        """Remove what was written so far."""
        with suppress(Exception):
            self._table.close()
        with suppress(OSError):
            self._temporary.unlink()
