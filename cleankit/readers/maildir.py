"""Maildir: a folder with a file a message (https://cr.yp.to/proto/maildir.html)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

MESSAGE_FOLDERS = ("cur", "new")
"""Where messages stand; what is in `tmp` is still being delivered."""


def is_maildir(folder: Path) -> bool:
    """True if the folder holds `cur` and `new`."""
    return all((folder / name).is_dir() for name in MESSAGE_FOLDERS)


def messages(folder: Path) -> Iterator[Path]:
    """The files of a Maildir's messages in the order of their names, `cur` first.

    Names begin with the time of delivery, so that this is the order in which they came.
    """
    for name in MESSAGE_FOLDERS:
        for path in sorted((folder / name).iterdir(), key=lambda path: path.name):
            if path.is_file() and not path.name.startswith("."):
                yield path


def subfolders(folder: Path) -> Iterator[Path]:
    """The Maildirs within a Maildir: Maildir++ gives them names that begin with a dot."""
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if path.is_dir() and path.name not in (*MESSAGE_FOLDERS, "tmp") and is_maildir(path):
            yield path
