"""How a line looks: its marks, its case, its number; and its title, which is what is left."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from cleankit.passes.sections.words import words

_HASHES = re.compile(r"(?P<hashes>#{1,6})(?:[ \t]+|(?=\*\*))")
_CLOSING_HASHES = re.compile(r"[ \t]+#+$")
_ARROWS = "→▶►»➤➜➡👉↳⟶⇒⮕↓▼▸\ufe0f"
_BLANKS_AND_ARROWS = f" {_ARROWS}"
_POINTING = f"{_ARROWS}>-="
_ARROW = re.compile(rf"(?:[{_ARROWS}]|>>|-->|->|={{1,3}}>)+[ \t]*")
_LINK = re.compile(
    r"!?\[(?P<text>(?:[^\[\]]|\[[^\[\]]*\]){0,240})\]\((?P<url>[^()]*(?:\([^()]*\))?[^()]*)\)"
)
_SQUARE = re.compile(r"(?:[■□◆◇●○▪◦▍▌▼▲★☆][ \t\u3000]*|[*+•·–-][ \t]+|\*(?=[^*]*$))(?=\w)")
"""The mark of a title in plain text, of which East Asian newsletters have most."""
BULLETS = "•·*+-–"
"""Marks of items, which may be those of titles."""
_FRAME_MARKS = "-=*~:<>[]+#.•|^"
_LEADER = re.compile(r"\w[ \t]*\.{5,}[ \t]*(?=[^\W\d])")
"""Dots that lead from a name to a title; those of a table of contents lead to a number."""
_MIRRORED = str.maketrans("<>[]", "><][")
_LOOSE_ENDS = f"({_ARROWS} |"
_LOOSE_SIGNS = f"(|-{_ARROWS}"
_ADDRESS = re.compile(
    r"[\[<(][ \t]*(?:https?://|www\.)[^\s\]>)]*+[ \t]*[\]>)]|(?:https?://|www\.)[^\s\]>)]+"
)
_STRONG = re.compile(r"\*\*+|__+")
_WRAPPED = re.compile(r"(?P<mark>[*_`])(?P<text>.+)(?P=mark)$")
_EMPHASIS = re.compile(r"(?<![\w*_\\])[*_]{1,3}(?=[^\s*_])|(?<=[^\s*_\\])[*_]{1,3}(?![\w*_])")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_EMOJI = re.compile(
    "[\u2190-\u21ff\u2300-\u23ff\u2460-\u24ff\u25a0-\u27bf\u2900-\u297f\u2b00-\u2bff\u3030\u303d"
    "\U0001f000-\U0001faff]"
)
_LAST_PLAIN = "\u200c"
"""No emoji, and none of the characters that join and vary emoji, comes before this in Unicode."""
_LAST_EMOJI = re.compile(rf"(?:[ \ufe0f\u200d]*{_EMOJI.pattern})+[\ufe0f\u200d]*$")
_FIRST_EMOJI = re.compile(rf"(?:{_EMOJI.pattern}[\ufe0f\u200d ]*)+")
_NUMBER = re.compile(
    r"(?:\d{1,3}(?:\.\d{1,2}){1,2}|\d{1,3}[.):]|#\d{1,4}:?|[IVX]{1,5}[.)]|[A-Z][.)])[ \t]+(?=\S)"
    r"|\d{1,2}(?: ?[-–—]|/)[ \t]+(?=[^\W\d_])|[IVX]{1,5}(?: ?[-–—]|/)[ \t]+(?=[A-ZÀ-Þ])"
)
_CJK_NUMBER = re.compile(
    "[（(]?[一二三四五六七八九十]{1,3}[、.．)）]|第[一二三四五六七八九十0-9]{1,3}[章节節部回]|[①-⑳]"
)
# Also the stops of Devanagari, Burmese, Khmer, Tibetan, Ethiopic, Armenian, Arabic and Urdu.
_TERMINAL = (*".!?…。！？⋯｡", *"।॥။។៕།༎።፧։؟۔")
_STOPS = frozenset(_TERMINAL)
_ABBREVIATED = (
    " Inc.",
    " Ltd.",
    " Corp.",
    " Co.",
    " Bros.",
    " Jr.",
    " Sr.",
    " Pty.",
    " e.V.",
    " S.A.",
)
"""What the names of firms and people end in, with a full stop that ends no sentence."""
_CLOSERS = "\"'”’“»«›‹)]）」』*_ "
_REFERENCES = re.compile(r"(?:[ ]?\[\d{1,3}\])+$")
"""Numbers of notes; they stand after the full stop."""
_LEADING_ON = (":", "：", "👇", "⬇", "⬇\ufe0f", "👇🏻", "👇🏽", "↓")
"""A line that ends so points at what follows."""

_MINOR = 3
"""Words of at most so many letters are often left small in headlines (and, of, the, für)."""


class Look:
    """How a line looks, given without the blanks around it.

    What few lines are asked for is worked out when it is.

    Attributes:
        title: its text without marks, links and addresses.
        arrow: whether arrows stand before it.
        starred: whether a star is glued to its beginning, and no other closes it.
        framed: whether marks stand around it, as in `*** Title ***`.
        stop: the mark that ends it, if that ends a sentence.
    """

    def __init__(self, text: str) -> None:
        hashes = _HASHES.match(text) if text[0] == "#" else None
        body = _CLOSING_HASHES.sub("", text[hashes.end() :].strip()) if hashes else text
        points = body[:1] in _POINTING and not body.endswith("<<")
        arrow = _ARROW.match(body) if points else None
        if arrow:
            body = body[arrow.end() :]
        self.starred = body[:1] == "*" and body[1:2].isupper() and body.count("*") == 1
        self.depth = len(hashes["hashes"]) if hashes else 0
        self.arrow = arrow is not None
        self.framed = bool(".." in body and _LEADER.search(body))
        if not hashes and (inside := frame(body)):
            body = body[slice(*inside)]
            self.framed = True
        self.bold = body[:2] in ("**", "__") and not any(
            part.strip(" :：") for part in _STRONG.split(_shown(body).replace("****", ""))[::2]
        )
        if "*" in body or "__" in body:
            body = _STRONG.sub("", body).strip()
            if body.count("*") % 2:  # the marks of emphasis that end with those of bold type
                body = _EMPHASIS.sub("", body)
        wrapped = _WRAPPED.match(body) if body[:1] in "*_`" else None
        if wrapped:
            body = wrapped["text"].strip()
        self.italic = wrapped is not None and wrapped["mark"] != "`"
        self.linked = _is_linked(body)
        title = _plain(body)
        self.colon = title.endswith(_LEADING_ON)
        title = title.rstrip(" :：").lstrip(_BLANKS_AND_ARROWS)
        self._square = None if title[:1].isalnum() else _SQUARE.match(title)
        self.title = title = title[self._square.end() :] if self._square else title
        if title[-1:] > _LAST_PLAIN:
            title = _LAST_EMOJI.sub("", title)
        last = _without_references(title).rstrip(_CLOSERS)[-1:]
        self.stop = last if last in _STOPS and not self.colon else ""
        if last == "." and title.endswith(_ABBREVIATED):
            self.stop = ""

    @cached_property
    def emoji(self) -> str:
        """The emoji at its beginning, or the square that marks it as a title."""
        emoji = self._square or _EMOJI.match(self.title)
        return emoji[0][0] if emoji else ""

    @cached_property
    def is_bulleted(self) -> bool:
        """Whether the mark of an item stands before it."""
        return self._square is not None and self._square[0][0] in BULLETS

    @cached_property
    def number(self) -> str:
        """The number at its beginning, with its mark."""
        number = _NUMBER.match(self.title) or _CJK_NUMBER.match(self.title)
        return number.group().strip() if number else ""

    @cached_property
    def caps(self) -> bool:
        """Whether it is in capitals."""
        return self.title.isupper() and sum(map(str.isalpha, self.title)) > 2

    @cached_property
    def size(self) -> int:
        """The number of its words."""
        return len(self._words)

    @cached_property
    def capital(self) -> float | None:
        """The share of its longer words that begin with a capital, None without case."""
        return _capital_share(self._words)

    def has_small(self, share: float) -> bool:
        """Whether less than this share of its longer words begin with a capital."""
        return self.capital is not None and self.capital < share

    @cached_property
    def _words(self) -> list[str]:
        return words(self.title)


def begins_small(text: str) -> bool:
    """Whether a text begins with a small letter that is none of a name such as `eBay`."""
    return text[0].islower() and not text[1:2].isupper()


def frame(text: str) -> tuple[int, int] | None:
    """Where the title begins and ends in a line that has the same marks before and after it, two at
    least or one before capitals: `*** Title ***`, `>> Title <<`, `[ Title ]`, `--[ Title ]-----`.

    A mark that touches its word alone, or two of bold type, are emphasis and no frame.
    """
    if text[:1] not in _FRAME_MARKS or text[-1:] not in _FRAME_MARKS:
        return None
    inner = text.strip(_FRAME_MARKS)
    title = inner.strip()
    if not title:
        return None
    start = text.index(inner)
    before, after = text[:start], text[start + len(inner) :]
    if set(before) != set(after.translate(_MIRRORED)):
        return None
    has_blanks = inner[0] == inner[-1] == " "
    if len(before) == 1 or len(after) == 1:
        if not has_blanks or not (title.isupper() or before in "[="):
            return None
    elif set(before) == {"="}:  # as wikis mark their titles
        pass
    elif not has_blanks and (set(before) == {"*"} or len(before) < 3):
        return None
    start += inner.index(title)
    return start, start + len(title)


def ends_sentence(text: str) -> bool:
    """Whether a text ends as sentences do."""
    return _without_references(text).rstrip(_CLOSERS).endswith(_TERMINAL)


def _without_references(text: str) -> str:
    return _REFERENCES.sub("", text) if text[-1:] == "]" else text


def _plain(text: str) -> str:
    """A line without links, addresses and escapes."""
    if "](" in text:
        text = _LINK.sub(_link_text, text)
    if "http" in text or "www." in text:
        text = _ADDRESS.sub("", text)
    if text.count("*") > 1 or text.count("_") > 1:
        text = _EMPHASIS.sub("", text)
    if "\\" in text:
        text = _ESCAPE.sub(r"\1", text)
    text = " ".join(text.split())
    return text.rstrip(_LOOSE_ENDS).rstrip("-") if text[-1:] in _LOOSE_SIGNS else text


def _shown(text: str) -> str:
    """A line with the texts of its links for the links."""
    return _LINK.sub(_link_text, text) if "](" in text else text


def _link_text(link: re.Match[str]) -> str:
    """What a link shows; a picture shows nothing."""
    return "" if "!" in (link.group()[0], link["text"][:1]) else link["text"]


def _is_linked(text: str) -> bool:
    """Whether a line is one link: `[text](address)`, or a text and then its address."""
    has_link = "](" in text
    emoji = _FIRST_EMOJI.match(text) if has_link and text[0] > _LAST_PLAIN else None
    link = _LINK.match(text, emoji.end() if emoji else 0) if has_link else None
    if link and link["text"].strip():
        return link.end() == len(text) or not text[link.end() :].strip(f" .:{_ARROWS}")
    if text.endswith(" ("):
        return True
    if has_link or not ("http" in text or "www." in text):
        return False
    addresses = list(_ADDRESS.finditer(text))
    return len(addresses) == 1 and addresses[0].start() > 0 and addresses[0].end() >= len(text) - 1


def _capital_share(found: Sequence[str]) -> float | None:
    """The share of words that begin with a capital or a digit, of the longer ones if there are
    any; None if no word has a case."""
    longer = [word[0] for word in found if len(word) > _MINOR]
    large, small = sum(map(str.isupper, longer)), sum(map(str.islower, longer))
    if not (large or small):
        initials = [word[0] for word in found]
        large, small = sum(map(str.isupper, initials)), sum(map(str.islower, initials))
        large += sum(map(str.isdigit, initials)) if large or small else 0
    return large / (large + small) if large or small else None
