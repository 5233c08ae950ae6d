"""An output folder in a store: worked on in a folder of this machine, kept where its URL says.

The store has the names that a folder on disk would have. An object is there whole or not at all;
nothing can be appended to one, renamed or locked. So the journal is kept in pieces, each named by
where it begins. A piece goes up after the parts that it speaks of, the outputs go up after all
parts, and last, as the word that all is done, the whole journal. A run that was stopped, on
whatever machine, fetches the journal and the parts that it speaks of, and goes on.

Two runs at the same time into one URL cannot be told apart: see that there is but one.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from time import monotonic

from cleankit import store
from cleankit.errors import OutputError
from cleankit.run import part
from cleankit.run.journal import Journal
from cleankit.run.workspace import FILES, FOLDER, Workspace, listed

EVERY = 2.0
"""Seconds between two pieces of the journal: so much work is done again after a crash."""

MOST = 64
"""Parts that wait to be sent; then they are, with a piece of the journal."""

_JOURNAL = "journal"


class StoreWorkspace(Workspace):
    """The output folder of a run, at a URL.

    Args:
        url: of the folder.
        staging: an empty folder of this machine, for all that the run writes.
    """

    def __init__(self, url: str, staging: str | os.PathLike[str]) -> None:
        super().__init__(staging)
        self.place = url.rstrip("/")
        self._own = f"{self.place}/{FOLDER}"
        self._waiting: list[Path] = []
        self._sent = 0
        self._sent_at = monotonic()
        self._files: frozenset[str] = frozenset()

    def prepare(self) -> None:
        """Make the folder of this machine, take in what is at the URL, and try to write there.

        Raises:
            OutputError: nothing can be written.
            ReadError: the store cannot be reached.
        """
        super().prepare()
        self.fetch()
        probe = self.folder / "probe"
        probe.write_bytes(b"probe")
        try:
            store.upload([(probe, f"{self._own}/probe")])
            store.remove([f"{self._own}/probe"])
        except OSError as error:
            raise OutputError(f"{self.place}: cannot write: {error.strerror or error}") from None

    def fetch(self) -> None:
        """Take in the journal, the parts that it speaks of, and the list of a tree's files."""
        self.folder.mkdir(parents=True, exist_ok=True)
        there = {each.name: each for each in _children(self._own)}
        pieces = sorted(
            (int(name.partition(".")[2] or 0), each.url)
            for name, each in there.items()
            if name == _JOURNAL or name.startswith(f"{_JOURNAL}.")
        )
        self._sent = 0
        for start, url in pieces:
            # A piece from before the whole journal went up is in it.
            if start == self._sent:
                with store.opened(url) as stream, self.journal.open("ab") as whole:
                    self._sent += whole.write(stream.read())
        if self.files.name in there:
            store.download([(there[self.files.name].url, self.files)])
            self._files = frozenset(listed(self.files))
        journal = Journal(self.journal)
        if journal.run:
            parts = self.parts(journal.run["identity"])
            names = {part.name(done.number, done.version) for done in journal.done.values()}
            kept = _children(f"{self._own}/{parts.name}") if parts.name in there else []
            store.download([(each.url, parts / each.name) for each in kept if each.name in names])

    def begin(self, *, owned: bool) -> None:
        """Make room for a new run; see `Workspace.begin`."""
        for path in (self.set_aside, self.duplicates, self.report, *self._records()):
            url = self._url(path)
            if owned:
                store.remove([url])
            elif _size(url) is not None:
                raise OutputError(
                    f"{url}: is there, and not from a run that is known; --restart replaces it"
                )
        store.remove(f"{self.place}/{name}" for name in self._files)
        self._files = frozenset()
        super().begin(owned=owned)
        store.remove(each.url for each in _children(self._own) if not each.is_folder)
        self._sent = 0

    def keep(self, part: Path) -> None:
        """Send the part and what the journal says of it, soon."""
        self._waiting.append(part)
        if len(self._waiting) >= MOST or monotonic() - self._sent_at > EVERY:
            self._send()

    def publish(self) -> None:
        """Send the outputs, and remove what a tree has no more."""
        self._send()
        outputs = [self.set_aside, self.duplicates, self.report, *self._records()]
        here = [path for path in outputs if path.is_file()]
        self._publish_tree()
        store.upload([(path, self._url(path)) for path in here])
        store.remove(self._url(path) for path in outputs if path not in here)

    def seal(self) -> None:
        """Send the whole journal in the place of its pieces."""
        store.upload([(self.journal, f"{self._own}/{_JOURNAL}")])
        pieces = [each.url for each in _children(self._own) if f"{_JOURNAL}." in each.name]
        store.remove(pieces)
        self._sent = self.journal.stat().st_size

    def clear(self) -> None:
        """Remove all parts, here and there."""
        super().clear()
        for folder in _children(self._own):
            if folder.is_folder and folder.name.startswith("parts-"):
                store.remove(each.url for each in _children(folder.url))

    def close(self) -> None:
        """Send what waits, if that can be done: the run may have been stopped."""
        with suppress(OSError):
            self._send()

    def size_of(self, to: str) -> int | None:
        """The size of the output in this format, if it is one object and is there."""
        return _size(f"{self.place}/{FILES[to]}") if to in FILES else None

    def _send(self) -> None:
        waiting, self._waiting, self._sent_at = self._waiting, [], monotonic()
        if not waiting:
            return
        store.upload([(path, self._url(path)) for path in waiting])
        with self.journal.open("rb") as stream:
            stream.seek(self._sent)
            written = stream.read()
        piece = self.folder / "piece"
        piece.write_bytes(written)
        name = f"{_JOURNAL}.{self._sent}" if self._sent else _JOURNAL
        store.upload([(piece, f"{self._own}/{name}")])
        self._sent += len(written)

    def _publish_tree(self) -> None:
        """Send a tree's files; the list of them goes first, so that they are known to be ours."""
        now = frozenset(listed(self.files))
        if not now | self._files:
            return
        theirs = sorted((now - self._files) & store.names(self.place))
        if theirs:
            raise OutputError(
                f"{self.place}/{theirs[0]}: cannot write: it is there, and not from cleankit"
            )
        union = self.folder / "files.all"
        union.write_text("".join(f"{json.dumps(name)}\n" for name in sorted(now | self._files)))
        store.upload([(union, self._url(self.files))])
        store.upload((self.output / name, f"{self.place}/{name}") for name in sorted(now))
        store.remove(f"{self.place}/{name}" for name in self._files - now)
        store.upload([(self.files, self._url(self.files))])
        self._files = now

    def _url(self, path: Path) -> str:
        return f"{self.place}/{path.relative_to(self.output).as_posix()}"


def _children(url: str) -> list[store.Found]:
    """What a folder holds; nothing if it is not there."""
    try:
        return store.children(url)
    except FileNotFoundError:
        return []


def _size(url: str) -> int | None:
    try:
        found = store.found(url)
    except FileNotFoundError:
        return None
    return None if found.is_folder else found.size
