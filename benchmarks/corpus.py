"""The messages of `corpus/messages`, each with its gold."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from benchmarks.measures import Span, Titled, find

MESSAGES = Path(__file__).parent.parent / "corpus" / "messages"
GOLD = ".gold.toml"

# Of the marks of prose those that end a sentence or enclose an address are no part of it.
_ADDRESS = re.compile(
    r"(?:https?://|mailto:)(?:[^\s<>()\[\]\"“”。、，！？…]|\([^\s<>()]*\))*(?<![.,:;!?'’])",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Message:
    """A message and its gold; `corpus/README.md` says what each field means."""

    path: Path
    why: str
    shape: str
    language: str
    links: list[list[str]]
    removed: list[list[str]] = field(default_factory=list)
    sections: list[tuple[str, int]] | None = None
    secrets: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    damage: str = ""
    clean: str | None = None

    @property
    def name(self) -> str:
        return self.path.relative_to(MESSAGES).as_posix()

    @property
    def format(self) -> str | None:
        """As a run tells it from the name of the file; None where the data tells it."""
        return "html" if self.path.suffix == ".html" else None

    @property
    def data(self) -> bytes:
        return self.path.read_bytes()

    def removals(self, text: str) -> list[Span]:
        """Where in the text as it is read stands what has to go, hidden text as well.

        The marks around the words belong to them, up to the next word or the end of the line.

        Raises:
            ValueError: something of it does not stand there.
        """
        spans, start = [], 0
        for kind, phrase in self.removed:
            span = find(text, phrase, start) or find(text, phrase)
            if span is None:
                raise ValueError(f"{self.name}: no {kind} {phrase!r}")
            spans.append(_with_marks(text, span))
            start = span[1]
        shown = [find(text, phrase) for phrase in self.hidden]
        return spans + [_with_marks(text, span) for span in shown if span]

    def titles(self, text: str) -> list[Titled]:
        """Where in the text as it is read each section begins, with its title and level.

        Raises:
            ValueError: a title does not stand there.
        """
        titles, start = [], 0
        for title, level in self.sections or ():
            written = damaged(title, self.damage) if self.damage else title
            span = _line_of_its_own(text, written, start) or find(text, written, start)
            if span is None:
                raise ValueError(f"{self.name}: no title {title!r}")
            titles.append((text.rfind("\n", 0, span[0]) + 1, title, level))
            start = span[1]
        return titles

    def divided_links(self, text: str) -> tuple[list[str], list[str]]:
        """What the links of the text as it is read become: of what stays, and of what is cut.

        Raises:
            ValueError: the links of the gold are not those of the text, in their order.
        """
        cut, stays, goes, place = self.removals(text), list[str](), list[str](), 0
        for before, after, *_ in self.links:
            start = text.find(before, place)
            if start < 0 or "://" in text[place:start]:
                raise ValueError(f"{self.name}: no link {before!r} next")
            place = start + len(before)
            if after:
                inside = any(first <= start < last for first, last in cut)
                (goes if inside else stays).append(after)
        if "://" in text[place:]:
            raise ValueError(f"{self.name}: a link after the last one")
        return stays, goes


def messages() -> Iterator[Message]:
    """Every message, in the order of their names."""
    for path in sorted(MESSAGES.rglob(f"*{GOLD}")):
        gold = tomllib.loads(path.read_text(encoding="utf-8"))
        yield Message(path=path.with_name(path.name.removesuffix(GOLD)), **gold)


def _line_of_its_own(text: str, words: str, start: int) -> Span | None:
    """Where words stand with nothing but marks beside them on their line."""
    beside = r"(?:\]\([^)\n]*\)|[^\w\n.,!?])*"
    own = re.compile(rf"^[^\w\n]*(?P<words>{re.escape(words)}){beside}$", re.MULTILINE)
    found = own.search(text, start)
    return found.span("words") if found else None


def addresses(text: str) -> list[str]:
    """The addresses of links in a text, in their order."""
    return _ADDRESS.findall(text)


def _with_marks(text: str, span: Span) -> Span:
    start, end = span
    while start and text[start - 1] != "\n" and not text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end] != "\n" and not text[end].isalnum():
        end += 1
    return start, end


def known_failures() -> dict[str, str]:
    """Messages that do not come out as their gold says, each with the honest reason."""
    path = MESSAGES / "known-failures.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def damaged(text: str, codec: str) -> str:
    """UTF-8 read with the wrong codec; bytes that it leaves undefined become C1 characters."""
    return "".join(map(misreading(codec).__getitem__, text.encode()))


@cache
def misreading(codec: str) -> tuple[str, ...]:
    """What each byte becomes in a codec of one byte a character."""

    def character(byte: int) -> str:
        try:
            return bytes([byte]).decode(codec)
        except UnicodeDecodeError:
            return chr(byte)

    return tuple(map(character, range(256)))
