"""The plan: documents grouped into units of work, always in the same way for the same inputs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from cleankit.errors import ReadError
from cleankit.readers.files import Location
from cleankit.run.inputs import Input, Passed
from cleankit.run.spool import Spool

UNIT_BYTES = 512_000
"""A unit is closed when it holds this much: then the cost of sending it about does not count."""

UNIT_ITEMS = 500
"""A unit is closed when it holds this many documents, however small they are."""

UNIT_GROWTH = 1_000
"""After so many units each holds twice as much, after as many again three times, and so on: what
the driver does for each unit stays little beside the work (see `benchmarks/SCALE.md`)."""

UNIT_TIMES = 32
"""So many times as much a unit holds at most: what is lost when a worker goes down stays small."""


class Item(NamedTuple):
    """A document to clean: where it stands, how large it is, the path of its output.

    `file` is what is to be read: the location's own file, or what was laid out of it. `version` is
    that of the location's file; see `cleankit.run.inputs.version`.
    """

    location: Location
    file: str
    size: int
    mirror: str
    version: str


@dataclass(frozen=True)
class Unit:
    """Documents that one worker cleans in one go.

    Attributes:
        number: its place in the order of the output, from 0.
        items: the documents, and what was found in their place.
        verdicts: by index in `items`, why a document must be set aside unread: it has brought a
            worker down. Each is a cause and a sentence.
    """

    number: int
    items: tuple[Item | Passed, ...]
    verdicts: Mapping[int, tuple[str, str]] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """The sum of the sizes of its documents, in bytes."""
        return sum(item.size for item in self.items if isinstance(item, Item))


@dataclass(frozen=True)
class Shard:
    """A share of the units: of every `of` units in a row the one at place `share`, from 1."""

    share: int = 1
    of: int = 1


WHOLE = Shard()
"""All of the units."""


class Outline:
    """What a plan as a whole looks like: shares whose outlines are equal are shares of one plan.

    It tells where documents stand and how large they are, and nothing that differs from machine
    to machine, such as times and numbers of files.

    Attributes:
        count: how many units were added.
    """

    def __init__(self) -> None:
        self.count = 0
        self._hash = hashlib.sha256()

    def add(self, items: Iterable[Item | Passed]) -> None:
        """Add the items of the next unit."""
        self.count += 1
        for item in items:
            place = (*item.location, item.size, item.mirror) if isinstance(item, Item) else item
            self._hash.update(repr(tuple(place)).encode("utf-8", "surrogatepass"))

    def digest(self) -> str:
        """A digest of all that was added."""
        return self._hash.hexdigest()[:32]


def units(
    inputs: Iterable[Input | Passed],
    spool: Spool,
    shard: Shard = WHOLE,
    outline: Outline | None = None,
) -> Iterator[Unit]:
    """The units of some inputs, or of a share of them, in order.

    Args:
        inputs: in the order that they are told.
        spool: where compressed mailboxes are laid out.
        shard: the share.
        outline: told of all units, if it is one share of several.
    """
    for number, items in enumerate(_groups(_items(inputs, spool))):
        if outline is not None and shard.of > 1:
            outline.add(items)
        if number % shard.of == shard.share - 1:
            yield Unit(number, items)


def _items(inputs: Iterable[Input | Passed], spool: Spool) -> Iterator[Item | Passed]:
    for found in inputs:
        if isinstance(found, Passed):
            yield found
        elif found.is_mail:
            location = Location(found.path, kind="maildir")
            yield Item(location, found.path, found.size, found.mirror, found.version)
        else:
            yield from _located(found, spool)


def _located(found: Input, spool: Spool) -> Iterator[Item | Passed]:
    try:
        for location, file in spool.located(found.path):
            size = found.size if location.end is None else location.end - location.start
            mirror = found.mirror
            if location.number is not None:
                mirror = f"{mirror}/{location.number:06}"
            yield Item(location, file, size, mirror, found.version)
    except ReadError as error:
        message = str(error).removeprefix(f"{found.path}: ")
        yield Passed(found.path, "unreadable", message, lost=True)


def _groups(items: Iterable[Item | Passed]) -> Iterator[tuple[Item | Passed, ...]]:
    group: list[Item | Passed] = []
    size = number = 0
    times = 1
    for item in items:
        group.append(item)
        size += item.size if isinstance(item, Item) else 0
        if size >= times * UNIT_BYTES or len(group) >= times * UNIT_ITEMS:
            yield tuple(group)
            group, size, number = [], 0, number + 1
            times = min(1 + number // UNIT_GROWTH, UNIT_TIMES)
    if group:
        yield tuple(group)
