"""The work on one unit: a plain function, unit in, result out.

It knows nothing of pools, journals and output folders, so that any engine can drive it.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any, NamedTuple

from cleankit.config import Settings
from cleankit.document import Context, Document
from cleankit.errors import ReadError, reason
from cleankit.pipeline import Pass, Pipeline, run_pass
from cleankit.readers import read_data
from cleankit.readers.files import Files
from cleankit.run.inputs import Passed
from cleankit.run.plan import Item, Unit
from cleankit.run.totals import Totals, count, count_document
from cleankit.store import fetch, is_url
from cleankit.writers import encoder


class Cleaned(NamedTuple):
    """A document that is done: its name, the path of its output, a digest of its clean text.

    `body` is what the output format makes of it.
    """

    name: str
    mirror: str
    digest: str
    body: bytes


class SetAside(NamedTuple):
    """A document that could not be cleaned: where it stands, the cause, and a sentence on it."""

    path: str
    number: int | None
    start: int
    end: int | None
    kind: str
    cause: str
    message: str

    @property
    def name(self) -> str:
        """What messages call it."""
        return self.path if self.number is None else f"{self.path}#{self.number}"


@dataclass
class Result:
    """What came of a unit: every item of it is in exactly one of these, in order."""

    cleaned: list[Cleaned] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)
    totals: Totals = field(default_factory=dict)


def clean_unit(
    unit: Unit,
    settings: Settings,
    *,
    to: str = "jsonl",
    mark: Callable[[int], None] = lambda _: None,
) -> Result:
    """Clean the documents of a unit.

    Args:
        unit: from `cleankit.run.plan.units`.
        settings: how to clean; the same for every unit of a run.
        to: the output format of the bodies; see `cleankit.writers.FORMATS`.
        mark: told the index of each item before it is worked on, so that one that brings the
            process down can be found.

    Returns:
        The documents that are done, those that are set aside, and the totals. No document makes
        it raise.

    Raises:
        CleankitError: the settings name something that does not exist, or a store that documents
            are to be fetched from is out of reach.
    """
    pipeline, context, encode = _pipeline(settings), settings.context(), encoder(to)
    result = Result()
    fetched = fetch(
        item.file for item in unit.items if isinstance(item, Item) and is_url(item.file)
    )
    with Files(field=settings.field, fetched=fetched) as files:
        for index, item in enumerate(unit.items):
            mark(index)
            if isinstance(item, Passed):
                _pass_over(item, result)
                continue
            count(result.totals, "bytes", by=item.size)
            try:
                if index in unit.verdicts:
                    cause, message = unit.verdicts[index]
                    raise _UnfitError(cause, message)
                _check_unchanged(item, fetched)
                started = perf_counter()
                document = read_document(files, item, settings, context)
                count(result.totals, "seconds", "reading", by=perf_counter() - started)
                document = _passed(document, pipeline, result.totals)
                body = encode(record_of(document, item, settings))
            except Exception as error:
                _set_aside(item, error, result)
                continue
            digest = hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest()
            result.cleaned.append(Cleaned(item.location.name, item.mirror, digest[:32], body))
            count_document(result.totals, document)
    return result


def read_document(files: Files, item: Item, settings: Settings, context: Context) -> Document:
    """The document of an item, read as the settings say.

    Raises:
        ReadError: it cannot be read.
    """
    name = item.location.name
    try:
        loaded = files.load(item.location._replace(path=item.file))
    except ReadError as error:
        raise ReadError(str(error).replace(item.file, item.location.path)) from None
    format = settings.format_of(item.location.path) or loaded.format
    document = read_data(loaded.data, format=format, name=name, context=context)
    return document.with_meta(**loaded.meta) if loaded.meta else document


def record_of(document: Document, item: Item, settings: Settings) -> dict[str, Any]:
    """The record of a cleaned document: what it tells of itself, and where it came from."""
    location = item.location
    source: dict[str, Any] = {"path": location.path, "sha256": document.meta.get("sha256")}
    if location.number is not None:
        source["position"] = location.number
    if location.end is not None:
        source |= {"start": location.start, "end": location.end}
    record = document.to_dict(keep_credentials=settings.keep_credentials)
    record["source"] = source
    return record


class _UnfitError(Exception):
    """A document that cannot be worked on; the cause is one of the words of a report."""

    def __init__(self, cause: str, message: str) -> None:
        super().__init__(message)
        self.cause = cause


_pipelines: dict[str, Pipeline] = {}


def _pipeline(settings: Settings) -> Pipeline:
    """The pipeline of the settings, made once a process: rules take their time to load."""
    key = repr(settings)
    if key not in _pipelines:
        _pipelines[key] = settings.pipeline()
    return _pipelines[key]


def _passed(document: Document, pipeline: Pipeline, totals: Totals) -> Document:
    def timed(name: str, each: Pass, document: Document) -> Document:
        started = perf_counter()
        document = run_pass(name, each, document)
        count(totals, "seconds", name, by=perf_counter() - started)
        return document

    return pipeline(document, timed)


def _pass_over(item: Passed, result: Result) -> None:
    if item.lost:
        aside = SetAside(item.path, None, 0, None, "file", item.cause, item.message)
        result.set_aside.append(aside)
        count(result.totals, "set_aside", item.cause)
    else:
        count(result.totals, "skipped", item.cause)


def _check_unchanged(item: Item, fetched: Mapping[str, bytes | OSError]) -> None:
    """Raise if the document's file was written to since the plan saw it.

    A mailbox that only grew still holds what the plan saw in it. What is in a store was fetched
    whole, and is whatever it was then.
    """
    try:
        if is_url(item.location.path):
            if isinstance(error := fetched.get(item.file), FileNotFoundError):
                raise error
            return
        status = os.stat(item.location.path)
    except FileNotFoundError:
        raise _UnfitError("vanished", "was there when the run began, and is no longer") from None
    size, written = item.version.split(".")[:2]
    if (str(status.st_size), str(status.st_mtime_ns)) == (size, written):
        return
    if item.location.end is None or status.st_size < item.location.end:
        raise _UnfitError("changed", "was changed while the run was going on")


def _set_aside(item: Item, error: Exception, result: Result) -> None:
    location = item.location
    result.set_aside.append(
        SetAside(
            location.path,
            location.number,
            location.start,
            location.end,
            location.kind,
            _cause(error),
            reason(error, location.name),
        )
    )
    count(result.totals, "set_aside", _cause(error))


def _cause(error: Exception) -> str:
    """One of the words by which a report groups what was set aside."""
    if isinstance(error, _UnfitError):
        return error.cause
    if isinstance(error, MemoryError) or isinstance(error.__cause__, MemoryError):
        return "memory"
    return "unreadable" if isinstance(error, ReadError) else "failed"
