"""`cleankit run`: many documents, in several processes, to an output folder."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentTypeError, Namespace
from glob import has_magic
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleankit.cli import DONE, SET_ASIDE, parser
from cleankit.errors import ConfigError, ReadError
from cleankit.writers import FORMATS

if TYPE_CHECKING:
    from cleankit.run.job import Job
    from cleankit.run.plan import Shard


def add(commands: Any) -> None:
    """Declare the command."""
    command = commands.add_parser(
        "run",
        help="clean files, folders and mailboxes",
        description="Clean every document of the inputs. A run that was stopped goes on where it "
        "was when the same command is given again.",
    )
    command.add_argument(
        "inputs", nargs="+", metavar="INPUT", help="a file, folder or pattern; - reads a list"
    )
    command.add_argument("-o", "--output", metavar="OUT", help="the output folder")
    command.add_argument(
        "--to",
        choices=(*FORMATS, "-"),
        help="the output format (default: jsonl); - streams JSON lines to standard output",
    )
    command.add_argument(
        "--restart", action="store_true", help="begin anew, whatever was done before"
    )
    group = command.add_argument_group("work")
    group.add_argument("--jobs", "-j", type=parser.positive, help="worker processes")
    group.add_argument("--timeout", type=float, metavar="S", help="seconds a document may take")
    group.add_argument("--memory", type=int, metavar="MB", help="megabytes a worker may take")
    group.add_argument("--dedup", choices=("exact",), help="leave out copies of clean texts")
    group.add_argument("--shard", type=_shard, metavar="I/N", help="do only share I of N")
    group.add_argument("--quiet", "-q", action="store_true", help="say nothing but errors")
    parser.add_settings(command)
    command.set_defaults(command=run)


def run(options: Namespace) -> int:
    """Do the run and tell how it went."""
    from cleankit.run.report import table
    from cleankit.run.runner import run as do

    finished = do(_job(options))
    if not options.quiet:
        print(table(finished), file=sys.stderr)
    return SET_ASIDE if finished.totals.get("set_aside") else DONE


def _job(options: Namespace) -> Job:
    from cleankit.run.job import Job, processors
    from cleankit.run.plan import Shard

    settings, values = parser.settings(options)
    to = options.to or values.get("to", "jsonl")
    if options.output is None and to != "-":
        raise ConfigError("where to? name an output folder with -o OUT, or stream with --to -")
    if to not in (*FORMATS, "-"):
        raise ConfigError(f"unknown output format {to!r}; there are {', '.join(FORMATS)} and -")
    settings.pipeline()
    return Job(
        inputs=_listed(options.inputs),
        output=options.output,
        settings=settings,
        to="jsonl" if to == "-" else to,
        stream=to == "-",
        jobs=options.jobs or values.get("jobs") or processors(),
        timeout=options.timeout or values.get("timeout", 30.0),
        memory=options.memory if options.memory is not None else values.get("memory", 4_096),
        dedup=(options.dedup or values.get("dedup")) == "exact",
        shard=options.shard or Shard(),
        restart=options.restart,
    )


def _listed(inputs: list[str]) -> tuple[str, ...]:
    """The inputs, with `-` replaced by the lines of standard input (or its NUL-ended items).

    Raises:
        ReadError: there is nothing at any of them.
    """
    paths: list[str] = []
    for given in inputs:
        if given != "-":
            paths.append(given)
            continue
        data = sys.stdin.buffer.read()
        separator = b"\0" if b"\0" in data else b"\n"
        paths += [os.fsdecode(line) for line in data.split(separator) if line.strip()]
    if not any(Path(path).exists() or has_magic(path) for path in paths):
        raise ReadError(f"{', '.join(paths[:3]) or 'the list'}: no such file or directory")
    return tuple(paths)


def _shard(given: str) -> Shard:
    from cleankit.run.plan import Shard

    index, _, count = given.partition("/")
    if not (index.isdecimal() and count.isdecimal() and 1 <= int(index) <= int(count)):
        raise ArgumentTypeError(f"{given!r} is no share such as 1/8")
    return Shard(int(index), int(count))
