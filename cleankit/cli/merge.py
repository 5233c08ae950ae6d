"""`cleankit merge`: the outputs of all shares of a job array, as one run's output."""

from __future__ import annotations

from argparse import Namespace
from typing import Any


def add(commands: Any) -> None:
    """Declare the command."""
    command = commands.add_parser(
        "merge",
        help="put the outputs of all shares together",
        description="Put together what runs with --shard made, one output folder for each share: "
        "the same bytes as of one run.",
    )
    command.add_argument("outputs", nargs="+", metavar="OUT", help="the output folder of a share")
    command.add_argument(
        "-o", "--output", metavar="OUT", required=True, help="the output folder of the whole"
    )
    command.add_argument(
        "--restart", action="store_true", help="replace whatever the output folder holds"
    )
    command.add_argument("--quiet", "-q", action="store_true", help="say nothing but errors")
    command.set_defaults(command=merge)


def merge(options: Namespace) -> int:
    """Do the merge and tell how it went."""
    from cleankit.cli.run import ended
    from cleankit.run.merge import merge as do
    from cleankit.store import local

    outputs = [local(each) for each in options.outputs]
    finished, job = do(outputs, local(options.output), restart=options.restart)
    return ended(finished, job, quiet=options.quiet)
