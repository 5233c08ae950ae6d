"""A run from its beginning to its end."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any, NamedTuple

from cleankit.errors import OutputError, ReadError
from cleankit.run import part
from cleankit.run.inputs import Inputs
from cleankit.run.job import Job
from cleankit.run.journal import Journal
from cleankit.run.output import File, Output, Stream, Tree
from cleankit.run.plan import Unit, units
from cleankit.run.seen import Seen
from cleankit.run.totals import Totals, add, count
from cleankit.run.unit import Cleaned
from cleankit.run.work import content_of, version_of, work
from cleankit.run.workspace import Workspace
from cleankit.writers.jsonl import encode


class Finished(NamedTuple):
    """How a run ended: its totals, and how many units were found done."""

    totals: Totals
    resumed: int
    seconds: float


def run(job: Job, *, progress: Callable[[Totals], None] = lambda _: None) -> Finished:
    """Do a job.

    Args:
        job: what to do.
        progress: told the totals so far after each unit.

    Raises:
        OutputError: nothing can be written, or another run is writing there.
        ReadError: there is no input at all.
        ConfigError: the output folder holds a run with other settings.
    """
    with ExitStack() as stack:
        output = job.output or stack.enter_context(TemporaryDirectory(prefix="cleankit-"))
        workspace = Workspace(output)
        workspace.prepare()
        stack.enter_context(workspace.locked())
        try:
            return _run(job, workspace, progress)
        except OSError as error:
            place = error.filename or workspace.output
            raise OutputError(f"{place}: cannot write: {error.strerror or error}") from None


def _run(job: Job, workspace: Workspace, progress: Callable[[Totals], None]) -> Finished:
    started = perf_counter()
    journal = _journal(job, workspace)
    plan = units(Inputs(job.inputs, job.output), job.shard)
    first = next(plan, None)
    if first is None:
        raise ReadError(f"{', '.join(job.inputs)}: no documents found")
    assembly = Assembly(workspace, _output(job, workspace), dedup=job.dedup)
    resumed = 0
    try:
        for unit in chain([first], plan):
            if is_done(unit, journal, workspace):
                resumed += 1
            else:
                journal.add(work(unit, job.settings, job.to, workspace.part(unit.number)))
            assembly.add(unit.number)
            progress(assembly.totals)
        assembly.finish()
    except BaseException:
        assembly.abandon()
        raise
    finally:
        journal.close()
    if not assembly.totals.get("set_aside"):
        workspace.clear()
    return Finished(assembly.totals, resumed, perf_counter() - started)


def _journal(job: Job, workspace: Workspace) -> Journal:
    """The journal to go on with, or a new one."""
    journal = Journal(workspace.journal)
    identity = job.identity()
    if job.restart or not journal.run:
        workspace.clear()
        workspace.prepare()
        journal.begin(identity)
    elif journal.run != identity:
        raise OutputError(
            f"{workspace.output}: holds a run with other settings or another version; "
            "--restart begins anew"
        )
    return journal


def is_done(unit: Unit, journal: Journal, workspace: Workspace) -> bool:
    """True if the journal says that this very unit is done, and its part is there."""
    done = journal.done.get(unit.number)
    if done is None:
        return False
    if done.version != version_of(unit) and done.content != content_of(unit):
        return False
    path = workspace.part(unit.number)
    return path.is_file() and path.stat().st_size == done.size


def _output(job: Job, workspace: Workspace) -> Output:
    if job.stream:
        return Stream(sys.stdout.buffer)
    if job.to == "jsonl":
        name = "records.jsonl"
        return File(workspace.output / name, workspace.folder / f"{name}.tmp")
    suffix = {"markdown": ".md", "text": ".txt"}[job.to]
    return Tree(workspace.output, suffix)


class Assembly:
    """Puts the parts together in order: documents, what was set aside, duplicates, totals."""

    def __init__(self, workspace: Workspace, output: Output, *, dedup: bool) -> None:
        self.totals: Totals = {"read": 0, "cleaned": 0, "duplicates": 0}
        self._workspace = workspace
        self._output = output
        self._seen = Seen() if dedup else None
        self._documents = 0
        self._lists = {
            path: File(path, workspace.folder / f"{path.name}.tmp")
            for path in (workspace.set_aside, *([workspace.duplicates] if dedup else []))
        }

    def add(self, number: int) -> None:
        """Add the part of the unit with this number, which must be the next one."""
        with self._workspace.part(number).open("rb") as stream:
            head = part.read_head(stream)
            if self._seen is None and isinstance(self._output, File):
                self._output.add_all(stream)
            else:
                for index, document in enumerate(part.read_bodies(head, stream)):
                    self._add_document(document, number, index)
        for aside in head.set_aside:
            self._line(self._workspace.set_aside, aside._asdict())
        add(self.totals, head.totals)
        read = len(head.names) + len(head.set_aside)
        count(self.totals, "read", by=read)

    def finish(self) -> None:
        """Put the outputs in place."""
        self._output.finish()
        for file in self._lists.values():
            file.finish()

    def abandon(self) -> None:
        """Leave off."""
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
        with self._workspace.part(unit).open("rb") as stream:
            return part.read_head(stream).names[index][0]

    def _line(self, path: Path, data: dict[str, Any]) -> None:
        self._lists[path].add(Cleaned("", "", "", encode(data)))
