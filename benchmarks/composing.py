"""What a generated newsletter says, block by block, before anybody writes it down.

Blocks are drawn from parts (`benchmarks/parts/*.toml`) by a template. Links in them are
`[words](address)`, whatever form they take in the message.
"""

from __future__ import annotations

import base64
import random
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

LINK = re.compile(r"\[([^\]]*)\]\(([^)\s]*)\)")

Parts = dict[str, Any]


@dataclass(frozen=True)
class Block:
    """One statement.

    Attributes:
        role: `title`, `paragraph`, `item`, `quote`, `image`, `rule` or `lines` (as they stand).
        level: of a title, 1 is the top.
        kind: what it has to be removed as; empty for what stays.
    """

    role: str
    text: str
    level: int = 0
    kind: str = ""


@dataclass(frozen=True)
class Letter:
    """What one message says, and of whom it must not tell.

    Attributes:
        links: each tracked address in what stays, and where it leads.
    """

    language: str
    spaceless: bool
    sender: str
    subject: str
    address: str
    token: str
    host: str
    blocks: list[Block]
    links: dict[str, str]


@cache
def languages() -> tuple[Parts, ...]:
    """The parts of every language, in the order of their codes."""
    folder = Path(__file__).parent / "parts"
    return tuple(
        tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.toml"))
    )


def compose(draw: random.Random, number: int) -> Letter:
    """A letter in a language and a template that are drawn."""
    parts = draw.choice(languages())
    composer = _Composer(draw, number, parts)
    templates = [_stories, _stories, _stories, _digest, _cards, _letter]
    if "receipts" in parts:
        templates.append(_receipt)
    template = draw.choice(templates)
    return composer.letter(template)


class _Composer:
    """Draws blocks and keeps the links that it makes."""

    def __init__(self, draw: random.Random, number: int, parts: Parts) -> None:
        self.draw = draw
        self.number = number
        self.parts = parts
        self.sender: str = draw.choice(parts["senders"])
        self.host = f"{draw.choice(['news', 'letters', 'post'])}-{draw.randrange(400)}.example.com"
        self.address = f"reader{draw.randrange(10**6)}@example.org"
        self.token = base64.urlsafe_b64encode(draw.randbytes(24)).decode().rstrip("=")
        self.tracking = draw.choice(_TRACKERS)
        self.links: dict[str, str] = {}
        self.blocks: list[Block] = []

    def letter(self, template: Callable[[_Composer], str]) -> Letter:
        """The whole letter, its body by a template, which gives the subject back."""
        if template is _receipt:
            subject = template(self)
        else:
            self.head()
            subject = template(self)
            self.close()
            self.foot()
        return Letter(
            self.parts["language"],
            self.parts.get("spaceless", False),
            self.sender,
            subject,
            self.address,
            self.token,
            self.host,
            self.blocks,
            self.links,
        )

    def add(self, role: str, text: str, *, level: int = 0, kind: str = "") -> None:
        self.blocks.append(Block(role, text, level, kind))

    def one(self, name: str) -> str:
        """One of the parts of a name, with its places filled in."""
        return self.filled(self.draw.choice(self.parts[name]))

    def filled(self, pattern: str) -> str:
        text = pattern.format(
            sender=self.sender,
            host=self.host,
            address=self.address,
            name=self.draw.choice(self.parts["names"]),
            number=self.draw.randrange(1_000, 10_000),
        )
        return LINK.sub(lambda link: f"[{link[1]}]({self.service_address(link[2])})", text)

    def service_address(self, name: str) -> str:
        """Where a link of the template leads, by its name in the parts."""
        reader = f"e={self.address.replace('@', '%40')}&token={self.token}"
        if name in ("leave", "preferences"):
            return f"https://{self.host}/{'unsubscribe' if name == 'leave' else name}?{reader}"
        if name == "offer":
            return self.tracked(f"https://www.example.org/fennick/{self.draw.randrange(1_000)}")
        if name in _NETWORKS:
            return f"https://{_NETWORKS[name]}/example{self.number}"
        return f"https://{self.host}/{name}/{self.number}"

    def story(self) -> str:
        """A new address of content, as the sender's service tracks it."""
        folder = self.draw.choice(["notes", "letters", "2026/01", "p"])
        return self.tracked(f"https://www.example.com/{folder}/{self.draw.randrange(10**6)}?page=2")

    def tracked(self, target: str) -> str:
        address = self.tracking(self, target)
        self.links[address] = target
        return address

    def sentences(self, least: int, most: int) -> str:
        count = min(self.draw.randint(least, most), len(self.parts["sentences"]))
        blank = "" if self.parts.get("spaceless") and self.parts["language"] != "th" else " "
        return blank.join(self.draw.sample(self.parts["sentences"], count))

    def titles(self, least: int, most: int) -> list[str]:
        count = min(self.draw.randint(least, most), len(self.parts["titles"]))
        return self.draw.sample(self.parts["titles"], count)

    def chance(self, share: float) -> bool:
        return self.draw.random() < share

    def head(self) -> None:
        if self.chance(0.6):
            self.add("paragraph", self.one("web_version"), kind="web_version")
        if self.chance(0.4):
            self.add("paragraph", self.one("greetings"))
        self.add("paragraph", self.sentences(2, 3))

    def close(self) -> None:
        self.add("paragraph", self.one("closings"))
        if self.chance(0.5):
            self.add("paragraph", self.draw.choice(self.parts["names"]))
        if self.chance(0.3):
            self.add("paragraph", self.one("share"), kind="share")

    def foot(self) -> None:
        """A footer: always a way out, the rest as services have it, in the order of any."""
        kinds = ["unsubscribe"]
        kinds += [
            kind
            for kind, share in (("reason", 0.7), ("address", 0.6), ("legal", 0.6), ("social", 0.3))
            if self.chance(share)
        ]
        self.draw.shuffle(kinds)
        if self.chance(0.3):
            self.add("rule", self.draw.choice(["---", "* * *", "________________"]), kind="debris")
        for kind in kinds:
            self.add("paragraph", self.one(kind), kind=kind)


def _stories(composer: _Composer) -> str:
    """Titles with paragraphs below them, at times on two levels, with a sponsor among them."""
    draw = composer.draw
    titles = composer.titles(2, 6)
    deep = composer.chance(0.25)
    sponsored = draw.randrange(len(titles)) if composer.chance(0.3) else -1
    for place, title in enumerate(titles):
        level = 2 if deep and place and draw.random() < 0.6 else 1
        composer.add("title", title, level=level)
        for _ in range(draw.randint(1, 3)):
            composer.add("paragraph", composer.sentences(2, 5))
        if composer.chance(0.2):
            composer.add("quote", composer.sentences(1, 3))
        if composer.chance(0.5):
            composer.add("paragraph", f"[{composer.one('more')}]({composer.story()})")
        if place == sponsored:
            composer.add("paragraph", composer.one("sponsors"))
        if place == 0 and composer.chance(0.3):
            composer.add("paragraph", composer.one("subscribe_cta"), kind="subscribe_cta")
    return titles[0]


def _digest(composer: _Composer) -> str:
    """Titles with lists of links below them."""
    titles = composer.titles(2, 4)
    for title in titles:
        composer.add("title", title, level=1)
        for _ in range(composer.draw.randint(2, 5)):
            words = composer.one("titles")
            text = f"[{words}]({composer.story()})"
            composer.add("item", f"{text} — {composer.sentences(1, 1)}")
    return titles[0]


def _cards(composer: _Composer) -> str:
    """Stories as cards: a picture, a linked title, a text, a button.

    Titles of linked cards alone are of level 2: what they are items of is the issue itself.
    """
    titles = composer.titles(2, 5)
    for title in titles:
        address = composer.story()
        if composer.chance(0.5):
            composer.add("image", f"https://{composer.host}/i/{composer.draw.randrange(10**6)}.jpg")
        composer.add("title", f"[{title}]({address})", level=2)
        composer.add("paragraph", composer.sentences(1, 3))
        if composer.chance(0.6):
            composer.add("paragraph", f"[{composer.one('more')}]({address})")
    return titles[0]


def _letter(composer: _Composer) -> str:
    """Prose from beginning to end, with a link in it here and there."""
    for _ in range(composer.draw.randint(3, 7)):
        text = composer.sentences(2, 5)
        if composer.chance(0.3):
            text = f"{text} [{composer.one('titles')}]({composer.story()})"
        composer.add("paragraph", text)
    return composer.one("titles")


def _receipt(composer: _Composer) -> str:
    """A message of which nothing may be cut."""
    text = composer.one("receipts").strip()
    for lines in text.split("\n\n"):
        composer.add("lines", lines)
    return text.split("\n", 1)[0]


_NETWORKS = {
    "facebook": "www.facebook.com",
    "instagram": "www.instagram.com",
    "linkedin": "www.linkedin.com/company",
    "telegram": "t.me",
    "vk": "vk.com",
    "weibo": "weibo.com",
    "x": "x.com",
}


def _plain(_: _Composer, target: str) -> str:
    return target


def _campaign(composer: _Composer, target: str) -> str:
    mark = "&" if "?" in target else "?"
    return f"{target}{mark}utm_source={composer.host.split('.')[0]}&utm_medium=email"


def _several(composer: _Composer, target: str) -> str:
    return f"{_campaign(composer, target)}&fbclid={composer.token}"


def _search(composer: _Composer, target: str) -> str:
    return f"https://www.google.com/url?q={_escaped(_campaign(composer, target))}&sa=D"


def _amazon(composer: _Composer, target: str) -> str:
    """As Amazon's mail service writes it: the target, a ticket and a signature in the path."""
    draw = composer.draw
    ticket = f"0100018d{draw.randbytes(4).hex()}-{UUID(bytes=draw.randbytes(16), version=4)}"
    signature = base64.urlsafe_b64encode(draw.randbytes(32)).decode().rstrip("=")
    inner = _escaped(_campaign(composer, target)).replace("%3A", ":", 1)
    return f"https://{composer.host}/CL0/{inner}/1/{ticket}-000000/{signature}=31"


def _safe(composer: _Composer, target: str) -> str:
    """As Microsoft's filter rewrites it on the way."""
    data = _escaped(f"05|02|{composer.address}|{composer.draw.randbytes(8).hex()}|0|0|638")
    inner = _escaped(_campaign(composer, target))
    return f"https://eur01.safelinks.protection.outlook.com/?url={inner}&data={data}&reserved=0"


def _facebook(composer: _Composer, target: str) -> str:
    inner = _escaped(_campaign(composer, target))
    return f"https://l.facebook.com/l.php?u={inner}&h=AT0{composer.draw.randbytes(12).hex()}"


def _escaped(address: str) -> str:
    for plain, escaped in (("%", "%25"), (":", "%3A"), ("/", "%2F"), ("?", "%3F")):
        address = address.replace(plain, escaped)
    for plain, escaped in (("=", "%3D"), ("&", "%26"), ("|", "%7C"), ("@", "%40")):
        address = address.replace(plain, escaped)
    return address


_TRACKERS = (_plain, _campaign, _several, _search, _amazon, _safe, _facebook)
"""How a service tracks the links of a message; a service has one way."""
