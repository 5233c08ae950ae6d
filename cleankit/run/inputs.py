"""Inputs: from what the user names to files, in a fixed order, with a word on what is not read."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from glob import glob, has_magic
from pathlib import Path, PurePath
from typing import NamedTuple

from cleankit import store
from cleankit.errors import ReadError
from cleankit.readers import maildir
from cleankit.readers.files import is_readable


class Input(NamedTuple):
    """A file to read.

    Attributes:
        path: the file, under the name that the user's own words lead to.
        mirror: the path of its output below the output folder, before the output's suffix.
        size: in bytes.
        version: what changes when the file does: size, times and number as the system tells them.
        is_mail: True if it is known to be one message of a Maildir.
    """

    path: str
    mirror: str
    size: int
    version: str
    is_mail: bool = False


class Passed(NamedTuple):
    """Something that is not read: the cause, a sentence, and whether a document may be lost."""

    path: str
    cause: str
    message: str
    lost: bool


@dataclass(frozen=True)
class Inputs:
    """The user's inputs; iterating gives each `Input` and `Passed`, always in the same order.

    Args:
        given: files, directories and patterns (`mail/*.eml`, `**/*.md`), or URLs of such.
        output: the output folder, which is never read, or None.
    """

    given: tuple[str, ...]
    output: str | None = None

    def __iter__(self) -> Iterator[Input | Passed]:
        paths = list(_expanded(self.given))
        walk = _Walk(self.output)
        for path in paths:
            alone = len(paths) == 1
            if store.is_url(path):
                from cleankit.run.store_inputs import given

                yield from given(path, "" if alone else mirrored(path), self.output)
            else:
                yield from walk.given(path, alone=alone)


def version(status: os.stat_result) -> str:
    """What changes when a file does: size, time of writing, time of any change, number."""
    return f"{status.st_size}.{status.st_mtime_ns}.{status.st_ctime_ns}.{status.st_ino}"


class _Walk:
    """One walk over the inputs; remembers the folders that it has seen."""

    def __init__(self, output: str | None) -> None:
        self._seen: set[tuple[int, int]] = set()
        self._output = _identity(os.stat(output)) if output and os.path.isdir(output) else None

    def given(self, path: str, *, alone: bool) -> Iterator[Input | Passed]:
        """What one of the user's inputs holds; an only input stands at the root of the output."""
        try:
            status = os.stat(path)
        except FileNotFoundError:
            yield Passed(path, "missing", "no such file or directory", lost=True)
            return
        except OSError as error:
            yield _unreadable(path, error)
            return
        if stat.S_ISDIR(status.st_mode):
            yield from self._folder(path, "" if alone else mirrored(path), status)
        else:
            mirror = PurePath(path).name if alone else mirrored(path)
            yield from self._file(path, mirror, status, named=True)

    def _folder(self, folder: str, mirror: str, status: os.stat_result) -> Iterator[Input | Passed]:
        identity = _identity(status)
        if identity == self._output:
            return
        if identity in self._seen:
            yield Passed(folder, "read already", "leads to a folder that is read already", False)
            return
        self._seen.add(identity)
        try:
            if maildir.is_maildir(Path(folder)):
                yield from self._maildir(folder, mirror)
                return
            names = os.listdir(folder)
        except OSError as error:
            yield _unreadable(folder, error)
            return
        names.sort(reverse=True)
        while names:
            name = names.pop()
            if not name.startswith("."):
                yield from self._entry(os.path.join(folder, name), os.path.join(mirror, name))

    def _entry(self, path: str, mirror: str) -> Iterator[Input | Passed]:
        try:
            status = os.stat(path)
        except OSError as error:
            yield _unreadable(path, error)
            return
        if stat.S_ISDIR(status.st_mode):
            yield from self._folder(path, mirror, status)
        else:
            yield from self._file(path, mirror, status)

    def _file(
        self, path: str, mirror: str, status: os.stat_result, *, named: bool = False
    ) -> Iterator[Input | Passed]:
        if not stat.S_ISREG(status.st_mode):
            yield Passed(path, "not a file", "is a socket, a device or a pipe", lost=named)
            return
        try:
            if not named and not is_readable(Path(path)):
                yield Passed(path, "not text", "is neither text nor a message", lost=False)
                return
        except ReadError as error:
            yield Passed(path, "unreadable", str(error).removeprefix(f"{path}: "), lost=True)
            return
        yield Input(path, mirror, status.st_size, version(status))

    def _maildir(self, folder: str, mirror: str) -> Iterator[Input | Passed]:
        for message in maildir.messages(Path(folder)):
            path = str(message)
            try:
                status = os.stat(path)
            except OSError as error:
                yield _unreadable(path, error)
                continue
            inner = os.path.join(mirror, os.path.relpath(path, folder))
            yield Input(path, inner, status.st_size, version(status), is_mail=True)
        for subfolder in maildir.subfolders(Path(folder)):
            inner = os.path.join(mirror, subfolder.name.lstrip("."))
            yield from self._folder(str(subfolder), inner, os.stat(subfolder))


def _expanded(given: Iterable[str]) -> Iterator[str]:
    """The paths, with patterns replaced by what they match; a path that exists is no pattern."""
    for path in given:
        if store.is_url(path):
            yield from (store.matches(path) if has_magic(path) else []) or [path]
            continue
        matches = (
            sorted(glob(path, recursive=True))
            if has_magic(path) and not os.path.lexists(path)
            else []
        )
        yield from matches or [path]


def _identity(status: os.stat_result) -> tuple[int, int]:
    return status.st_dev, status.st_ino


def mirrored(path: str) -> str:
    """The path as one below the output folder: without scheme, root, drive and `..`."""
    pure = PurePath(path.partition("://")[2] if store.is_url(path) else path)
    parts = pure.parts[1:] if pure.anchor else pure.parts
    return os.path.join("", *(part for part in parts if part not in ("..", ".")))


def _unreadable(path: str, error: OSError) -> Passed:
    reason = error.strerror or type(error).__name__
    if os.path.islink(path) and error.errno in (errno.ENOENT, errno.ELOOP):
        return Passed(path, "broken link", f"is a link that leads nowhere: {reason}", lost=False)
    cause = "vanished" if error.errno == errno.ENOENT else "unreadable"
    return Passed(path, cause, reason, lost=True)
