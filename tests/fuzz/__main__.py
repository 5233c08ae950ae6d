"""Look for inputs that break a law, guided by coverage: every reader, every pass, the whole.

python -m tests.fuzz [TARGET ...] [--seconds 600]     that many in all, shared by the targets
python -m tests.fuzz --replay FIND                    one find again, with its traceback

What was learnt of inputs stays in `.fuzz/`, and a later run goes on from there. Finds are saved in
`.fuzz/finds/`; the exit code is 1 if there are any. Needs atheris, which is for Linux alone.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path

from tests.fuzz import material
from tests.fuzz.targets import TARGETS

KEPT = Path(__file__).parents[2] / ".fuzz"
FINDS = KEPT / "finds"
SLOW = 60
"""Seconds after which one input is a find of its own, however busy the machine is."""
LARGEST = 4_096
"""Bytes of an input; a text that they put together is ten times as long."""


def main(arguments: list[str] | None = None) -> int:
    """See the module; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--replay", type=Path, metavar="FIND")
    options = parser.parse_args(arguments)
    if options.replay:
        TARGETS[options.replay.name.rpartition(" ")[0]].run(options.replay.read_bytes())
        return 0
    chosen = options.targets or list(TARGETS)
    if unknown := [name for name in chosen if name not in TARGETS]:
        parser.error(f"no target {', '.join(unknown)}; there are {', '.join(TARGETS)}")
    FINDS.mkdir(parents=True, exist_ok=True)
    begin = time.time()
    (KEPT / "dictionary").write_text(material.dictionary(), encoding="utf-8")
    ended = [_fuzz(name, max(1, options.seconds // len(chosen))) for name in chosen]
    found = sorted(
        path for path in FINDS.iterdir() if path.suffix != ".txt" and path.stat().st_mtime >= begin
    )
    print("\n".join(map(str, found)) or "nothing found")
    return 1 if found or any(ended) else 0


def _fuzz(name: str, seconds: int) -> int:
    """Fuzz one target in a process of its own; its exit code."""
    learnt, seeds = KEPT / name, KEPT / f"{name} seeds"
    for folder in (learnt, seeds):
        folder.mkdir(exist_ok=True)
    target = TARGETS[name]
    for number, seed in enumerate(material.seeds(target.seeds)):
        (seeds / str(number)).write_bytes(b"\1" + seed if target.makes_texts else seed)
    print(f"--- {name}, {seconds} s", flush=True)
    command = [sys.executable, "-m", "tests.fuzz.one", name, str(FINDS), str(learnt), str(seeds)]
    command += [
        f"-max_total_time={seconds}",
        f"-timeout={SLOW}",
        f"-report_slow_units={SLOW}",
        f"-max_len={LARGEST}",
        "-rss_limit_mb=2048",
    ]
    command += [f"-dict={KEPT / 'dictionary'}", f"-artifact_prefix={FINDS}/{name} ", "-verbosity=0"]
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main())
