"""Workers: processes that clean units and may die of it.

A worker that is killed, crashes, runs out of memory or takes too long costs one document. Each
worker marks the document that it is at in shared memory, so that the one that brought it down is
known: its unit is tried again in a new worker, and if workers keep going down at the same place
the document is set aside and the rest done. A document that takes too long is not tried again.

Pebble's pool (https://pebble.readthedocs.io) runs the processes: when one dies, it loses that task
alone. Its workers share one lock, and one that is killed in the few microseconds in which it holds
it would leave the others waiting; a pool that comes to a stand is replaced.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from multiprocessing.process import BaseProcess
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from typing import Any

from pebble import ProcessPool

from cleankit.config import Settings
from cleankit.errors import CleankitError, OutputError
from cleankit.run.job import Crew
from cleankit.run.journal import Done
from cleankit.run.plan import Unit
from cleankit.run.work import work

TICK = 0.1
"""How often, in seconds, the marks are looked at."""

STALL = 20.0
"""When all marks stand still for so many seconds beyond the timeout, the pool is replaced."""

DEAD = 5.0
"""When all marks stand still for so many seconds, workers are looked at: one that is gone, with
its unit neither done nor lost, means that the pool has lost count."""

SUSPENDED = 5.0
"""When the marks were not looked at for so many seconds, everything may have been suspended (by
Ctrl-Z, say): all documents have their whole time again."""

CRASHES = 3
"""A document over which so many workers went down is set aside. Workers also go down for reasons
of their own; that the same document is hit three times by chance is next to impossible."""

LOSSES = 5
"""A unit that loses so many workers before or after its documents ends the run; so do as many
pools, one after another, that break before any unit is done."""

_FIELDS = 3
_IDLE = -1.0


@dataclass
class _Task:
    unit: Unit
    slot: int
    overdue: bool = False


class Workers:
    """Cleans units in several processes.

    Args:
        crew: how many, and within which limits.
        settings, to: how documents are cleaned and written; see `cleankit.run.unit.clean_unit`.
        parts: the folder that parts go to.
    """

    def __init__(self, crew: Crew, settings: Settings, to: str, parts: Path) -> None:
        self._crew, self._settings, self._to, self._parts = crew, settings, to, parts
        slots = 2 * crew.jobs
        self._context = _Context()
        self._marks = self._context.RawArray("d", slots * _FIELDS)
        self._free = list(range(slots))
        self._tasks: dict[Future[Done], _Task] = {}
        self._ended: SimpleQueue[Future[Done]] = SimpleQueue()
        self._crashes: Counter[tuple[int, int]] = Counter()
        self._losses: Counter[int] = Counter()
        self._broken_pools = 0
        self._changed_at = self._watched_at = monotonic()
        self._lenient_until = 0.0
        self._last_marks: list[float] = []
        self._pool = self._new_pool()

    def perform(self, units: Iterable[Unit]) -> Iterator[Done]:
        """Do all units; they are given out as they come, and told as they are done.

        Raises:
            OutputError: a part cannot be written.
            CleankitError: workers keep dying for no reason that a document could be.
        """
        source = iter(units)
        exhausted = False
        while not exhausted or self._tasks:
            while self._free and not exhausted:
                unit = next(source, None)
                if unit is None:
                    exhausted = True
                else:
                    self._give(unit)
            with suppress(Empty):
                future = self._ended.get(timeout=TICK if self._tasks else 0)
                task = self._tasks.pop(future, None)
                if task is not None:
                    yield from self._settle(task, future)
            self._watch()

    def close(self) -> None:
        """End the workers, whatever they are at."""
        self._end()

    def _new_pool(self) -> ProcessPool:
        pool = ProcessPool(
            max_workers=self._crew.jobs,
            initializer=begin,
            initargs=(self._marks, self._crew.memory),
            context=self._context,
        )
        with _signals_ignored():
            # The first task starts the processes, which shall inherit that Ctrl-C is not for them.
            pool.schedule(os.getpid)
        return pool

    def _give(self, unit: Unit) -> None:
        slot = self._free.pop()
        self._marks[slot * _FIELDS : (slot + 1) * _FIELDS] = (_IDLE, 0.0, 0.0)
        arguments = (unit, slot, self._settings, self._to, self._parts)
        try:
            future = self._pool.schedule(do, arguments)
        except RuntimeError:  # the pool broke since the last look at it
            self._replace()
            future = self._pool.schedule(do, arguments)
        self._tasks[future] = _Task(unit, slot)
        future.add_done_callback(self._note)

    def _note(self, future: Future[Done]) -> None:
        """Put an ended task where `perform` finds it; called by the pool's threads."""
        self._ended.put(future)

    def _settle(self, task: _Task, future: Future[Done]) -> Iterator[Done]:
        """Tell that a unit is done, or give it out again without what stands in its way."""
        self._free.append(task.slot)
        error = future.exception()
        if error is None:
            self._broken_pools = 0
            yield future.result()
        elif isinstance(error, BrokenProcessPool):
            self._give(task.unit)
        elif isinstance(error, OutputError):
            raise error
        else:
            self._give(self._judged(task, error))

    def _judged(self, task: _Task, error: BaseException) -> Unit:
        """The unit as it is to be tried again, after a worker went down over it."""
        unit, index = task.unit, int(self._marks[task.slot * _FIELDS])
        if not 0 <= index < len(unit.items):
            self._losses[unit.number] += 1
            if self._losses[unit.number] >= LOSSES:
                raise CleankitError(f"workers cannot work: {_story(error)}")
            return unit
        if task.overdue:
            return _without(unit, index, "timeout", f"took longer than {self._crew.timeout:g} s")
        self._crashes[unit.number, index] += 1
        if self._crashes[unit.number, index] >= CRASHES:
            return _without(unit, index, "crash", _story(error))
        return unit

    def _watch(self) -> None:
        """End workers whose document takes too long; replace a pool that stands still."""
        now = monotonic()
        if now - self._watched_at > SUSPENDED:
            self._lenient_until = now + self._crew.timeout
        self._watched_at = now
        marks = list(self._marks)
        if marks != self._last_marks or not self._tasks:
            self._last_marks, self._changed_at = marks, now
        still = now - self._changed_at
        stuck = still > self._crew.timeout + STALL
        for task in self._tasks.values():
            index, since, pid = marks[task.slot * _FIELDS : (task.slot + 1) * _FIELDS]
            stuck = stuck or (bool(pid) and still > DEAD and not _is_alive(int(pid)))
            working = 0 <= index < len(task.unit.items)
            late = working and now > max(since + self._crew.timeout, self._lenient_until)
            if late and not task.overdue:
                task.overdue = True
                _kill(int(pid))
        if stuck:
            self._replace()

    def _replace(self) -> None:
        """A new pool for one that broke or came to a stand; its units are given out again."""
        self._broken_pools += 1
        if self._broken_pools >= LOSSES:
            raise CleankitError("workers cannot work: they end before they have done anything")
        units = [task.unit for task in self._tasks.values()]
        self._free += [task.slot for task in self._tasks.values()]
        self._tasks.clear()
        self._end()
        self._pool = self._new_pool()
        self._changed_at = monotonic()
        for unit in units:
            self._give(unit)

    def _end(self) -> None:
        """End the pool and its processes; a pool that is stuck is left to itself."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._context.kill()
        waiting = Thread(target=self._pool.join, daemon=True)
        waiting.start()
        waiting.join(timeout=1)
        self._context.kill()


_worker_marks: Any = None


def begin(marks: Any, memory: int) -> None:
    """Make a new process a worker: called in it, once."""
    global _worker_marks
    _worker_marks = marks
    with suppress(OSError):
        # What a pass prints shall not stand among the records on standard output.
        os.dup2(2, 1)
    with suppress(OSError):
        # If memory runs out, the system shall end a worker and not the run; Ray gives its own
        # processes the same, so that among those the largest goes.
        Path("/proc/self/oom_score_adj").write_text("1000")
    if sys.platform != "win32":
        import resource

        with suppress(OSError):
            _end_with_run()

        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if memory:
            with suppress(OSError, ValueError):
                resource.setrlimit(resource.RLIMIT_AS, (memory << 20, memory << 20))


def _end_with_run() -> None:
    """Let the system end this process when the run's ends, whatever it is at.

    A worker would notice by itself only after its unit, and never in a document that hangs. The
    pipe that its parent holds the other end of sends SIGIO when that is closed (open(2), O_ASYNC),
    and nobody handles that.
    """
    import fcntl

    parent = multiprocessing.parent_process()
    if parent is not None:
        pipe = parent.sentinel
        fcntl.fcntl(pipe, fcntl.F_SETOWN, os.getpid())
        flags = fcntl.fcntl(pipe, fcntl.F_GETFL)
        fcntl.fcntl(pipe, fcntl.F_SETFL, flags | os.O_ASYNC)


def do(unit: Unit, slot: int, settings: Settings, to: str, parts: Path) -> Done:
    """Do a unit, in a worker, marking each document at this slot of the shared memory."""
    start, pid = slot * _FIELDS, float(os.getpid())

    def mark(index: int) -> None:
        _worker_marks[start : start + _FIELDS] = (index, monotonic(), pid)

    return work(unit, settings, to, parts, mark)


class _Context:
    """How processes are started: never by a fork of this one, which has threads.

    The fork server loads cleankit once and forks a clean process for each worker. Processes are
    remembered, so that they can be ended.
    """

    def __init__(self) -> None:
        methods = multiprocessing.get_all_start_methods()
        name = "forkserver" if "forkserver" in methods else "spawn"
        self._context: Any = multiprocessing.get_context(name)
        self._processes: list[BaseProcess] = []
        if name == "forkserver":
            self._context.set_forkserver_preload(["cleankit.run.preload"])

    def __getattr__(self, name: str) -> Any:
        return getattr(self._context, name)

    def Process(self, *args: Any, **kwargs: Any) -> BaseProcess:  # noqa: N802
        """A process of this context; see `multiprocessing.Process`."""
        process: BaseProcess = self._context.Process(*args, **kwargs)
        self._processes = [each for each in self._processes if each.exitcode is None]
        self._processes.append(process)
        return process

    def kill(self) -> None:
        """End all processes, at once."""
        for process in self._processes:
            if process.pid is not None and process.exitcode is None:
                process.kill()


@contextmanager
def _signals_ignored() -> Iterator[None]:
    """Ctrl-C reaches all processes of a terminal; those started in here do not hear it."""
    try:
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    except ValueError:  # not in the main thread, which alone may say so
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _without(unit: Unit, index: int, cause: str, message: str) -> Unit:
    verdicts: Mapping[int, tuple[str, str]] = {**unit.verdicts, index: (cause, message)}
    return replace(unit, verdicts=verdicts)


def _story(error: BaseException) -> str:
    """What became of a worker, in words that are the same each time."""
    code = getattr(error, "exitcode", None)
    if code is None:
        return f"{type(error).__name__}: {error}".rstrip(": ")
    if code < 0:
        with suppress(ValueError):
            return f"the worker was ended by {signal.Signals(-code).name}"
    return f"the worker ended with code {code}"


def _is_alive(pid: int) -> bool:
    if os.name == "nt":
        return True  # there, signal 0 is Ctrl-C
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def _kill(pid: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.kill(pid, signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
