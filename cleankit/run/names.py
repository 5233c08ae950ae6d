"""Names of output files: they mirror the inputs' paths, and no two are ever the same.

Nothing that a message says of itself becomes part of a name.
"""

from __future__ import annotations

import hashlib
import os
import unicodedata
from itertools import chain, count

from cleankit.readers.sniff import BY_SUFFIX
from cleankit.run.seen import Seen

MAX_BYTES = 240
"""File systems take 255 bytes a name; some are left for temporary names."""

_DROPPED = frozenset({*BY_SUFFIX, ".gz"})


class Names:
    """Gives each output a name that none before had, on any file system.

    Two names that differ in case or in Unicode normalisation alone are the same to some file
    systems, and so they are here.
    """

    def __init__(self) -> None:
        self._seen = Seen()
        self._folders: dict[str, str] = {"": ""}

    def name(self, mirror: str, suffix: str) -> str:
        """The path of an output below the output folder.

        `letters/a.eml` becomes `letters/a.md`; if that is taken, `letters/a.eml.md`, and then
        `letters/a.eml~2.md` and so on.

        Args:
            mirror: the path of the input below its root; see `cleankit.run.inputs.Input`.
            suffix: that of the output format.
        """
        parent, last = os.path.split(mirror)
        folder = self._folder(parent)
        for stem in chain((_without_suffix(last), last), (f"{last}~{n}" for n in count(2))):
            name = os.path.join(folder, _short(stem or "document", suffix))
            mine = len(self._seen) + 1
            if self._seen.first(digest_of(name), mine) == mine:
                return name
        raise AssertionError("count() has no end")

    def has(self, name: str) -> bool:
        """True if an output was given this name."""
        return digest_of(name) in self._seen

    def _folder(self, mirror: str) -> str:
        """The folder for this one of the inputs; never a name that a file has."""
        if mirror in self._folders:
            return self._folders[mirror]
        parent, last = os.path.split(mirror)
        above = self._folder(parent)
        for stem in chain((last,), (f"{last}~{n}" for n in count(2))):
            name = os.path.join(above, _short(stem))
            if self._seen.first(digest_of(name), _A_FOLDER) == _A_FOLDER:
                break
        if len(self._folders) > _REMEMBERED:
            self._folders = {"": ""}
        self._folders[mirror] = name
        return name


_A_FOLDER = 0
_REMEMBERED = 1_000


def _without_suffix(mirror: str) -> str:
    stem, suffix = os.path.splitext(mirror)
    while suffix.lower() in _DROPPED:
        mirror = stem
        stem, suffix = os.path.splitext(mirror)
    return mirror


def _short(part: str, suffix: str = "") -> str:
    raw = os.fsencode(part)
    if len(raw) + len(suffix) <= MAX_BYTES:
        return part + suffix
    mark = hashlib.sha256(raw).hexdigest()[:12]
    room = MAX_BYTES - len(suffix) - len(mark) - 1
    return f"{os.fsdecode(raw[:room])}~{mark}{suffix}"


def digest_of(name: str) -> bytes:
    """A digest that names share which some file system takes for the same."""
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
    return hashlib.sha256(folded.encode("utf-8", "surrogatepass")).digest()
