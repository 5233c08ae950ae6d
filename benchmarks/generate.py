"""Newsletters by the number, each with its gold: seeded, deterministic, streaming.

    python -m benchmarks.generate 1000 --to files|mbox|jsonl -o FOLDER_OR_FILE [--seed N]

A message is composed of parts (`benchmarks/parts/*.toml`), so that what is boilerplate, where a
section begins and where a link leads is known while it is written, not found out afterwards. Then
it may be damaged: read with a wrong codec, padded with invisible characters, wrapped at 72
characters. Message N of a seed is the same on every machine, whatever was made before it.
"""

from __future__ import annotations

import argparse
import base64
import json
import random
import sys
import textwrap
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, TextIO
from uuid import UUID

from benchmarks.corpus import misreading

CODECS = ("mac_roman", "cp1252", "latin-1", "cp1250", "cp1251", "cp437")
"""The codecs that generated text is misread with; undefined bytes become C1 characters."""

PADDING = "\u034f \u200c\u00ad" * 12
"""What mailing services put after a preheader, so that no other text shows beside it."""


@dataclass
class Message:
    """A generated message and its gold.

    Attributes:
        number: which message of its seed.
        language: of its text.
        text: the message as it is found, damaged as `damage` says.
        removed: what has to go, as `(start, end, kind)` in `text`.
        sections: where a section begins, as `(start, title, level)` in `text`; titles undamaged.
        links: each link in what has to stay, before and after cleaning.
        clean: the paragraphs and titles that have to stay, undamaged and unwrapped.
        secrets: what must not be left in any output.
        damage: how the text was damaged: codec, padding, wrapping.
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

    def gold(self) -> dict[str, Any]:
        """What should come of the message, as JSON-ready data."""
        gold = {**vars(self)}
        del gold["text"]
        return gold


class _Writer:
    """Puts a message together piece by piece, damaging each piece as it goes.

    A misreading works byte by byte, so that pieces can be damaged one at a time and every position
    in the damaged text is known.
    """

    def __init__(self, message: Message, codec: str | None, width: int | None) -> None:
        self.message = message
        self.table = misreading(codec) if codec else None
        self.width = width
        self.pieces: list[str] = []
        self.position = 0

    def add(self, piece: str, kind: str = "") -> int:
        """Append a piece; as something to be removed if it has a kind. Returns its start."""
        start = self.position
        if self.width and "http" not in piece:
            piece = "\n".join(
                "\n".join(textwrap.wrap(line, self.width, break_long_words=False)) or line
                for line in piece.split("\n")
            )
        if self.table:
            piece = "".join(map(self.table.__getitem__, piece.encode()))
        self.pieces += (piece, "\n\n")
        if kind:
            self.message.removed.append((start, start + len(piece), kind))
        self.position += len(piece) + 2
        return start

    def text(self) -> str:
        return "".join(self.pieces).rstrip("\n") + "\n"


def message(number: int, *, seed: int = 0) -> Message:
    """Message `number` of a seed."""
    draw = random.Random(f"{seed}/{number}")
    parts = draw.choice(_languages())
    sender = draw.choice(parts["senders"])
    host = f"{draw.choice(['news', 'letters', 'post'])}-{draw.randrange(400)}.example.com"
    address = f"reader{draw.randrange(10**6)}@example.org"
    token = base64.urlsafe_b64encode(draw.randbytes(24)).decode().rstrip("=")
    codec = draw.choice([None, None, None, *CODECS])
    width = draw.choice([None, None, None, 72]) if parts["language"] not in ("ja",) else None
    result = Message(number, parts["language"], sender=sender, secrets=[address, token])
    result.damage = {"codec": codec, "width": width, "padding": draw.random() < 0.2}
    writer = _Writer(result, codec, width)

    def fill(pattern: str) -> str:
        places = {
            "sender": sender,
            "host": host,
            "address": address,
            "web": f"https://{host}/v/{number}",
            "leave": f"https://{host}/unsubscribe?e={address.replace('@', '%40')}&token={token}",
        }
        return pattern.format(**places)

    if result.damage["padding"]:
        writer.add(PADDING, "invisible")
    if parts["web_version"]:
        writer.add(fill(draw.choice(parts["web_version"])), "web_version")
    paragraph = " ".join(draw.sample(parts["sentences"], min(3, len(parts["sentences"]))))
    writer.add(paragraph)
    result.clean.append(paragraph)
    titles = draw.sample(parts["titles"], draw.randint(2, min(5, len(parts["titles"]))))
    result.subject = titles[0]
    for place, title in enumerate(titles):
        start = writer.add(title)
        result.sections.append((start, title, 1))
        result.clean.append(title)
        for _ in range(draw.randint(1, 3)):
            paragraph = " ".join(draw.choices(parts["sentences"], k=draw.randint(2, 5)))
            writer.add(paragraph)
            result.clean.append(paragraph)
        if draw.random() < 0.6:
            raw, target = _link(draw, host, token)
            writer.add(f"→ {title}: {raw}")
            result.links.append((raw, target))
        if place == 0 and parts["subscribe_cta"] and draw.random() < 0.5:
            writer.add(fill(draw.choice(parts["subscribe_cta"])), "subscribe_cta")
    closing = draw.choice(parts["closing"])
    writer.add(closing)
    result.clean.append(closing)
    for kind in ("reason", "address", "unsubscribe", "legal"):
        if parts[kind] and (kind == "unsubscribe" or draw.random() < 0.7):
            writer.add(fill(draw.choice(parts[kind])), kind)
    result.text = writer.text()
    return result


def messages(count: int, *, seed: int = 0) -> Iterator[Message]:
    """The first `count` messages of a seed, made as they are asked for."""
    return (message(number, seed=seed) for number in range(count))


def _link(draw: random.Random, host: str, token: str) -> tuple[str, str]:
    """A link as a newsletter has it, and as it should be after cleaning."""
    folder = draw.choice(["notes", "letters"])
    target = f"https://www.example.com/{folder}/{draw.randrange(10**6)}?page=2"
    tracked = f"{target}&utm_source={host.split('.')[0]}&utm_medium=email"
    percent = tracked.replace(":", "%3A").replace("/", "%2F").replace("?", "%3F")
    percent = percent.replace("=", "%3D").replace("&", "%26")
    ticket = f"0100018d{draw.randbytes(4).hex()}-{UUID(bytes=draw.randbytes(16), version=4)}"
    signature = base64.urlsafe_b64encode(draw.randbytes(32)).decode().rstrip("=")
    shapes = [
        target,
        tracked,
        f"{tracked}&fbclid={token}",
        f"https://www.google.com/url?q={percent}&sa=D",
        f"https://{host}/CL0/{percent.replace('%3A', ':', 1)}/1/{ticket}-000000/{signature}=31",
    ]
    return draw.choice(shapes), target


@cache
def _languages() -> tuple[dict[str, Any], ...]:
    folder = Path(__file__).parent / "parts"
    return tuple(
        tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.toml"))
    )


def as_mail(item: Message) -> bytes:
    """The message as a mail of one text part (RFC 5322, 8 bit)."""
    headers = (
        f"From: {item.sender} <post@example.com>\nTo: {item.secrets[0]}\n"
        f"Subject: {item.subject}\nDate: Sun, 04 Jan 2026 09:30:00 +0000\n"
        f"Message-ID: <{item.number}@example.com>\nMIME-Version: 1.0\n"
        "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
    )
    return (headers + item.text).encode("utf-8", "surrogatepass")


def write_files(items: Iterator[Message], folder: Path) -> None:
    """One Markdown file a message, a thousand a folder, with its gold beside it as JSON."""
    for item in items:
        place = folder / f"{item.number // 1_000:05d}"
        place.mkdir(parents=True, exist_ok=True)
        name = f"{item.number:08d}"
        (place / f"{name}.md").write_text(item.text, encoding="utf-8", newline="\n")
        gold = json.dumps(item.gold(), ensure_ascii=False)
        (place / f"{name}.gold.json").write_text(gold, encoding="utf-8", newline="\n")


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
    parser.add_argument("--to", choices=("files", "mbox", "jsonl"), default="files")
    parser.add_argument("-o", "--out", default="-")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    items = messages(options.count, seed=options.seed)
    if options.to == "files":
        write_files(items, Path(options.out))
    elif options.to == "mbox":
        write_mbox(items, Path(options.out))
    elif options.out == "-":
        write_json_lines(items, sys.stdout)
    else:
        with Path(options.out).open("w", encoding="utf-8", newline="\n") as out:
            write_json_lines(items, out)


if __name__ == "__main__":
    main()
