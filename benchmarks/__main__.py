"""Measure cleankit: how right it is, beside other tools, and how fast.

python -m benchmarks                      everything; prints tables, writes benchmarks/results/
python -m benchmarks --check              correctness alone, held against its floors
python -m benchmarks --runs 100000        a large run; it is kept, and shown with all later results
python -m benchmarks --only links --links FILE.tsv        the same measures on your own data
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import warnings
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import cleankit
from benchmarks import correctness, floors, peers, report, throughput
from benchmarks.measures import rates

RESULTS = Path(__file__).parent / "results"
RUNS = RESULTS / "runs.json"
"""The large runs, each as it was last made."""
README = Path(__file__).parent.parent / "README.md"
MARKS = "<!-- measured -->\n", "<!-- measured until here -->"
"""Between these the README shows the comparison with other tools."""
HELD = ("messages", "generated", "mails", "mojibake", "charsets", "links", "pages")
"""The tasks that have floors; the others ask for parts of `messages`, to compare with peers."""


def main(arguments: list[str] | None = None) -> int:
    """See the module; returns the exit code."""
    options = _options(arguments)
    warnings.simplefilter("ignore")  # those of the peers
    if options.runs:
        print(report.table(_large_runs(options.runs)))
        return 0
    given = correctness.outside(options.newsletters, options.links, options.pages, options.texts)
    tasks = given or correctness.TASKS
    chosen = {n: task for n, task in tasks.items() if not options.only or n in options.only}
    results: dict[str, Any] = {"made": _made()}
    if options.peers_only:
        results |= _peers(chosen)
        print(report.markdown(results))
        return 0
    everything = not (options.check or given or options.only)
    if everything:
        results["throughput"] = _throughput(options.scale)
    results |= _correctness(chosen if given or options.only else _held(chosen))
    reached = {task: groups[""] for task, groups in results["correctness"].items()}
    if given or options.only:
        print(report.markdown(results))
        return 0
    if options.raise_floors or options.lower_floors:
        try:
            floors.store(reached, lower=options.lower_floors)
        except ValueError as error:
            print(f"would lower a floor: {error}", file=sys.stderr)
            return 1
    broken = floors.broken(reached, floors.load())
    if everything:
        results |= _peers(chosen)
        _write(results)
    print(report.markdown(results) if everything else _brief(reached, results))
    print("\n".join(broken) or "all floors hold")
    return 1 if broken else 0


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("--check", action="store_true", help="correctness alone; fail below a floor")
    add("--raise-floors", action="store_true", help="make what is reached the floors")
    add("--lower-floors", action="store_true", help="the same, even where that lowers one")
    add("--only", nargs="+", metavar="TASK", choices=list(correctness.TASKS))
    add("--peers-only", action="store_true", help="the comparison with other tools alone")
    add("--scale", nargs="+", type=int, default=[1_000, 10_000], metavar="MESSAGES")
    add("--runs", nargs="+", type=int, metavar="MESSAGES", help="large runs alone; kept")
    add("--newsletters", nargs=2, type=Path, metavar=("FOLDER", "LABELS"))
    add("--links", type=Path, metavar="TSV")
    add("--pages", type=Path, metavar="FOLDER")
    add("--texts", type=Path, metavar="FOLDER")
    return parser.parse_args(arguments)


def _held(tasks: Mapping[str, correctness.Task]) -> dict[str, correctness.Task]:
    return {name: task for name, task in tasks.items() if name in HELD}


def _correctness(tasks: Mapping[str, correctness.Task]) -> dict[str, Any]:
    counts = {name: correctness.evaluate(task) for name, task in tasks.items()}
    told = {
        name: {group: rates(counted) for group, counted in groups.items()}
        for name, groups in counts.items()
    }
    return {
        "correctness": told,
        "surprises": correctness.surprises() if "messages" in tasks else [],
    }


def _throughput(scale: list[int]) -> dict[str, Any]:
    return {
        "Runs over mailboxes of generated messages": throughput.runs(scale),
        "Large runs, each on its day": _kept_runs(),
        "Start": throughput.start_up(),
        "Speed by pass, on sound messages": throughput.by_pass(damaged=False),
        "Speed by pass, on misread messages": throughput.by_pass(damaged=True),
        "Growth on hostile inputs": throughput.growth(),
    }


def _peers(tasks: Mapping[str, correctness.Task]) -> dict[str, Any]:
    compared = {name: peers.compare(task) for name, task in tasks.items() if name in peers.PEERS}
    return {
        "versions": peers.versions(),
        "missing": peers.missing(),
        "peers": {
            task: {name: asdict(result) for name, result in tools.items()}
            for task, tools in compared.items()
        },
    }


def _brief(reached: Mapping[str, Mapping[str, float]], results: Mapping[str, Any]) -> str:
    lines = [
        f"{task:10} " + "  ".join(f"{name} {rate:.4f}" for name, rate in measures.items())
        for task, measures in reached.items()
    ]
    return "\n".join(lines + results["surprises"])


def _made() -> str:
    return (
        f"By `python -m benchmarks` on {date.today()}: cleankit {cleankit.__version__}, "
        f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, "
        f"{os.cpu_count()} processors ({_processor()})."
    )


def _processor() -> str:
    """The processor's name, where Linux tells it."""
    try:
        told = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.processor() or "unnamed"
    return next((x.partition(": ")[2] for x in told.split("\n") if x.startswith("model name")), "")


def _kept_runs() -> list[dict[str, Any]]:
    return json.loads(RUNS.read_text(encoding="utf-8")) if RUNS.exists() else []


def _large_runs(counts: list[int]) -> list[dict[str, Any]]:
    """Make these runs and keep them with those of other sizes."""
    rows = {row["messages"]: row for row in _kept_runs()}
    for count in counts:
        row = throughput.runs([count], one_worker=False)[0]
        rows[count] = {"day": str(date.today()), "python": platform.python_version(), **row}
        RUNS.write_text(json.dumps([rows[n] for n in sorted(rows)], indent=1) + "\n")
    return [rows[n] for n in sorted(rows)]


def _write(results: Mapping[str, Any]) -> None:
    RESULTS.mkdir(exist_ok=True)
    data = json.dumps(results, ensure_ascii=False, indent=1)
    (RESULTS / "results.json").write_text(data + "\n", encoding="utf-8", newline="\n")
    text = report.markdown(results)
    (RESULTS / "results.md").write_text(text, encoding="utf-8", newline="\n")
    drawn = report.picture(results["peers"])
    (RESULTS / "quality-against-speed.svg").write_text(drawn, encoding="utf-8", newline="\n")
    readme = README.read_text(encoding="utf-8")
    before, _, rest = readme.partition(MARKS[0])
    after = rest.partition(MARKS[1])[2]
    shown = "".join((before, MARKS[0], report.summary(results["peers"]), MARKS[1], after))
    README.write_text(shown, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    raise SystemExit(main())
