"""Parts: the result of one unit as one file, whole or not there at all.

A part holds a head (one line of JSON: what is in it, where, and the totals) and the bodies of its
documents one after another. It is written under a temporary name, forced to disk and renamed.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from cleankit.run.totals import Totals
from cleankit.run.unit import Cleaned, Result, SetAside
from cleankit.writers.jsonl import dumps


class Part(NamedTuple):
    """What the head of a part says: all of its result but the bodies, and their lengths."""

    names: list[tuple[str, str, str, int]]
    set_aside: list[SetAside]
    totals: Totals


def name(number: int, version: str) -> str:
    """The name of the part of a unit: one of its own for each version of the unit's inputs."""
    return f"{number:08}-{version[:12]}.part"


def write(result: Result, path: Path) -> int:
    """Write the result of a unit to `path`, durably; return its size in bytes.

    Raises:
        OSError: the file cannot be written; nothing is left behind.
    """
    head = {
        "documents": [
            [each.name, each.mirror, each.digest, len(each.body)] for each in result.cleaned
        ],
        "set_aside": result.set_aside,
        "totals": result.totals,
    }
    # On a cluster, two machines may be at the same unit, in processes of the same number.
    temporary = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}.tmp")
    try:
        with temporary.open("wb") as stream:
            stream.write(dumps(head, ascii_only=True).encode() + b"\n")
            stream.writelines(each.body for each in result.cleaned)
            stream.flush()
            os.fsync(stream.fileno())
            size = stream.tell()
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    return size


def read_head(stream: BinaryIO) -> Part:
    """The head of a part; the stream then stands where the first body begins."""
    head: dict[str, Any] = json.loads(stream.readline())
    return Part(
        [(name, mirror, digest, length) for name, mirror, digest, length in head["documents"]],
        [SetAside(*each) for each in head["set_aside"]],
        head["totals"],
    )


def read_bodies(part: Part, stream: BinaryIO) -> Iterator[Cleaned]:
    """The documents of a part, read one by one from a stream that `read_head` has left."""
    for name, mirror, digest, length in part.names:
        yield Cleaned(name, mirror, digest, stream.read(length))
