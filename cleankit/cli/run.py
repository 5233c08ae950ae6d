"""`cleankit run`: many documents, in several processes, to an output folder."""

from __future__ import annotations

import os
import signal
import sys
from argparse import ArgumentTypeError, Namespace
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from glob import has_magic
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleankit import store
from cleankit.cli import DONE, INTERRUPTED, SET_ASIDE, parser
from cleankit.errors import ConfigError, ReadError
from cleankit.run import ENGINES
from cleankit.writers import FORMATS

if TYPE_CHECKING:
    from cleankit.run.job import Job
    from cleankit.run.plan import Shard
    from cleankit.run.progress import Progress
    from cleankit.run.runner import Finished


def add(commands: Any) -> None:
    """Declare the command."""
    command = commands.add_parser(
        "run",
        help="clean files, folders and mailboxes",
        description="Clean every document of the inputs. A run that was stopped goes on where it "
        "was when the same command is given again.",
    )
    command.add_argument(
        "inputs",
        nargs="*",
        metavar="INPUT",
        help="a file, a mailbox, a folder or a pattern, or a URL of one (s3://bucket/mail); "
        "- reads a list of them",
    )
    command.add_argument("-o", "--output", metavar="OUT", help="the output folder, or its URL")
    command.add_argument(
        "--to",
        choices=(*FORMATS, "-"),
        help="the output format (default: jsonl); - streams JSON lines to standard output",
    )
    command.add_argument(
        "--restart", action="store_true", help="begin anew, whatever was done before"
    )
    command.add_argument(
        "--only-set-aside",
        metavar="OUT",
        help="do again what a run set aside, with its inputs and settings",
    )
    command.add_argument(
        "--dry-run", action="store_true", help="show the plan and the first ten changes"
    )
    group = command.add_argument_group("work")
    group.add_argument(
        "--jobs",
        "-j",
        type=parser.positive,
        metavar="N",
        help="worker processes (default: one for each processor)",
    )
    group.add_argument(
        "--timeout", type=_seconds, metavar="S", help="seconds for a document (default: 30)"
    )
    group.add_argument(
        "--memory", type=int, metavar="MB", help="megabytes for a worker (default: 4096; 0: any)"
    )
    group.add_argument("--dedup", choices=("exact",), help="leave out copies of clean texts")
    group.add_argument("--shard", type=_shard, metavar="I/N", help="do only share I of N")
    group.add_argument(
        "--engine",
        choices=ENGINES,
        help="what does the work: processes of this machine (local, the default), or Ray",
    )
    group.add_argument(
        "--address",
        metavar="ADDR",
        help="the Ray cluster, whose nodes see the same files (default: RAY_ADDRESS, or else a "
        "Ray on this machine for this run)",
    )
    group = command.add_argument_group("telling")
    group.add_argument("--quiet", "-q", action="store_true", help="say nothing but errors")
    group.add_argument(
        "--json-progress", action="store_true", help="progress as JSON lines on standard error"
    )
    parser.add_settings(command)
    command.set_defaults(command=run)


def run(options: Namespace) -> int:
    """Do the run and tell how it went."""
    from cleankit.run.inputs import Inputs
    from cleankit.run.progress import Progress
    from cleankit.run.runner import run as do
    from cleankit.run.runner import silence

    job = _retried(options) if options.only_set_aside else _job(options)
    if options.dry_run:
        from cleankit.cli.dry_run import show

        return show(job)
    progress = Progress(sys.stderr, _mode(options), Inputs(job.inputs, job.output))
    try:
        with _stopped_by_signals():
            finished = do(job, progress=progress, tell=silence if options.quiet else progress.say)
    except KeyboardInterrupt:
        return _interrupted(progress, job)
    progress.end()
    return ended(finished, job, quiet=options.quiet)


def ended(finished: Finished, job: Job, *, quiet: bool) -> int:
    """Tell how a run ended, and give the exit code."""
    from cleankit.run.report import table

    aside = sum(finished.totals.get("set_aside", {}).values())
    if not quiet:
        print(table(finished, job), file=sys.stderr)
        if aside and job.output:
            print(f"{aside:,} set aside: see {job.output}/set-aside.jsonl", file=sys.stderr)
    return SET_ASIDE if aside else DONE


def _job(options: Namespace) -> Job:
    from cleankit.run.job import Job
    from cleankit.run.plan import WHOLE

    settings, values = parser.settings(options)
    to = options.to or values.get("to", "jsonl")
    if to not in (*FORMATS, "-"):
        raise ConfigError(f"unknown output format {to!r}; there are {', '.join(FORMATS)} and -")
    if not options.inputs:
        raise ConfigError("nothing to read: name an input, or - for a list on standard input")
    if options.output is None and to != "-" and not options.dry_run:
        raise ConfigError("where to? name an output folder with -o OUT, or stream with --to -")
    engine = values.get("engine", Job.engine)
    if engine not in ENGINES:
        raise ConfigError(f"unknown engine {engine!r}; there are {' and '.join(ENGINES)}")
    settings.pipeline()
    job = Job(
        inputs=_listed(options.inputs),
        output=None if options.output is None else store.local(options.output),
        settings=settings,
        to="jsonl" if to == "-" else to,
        stream=to == "-",
        jobs=values.get("jobs", 0),
        timeout=values.get("timeout", Job.timeout),
        memory=values.get("memory", Job.memory),
        dedup=(options.dedup or values.get("dedup")) == "exact",
        shard=options.shard or WHOLE,
        restart=options.restart,
        engine=engine,
        address=values.get("address"),
    )
    _check_apart(job)
    return _with_limits(job, options)


def _retried(options: Namespace) -> Job:
    """The job of an earlier run, to do again what it set aside."""
    from cleankit.run.job import Job
    from cleankit.run.journal import Journal
    from cleankit.run.workspace import workspace_at

    if options.inputs or options.output:
        raise ConfigError("--only-set-aside takes inputs and output from the earlier run")
    output = store.local(options.only_set_aside)
    if not store.is_url(output):
        output = str(Path(output).resolve())
    with ExitStack() as stack:
        workspace = workspace_at(output, stack)
        workspace.fetch()
        earlier = Journal(workspace.journal).run
    if not earlier:
        raise ReadError(f"{options.only_set_aside}: holds no run")
    with suppress(OSError):
        os.chdir(earlier["folder"])
    job = Job.from_dict(earlier["job"], output=output)
    return _with_limits(replace(job, retry=True), options)


def _with_limits(job: Job, options: Namespace) -> Job:
    """The job with what the options say of who does it, and within which limits.

    Raises:
        ConfigError: an address for an engine that has none.
    """
    from cleankit.run.job import processors

    names = ("jobs", "timeout", "memory", "engine", "address")
    given = {name: getattr(options, name) for name in names}
    job = replace(job, **{name: value for name, value in given.items() if value is not None})
    if job.engine != "local" and store.is_url(job.output or ""):
        raise ConfigError(f"--engine {job.engine} needs an output that all nodes see, no URL")
    if job.engine != "local":
        return job
    if options.address:
        raise ConfigError("--address is for --engine ray")
    return replace(job, jobs=job.jobs or processors())


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
    paths = [store.local(path) for path in paths]
    if not any(store.is_url(path) or Path(path).exists() or has_magic(path) for path in paths):
        raise ReadError(f"{', '.join(paths[:3]) or 'the list'}: no such file or directory")
    return tuple(paths)


def _check_apart(job: Job) -> None:
    """Raise ConfigError if an input is the output folder: it would read what it writes."""
    if job.output is None:
        return
    for path in job.inputs:
        if store.is_url(path) and path.rstrip("/") == job.output.rstrip("/"):
            raise ConfigError(f"{path}: is both input and output")
    if not Path(job.output).exists():
        return
    for path in job.inputs:
        if Path(path).exists() and Path(path).samefile(job.output):
            raise ConfigError(f"{path}: is both input and output")


def _mode(options: Namespace) -> str:
    if options.json_progress:
        return "json"
    return "line" if sys.stderr.isatty() and not options.quiet else "none"


@contextmanager
def _stopped_by_signals() -> Iterator[None]:
    """SIGTERM and SIGHUP stop a run as Ctrl-C does; a second one ends it at once."""

    def stop(number: int, frame: object) -> None:  # noqa: ARG001
        for each in known:
            signal.signal(each, signal.SIG_DFL)
        raise KeyboardInterrupt

    names = ("SIGINT", "SIGTERM", "SIGHUP")
    known = [getattr(signal, name) for name in names if hasattr(signal, name)]
    try:
        before = {each: signal.signal(each, stop) for each in known}
    except ValueError:  # not in the main thread, which alone hears signals
        yield
        return
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def _interrupted(progress: Progress, job: Job) -> int:
    progress.end()
    read = progress.totals.get("read", 0)
    further = "" if job.output is None else "; the same command goes on from there"
    print(f"cleankit: interrupted after {read:,} documents{further}", file=sys.stderr)
    return INTERRUPTED


def _seconds(given: str) -> float:
    try:
        seconds = float(given)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < 1e6:
        raise ArgumentTypeError(f"{given!r} is no number of seconds above 0")
    return seconds


def _shard(given: str) -> Shard:
    from cleankit.run.plan import Shard

    index, _, count = given.partition("/")
    if not (index.isdecimal() and count.isdecimal() and 1 <= int(index) <= int(count)):
        raise ArgumentTypeError(f"{given!r} is no share such as 1/8")
    return Shard(int(index), int(count))
