"""`cleankit run --dry-run`: what would be done, without doing it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from cleankit.cli import DONE
from cleankit.cli.diff import MAX_LINES, Shown, changes, lines
from cleankit.errors import CleankitError
from cleankit.pipeline import Pipeline
from cleankit.readers.files import Files
from cleankit.run.inputs import Inputs, Passed
from cleankit.run.job import Job
from cleankit.run.plan import Item, Unit, units
from cleankit.run.spool import Spool
from cleankit.run.unit import read_document
from cleankit.terminal import coloured, escape

CHANGES = 10
"""How many changes are shown."""


def show(job: Job) -> int:
    """Print the plan of a job, and the first ten changes that it would make."""
    with TemporaryDirectory(prefix="cleankit-") as folder:
        return _show(job, Spool(Path(folder)))


def _show(job: Job, spool: Spool) -> int:
    documents = size = count = 0
    first: list[Unit] = []
    for unit in units(Inputs(job.inputs, job.output), spool, job.shard):
        count += 1
        size += unit.size
        documents += sum(isinstance(item, Item) for item in unit.items)
        for item in unit.items:
            if isinstance(item, Passed):
                what = "set aside" if item.lost else "skip"
                print(f"{what}: {escape(item.path)}: {escape(item.message)}")
        if not first:
            first.append(unit)
    where = f" into {escape(job.output)}" if job.output else ""
    print(f"{documents:,} documents, {size / 1e6:,.1f} MB, in {count:,} units{where} as {job.to}")
    left = CHANGES
    for name, shown in _changed(first, job, job.settings.pipeline()):
        chosen = list(islice(shown, left))
        left -= len(chosen)
        for line in lines(name, chosen, colour=coloured(sys.stdout), limit=MAX_LINES):
            print(line)
        if not left:
            break
    return DONE


def _changed(
    first: list[Unit], job: Job, pipeline: Pipeline
) -> Iterator[tuple[str, Iterator[Shown]]]:
    """The changes to each document of these units that would be changed."""
    settings = job.settings
    with Files(field=settings.field) as files:
        for item in (item for unit in first for item in unit.items if isinstance(item, Item)):
            try:
                document = read_document(files, item, settings, settings.context())
                document = pipeline(document)
            except CleankitError as error:
                print(f"set aside: {escape(error)}")
                continue
            if document.edits:
                keep = settings.keep_credentials
                yield document.name, changes(document, keep_credentials=keep)
