"""The assembly: finished units put together in order, into records, lists and totals."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, TypeAlias

from cleankit.run import part
from cleankit.run.journal import Journal
from cleankit.run.output import File, Output, Stream
from cleankit.run.seen import Seen
from cleankit.run.totals import Totals, add, count
from cleankit.run.unit import Cleaned
from cleankit.run.workspace import Workspace
from cleankit.writers.jsonl import encode

Tell: TypeAlias = Callable[[str, str, str], None]
"""Told of what a user should know at once: what became of it, its name, and why."""


class Assembly:
    """Puts the parts of units together, one after another.

    Args:
        workspace: where the lists of what was set aside and of duplicates go.
        journal, parts: which units are done, and the folder of their parts.
        output: where the documents go.
        dedup: leave out documents whose clean text was there before.
        tell: told of each document that was set aside.
    """

    def __init__(
        self,
        workspace: Workspace,
        journal: Journal,
        parts: Path,
        output: Output,
        *,
        dedup: bool,
        tell: Tell,
    ) -> None:
        self._tell = tell
        self._journal, self._parts = journal, parts
        self.totals: Totals = {"read": 0, "cleaned": 0, "duplicates": 0}
        self._workspace = workspace
        self._output = output
        self._seen = Seen() if dedup else None
        self._lists = {
            path: File(path, workspace.folder / f"{path.name}.tmp")
            for path in (workspace.set_aside, *([workspace.duplicates] if dedup else []))
        }

    def __enter__(self) -> Assembly:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Put the outputs in place, or leave off if anything went wrong."""
        if kind is not None:
            self._abandon()
            return
        try:
            self._finish()
        except BaseException:
            self._abandon()
            raise

    def add(self, number: int) -> None:
        """Add the part of the unit with this number, which must be the next one."""
        with self._part(number).open("rb") as stream:
            head = part.read_head(stream)
            if self._seen is None and isinstance(self._output, File | Stream):
                self._output.add_all(stream)
            else:
                for index, document in enumerate(part.read_bodies(head, stream)):
                    self._add_document(document, number, index)
        for aside in head.set_aside:
            self._tell("set aside", aside.name, f"{aside.cause}: {aside.message}")
            self._line(self._workspace.set_aside, aside._asdict())
        add(self.totals, head.totals)
        read = len(head.names) + len(head.set_aside)
        count(self.totals, "read", by=read)

    def _finish(self) -> None:
        self._output.finish()
        for file in self._lists.values():
            file.finish()
        if self._seen is None:
            self._workspace.duplicates.unlink(missing_ok=True)

    def _abandon(self) -> None:
        self._output.abandon()
        for file in self._lists.values():
            file.abandon()

    def _add_document(self, document: Cleaned, unit: int, index: int) -> None:
        if self._seen is not None:
            mine = unit << 20 | index
            first = self._seen.first(bytes.fromhex(document.digest), mine)
            if first != mine:
                self._add_duplicate(document, first)
                return
        self._output.add(document)

    def _add_duplicate(self, document: Cleaned, first: int) -> None:
        original = self._name_of(first >> 20, first & 0xFFFFF)
        line = {"name": document.name, "copy_of": original, "digest": document.digest}
        self._line(self._workspace.duplicates, line)
        count(self.totals, "duplicates")
        count(self.totals, "cleaned", by=-1)

    def _name_of(self, unit: int, index: int) -> str:
        with self._part(unit).open("rb") as stream:
            return part.read_head(stream).names[index][0]

    def _part(self, unit: int) -> Path:
        return self._parts / part.name(unit, self._journal.done[unit].version)

    def _line(self, path: Path, data: dict[str, Any]) -> None:
        self._lists[path].add(Cleaned("", "", "", encode(data)))
