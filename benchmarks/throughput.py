"""How fast cleankit is, and how it grows: by pass, as a whole, with workers, with size.

Documents are generated (`benchmarks.generate`), so that anybody can measure the same. Speed is
told and never asserted; what is worth comparing is the ratios.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from itertools import islice, pairwise
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import Any

import cleankit
from benchmarks import generate
from cleankit.pipeline import BUILT_IN, load, run_pass
from cleankit.readers import read_data

Row = dict[str, Any]


def by_pass(*, damaged: bool, count: int = 200, rounds: int = 5) -> list[Row]:
    """Documents and characters a second of reading, of each pass, of all together, and of ftfy.

    Each round takes its own messages, in turns: all passes over one, then ftfy over the same. Time
    is the processor's.
    """
    seconds: dict[str, list[float]] = {}
    sizes = []
    made = generate.messages(20 * count * rounds, seed=11)
    items = (item for item in made if bool(item.damage["codec"]) == damaged)
    clean_once()
    for _ in range(rounds):
        spent = dict.fromkeys(("read", *BUILT_IN, "whole", "ftfy.fix_text"), 0.0)
        size = 0
        for item in islice(items, count):
            size += len(item.text)
            _by_pass(item.text, spent)
        sizes.append(size)
        for name, value in spent.items():
            seconds.setdefault(name, []).append(value)
    rows = []
    for name, values in seconds.items():
        speed = median(size / value for size, value in zip(sizes, values, strict=True))
        ratios = [a / b for a, b in zip(seconds["ftfy.fix_text"], values, strict=True)]
        rows.append(
            {
                "what": name,
                "documents_a_second": round(count / median(values)),
                "characters_a_second": round(speed),
                "times_as_fast_as_ftfy": round(median(ratios), 2),
                "spread": [round(min(ratios), 2), round(max(ratios), 2)],
            }
        )
    return rows


def _by_pass(text: str, spent: dict[str, float]) -> None:
    def timed(name: str, call: Callable[[], Any]) -> Any:
        begin = time.process_time()
        came = call()
        spent[name] += time.process_time() - begin
        spent["whole"] += 0 if name == "ftfy.fix_text" else time.process_time() - begin
        return came

    import ftfy

    document = timed("read", lambda: read_data(text, format="markdown"))
    for name in BUILT_IN:
        document = timed(name, lambda: run_pass(name, load(name), document))  # noqa: B023
    timed("ftfy.fix_text", lambda: ftfy.fix_text(text))


def clean_once() -> None:
    """Load what is loaded at first use."""
    import ftfy

    for item in generate.messages(20, seed=12):
        ftfy.fix_text(cleankit.clean(item.text).text)


BOX = 10_000
"""How many messages a mailbox of a run holds."""


def runs(counts: list[int], *, one_worker: bool = True) -> list[Row]:
    """`cleankit run` over mailboxes of generated mails: seconds, cost a message, memory.

    The smallest is cleaned by one worker, too, unless `one_worker` is False; all of them by as
    many as there are processors.
    """
    workers = [1, os.cpu_count() or 1]
    rows = []
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            mail = Path(folder) / "mail"
            _mailboxes(mail, count)
            size = sum(path.stat().st_size for path in mail.iterdir())
            for jobs in workers if one_worker and count == min(counts) else workers[1:]:
                out = Path(folder) / "out"
                command = ["run", str(mail), "-o", str(out), "--jobs", str(jobs)]
                seconds, processor, memory = _child("-m", "cleankit", *command)
                report = json.loads((out / "report.json").read_text(encoding="utf-8"))
                rows.append(
                    {
                        "messages": count,
                        "bytes": size,
                        "workers": jobs,
                        "seconds": round(seconds, 1),
                        "messages_a_second": round(count / seconds),
                        "milliseconds_a_message": round(seconds / count * 1000, 3),
                        "processor_milliseconds": round(processor / count * 1000, 3),
                        "peak_memory_mib": round(memory / 2**20),
                        "set_aside": report["documents"]["set_aside"],
                    }
                )
                shutil.rmtree(out)
    return rows


def _mailboxes(folder: Path, count: int) -> None:
    """A folder of mailboxes with so many messages in all, made by all processors."""
    folder.mkdir()
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        firsts = range(0, count, BOX)
        boxes = [pool.submit(_mailbox, folder, first, min(BOX, count - first)) for first in firsts]
        for box in boxes:
            box.result()


def _mailbox(folder: Path, first: int, count: int) -> None:
    items = generate.messages(count, seed=13, first=first)
    generate.write_mbox(items, folder / f"{first:08d}.mbox")


def start_up(rounds: int = 7) -> list[Row]:
    """Milliseconds until Python, the library and the command are there: medians, in turns."""
    commands = {
        "python": ["-c", "pass"],
        "import cleankit": ["-c", "import cleankit"],
        "cleankit --version": ["-m", "cleankit", "--version"],
        "import ftfy": ["-c", "import ftfy"],
    }
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            begin = time.perf_counter()
            subprocess.run([sys.executable, *command], check=True, stdout=subprocess.DEVNULL)
            taken[name].append(time.perf_counter() - begin)
    return [{"what": n, "milliseconds": round(median(t) * 1000, 1)} for n, t in taken.items()]


def growth(largest: int = 160_000) -> list[Row]:
    """What doubling a hostile input costs: 2 is linear. Sizes are in characters."""
    rows = []
    for name, (format, make) in ATTACKS.items():
        sizes = [largest // 8, largest // 4, largest // 2, largest]
        best = dict.fromkeys(sizes, float("inf"))
        for _ in range(2):
            for size in sizes:
                text = make(size)
                begin = time.process_time()
                cleankit.clean(text, format=format)
                best[size] = min(best[size], time.process_time() - begin)
        times = list(best.values())
        rows.append(
            {
                "input": name,
                "characters": largest,
                "seconds": round(times[-1], 3),
                "doubling": [round(b / a, 2) for a, b in pairwise(times)],
            }
        )
    return rows


def _repeated(piece: str) -> Callable[[int], str]:
    return lambda size: piece * (size // len(piece))


def _mail(begin: str, piece: str) -> Callable[[int], str]:
    return lambda size: f"From: a@a.example\n{begin}{piece * (size // len(piece))}\n\nText.\n"


ATTACKS: dict[str, tuple[str, Callable[[int], str]]] = {
    "unsubscribe on one line": ("text", _repeated("unsubscribe ")),
    "unsubscribe on many lines": ("text", _repeated("unsubscribe\n")),
    "short lines": ("text", _repeated("A line\n\n")),
    "open brackets": ("markdown", _repeated("[")),
    "open links": ("markdown", _repeated("[a](https://a.example/")),
    "wrapped links": ("text", _repeated("https://a.example/?url=https%3A%2F%2Fa.example%2F")),
    "damaged quotation marks": ("text", _repeated("‚Äú")),
    "damaged letters": ("text", _repeated("Ã©")),
    "combining marks": ("text", _repeated("\u0301")),
    "invisible characters": ("text", _repeated("\u200b\u034f ")),
    "stars": ("markdown", _repeated("*")),
    "quotation": ("text", _repeated(">")),
    "blanks": ("text", _repeated(" ")),
    "nested blocks": ("html", _repeated("<div>")),
    "open tables": ("html", _repeated("<table><tr><td>")),
    "nested lists": ("html", _repeated("<ul><li>x")),
    "styled spans": ("html", _repeated('<span style="color:#fff;display:none">x')),
    "header fields": ("email", _mail("", "X-Field: value\n")),
    "addressees": ("email", _mail("To: ", "a@a.example, ")),
    "encoded words": ("email", _mail("Subject: ", "=?utf-8?q?=C3=A9?= ")),
    "nested parts": (
        "email",
        _mail("", 'Content-Type: multipart/mixed; boundary="x"\n\n--x\n'),
    ),
    "soft line ends": (
        "email",
        _mail("Content-Transfer-Encoding: quoted-printable\nMIME-Version: 1.0\n\n", "=\n=C3"),
    ),
}
"""Inputs made to be slow, by name: the format, and what makes one of so many characters."""


def _child(*arguments: str) -> tuple[float, float, int]:
    """Seconds of a Python process by the clock and of processors, and its most memory in bytes.

    The last two are with those of its children, looked at ten times a second; 0 where there is no
    /proc. Memory is what is resident of each, added up.
    """
    begin = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    spent: dict[str, float] = {}
    most = 0
    while True:
        try:
            process.wait(0.1)
            return time.perf_counter() - begin, sum(spent.values()), most
        except subprocess.TimeoutExpired:
            most = max(most, _look_at(process.pid, spent))


def _look_at(session: int, spent: dict[str, float]) -> int:
    """Bytes resident of all processes of a session; sets the seconds of each in `spent`.

    By proc(5), stat: session, utime, stime and rss.
    """
    pages = 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session:
            pages += int(fields[21])
            spent[path.parent.name] = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return pages * os.sysconf("SC_PAGE_SIZE")
