"""A package with passes that go wrong in every way, and runs that meet them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent

PLUGIN = '''
"""Passes that go wrong where the text asks for it, until the file `peace` lies beside them."""

import os, signal, time
from pathlib import Path

HERE = Path(__file__).parent


def recurse(number):
    return recurse(number + 1)


def hang_deaf():
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
    while True:
        time.sleep(60)


def once(doc):
    """Kill the worker the first time only."""
    flag = HERE / "once"
    if not flag.exists():
        flag.touch()
        os.kill(os.getpid(), signal.SIGKILL)


FAULTS = {
    "KILL": lambda doc: os.kill(os.getpid(), signal.SIGKILL),
    "SEGV": lambda doc: os.kill(os.getpid(), signal.SIGSEGV),
    "ABORT": lambda doc: os.abort(),
    "LEAVE": lambda doc: os._exit(7),
    "EXIT": lambda doc: exit(7),
    "RAISE": lambda doc: 1 / 0,
    "INTERRUPT": lambda doc: (_ for _ in ()).throw(KeyboardInterrupt()),
    "RECURSE": lambda doc: recurse(0),
    "MEMORY": lambda doc: bytearray(8 << 30),
    "HANG": lambda doc: time.sleep(600),
    "SPIN": lambda doc: [None for _ in iter(int, 1)],
    "DEAF": lambda doc: hang_deaf(),
    "ONCE": once,
}


def faulty(doc):
    if "SLOW" in doc.text:
        time.sleep(0.02)
    if (HERE / "peace").exists():
        return doc
    for word, fault in FAULTS.items():
        if word in doc.text:
            fault(doc)
    if "NOTHING" in doc.text:
        return None
    return doc.edit([(0, 0, "Seen. ", "seen")]) if doc.text.startswith("Mark") else doc
'''


def install(folder: Path) -> Path:
    """Put the package where `sys.path` can find it; return the folder for `PYTHONPATH`."""
    info = folder / "faulty-1.0.dist-info"
    info.mkdir(parents=True)
    (folder / "faulty.py").write_text(PLUGIN)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: faulty\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[cleankit.passes]\nfaulty = faulty:faulty\n")
    return folder


def write_letters(folder: Path, count: int, *, text: str = "Letter {number}.\n") -> Path:
    """A folder with so many small documents."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        (folder / f"{number:05}.txt").write_text(text.format(number=number))
    return folder


def environment(plugin: Path | None = None) -> dict[str, str]:
    """The environment of a command line that finds this cleankit, and the faulty package."""
    paths = [str(ROOT), *([str(plugin)] if plugin else [])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "NO_COLOR": "1"}


def command(*arguments: str) -> list[str]:
    """The command line of `cleankit run`."""
    return [sys.executable, "-m", "cleankit", "run", *arguments]


def cleankit(
    *arguments: str, plugin: Path | None = None, cwd: Path, **options: Any
) -> subprocess.CompletedProcess[str]:
    """Do `cleankit run` in a process of its own, to its end."""
    return subprocess.run(
        command(*arguments),
        cwd=cwd,
        env=environment(plugin),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        **options,
    )


def records(path: Path) -> list[dict[str, Any]]:
    """The records of JSON lines."""
    return [json.loads(line) for line in path.read_text().splitlines()]


def outputs(folder: Path) -> dict[str, bytes]:
    """Every output file but the report, which tells times."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and path.name != "report.json"
        and ".cleankit" not in path.relative_to(folder).parts
    }


def counted(folder: Path) -> dict[str, int]:
    """What the report says of documents."""
    report = json.loads((folder / "report.json").read_text())
    numbers: dict[str, int] = report["documents"]
    assert numbers["read"] == sum(numbers[key] for key in ("cleaned", "set_aside", "duplicates"))
    return numbers
