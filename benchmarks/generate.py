"""Newsletters by the number, each with its gold: seeded, deterministic, streaming.

    python -m benchmarks.generate 1000 --to files|mail|mbox|jsonl -o FOLDER_OR_FILE [--seed N]

A letter is composed of parts (`benchmarks.composing`), so that what is boilerplate, where a section
begins and where a link leads is known while it is written, not found out afterwards. Then it is
written in one of the forms that mail is found in, and damaged (`benchmarks.writing`): read with a
wrong codec, padded with invisible characters, wrapped at 72 characters, with front matter before
it. Mails have a text, a page or both (`benchmarks.mailing`). Message N of a seed is the same on
every machine, whatever was made before it; `--first N` goes on from there.

Levels in the gold follow the same convention as hand-made labels: titles are of level 1 and what
they hold below, but titles of linked cards alone are of level 2, as items of the issue.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from benchmarks.composing import compose
from benchmarks.mailing import as_mail
from benchmarks.writing import Message, write

__all__ = [
    "Message",
    "as_mail",
    "message",
    "messages",
    "write_files",
    "write_json_lines",
    "write_mails",
    "write_mbox",
]


def message(number: int, *, seed: int = 0) -> Message:
    """Message `number` of a seed."""
    draw = random.Random(f"{seed}/{number}")
    return write(compose(draw, number), number, draw)


def messages(count: int, *, seed: int = 0, first: int = 0) -> Iterator[Message]:
    """`count` messages of a seed from number `first` on, made as they are asked for."""
    return (message(number, seed=seed) for number in range(first, first + count))


def write_files(items: Iterator[Message], folder: Path) -> None:
    """One Markdown file a message, a thousand a folder, with its gold beside it as JSON."""
    for item in items:
        place = _place(item, folder)
        place.with_suffix(".md").write_text(item.text, encoding="utf-8", newline="")
        gold = json.dumps(item.gold(), ensure_ascii=False)
        place.with_suffix(".gold.json").write_text(gold, encoding="utf-8", newline="\n")


def write_mails(items: Iterator[Message], folder: Path) -> None:
    """One mail a message, a thousand a folder."""
    for item in items:
        _place(item, folder).with_suffix(".eml").write_bytes(as_mail(item))


def _place(item: Message, folder: Path) -> Path:
    folder = folder / f"{item.number // 1_000:05d}"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{item.number:08d}"


def write_mbox(items: Iterator[Message], path: Path) -> None:
    """One mailbox (mboxrd: `From ` in a body is quoted, one `>` more than it has)."""
    with path.open("wb") as mailbox:
        for item in items:
            mailbox.write(b"From post@example.com Sun Jan  4 09:30:00 2026\n")
            for line in as_mail(item).splitlines(keepends=True):
                mailbox.write(b">" + line if line.lstrip(b">").startswith(b"From ") else line)
            mailbox.write(b"\n")


def write_json_lines(items: Iterator[Message], out: TextIO) -> None:
    """One object a line: `text`, and the gold under `gold`."""
    for item in items:
        out.write(json.dumps({"text": item.text, "gold": item.gold()}, ensure_ascii=False) + "\n")


def main(arguments: list[str] | None = None) -> None:
    """See the module."""
    parser = argparse.ArgumentParser(prog="benchmarks.generate", description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("--to", choices=("files", "mail", "mbox", "jsonl"), default="files")
    parser.add_argument("-o", "--out", default="-")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--first", type=int, default=0, metavar="N")
    options = parser.parse_args(arguments)
    items = messages(options.count, seed=options.seed, first=options.first)
    if options.to == "files":
        write_files(items, Path(options.out))
    elif options.to == "mail":
        write_mails(items, Path(options.out))
    elif options.to == "mbox":
        write_mbox(items, Path(options.out))
    elif options.out == "-":
        write_json_lines(items, sys.stdout)
    else:
        with Path(options.out).open("w", encoding="utf-8", newline="\n") as out:
            write_json_lines(items, out)


if __name__ == "__main__":
    main()
