"""Merging: what the shares of a job array made, put together as one run would have made it.

A run of a share (`--shard I/N`) keeps the parts of its units. All shares have one plan, of which
each did other units, so that their parts in order are those of one run.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from cleankit.errors import ReadError
from cleankit.run import part
from cleankit.run.assembly import Assembly, Tell
from cleankit.run.job import Job
from cleankit.run.journal import Journal, sync_folder
from cleankit.run.output import opened
from cleankit.run.plan import WHOLE, Outline, Shard
from cleankit.run.runner import Finished, conclude, renew, silence
from cleankit.run.totals import Totals
from cleankit.run.workspace import Workspace, at_work, workspace_at


class Share(NamedTuple):
    """What one share of a job array left: its output folder, the job, the journal."""

    workspace: Workspace
    job: Job
    journal: Journal


def merge(
    outputs: Sequence[str],
    output: str,
    *,
    restart: bool = False,
    progress: Callable[[Totals], None] = silence,
    tell: Tell = silence,
) -> tuple[Finished, Job]:
    """Merge the shares of a job array; give how it ended, and the job that it is then.

    The merged output folder is that of a run of the whole job: another run may go on from it.

    Args:
        outputs: the output folders of all shares, in any order; they are left as they are.
        output: the output folder of the whole.
        restart: begin anew, whatever the output folder holds.
        progress, tell: see `cleankit.run.runner.run`.

    Raises:
        ReadError: the folders are not all shares of one job, each once and finished.
        OutputError: nothing can be written, or the output folder holds something else.
    """
    started = perf_counter()
    with ExitStack() as stack:
        shares = [_share(each, stack) for each in outputs]
        _check(shares)
        for share in shares:
            stack.enter_context(share.workspace.locked())
        first = shares[0]
        fingerprint, folder = first.journal.run["fingerprint"], first.journal.run["folder"]
        workspace = stack.enter_context(at_work(output))
        journal = Journal(workspace.journal)
        job = replace(first.job, output=output, shard=WHOLE)
        identity = job.identity_by(fingerprint)
        # A merge that was stopped begins anew.
        anew = restart or journal.run.get("identity") == identity
        renew(journal, workspace, replace(job, restart=anew), fingerprint, folder)
        parts = workspace.parts(identity)
        _gather(shares, parts)
        journal.add_all(done for share in shares for done in share.journal.done.values())
        whole = opened(job.to, workspace)
        assembly = Assembly(workspace, journal, parts, whole, dedup=job.dedup, tell=tell)
        with closing(journal), assembly:
            for number in sorted(journal.done):
                assembly.add(number)
                progress(assembly.totals)
        finished = Finished(assembly.totals, len(journal.done), perf_counter() - started)
        conclude(finished, job, journal, workspace, Outline())
        return finished, job


def _share(output: str, stack: ExitStack) -> Share:
    workspace = workspace_at(output, stack)
    workspace.fetch()
    journal = Journal(workspace.journal)
    if not journal.run:
        raise ReadError(f"{output}: holds no run")
    if not journal.finished:
        raise ReadError(f"{output}: its run is not finished; the same command goes on with it")
    return Share(workspace, Job.from_dict(journal.run["job"], output=output), journal)


def _check(shares: Sequence[Share]) -> None:
    """Raise ReadError unless these are all shares of one job, of one plan, with all their parts."""
    first = shares[0]
    by_shard: dict[Shard, Share] = {}
    for share in shares:
        place, shard = share.workspace.place, share.job.shard
        same_job = replace(share.job, output=None, shard=WHOLE) == replace(
            first.job, output=None, shard=WHOLE
        )
        same_version = share.journal.run.get("fingerprint") == first.journal.run.get("fingerprint")
        if not (same_job and same_version and shard.of == first.job.shard.of):
            raise ReadError(
                f"{place}: has other inputs, settings or shares than {first.workspace.place}, "
                "or is of another version"
            )
        if share.journal.finished.get("plan") != first.journal.finished.get("plan"):
            raise ReadError(
                f"{place}: saw other inputs than {first.workspace.place}: they changed between "
                "the two; the same commands again mend that"
            )
        if shard in by_shard:
            other = by_shard[shard].workspace.place
            raise ReadError(f"{place}: is share {shard.share}/{shard.of}, and so is {other}")
        by_shard[shard] = share
        for done in share.journal.done.values():
            path = _part(share, part.name(done.number, done.version))
            if not path.is_file() or path.stat().st_size != done.size:
                raise ReadError(f"{path}: is gone; run this share again")
    of = first.job.shard.of
    missing = [f"{each}/{of}" for each in range(1, of + 1) if Shard(each, of) not in by_shard]
    if missing:
        raise ReadError(f"not all shares are here: {', '.join(missing[:10])}")


def _gather(shares: Sequence[Share], parts: Path) -> None:
    """Put all parts into one folder: linked, or copied where that cannot be."""
    for share in shares:
        for done in share.journal.done.values():
            name = part.name(done.number, done.version)
            try:
                os.link(_part(share, name), parts / name)
            except OSError:
                shutil.copyfile(_part(share, name), parts / name)
    sync_folder(parts)


def _part(share: Share, name: str) -> Path:
    return share.workspace.parts(share.journal.run["identity"]) / name
