"""A job: everything that a run was asked to do."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from cleankit.config import Settings
from cleankit.run.plan import WHOLE, Shard


@dataclass(frozen=True)
class Crew:
    """How many workers there are, and what they may take.

    Attributes:
        jobs: the number of processes.
        timeout: seconds for a document.
        memory: megabytes for a process, where the system can limit it; 0 for no limit.
    """

    jobs: int
    timeout: float
    memory: int


@dataclass(frozen=True)
class Job:
    """What a run was asked to do.

    Attributes:
        inputs: files, directories and patterns.
        output: the output folder; None to keep nothing, which only a stream can do.
        settings: how documents are cleaned.
        to: the output format; see `cleankit.writers.FORMATS`.
        stream: write the records to standard output instead of the output folder.
        jobs: the number of worker processes; 0 for one on each processor of a cluster.
        timeout: seconds that a document may take before it is set aside.
        memory: megabytes that a worker may take, where the system can tell; 0 for no limit.
        dedup: leave out documents whose clean text was there before.
        shard: the share of the units to do.
        restart: begin anew, whatever was done before.
        retry: do again what was set aside.
        engine: what does the work; see `cleankit.run.ENGINES`. It changes no output, and a
            run may go on under another one.
        address: that of the engine's cluster, if it has one.
    """

    inputs: tuple[str, ...]
    output: str | None
    settings: Settings = field(default_factory=Settings)
    to: str = "jsonl"
    stream: bool = False
    jobs: int = 1
    timeout: float = 30.0
    memory: int = 4_096
    dedup: bool = False
    shard: Shard = WHOLE
    restart: bool = False
    retry: bool = False
    engine: str = "local"
    address: str | None = None

    def identity(self) -> str:
        """A digest of what must be the same for a run to go on where another was stopped."""
        return self.identity_by(self.settings.fingerprint())

    def identity_by(self, fingerprint: str) -> str:
        """The same, if the settings had this fingerprint where the work was done."""
        return digest([fingerprint, self.to, self.shard.share, self.shard.of])

    def crew(self, most: int) -> Crew:
        """The workers that it asks for, but no more than there is work for."""
        return Crew(min(self.jobs, most), self.timeout, self.memory)

    def to_dict(self) -> dict[str, Any]:
        """What a later call needs to do the same again, as JSON-ready data."""
        return {
            "inputs": list(self.inputs),
            "settings": asdict(self.settings),
            "to": self.to,
            "dedup": self.dedup,
            "shard": [self.shard.share, self.shard.of],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], *, output: str) -> Job:
        """The job that `to_dict` wrote down."""
        settings: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value
            for key, value in data["settings"].items()
        }
        return cls(
            tuple(data["inputs"]),
            output,
            Settings(**settings),
            to=data["to"],
            dedup=data["dedup"],
            shard=Shard(*data["shard"]),
        )


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


def digest(data: Any) -> str:
    """A digest of JSON-ready data."""
    return hashlib.sha256(json.dumps(data).encode("utf-8", "surrogatepass")).hexdigest()[:32]
