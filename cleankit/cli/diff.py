"""`cleankit diff`: what would change, where, and by which rule."""

from __future__ import annotations

import sys
from argparse import Namespace
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import Any, NamedTuple

from cleankit.cli import DONE, parser
from cleankit.document import Document
from cleankit.edits import Edit, Step
from cleankit.terminal import coloured, escape, paint, spell

MAX_LINES = 6
"""How many lines of a long change are shown, unless all are asked for."""

SHORT = 60
"""Changes whose sides are no longer than this, in characters, stand on one line."""

MAX_WIDTH = 200
"""How many characters of a long line are shown."""


class Shown(NamedTuple):
    """An edit as it is shown: its line and column in the original, from 1."""

    line: int
    column: int
    edit: Edit


def add(commands: Any) -> None:
    """Declare the command."""
    command = commands.add_parser(
        "diff",
        help="show what would change, and by which rule",
        description="Show each change that cleaning would make: place, pass, kind and rule.",
    )
    command.add_argument("file", metavar="FILE", help="a file, or - (stdin)")
    command.add_argument("--number", type=parser.positive, help="which document of a mailbox")
    command.add_argument("--all", action="store_true", help="show long changes whole")
    command.add_argument("--json", action="store_true", help="one change a line, as JSON")
    parser.add_settings(command)
    command.set_defaults(command=diff)


def diff(options: Namespace) -> int:
    """Clean one document and print its ledger."""
    from cleankit.cli.source import read_one

    settings, _ = parser.settings(options)
    pipeline = settings.pipeline()
    document = pipeline(read_one(options.file, settings, options.number))
    shown = changes(document, keep_credentials=settings.keep_credentials)
    if options.json:
        _print_json(shown)
    else:
        colour = coloured(sys.stdout)
        limit = sys.maxsize if options.all else MAX_LINES
        for line in lines(document.name, list(shown), colour=colour, limit=limit):
            print(line)
    return DONE


def changes(document: Document, *, keep_credentials: bool = False) -> Iterator[Shown]:
    """The edits of a document in order, each with its place; credentials are masked."""
    starts = list(accumulate((len(line) + 1 for line in document.original.split("\n")), initial=0))
    edits = document.to_dict(keep_credentials=keep_credentials)["edits"]
    for place, edit in zip(document.edits, edits, strict=True):
        start, _ = document.origin(place.start, place.end)
        line = bisect_right(starts, start)
        yield Shown(line, start - starts[line - 1] + 1, Edit.from_dict(edit))


def lines(name: str, shown: list[Shown], *, colour: bool, limit: int) -> Iterator[str]:
    """The lines that tell of these edits, safe for a terminal."""
    notes = sum(each.edit.is_note for each in shown)
    what = _counted(len(shown) - notes, "change") + (
        f", {_counted(notes, 'note')}" if notes else ""
    )
    yield paint(f"{escape(name) or 'document'}: {what}", "bold", on=colour)
    for line, column, edit in shown:
        step = ", then ".join(dict.fromkeys(map(_named, edit.steps)))
        place = paint(f"{line}:{column}", "cyan", on=colour)
        yield f"{place} {paint(escape(step), 'yellow', on=colour)}"
        if edit.note:
            yield paint(f"    {escape(edit.note)}", "dim", on=colour)
        if edit.is_note:
            yield from _side("=", edit.before, "dim", colour, limit)
        elif _is_short(edit.before) and _is_short(edit.after):
            before = paint(_quoted(edit.before), "red", on=colour)
            yield f"  {before} → {paint(_quoted(edit.after), 'green', on=colour)}"
        else:
            yield from _side("-", edit.before, "red", colour, limit)
            yield from _side("+", edit.after, "green", colour, limit)


def _named(step: Step) -> str:
    """Pass, kind and rule of a step."""
    return " ".join(filter(None, (step.pass_name, step.kind, step.rule)))


def _is_short(text: str) -> bool:
    return len(text) <= SHORT and "\n" not in text


def _quoted(text: str) -> str:
    """The text, safe for a terminal; where there is nothing to be seen of it, spelled out."""
    spelled = spell(text)
    shows_something = any(spell(character) == character for character in text.strip())
    if not shows_something or text != text.strip():
        return f'"{spelled}"'
    return escape(text)


def _side(sign: str, text: str, style: str, colour: bool, limit: int) -> Iterator[str]:
    if not text:
        return
    parts = text.removesuffix("\n").split("\n") if text.strip("\n") else [text]
    for part in parts[:limit]:
        width = MAX_WIDTH if limit < sys.maxsize else len(part)
        more = "…" if len(part) > width else ""
        yield paint(f"  {sign} {escape(part[:width])}{more}", style, on=colour)
    if len(parts) > limit:
        yield paint(f"  {sign} … {_counted(len(parts) - limit, 'more line')}", style, on=colour)


def _print_json(shown: Iterator[Shown]) -> None:
    from cleankit.writers.jsonl import dumps

    for line, column, edit in shown:
        data = dumps({"line": line, "column": column, **edit.to_dict()}, ascii_only=True)
        print(data)


def _counted(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"
