"""The output folder: what stands where in it, and that only one run at a time works in it."""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from cleankit.errors import OutputError
from cleankit.store import is_url

FOLDER = ".cleankit"
"""The folder, in the output folder, that holds the journal and the parts of a run under way."""


FILES = {
    "jsonl": "records.jsonl",
    "jsonl.gz": "records.jsonl.gz",
    "jsonl.zst": "records.jsonl.zst",
    "parquet": "records.parquet",
}
"""The output formats that are one file, and its name in the output folder."""


class Workspace:
    """The output folder of a run.

    Args:
        output: the folder; it is made when the run begins.

    Attributes:
        place: what messages call it.
    """

    def __init__(self, output: str | os.PathLike[str]) -> None:
        self.output = Path(output)
        self.place = str(output)
        self.folder = self.output / FOLDER
        self.journal = self.folder / "journal"
        self.lock = self.folder / "lock"
        self.files = self.folder / "files"
        self.set_aside = self.output / "set-aside.jsonl"
        self.duplicates = self.output / "duplicates.jsonl"
        self.report = self.output / "report.json"

    def parts(self, identity: str) -> Path:
        """The folder of the parts of runs with this identity; it is made if it is not there."""
        folder = self.folder / f"parts-{identity[:16]}"
        folder.mkdir(exist_ok=True)
        return folder

    def prepare(self) -> None:
        """Make the output folder, and the one for the runner's own files.

        Raises:
            OutputError: they cannot be made, or nothing can be written into them.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            probe = self.folder / f"probe.{os.getpid()}"
            probe.write_bytes(b"")
            probe.unlink()
        except OSError as error:
            raise OutputError(f"{self.place}: cannot write: {error.strerror or error}") from None

    def begin(self, *, owned: bool) -> None:
        """Make room for a new run: remove what an earlier one left.

        Args:
            owned: the outputs that are there are those of an earlier run.

        Raises:
            OutputError: there are outputs, and they are somebody else's.
        """
        self.clear()
        for path in (self.set_aside, self.duplicates, self.report, *self._records()):
            if owned:
                path.unlink(missing_ok=True)
            elif path.exists():
                raise OutputError(
                    f"{path}: is there, and not from a run that is known; --restart replaces it"
                )
        for name in listed(self.files):
            remove(self.output, name)
        self.files.unlink(missing_ok=True)

    def fetch(self) -> None:
        """Take in what earlier runs left, if that is not here."""

    def keep(self, part: Path) -> None:
        """Told that a unit's part is in place and the journal says so."""

    def publish(self) -> None:
        """Told that the outputs are in place, and the journal does not say so yet."""

    def seal(self) -> None:
        """Told that the journal says how the run ended."""

    def close(self) -> None:
        """Told that the run is over, however it ended."""

    def size_of(self, to: str) -> int | None:
        """The size of the output in this format, if it is one file and is there."""
        path = self.output / FILES.get(to, "")
        return path.stat().st_size if to in FILES and path.is_file() else None

    def clear(self) -> None:
        """Remove all parts; the journal stays."""
        for folder in self.folder.glob("parts-*"):
            shutil.rmtree(folder, ignore_errors=True)

    def _records(self) -> Iterator[Path]:
        return (self.output / name for name in FILES.values())

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the folder for this run.

        The system lets go of the lock when the process ends, however it ends. A file system that
        knows no locks cannot tell two runs apart.

        Raises:
            OutputError: another run holds it.
        """
        descriptor = os.open(self.lock, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            try:
                _lock(descriptor)
            except OSError as error:
                if error.errno in _TAKEN:
                    message = f"{self.place}: another run is writing here"
                    raise OutputError(message) from None
            yield
        finally:
            os.close(descriptor)


def workspace_at(output: str, stack: ExitStack) -> Workspace:
    """The workspace of an output folder, which may be a URL; to be closed with the stack."""
    if not is_url(output):
        return Workspace(output)
    from cleankit.run.store_workspace import StoreWorkspace

    staging = stack.enter_context(TemporaryDirectory(prefix="cleankit-"))
    workspace = StoreWorkspace(output, staging)
    stack.callback(workspace.close)
    return workspace


@contextmanager
def at_work(output: str) -> Iterator[Workspace]:
    """The workspace of an output folder, to be written in: made, and held for this run.

    Raises:
        OutputError: nothing can be written, or another run is writing there.
    """
    with ExitStack() as stack:
        workspace = workspace_at(output, stack)
        workspace.prepare()
        stack.enter_context(workspace.locked())
        try:
            yield workspace
        except BrokenPipeError:
            raise
        except OSError as error:
            place = error.filename or workspace.place
            raise OutputError(f"{place}: cannot write: {error.strerror or error}") from None


_TAKEN = frozenset({errno.EAGAIN, errno.EACCES, errno.EDEADLK})


def _lock(descriptor: int) -> None:
    """Lock the file for this process, or raise OSError at once."""
    if os.name == "nt":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def listed(files: Path) -> Iterator[str]:
    """The names in the list of a tree's files; a last line that a crash cut off is none."""
    if not files.is_file():
        return
    with files.open(encoding="ascii") as stream:
        for line in stream:
            with suppress(ValueError):
                yield str(json.loads(line))


def remove(root: Path, name: str) -> None:
    """Remove a file below `root`, and the folders that are empty then."""
    path = root / name
    with suppress(OSError):
        path.unlink()
        for folder in list(path.relative_to(root).parents)[:-1]:
            (root / folder).rmdir()
