"""What the command line understands."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace, RawDescriptionHelpFormatter
from collections.abc import Sequence
from typing import Any, NoReturn

from cleankit.config import Settings
from cleankit.readers.sniff import FORMATS
from cleankit.terminal import escape

DESCRIPTION = "Turn scraped e-mails and newsletters into clean text."

EPILOG = """\
examples:
  cleankit run mail/ -o out              records as JSON lines in out/records.jsonl
  cleankit run mail/ -o out --to markdown
  cleankit clean letter.eml              one document to standard output
  cleankit diff letter.eml               what would change, and by which rule

exit codes: 0 done, 2 wrong usage, 3 done but some inputs were set aside,
            4 nothing could be done, 130 interrupted
"""


class Parser(ArgumentParser):
    """An argument parser whose complaints are one line."""

    def error(self, message: str) -> NoReturn:
        """Tell what is wrong, and end with 2."""
        self.exit(2, f"{self.prog}: {escape(message)} (--help tells more)\n")


def parse(arguments: Sequence[str] | None = None) -> Namespace:
    """The options of one call; `options.command` is the function that does it.

    Raises:
        SystemExit: help or the version was asked for (0), or the usage is wrong (2).
    """
    return parser().parse_args(arguments)


def parser() -> ArgumentParser:
    """The parser of the whole command line."""
    from cleankit.cli import clean, diff, merge, passes, restore, rules, run

    main = Parser(
        "cleankit",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=RawDescriptionHelpFormatter,
    )
    main.add_argument("--version", action="version", version=f"%(prog)s {_version()}")
    commands = main.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in (run, merge, clean, diff, restore, passes, rules):
        command.add(commands)
    return main


def add_settings(command: ArgumentParser) -> None:
    """Declare the options that decide how a document is cleaned."""
    group = command.add_argument_group("cleaning")
    group.add_argument(
        "--passes",
        type=names,
        metavar="A,B",
        help="the passes to run, in this order ('none' for reading alone)",
    )
    group.add_argument(
        "--keep",
        type=names,
        action="extend",
        metavar="KIND",
        help="a kind of removal to leave in the text (repeatable, or separated by commas)",
    )
    group.add_argument(
        "--strip",
        type=names,
        action="extend",
        metavar="KIND",
        help="a kind to cut that is kept by default: sponsor, related, promo",
    )
    group.add_argument("--format", choices=FORMATS, help="the format of the input, if not told")
    group.add_argument(
        "--field", metavar="NAME", help="the field of JSON lines that holds the text"
    )
    group.add_argument(
        "--html", choices=("cleankit", "html2text"), help="what renders HTML (default: cleankit)"
    )
    group.add_argument(
        "--no-headings",
        dest="headings",
        action="store_false",
        default=None,
        help="leave titles as they are in the text",
    )
    group.add_argument("--link-map", metavar="FILE", help="what short links lead to")
    group.add_argument(
        "--keep-credentials",
        action="store_true",
        default=None,
        help="leave addresses and tokens of subscribers in the output",
    )
    group.add_argument("--config", metavar="FILE", help="a configuration file (cleankit.toml)")


def settings(options: Namespace) -> tuple[Settings, dict[str, Any]]:
    """The settings of a call, and what the configuration says of the runner.

    The command line wins over the configuration.

    Raises:
        ConfigError: the configuration or an option says what cannot be.
    """
    from cleankit import config

    path = options.config or config.find()
    values = config.checked(config.load(path), config.KEYS | RUN_KEYS, str(path)) if path else {}
    base = config.settings(values)
    return config.settings(vars(options), base), {
        key: value for key, value in values.items() if key in RUN_KEYS
    }


RUN_KEYS: dict[str, type] = {
    "to": str,
    "jobs": int,
    "timeout": float,
    "memory": int,
    "dedup": str,
    "engine": str,
    "address": str,
}
"""The keys of a configuration file that only `cleankit run` has a use for."""


def names(given: str) -> tuple[str, ...]:
    """A list of names separated by commas; `none` is the empty one."""
    found = tuple(name.strip() for name in given.split(",") if name.strip())
    return () if found == ("none",) else found


def positive(given: str) -> int:
    """A whole number above 0."""
    try:
        number = int(given)
    except ValueError:
        number = 0
    if number < 1:
        raise ArgumentTypeError(f"{given!r} is no whole number above 0")
    return number


def _version() -> str:
    from cleankit import __version__

    return __version__
