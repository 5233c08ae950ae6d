"""Outputs: finished documents, in the order of the inputs, to where the user wants them."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Protocol

from cleankit.errors import OutputError
from cleankit.run.journal import sync_folder
from cleankit.run.names import Names
from cleankit.run.unit import Cleaned


class Output(Protocol):
    """Where finished documents go, one after another."""

    def add(self, document: Cleaned) -> None:
        """Write one document."""

    def finish(self) -> None:
        """Put everything in place: only now does the output bear its name."""

    def abandon(self) -> None:
        """Leave off: what was written so far is not kept."""


class File:
    """A single file: the bodies one after another."""

    def __init__(self, path: Path, temporary: Path) -> None:
        self._path, self._temporary = path, temporary
        self._stream = temporary.open("wb")

    def add(self, document: Cleaned) -> None:
        """Write one document."""
        self._stream.write(document.body)

    def add_all(self, bodies: BinaryIO) -> None:
        """Write the rest of a stream of bodies."""
        shutil.copyfileobj(bodies, self._stream, 1 << 20)

    def finish(self) -> None:
        """Force the file to disk and give it its name."""
        self._stream.flush()
        os.fsync(self._stream.fileno())
        self._stream.close()
        self._temporary.replace(self._path)
        sync_folder(self._path.parent)

    def abandon(self) -> None:
        """Remove what was written so far."""
        with suppress(OSError):
            self._stream.close()
        with suppress(OSError):
            self._temporary.unlink()


class Stream:
    """Standard output, or any other stream: the bodies one after another."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def add(self, document: Cleaned) -> None:
        """Write one document, at once."""
        self._stream.write(document.body)
        self._stream.flush()

    def finish(self) -> None:
        """Nothing is left to do."""

    def abandon(self) -> None:
        """What is written is written."""


class Tree:
    """A file a document, at the path of its input."""

    def __init__(self, root: Path, suffix: str) -> None:
        self._root, self._suffix = root, suffix
        self._names = Names()
        self._folders: set[Path] = {root}

    def add(self, document: Cleaned) -> None:
        """Write one document, whole or not at all.

        Raises:
            OutputError: a folder of its path is something else already.
        """
        path = self._root / self._names.name(document.mirror, self._suffix)
        self._make(path.parent)
        temporary = path.with_name(f".{path.name[-100:]}.tmp")
        try:
            temporary.write_bytes(document.body)
            temporary.replace(path)
        except IsADirectoryError:
            raise OutputError(f"{path}: cannot write: there is a folder of this name") from None

    def finish(self) -> None:
        """Force what was written to disk."""
        if hasattr(os, "sync"):
            os.sync()

    def abandon(self) -> None:
        """What is written stays: each file is whole, and the next run writes it again."""

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
