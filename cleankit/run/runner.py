"""A run from its beginning to its end."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import NamedTuple

from cleankit.errors import OutputError, ReadError
from cleankit.run import part, report
from cleankit.run.assembly import Assembly, Tell
from cleankit.run.engine import start
from cleankit.run.inputs import Inputs, Passed
from cleankit.run.job import Job
from cleankit.run.journal import Journal, sync_folder
from cleankit.run.output import opened
from cleankit.run.plan import WHOLE, Outline, Unit, units
from cleankit.run.spool import Spool
from cleankit.run.totals import Totals
from cleankit.run.work import content_of, version_of
from cleankit.run.workspace import Workspace, at_work


class Finished(NamedTuple):
    """How a run ended: its totals, how many units were found done, how long it took."""

    totals: Totals
    resumed: int
    seconds: float


def silence(*_: object) -> None:
    """Tell nobody."""


def run(
    job: Job, *, progress: Callable[[Totals], None] = silence, tell: Tell = silence
) -> Finished:
    """Do a job; one that was stopped goes on where it was.

    Args:
        job: what to do.
        progress: told the totals so far after each unit.
        tell: told of each input that is skipped or set aside.

    Raises:
        OutputError: nothing can be written, another run is writing there, or the output folder
            holds a run with other settings.
        ReadError: there is no document at all.
    """
    with ExitStack() as stack:
        output = job.output or stack.enter_context(TemporaryDirectory(prefix="cleankit-"))
        workspace = stack.enter_context(at_work(output))
        return _run(job, workspace, progress, tell, stack)


def _run(
    job: Job,
    workspace: Workspace,
    progress: Callable[[Totals], None],
    tell: Tell,
    stack: ExitStack,
) -> Finished:
    started = perf_counter()
    identity = job.identity()
    journal = _journal(job, identity, workspace)
    spool = Spool(workspace.folder / "spool")
    stack.callback(spool.clear)
    if journal.finished and not job.retry and _is_current(job, journal, workspace, spool):
        return Finished(journal.finished["totals"], len(journal.done), perf_counter() - started)
    parts = workspace.parts(identity)
    output = opened(job.to, workspace, stream=job.stream)
    assembly = Assembly(workspace, journal, parts, output, dedup=job.dedup, tell=tell)
    outline = Outline()
    with closing(journal), assembly:
        resumed = _work(job, journal, parts, workspace, assembly, spool, outline, progress, tell)
    finished = Finished(assembly.totals, resumed, perf_counter() - started)
    conclude(finished, job, journal, workspace, outline)
    return finished


def conclude(
    finished: Finished, job: Job, journal: Journal, workspace: Workspace, outline: Outline
) -> None:
    """Tell how a run ended whose outputs are in place, and remove what nobody needs any more."""
    report.write(finished, job, workspace.report)
    workspace.publish()
    journal.finish(
        {
            "totals": finished.totals,
            "dedup": job.dedup,
            "size": workspace.size_of(job.to),
            "units": len(journal.done),
            "plan": outline.digest(),
        }
    )
    workspace.seal()
    # Documents that were set aside can be tried again, and shares can be merged.
    if not finished.totals.get("set_aside") and job.shard == WHOLE:
        workspace.clear()


def _work(
    job: Job,
    journal: Journal,
    parts: Path,
    workspace: Workspace,
    assembly: Assembly,
    spool: Spool,
    outline: Outline,
    progress: Callable[[Totals], None],
    tell: Tell,
) -> int:
    """Do every unit that is not done, and assemble all; give the number of those found done."""
    waiting: deque[int] = deque()
    ready: set[int] = set()
    resumed = 0

    def assemble() -> None:
        while waiting and waiting[0] in ready:
            ready.remove(waiting[0])
            assembly.add(waiting.popleft())
            progress(assembly.totals)

    def to_do() -> Iterator[Unit]:
        nonlocal resumed
        for unit in units(Inputs(job.inputs, job.output), spool, job.shard, outline):
            waiting.append(unit.number)
            for item in unit.items:
                if isinstance(item, Passed) and not item.lost:
                    tell("skipped", item.path, item.message)
            if is_done(unit, journal, parts, retry=job.retry):
                resumed += 1
                ready.add(unit.number)
                assemble()
            else:
                yield unit

    plan = to_do()
    first = list(islice(plan, job.jobs or 1))
    if first:
        engine = start(job, parts, most=len(first))
        try:
            for done in engine.perform(chain(first, plan)):
                sync_folder(parts)
                journal.add(done)
                workspace.keep(parts / part.name(done.number, done.version))
                ready.add(done.number)
                assemble()
        finally:
            engine.close()
    elif not resumed and not outline.count:
        raise ReadError(f"{', '.join(job.inputs)}: no documents found")
    return resumed


def _journal(job: Job, identity: str, workspace: Workspace) -> Journal:
    """The journal to go on with, or a new one.

    What a run with other settings has finished is replaced, like the output of any program; what
    one has left half done is not thrown away unasked, and never mixed.
    """
    journal = Journal(workspace.journal)
    if not job.restart and journal.run.get("identity") == identity:
        return journal
    renew(journal, workspace, job, job.settings.fingerprint(), os.getcwd())
    return journal


def renew(journal: Journal, workspace: Workspace, job: Job, fingerprint: str, folder: str) -> None:
    """Begin a journal anew, for a job whose settings have this fingerprint, given in this folder.

    Raises:
        OutputError: there is an unfinished run, and the job does not say `restart`.
    """
    if journal.run and not journal.finished and not job.restart:
        raise OutputError(
            f"{workspace.place}: holds an unfinished run with other settings, or of another "
            "version; --restart begins anew"
        )
    workspace.begin(owned=bool(journal.run) or job.restart)
    identity = job.identity_by(fingerprint)
    told = {"identity": identity, "fingerprint": fingerprint, "job": job.to_dict()}
    journal.begin({**told, "folder": folder})


def _is_current(job: Job, journal: Journal, workspace: Workspace, spool: Spool) -> bool:
    """True if a run that has ended left everything as this one would."""
    ended = journal.finished
    size = workspace.size_of(job.to)
    if job.stream or size is None or ended["dedup"] != job.dedup or ended["size"] != size:
        return False
    count, outline = 0, Outline()
    for unit in units(Inputs(job.inputs, job.output), spool, job.shard, outline):
        if not _is_unchanged(unit, journal):
            return False
        count += 1
    return bool(ended["units"] == count and ended.get("plan") == outline.digest())


def is_done(unit: Unit, journal: Journal, parts: Path, *, retry: bool = False) -> bool:
    """True if the journal says that this very unit is done, and its part is there.

    Args:
        unit: as planned now.
        journal, parts: what earlier runs left.
        retry: a unit of which documents were set aside is not done.
    """
    if not _is_unchanged(unit, journal):
        return False
    done = journal.done[unit.number]
    path = parts / part.name(done.number, done.version)
    if not path.is_file() or path.stat().st_size != done.size:
        return False
    if retry:
        with path.open("rb") as stream:
            return not part.read_head(stream).set_aside
    return True


def _is_unchanged(unit: Unit, journal: Journal) -> bool:
    done = journal.done.get(unit.number)
    return done is not None and (
        done.version == version_of(unit) or done.content == content_of(unit)
    )
