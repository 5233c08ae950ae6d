"""Inputs in a store: what a URL holds, in the order and by the rules of folders on disk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cleankit import store
from cleankit.errors import ReadError
from cleankit.readers.files import is_readable_url
from cleankit.readers.maildir import MESSAGE_FOLDERS
from cleankit.run.inputs import Input, Passed
from cleankit.store import Found


def given(url: str, mirror: str, output: str | None) -> Iterator[Input | Passed]:
    """What a URL of the user's holds.

    Args:
        url: of an object, or of a folder with all that it holds.
        mirror: the path of the folder's output; empty if it stands at the root.
        output: the output folder, which is never read, or None.
    """
    try:
        found = store.found(url)
    except FileNotFoundError:
        yield Passed(url, "missing", "nothing is there", lost=True)
        return
    except ReadError as error:
        yield _unreadable(url, error)
        return
    if found.is_folder:
        yield from _folder(url, mirror, (output or "").rstrip("/"))
    else:
        yield _input(found, mirror or found.name)


def _folder(url: str, mirror: str, output: str) -> Iterator[Input | Passed]:
    if url.rstrip("/") == output:
        return
    try:
        found = store.children(url)
    except (ReadError, FileNotFoundError) as error:
        yield _unreadable(url, error)
        return
    if {each.name for each in found if each.is_folder}.issuperset(MESSAGE_FOLDERS):
        yield from _maildir(found, mirror)
        return
    for each in found:
        inner = _joined(mirror, each.name)
        if each.name.startswith("."):
            continue
        if each.is_folder:
            yield from _folder(each.url, inner, output)
            continue
        try:
            if is_readable_url(each.url):
                yield _input(each, inner)
            else:
                yield Passed(each.url, "not text", "is neither text nor a message", lost=False)
        except (ReadError, FileNotFoundError) as error:
            yield _unreadable(each.url, error)


def _maildir(found: Sequence[Found], mirror: str) -> Iterator[Input | Passed]:
    """The messages of a Maildir, and of those within; see `cleankit.readers.maildir`."""
    folders = {each.name: each for each in found if each.is_folder}
    for name in MESSAGE_FOLDERS:
        for each in store.children(folders.pop(name).url):
            if not (each.is_folder or each.name.startswith(".")):
                yield _input(each, _joined(_joined(mirror, name), each.name), is_mail=True)
    folders.pop("tmp", None)
    for name, folder in folders.items():
        within = store.children(folder.url)
        if {each.name for each in within if each.is_folder}.issuperset(MESSAGE_FOLDERS):
            yield from _maildir(within, _joined(mirror, name.lstrip(".")))


def _input(found: Found, mirror: str, *, is_mail: bool = False) -> Input:
    return Input(found.url, mirror, found.size, found.version, is_mail)


def _joined(mirror: str, name: str) -> str:
    return f"{mirror}/{name}" if mirror else name


def _unreadable(url: str, error: Exception) -> Passed:
    return Passed(url, "unreadable", str(error).removeprefix(f"{url}: "), lost=True)
