"""Engines: what drives the work on units, on this machine or on many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Protocol

from cleankit.errors import ConfigError
from cleankit.run.job import Job
from cleankit.run.journal import Done
from cleankit.run.plan import Unit
from cleankit.run.workers import Workers


class Engine(Protocol):
    """Cleans units and puts their parts into a folder."""

    def perform(self, units: Iterable[Unit]) -> Iterator[Done]:
        """Do all units, few at a time; each is told when its part is in place, in any order."""

    def close(self) -> None:
        """Leave off, whatever is under way."""


def start(job: Job, parts: Path, *, most: int) -> Engine:
    """The engine that a job asks for.

    Args:
        job: what is to be done.
        parts: the folder that parts go to.
        most: there are no more units than this, if it is less than the job's `jobs`.

    Raises:
        ConfigError: it needs an extra that is not installed.
        CleankitError: it cannot be reached.
    """
    crew = job.crew(most)
    if job.engine == "local":
        return Workers(crew, job.settings, job.to, parts)
    try:
        import_module("ray")
    except ImportError:
        raise ConfigError("the engine ray needs the extra: pip install 'cleankit[ray]'") from None
    from cleankit.run.ray_engine import RayEngine

    return RayEngine(crew, job.settings, job.to, parts, address=job.address)
