"""What a run costs by the message, the byte and the unit: the figures of `benchmarks/SCALE.md`.

    python -m benchmarks.scale                  cleaning, the driver, the journal, Ray's share
    python -m benchmarks.scale --runs 10000 100000       whole runs, held against the figures
    python -m benchmarks.scale --driver 1000000          the driver alone, over a longer run
    python -m benchmarks.scale --engines 20000           Ray beside the local engine

Processor time is that of processes, so that other work on the machine hardly counts. The driver is
measured alone: its engine puts parts into place that were made before.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from statistics import median
from threading import Event, Thread
from typing import Any

from benchmarks import generate
from cleankit.config import Settings
from cleankit.run import part, plan, runner
from cleankit.run.inputs import Inputs
from cleankit.run.job import Crew, Job
from cleankit.run.journal import Done, Journal, sync_folder
from cleankit.run.plan import Unit, units
from cleankit.run.spool import Spool
from cleankit.run.totals import Totals
from cleankit.run.work import work

Row = dict[str, Any]

SIZES = (128_000, 512_000, 2_000_000, 8_000_000)
"""Unit sizes that the driver is measured with, in bytes of input."""

SEED = 13


def main() -> None:
    """See the module."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=_Plain)
    options.add_argument("--messages", type=int, default=20_000, metavar="N")
    options.add_argument("--runs", type=int, nargs="+", metavar="N")
    options.add_argument("--driver", type=int, metavar="N")
    options.add_argument("--unit-bytes", type=int, default=2_000_000, metavar="N")
    options.add_argument("--engines", type=int, metavar="N")
    options.add_argument("--rounds", type=int, default=2)
    options.add_argument("--folder", type=Path, help="where to work (default: a temporary one)")
    given = options.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as name:
        folder = Path(name)
        if given.runs:
            _tell(whole(folder, count) for count in given.runs)
        elif given.driver:
            files = [mailbox(folder, 10_000)] * (given.driver // 10_000)
            _tell([driver(folder, files, size=given.unit_bytes)])
        elif given.engines:
            _tell(engines(folder, given.engines, given.rounds))
        else:
            file = mailbox(folder, given.messages)
            _tell([cleaning(folder, file)])
            _tell(driver(folder, [file] * 5, size=size) for size in SIZES)
            _tell([journal(folder)])
            _tell([ray_share(folder, file)])


class _Plain(argparse.RawDescriptionHelpFormatter):
    pass


def mailbox(folder: Path, count: int) -> Path:
    """A mailbox of so many generated messages."""
    file = folder / f"{count}.mbox"
    generate.write_mbox(generate.messages(count, seed=SEED), file)
    return file


def cleaning(folder: Path, file: Path, *, most: int = 24) -> Row:
    """Seconds of a processor, and bytes in and out, that the work on units takes: of each message.

    The first unit loads what is loaded at first use, and is not counted.
    """
    (folder / "parts").mkdir()
    messages = size = came = 0
    began = 0.0
    for number, unit in enumerate(islice(_planned([file], folder), most)):
        done = work(unit, Settings(), "jsonl", folder / "parts")
        if number == 0:
            began = time.process_time()
            continue
        messages += len(unit.items)
        size += unit.size
        came += done.size
    return {
        "messages": messages,
        "ms of a core a message": (time.process_time() - began) / messages * 1e3,
        "bytes in a message": size / messages,
        "bytes out a message": came / messages,
    }


def driver(folder: Path, files: list[Path], *, size: int = plan.UNIT_BYTES) -> Row:
    """What the driver does alone: plan, journal, and assembly of parts that were made before.

    All units are of one size, but for the last.
    """
    name = f"driver-{size}"
    parts = folder / f"{name}-parts"
    parts.mkdir()
    inputs = folder / f"{name}-inputs"
    inputs.mkdir()
    for number, file in enumerate(files):
        os.link(file, inputs / f"{number:06}.mbox")
    with _unit_size(size):
        few = islice(_planned([inputs], folder), max(2, 2_000_000 // size))
        made = [work(unit, Settings(), "jsonl", parts) for unit in few]
        job = Job((str(inputs),), str(folder / name))
        begun = time.perf_counter(), time.process_time()
        with _replaced(runner, "start", lambda _job, to, most: Ready(parts, made, to)):  # noqa: ARG005
            finished = runner.run(job)
        seconds, processor = time.perf_counter() - begun[0], time.process_time() - begun[1]
        begun = time.perf_counter(), time.process_time()
        count = sum(1 for _ in _planned([inputs], folder))
        planning = time.process_time() - begun[1]
    messages = finished.totals["read"]
    return {
        "bytes a unit": size,
        "units": count,
        "messages": messages,
        "ms a unit": processor / count * 1e3,
        "µs a message": processor / messages * 1e6,
        "of that planning, µs a message": planning / messages * 1e6,
        "wall µs a message": seconds / messages * 1e6,
        "output MB": (folder / name / "records.jsonl").stat().st_size / 1e6,
    }


class Ready:
    """An engine whose work was done before: it links parts into place, in turns."""

    def __init__(self, folder: Path, made: list[Done], to: Path) -> None:
        self._folder, self._made, self._to = folder, made, to

    def perform(self, units: Iterable[Unit]) -> Iterator[Done]:
        """Do all units; see `cleankit.run.engine.Engine`."""
        for unit in units:
            done = self._made[unit.number % len(self._made)]
            ready = self._folder / part.name(done.number, done.version)
            os.link(ready, self._to / part.name(unit.number, done.version))
            yield done._replace(number=unit.number)

    def close(self) -> None:
        """Nothing is under way."""


def journal(folder: Path, *, count: int = 500) -> Row:
    """What it takes to write down that a unit is done, on this disk."""
    written = Journal(folder / "journal")
    written.begin({"identity": "measured"})
    begun = time.perf_counter(), time.process_time()
    before = written.path.stat().st_size
    for number in range(count):
        sync_folder(folder)
        written.add(Done(number, "0" * 32, "0" * 32, 1_800_000))
    seconds, processor = time.perf_counter() - begun[0], time.process_time() - begun[1]
    size = written.path.stat().st_size - before
    written.close()
    return {
        "lines": count,
        "wall ms a line": seconds / count * 1e3,
        "core ms a line": processor / count * 1e3,
        "lines a second": count / seconds,
        "bytes a line": size / count,
    }


def nothing(order: Any, unit: Unit) -> Done:  # noqa: ARG001
    """Do nothing, on a node of Ray's."""
    return Done(unit.number, "0" * 32, "0" * 32, 0)


def ray_share(folder: Path, file: Path, *, rounds: int = 20) -> Row:
    """What giving out units to Ray takes, and hearing of their end, where they are no work."""
    from cleankit.run import ray_engine

    given = list(_planned([file], folder)) * rounds
    with _replaced(ray_engine, "do", nothing):
        engine = ray_engine.RayEngine(Crew(2, 30.0, 0), Settings(), "jsonl", folder)
        list(engine.perform(given[:100]))
        begun = time.perf_counter(), time.process_time()
        list(engine.perform(given))
        seconds, processor = time.perf_counter() - begun[0], time.process_time() - begun[1]
        engine.close()
    return {
        "units": len(given),
        "messages a unit": sum(len(unit.items) for unit in given) / len(given),
        "core ms a unit": processor / len(given) * 1e3,
        "wall ms a unit": seconds / len(given) * 1e3,
    }


def whole(folder: Path, count: int) -> Row:
    """A whole run by two workers: processor time of the driver, and of all its workers."""
    file = mailbox(folder, count)
    out = folder / f"out-{count}"
    command = ["-m", "cleankit", "run", str(file), "-o", str(out), "--jobs", "2", "-q"]
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, *command])
    with _watched(process.pid) as spent:
        process.wait()
    seconds = time.perf_counter() - began
    own = spent.pop(process.pid)
    return {
        "messages": count,
        "input MB": file.stat().st_size / 1e6,
        "output MB": (out / "records.jsonl").stat().st_size / 1e6,
        "wall s": seconds,
        "driver, core s": own,
        "workers, core s": sum(spent.values()),
        "workers, core ms a message": sum(spent.values()) / count * 1e3,
        "driver, core µs a message": own / count * 1e6,
    }


def engines(folder: Path, count: int, rounds: int) -> Iterator[Row]:
    """The local engine and Ray's by turns, with two workers each, after their start.

    What is told is from the first unit that is assembled to the last: messages a second of the
    clock, and processor time of all processes of the run, with those of Ray. On a machine that
    has other work to do only the latter can be compared.
    """
    file = mailbox(folder, count)
    speeds: dict[str, list[float]] = {"local": [], "ray": []}
    costs: dict[str, list[float]] = {"local": [], "ray": []}
    for number in range(rounds):
        for engine in ("local", "ray") if number % 2 == 0 else ("ray", "local"):
            seen: list[tuple[float, float, int]] = []

            def note(totals: Totals, seen: list[tuple[float, float, int]] = seen) -> None:
                spent = sum(_processor_time(os.getpid()).values())
                seen.append((time.perf_counter(), spent, totals["read"]))

            began = time.perf_counter()
            output = str(folder / f"{engine}-{number}")
            runner.run(Job((str(file),), output, jobs=2, engine=engine), progress=note)
            first, last = seen[0], seen[-1]
            seconds, spent, messages = (b - a for a, b in zip(first, last, strict=True))
            speeds[engine].append(messages / seconds)
            costs[engine].append(spent / messages * 1e3)
            yield {
                "engine": engine,
                "seconds to the first unit": first[0] - began,
                "messages a second": speeds[engine][-1],
                "core ms a message": costs[engine][-1],
            }
    yield {
        "speed, ray to local": median(speeds["ray"]) / median(speeds["local"]),
        "core ms, local to ray": median(costs["local"]) / median(costs["ray"]),
    }


def _planned(inputs: list[Path], folder: Path) -> Iterator[Unit]:
    return units(Inputs(tuple(map(str, inputs))), Spool(folder / "spool"))


@contextmanager
def _unit_size(size: int) -> Iterator[None]:
    """All units of so many bytes."""
    with (
        _replaced(plan, "UNIT_BYTES", size),
        _replaced(plan, "UNIT_ITEMS", 1 << 20),
        _replaced(plan, "UNIT_TIMES", 1),
    ):
        yield


@contextmanager
def _replaced(module: Any, name: str, value: int | Callable[..., Any]) -> Iterator[None]:
    before = getattr(module, name)
    setattr(module, name, value)
    try:
        yield
    finally:
        setattr(module, name, before)


@contextmanager
def _watched(pid: int) -> Iterator[dict[int, float]]:
    """Seconds of a processor that a process and all below it had, by number, when this ends."""
    spent: dict[int, float] = {}
    ended = Event()

    def watch() -> None:
        while not ended.wait(0.5):
            spent.update(_processor_time(pid))

    watcher = Thread(target=watch)
    watcher.start()
    try:
        yield spent
    finally:
        ended.set()
        watcher.join()


def _processor_time(root: int) -> dict[int, float]:
    """Seconds of a processor of a process and all below it (proc(5), stat: ppid, utime, stime)."""
    spent, parents = {}, {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        pid = int(path.parent.name)
        parents[pid] = int(fields[1])
        spent[pid] = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def below(pid: int) -> bool:
        while pid != root and pid in parents:
            pid = parents[pid]
        return pid == root

    return {pid: seconds for pid, seconds in spent.items() if below(pid)}


def _tell(rows: Iterable[Row]) -> None:
    for row in rows:
        told = (f"{name}: {_rounded(value)}" for name, value in row.items())
        print(", ".join(told), flush=True)


def _rounded(value: Any) -> str:
    return f"{value:,.4g}" if isinstance(value, float) else f"{value}"


if __name__ == "__main__":
    main()
