"""`cleankit passes`: what passes there are."""

from __future__ import annotations

import sys
from argparse import Namespace
from typing import Any

from cleankit.cli import DONE
from cleankit.terminal import coloured, escape, paint


def add(commands: Any) -> None:
    """Declare the command."""
    command = commands.add_parser(
        "passes",
        help="list the passes and the kinds of removal",
        description="List the passes in their default order, those that installed packages add, "
        "and the kinds of removal.",
    )
    command.set_defaults(command=passes)


def passes(options: Namespace) -> int:  # noqa: ARG001
    """Print the passes and the kinds."""
    from cleankit.kinds import CUT, LABELLED
    from cleankit.pipeline import BUILT_IN, available

    _print("passes, in their default order", BUILT_IN)
    offered = {name: f"from {point.value}" for name, point in available().items()}
    if offered:
        _print("passes of installed packages", offered)
    _print("kinds of removal, cut unless --keep", CUT)
    _print("kinds that are content, cut with --strip", LABELLED)
    return DONE


def _print(title: str, entries: dict[str, str]) -> None:
    colour = coloured(sys.stdout)
    print(paint(f"{title}:", "bold", on=colour))
    width = max(map(len, entries)) + 2
    for name, what in entries.items():
        print(f"  {paint(escape(name).ljust(width), 'cyan', on=colour)}{escape(what)}")
