"""The engine that does units as tasks of Ray, on all machines of a cluster.

A task is one unit. It comes to a process of Ray's, which does not clean: it keeps one worker of
its own, of the kind that a run on one machine has (`cleankit.run.workers`). What a document does
to that worker is found out and told there, in the same way and the same words, and the process of
Ray's lives on. So Ray's own failures are of one kind only: a node or a process of Ray's is gone,
for no reason that a document gave. The unit is then tried again, elsewhere if need be. Ray itself
retries nothing, so that the number of tries is bounded.

Parts go straight to the output folder, as on one machine, and only a line for the journal comes
back: what was done is on disk before it is told, nothing large passes through Ray's object store,
and a run that was stopped goes on under either engine. The price is that all nodes must see the
inputs and the output folder under the same paths.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from queue import Empty, SimpleQueue
from time import monotonic
from typing import Any

from cleankit.config import Settings
from cleankit.errors import CleankitError
from cleankit.run.job import Crew, processors
from cleankit.run.journal import Done
from cleankit.run.plan import Unit
from cleankit.run.workers import LOSSES, Workers

ray: Any = import_module("ray")

STORE = 80 << 20
"""Bytes of object store of a Ray that is started here: about the least that it takes (75 MB), for
nothing large goes through it."""

KNOCK = 10.0
"""How long, in seconds, a cluster has to answer at its address."""

LOOK = 5.0
"""How often, in seconds, the processors of the cluster are counted: nodes come and go."""


@dataclass(frozen=True)
class Order:
    """What is the same for all units of a run.

    Attributes:
        crew, settings, to, parts: see `cleankit.run.workers.Workers`.
        folder: the working directory of the run, which relative paths are relative to.
        fingerprint: that of the settings where the run was started.
    """

    crew: Crew
    settings: Settings
    to: str
    parts: Path
    folder: str
    fingerprint: str


class RayEngine:
    """Cleans units by tasks of Ray, each on one processor.

    Args:
        crew: at most so many units are at work at the same time, each within these limits; 0
            jobs: one for each processor of the cluster.
        settings, to, parts: see `cleankit.run.workers.Workers`.
        address: that of a cluster; None for what `RAY_ADDRESS` says, or else a Ray of one node,
            started here and ended with the run. If this process is connected to a cluster
            already, that one is taken.

    Raises:
        CleankitError: the cluster cannot be reached.
    """

    def __init__(
        self, crew: Crew, settings: Settings, to: str, parts: Path, *, address: str | None = None
    ) -> None:
        self._jobs = crew.jobs
        self._order = Order(
            replace(crew, jobs=1), settings, to, parts, os.getcwd(), settings.fingerprint()
        )
        self._tasks: dict[Future[Any], tuple[Unit, Any]] = {}
        self._ended: SimpleQueue[Future[Any]] = SimpleQueue()
        self._losses: Counter[int] = Counter()
        self._owned = not ray.is_initialized()
        if self._owned:
            _connect(address or os.environ.get("RAY_ADDRESS") or "local", crew.jobs)
        # Ray would try again for ever where memory runs out, and without a word to us.
        self._task = ray.remote(num_cpus=1, max_retries=0)(do)
        self._bound, self._looked_at = 0, 0.0

    def perform(self, units: Iterable[Unit]) -> Iterator[Done]:
        """Do all units; they are given out as they come, and told as they are done.

        Raises:
            OutputError: a part cannot be written.
            CleankitError: a node cannot work, or a unit was lost too often.
        """
        source = iter(units)
        exhausted = False
        while not exhausted or self._tasks:
            while not exhausted and len(self._tasks) < self._most():
                unit = next(source, None)
                if unit is None:
                    exhausted = True
                else:
                    self._give(unit)
            with suppress(Empty):
                future = self._ended.get(timeout=LOOK if self._tasks else 0)
                unit, _ = self._tasks.pop(future)
                yield from self._settle(unit, future)

    def close(self) -> None:
        """Leave off; a Ray that was started here is ended."""
        for _, reference in self._tasks.values():
            with suppress(Exception):
                ray.cancel(reference, force=True)
        self._tasks.clear()
        if self._owned:
            ray.shutdown()

    def _most(self) -> int:
        """How many units may be given out: two a processor, so that none waits for the next.

        If fewer are to be at work than there are processors, that many: what is given out is then
        also at work.
        """
        if monotonic() - self._looked_at > LOOK or not self._bound:
            self._looked_at = monotonic()
            processors = max(1, int(ray.cluster_resources().get("CPU", 0)))
            fewer = 0 < self._jobs < processors
            self._bound = self._jobs if fewer else 2 * processors
        return self._bound

    def _give(self, unit: Unit) -> None:
        reference = self._task.remote(self._order, unit)
        future: Future[Any] = reference.future()
        self._tasks[future] = unit, reference
        future.add_done_callback(self._ended.put)

    def _settle(self, unit: Unit, future: Future[Any]) -> Iterator[Done]:
        """Tell that a unit is done, or give it out again."""
        error = future.exception()
        if error is None:
            came = future.result()
            if isinstance(came, CleankitError):
                raise came
            yield came
        elif isinstance(error, ray.exceptions.RayTaskError):
            raise CleankitError(f"a node cannot work: {_last_line(error)}") from None
        else:
            self._losses[unit.number] += 1
            if self._losses[unit.number] >= LOSSES:
                raise CleankitError(
                    f"Ray lost the same unit {LOSSES} times: {_first_line(error)}"
                ) from None
            self._give(unit)


_workers: dict[str, Workers] = {}


def do(order: Order, unit: Unit) -> Done | CleankitError:
    """Do a unit, in a process of Ray's, by a worker that is kept for the next unit.

    An error of ours is returned: one that is raised Ray wraps into a story of its own.
    """
    key = repr(order)
    try:
        if key not in _workers:
            _workers[key] = _hired(order)
        (done,) = _workers[key].perform([unit])
    except CleankitError as error:
        return error
    return done


def _hired(order: Order) -> Workers:
    """The worker of this process.

    Raises:
        CleankitError: this node has another version of cleankit, or sees other files.
    """
    node = socket.gethostname()
    try:
        os.chdir(order.folder)
    except OSError as error:
        raise CleankitError(f"{node}: {order.folder}: {error.strerror or error}") from None
    if not order.parts.is_dir():
        raise CleankitError(
            f"{node}: {order.parts} is not there: all nodes must see the same files"
        )
    if order.settings.fingerprint() != order.fingerprint:
        raise CleankitError(f"{node}: has another version of cleankit than where the run began")
    # Each new worker would run the main module again; that of Ray's processes imports all of Ray.
    vars(sys.modules["__main__"]).pop("__file__", None)
    return Workers(order.crew, order.settings, order.to, order.parts)


def _connect(address: str, jobs: int) -> None:
    """Connect this process to a cluster, or start one of this machine alone.

    Raises:
        CleankitError: there is none.
    """
    # A cluster that is started here tells nobody that it is used.
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    options: dict[str, Any] = {"logging_level": "error", "log_to_driver": False}
    if address == "local":
        options |= {
            "num_cpus": jobs or processors(),
            "num_gpus": 0,
            "include_dashboard": False,
            "object_store_memory": STORE,
        }
    try:
        _knock(address)
        with _signals_kept():
            ray.init(address=address, **options)
    except Exception as error:
        raise CleankitError(f"Ray at {address}: {_first_line(error)}") from None


def _knock(address: str) -> None:
    """Raise OSError if nobody listens at `host:port`: Ray would try for minutes."""
    host, _, port = address.rpartition(":")
    if port.isdecimal() and "//" not in host:
        socket.create_connection((host, int(port)), timeout=KNOCK).close()


@contextmanager
def _signals_kept() -> Iterator[None]:
    """Ray takes SIGTERM for itself; what it meant before is put back."""
    before = signal.getsignal(signal.SIGTERM)
    try:
        yield
    finally:
        with suppress(ValueError):  # not in the main thread, where Ray takes nothing either
            signal.signal(signal.SIGTERM, before)


def _first_line(error: BaseException) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)


def _last_line(error: BaseException) -> str:
    return str(error).strip().rpartition("\n")[2]
