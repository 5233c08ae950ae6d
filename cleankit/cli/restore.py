"""`cleankit restore`: the original of a record."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cleankit.cli import DONE, parser
from cleankit.errors import ReadError


def add(commands: Any) -> None:
    """Declare the command."""
    command = commands.add_parser(
        "restore",
        help="give the original of a record back",
        description="Print the text that a record was made from, exactly; what was masked in the "
        "record stays masked.",
    )
    command.add_argument(
        "record", metavar="RECORD", help="a file that holds a record or JSON lines, or - (stdin)"
    )
    command.add_argument(
        "--number", type=parser.positive, help="which record of a file that holds several, from 1"
    )
    command.set_defaults(command=restore)


def restore(options: Namespace) -> int:
    """Read a record and print its original."""
    from cleankit.cli.source import write_text
    from cleankit.document import Document

    record = _chosen(options.record, options.number)
    write_text(Document.from_dict(record).original)
    return DONE


def _chosen(path: str, number: int | None) -> dict[str, Any]:
    data = sys.stdin.buffer.read() if path == "-" else _content(path)
    try:
        records: list[Any] = [json.loads(data)]
    except ValueError:
        records = list(_records(data, path, number))
    if number is None and len(records) > 1:
        raise ReadError(f"{path}: holds several records; choose one with --number")
    if not records or (number or 1) > len(records):
        raise ReadError(f"{path}: holds no record {number or 1}")
    record = records[(number or 1) - 1]
    if not isinstance(record, dict):
        raise ReadError(f"{path}: not a record")
    return record


def _records(data: bytes, path: str, number: int | None) -> Iterator[Any]:
    """The records of JSON lines, up to the one that is asked for."""
    lines = [line for line in data.split(b"\n") if line.strip()]
    for index, line in enumerate(lines[: number or 2], start=1):
        try:
            yield json.loads(line)
        except (ValueError, RecursionError):
            raise ReadError(f"{path}: line {index} is no record") from None


def _content(path: str) -> bytes:
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise ReadError(f"{path}: {error.strerror or error}") from None
    if data.startswith(b"\x1f\x8b"):
        import gzip

        data = gzip.decompress(data)
    return data
