"""A generated letter as text: in one of the forms that mail is found in, and damaged.

Each piece is damaged as it is written, so that every position in the damaged text is known: where
what has to go stands, and where sections begin.
"""

from __future__ import annotations

import random
import textwrap
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from benchmarks.composing import LINK, Block, Letter
from benchmarks.corpus import misreading

CODECS = ("mac_roman", "cp1252", "latin-1", "cp1250", "cp1251", "cp437")
"""The codecs that generated text is misread with; undefined bytes become C1 characters."""

PADDING = "\u034f \u200c\u00ad" * 12
"""What mailing services put after a preheader, so that no other text shows beside it."""

LINKS: dict[str, Callable[[str, str], str]] = {
    "markdown": lambda words, address: f"[{words}]({address})",
    "round": lambda words, address: f"{words} ({address})",
    "square": lambda words, address: f"{words} [{address}]",
    "angle": lambda words, address: f"{words} <{address}>",
    "spaced": lambda words, address: f"{words} ( {address} )",
    "colon": lambda words, address: f"{words}: {address}",
}
"""How converters write a link."""

TITLES: dict[str, Callable[[str, int], str]] = {
    "markdown": lambda title, level: f"{'#' * (level + 1)} {title}",
    "underlined": lambda title, level: f"{title}\n{'=-'[level - 1] * min(len(title), 60)}",
    "capitals": lambda title, level: title.upper() if level == 1 else title,
    "bare": lambda title, _: title,
    "bold": lambda title, _: f"**{title}**",
    "starred": lambda title, _: f"⭐ {title}",
}
"""How titles are written, by their level."""

DEEP = ("markdown", "underlined", "capitals")
"""Those of which a reader can tell the level."""


@dataclass
class Message:
    """A generated message and its gold.

    Attributes:
        number: which message of its seed.
        text: the message as it is found, damaged as `damage` says.
        removed: what has to go, as `(start, end, kind)` in `text`.
        sections: where a section begins, as `(start, title, level)` in `text`; titles undamaged.
        links: each link in what has to stay, before and after cleaning.
        clean: the paragraphs and titles that have to stay, undamaged and unwrapped.
        secrets: what must not be left in any output.
        damage: how the text was damaged, and in which form it is.
        letter: what it says.
    """

    number: int
    language: str
    text: str = ""
    removed: list[tuple[int, int, str]] = field(default_factory=list)
    sections: list[tuple[int, str, int]] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    clean: list[str] = field(default_factory=list)
    secrets: list[str] = field(default_factory=list)
    damage: dict[str, Any] = field(default_factory=dict)
    subject: str = ""
    sender: str = ""
    letter: Letter | None = None

    def gold(self) -> dict[str, Any]:
        """What should come of the message, as JSON-ready data."""
        gold = {**vars(self)}
        del gold["text"], gold["letter"]
        return gold


def write(letter: Letter, number: int, draw: random.Random) -> Message:
    """A letter as a message: in a form that is drawn, damaged in ways that are drawn."""
    levels = {block.level for block in letter.blocks if block.role == "title"}
    forms = list(DEEP if len(levels) > 1 else TITLES)
    if letter.subject.upper() == letter.subject or _has_linked_titles(letter):
        forms.remove("capitals")
    message = Message(
        number,
        letter.language,
        subject=letter.subject,
        sender=letter.sender,
        secrets=[letter.address, letter.token],
        letter=letter,
    )
    message.damage = {
        "titles": draw.choice(forms),
        "links": draw.choice(list(LINKS)),
        "codec": draw.choice([None, None, None, *CODECS]),
        "times": draw.choice([1, 1, 1, 1, 2]),
        "width": None if letter.spaceless else draw.choice([None, None, None, 72]),
        "padding": draw.random() < 0.2,
        "front_matter": draw.random() < 0.2,
        "line_end": draw.choice(["\n"] * 9 + ["\r\n"]),
    }
    if message.damage["front_matter"]:
        # Such a text was decoded by whoever wrote the front matter.
        message.damage["line_end"] = "\n"
    writer = _Writer(message)
    if message.damage["front_matter"]:
        writer.add(_front_matter(letter), "front_matter")
    if message.damage["padding"]:
        writer.add(PADDING, "invisible")
    for block in letter.blocks:
        writer.block(block)
    message.text = writer.text()
    message.links = list(letter.links.items())
    return message


def _has_linked_titles(letter: Letter) -> bool:
    return any(block.role == "title" and "](" in block.text for block in letter.blocks)


def _front_matter(letter: Letter) -> str:
    subject = letter.subject.replace('"', "'")
    return (
        f'---\nsubject: "{subject}"\nfrom: "{letter.sender} <post@example.com>"\n'
        f"to: {letter.address}\ndate: 2026-01-04T09:30:00+00:00\n---"
    )


class _Writer:
    def __init__(self, message: Message) -> None:
        self.message = message
        damage = message.damage
        self.link = LINKS[damage["links"]]
        self.titled = TITLES[damage["titles"]]
        self.table = misreading(damage["codec"]) if damage["codec"] else None
        self.gap = damage["line_end"] * 2
        self.pieces: list[str] = []
        self.position = 0
        self.in_list = False

    def block(self, block: Block) -> None:
        """Append a block, and note what the gold has to say of it."""
        text = LINK.sub(lambda link: self.link(link[1], link[2]), block.text)
        if self.in_list and block.role == "item":
            self.pieces[-1] = self.gap[: len(self.gap) // 2]
            self.position -= len(self.pieces[-1])
        self.in_list = block.role == "item"
        if block.role == "title":
            start = self.add(self.titled(text, block.level), keep=True)
            title = LINK.sub(r"\1", block.text)
            title = self.titled(title, block.level).partition("\n")[0].strip("#* ")
            self.message.sections.append((start, title, block.level))
            self.message.clean.append(title)
        elif block.role == "image":
            self.add(f"![]({block.text})")
        else:
            mark = {"item": "- ", "quote": "> "}.get(block.role, "")
            self.add(text, block.kind, mark=mark, keep=block.role in ("lines", "quote"))
            if not block.kind:
                self.message.clean.append(self._cleaned(block.text))

    def add(self, piece: str, kind: str = "", *, mark: str = "", keep: bool = False) -> int:
        """Append a piece; as something to be removed if it has a kind. Returns its start."""
        start = self.position
        width = self.message.damage["width"]
        if width and "http" not in piece and not keep and kind not in ("front_matter", "invisible"):
            piece = "\n".join(textwrap.wrap(piece, width, break_long_words=False)) or piece
        if mark:
            following = "> " if mark == "> " else "  "
            piece = mark + piece.replace("\n", "\n" + following)
        if "\n" in piece:
            piece = piece.replace("\n", self.gap[: len(self.gap) // 2])
        if self.table:
            for _ in range(self.message.damage["times"]):
                piece = "".join(map(self.table.__getitem__, piece.encode()))
        self.pieces += (piece, self.gap)
        if kind:
            self.message.removed.append((start, start + len(piece), kind))
        self.position += len(piece) + len(self.gap)
        return start

    def text(self) -> str:
        return "".join(self.pieces).rstrip() + self.gap[: len(self.gap) // 2]

    def _cleaned(self, text: str) -> str:
        """A block with its links as they should be."""
        links = self.message.letter.links if self.message.letter else {}
        return LINK.sub(lambda link: self.link(link[1], links.get(link[2], link[2])), text)
