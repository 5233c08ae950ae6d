"""`cleankit clean`: one document to standard output."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from cleankit.cli import DONE, parser


def add(commands: Any) -> None:
    """Declare the command."""
    command = commands.add_parser(
        "clean", help="clean one document", description="Clean one document to standard output."
    )
    command.add_argument(
        "file", nargs="?", default="-", metavar="FILE", help="a file, or - (stdin)"
    )
    command.add_argument("--number", type=parser.positive, help="which document of a mailbox")
    command.add_argument(
        "--to",
        choices=("text", "markdown", "jsonl"),
        default="text",
        help="the clean text (default), Markdown with front matter, or the whole record",
    )
    parser.add_settings(command)
    command.set_defaults(command=clean)


def clean(options: Namespace) -> int:
    """Read, clean and print one document."""
    from cleankit.cli.source import read_one, write_text

    settings, _ = parser.settings(options)
    pipeline = settings.pipeline()
    document = pipeline(read_one(options.file, settings, options.number))
    if options.to == "text":
        write_text(document.text)
        return DONE
    from cleankit.writers import encoder

    record = document.to_dict(keep_credentials=settings.keep_credentials)
    write_text(encoder(options.to)(record).decode())
    return DONE
