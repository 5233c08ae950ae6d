"""The output folder: what stands where in it, and that only one run at a time works in it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cleankit.errors import OutputError

FOLDER = ".cleankit"
"""The folder, in the output folder, that holds the journal and the parts of a run under way."""


class Workspace:
    """The output folder of a run.

    Args:
        output: the folder; it is made when the run begins.
    """

    def __init__(self, output: str | os.PathLike[str]) -> None:
        self.output = Path(output)
        self.folder = self.output / FOLDER
        self.parts = self.folder / "parts"
        self.journal = self.folder / "journal"
        self.lock = self.folder / "lock"
        self.set_aside = self.output / "set-aside.jsonl"
        self.duplicates = self.output / "duplicates.jsonl"
        self.report = self.output / "report.json"

    def part(self, number: int) -> Path:
        """The part of a unit."""
        return self.parts / f"{number:08}.part"

    def prepare(self) -> None:
        """Make the folders.

        Raises:
            OutputError: they cannot be made, or nothing can be written into them.
        """
        try:
            self.parts.mkdir(parents=True, exist_ok=True)
            probe = self.folder / f"probe.{os.getpid()}"
            probe.write_bytes(b"")
            probe.unlink()
        except OSError as error:
            raise OutputError(f"{self.output}: cannot write: {error.strerror or error}") from None

    def clear(self) -> None:
        """Remove the parts and what crashes left behind; the journal stays."""
        shutil.rmtree(self.parts, ignore_errors=True)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the folder for this run.

        The system lets go of the lock when the process ends, however it ends.

        Raises:
            OutputError: another run holds it.
        """
        descriptor = os.open(self.lock, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            try:
                _lock(descriptor)
            except OSError:
                raise OutputError(f"{self.output}: another run is writing here") from None
            yield
        finally:
            os.close(descriptor)


def _lock(descriptor: int) -> None:
    """Lock the file for this process, or raise OSError at once."""
    if os.name == "nt":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
