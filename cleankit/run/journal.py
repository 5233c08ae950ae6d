"""The journal: which units are done, so that a run that was stopped goes on where it was.

One line of JSON a unit, appended and forced to disk after the unit's part is in place. A line that
was cut off by a crash is no line. The first line says what run it is; a line of the same kind at
the end says that it ended, and how.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from cleankit.writers.jsonl import dumps


class Done(NamedTuple):
    """A unit that is done.

    Attributes:
        number: the unit's.
        version: a digest of where its documents stood and of their files' versions.
        content: a digest of the documents' bytes.
        size: that of its part, in bytes.
    """

    number: int
    version: str
    content: str
    size: int


class Journal:
    """The journal of one output folder.

    Args:
        path: the file; it need not be there.

    Attributes:
        run: what run it is; empty if there was none.
        done: the units that are done, by number.
        finished: how the run ended; empty if it has not.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.run: dict[str, Any] = {}
        self.done: dict[int, Done] = {}
        self.finished: dict[str, Any] = {}
        self._stream: int | None = None
        self._read()

    def begin(self, run: dict[str, Any]) -> None:
        """Begin anew: forget everything, and write down what this run is."""
        self.close()
        temporary = self.path.with_name(self.path.name + ".tmp")
        with temporary.open("wb") as stream:
            stream.write(_line(run))
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(self.path)
        sync_folder(self.path.parent)
        self.run, self.done, self.finished = run, {}, {}

    def add(self, done: Done) -> None:
        """Write down that a unit is done; it is when this returns."""
        self._append([done])
        self.done[done.number] = done

    def add_all(self, all_done: Iterable[Done]) -> None:
        """Write down that several units are done; they are when this returns."""
        all_done = list(all_done)
        self._append(all_done)
        self.done |= {done.number: done for done in all_done}

    def finish(self, how: dict[str, Any]) -> None:
        """Write down that all is done, and how."""
        self._append([how])
        self.finished = how
        self.close()

    def close(self) -> None:
        """Close the file, if it is open."""
        if self._stream is not None:
            os.close(self._stream)
            self._stream = None

    def _append(self, entries: Iterable[Any]) -> None:
        if self._stream is None:
            self._stream = os.open(self.path, os.O_WRONLY | os.O_APPEND)
        os.write(self._stream, b"".join(map(_line, entries)))
        os.fsync(self._stream)

    def _read(self) -> None:
        """Take in what the file says, and cut off a last line that was not written whole."""
        if not self.path.is_file():
            return
        sound = 0
        with self.path.open("rb") as stream:
            for line in stream:
                try:
                    entry = json.loads(line) if line.endswith(b"\n") else None
                except ValueError:
                    entry = None
                if isinstance(entry, dict) and not sound:
                    self.run = entry
                elif isinstance(entry, dict):
                    self.finished = entry
                elif isinstance(entry, list) and len(entry) == len(Done._fields) and sound:
                    self.done[entry[0]] = Done(*entry)
                    self.finished = {}
                else:
                    break
                sound += len(line)
        if sound < self.path.stat().st_size:
            os.truncate(self.path, sound)


def sync_folder(folder: Path) -> None:
    """Force the names in a folder to disk, where the system knows how."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _line(entry: Any) -> bytes:
    return dumps(entry, ascii_only=True).encode() + b"\n"
