"""How a line looks: its marks, its case, its number; and its title, which is what is left."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from cleankit.passes.sections.words import words

_HASHES = re.compile(r"(?P<hashes>#{1,6})(?:[ \t]+|(?=\*\*))")
_CLOSING_HASHES = re.compile(r"[ \t]+#+$")
_ARROWS = "→▶►»➤➜➡👉↳⟶⇒⮕↓▼▸\ufe0f"
_ARROW = re.compile(rf"(?:[{_ARROWS}]|>>|-->|->)+[ \t]*")
_LINK = re.compile(
    r"!?\[(?P<text>(?:[^\[\]]|\[[^\[\]]*\]){0,240})\]\((?P<url>[^()]*(?:\([^()]*\))?[^()]*)\)"
)
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
_LAST_EMOJI = re.compile(rf"(?:[ \ufe0f\u200d]*{_EMOJI.pattern})+[\ufe0f\u200d]*$")
_NUMBER = re.compile(
    r"(?:\d{1,3}(?:\.\d{1,2}){1,2}|\d{1,3}[.):]|#\d{1,4}:?|[IVX]{1,5}[.)]|[A-Z][.)])[ \t]+(?=\S)"
)
_CJK_NUMBER = re.compile(
    "[（(]?[一二三四五六七八九十]{1,3}[、.．)）]|第[一二三四五六七八九十0-9]{1,3}[章节節部回]|[①-⑳]"
)
_TERMINAL = (".", "!", "?", "…", "。", "！", "？", "⋯")
_CLOSERS = "\"'”’»)]）」』*_ "
_LEADING_ON = (":", "：", "👇", "⬇", "⬇\ufe0f", "👇🏻", "👇🏽", "↓")
"""A line that ends so points at what follows."""

_MINOR = 3
"""Words of at most so many letters are often left small in headlines (and, of, the, für)."""


class Look(NamedTuple):
    """How a line looks.

    `title` is its text without marks, links and addresses, and `size` the number of its words.
    `capital` is the share of its longer
    words that begin with a capital, None where the script has no case. `stop` is the mark that
    ends it, if that ends a sentence.
    """

    title: str
    depth: int
    bold: bool
    italic: bool
    linked: bool
    arrow: bool
    emoji: str
    number: str
    caps: bool
    capital: float | None
    size: int
    colon: bool
    stop: str


def look(text: str) -> Look:
    """How a line looks, given without the blanks around it."""
    hashes = _HASHES.match(text)
    body = _CLOSING_HASHES.sub("", text[hashes.end() :].strip()) if hashes else text
    arrow = _ARROW.match(body)
    if arrow:
        body = body[arrow.end() :]
    outside = _STRONG.split(body)[::2] if body[:2] in ("**", "__") else [body]
    bold = not any(part.strip(" :：") for part in outside)
    without_strong = _STRONG.sub("", body).strip() if "*" in body or "__" in body else body
    wrapped = _WRAPPED.match(without_strong) if without_strong[:1] in "*_`" else None
    if wrapped:
        without_strong = wrapped["text"].strip()
    linked = _is_linked(without_strong)
    title = _plain(without_strong)
    colon = title.endswith(_LEADING_ON)
    title = title.rstrip(" :：").lstrip(f" {_ARROWS}")
    found = words(title)
    emoji = _EMOJI.match(title)
    number = _NUMBER.match(title) or _CJK_NUMBER.match(title)
    caps = title.isupper() and sum(map(str.isalpha, title)) > 2
    last = _LAST_EMOJI.sub("", title).rstrip(_CLOSERS)[-1:]
    return Look(
        title,
        len(hashes["hashes"]) if hashes else 0,
        bold,
        wrapped is not None and wrapped["mark"] != "`",
        linked,
        arrow is not None,
        emoji.group() if emoji else "",
        number.group().strip() if number else "",
        caps,
        _capital_share(found),
        len(found),
        colon,
        last if last and last in _TERMINAL and not colon else "",
    )


def ends_sentence(text: str) -> bool:
    """Whether a text ends as sentences do."""
    return text.rstrip(_CLOSERS).endswith(_TERMINAL)


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
    return text.rstrip(f"({_ARROWS} |").rstrip("-") if text[-1:] in f"(|-{_ARROWS}" else text


def _link_text(link: re.Match[str]) -> str:
    """What a link shows; a picture shows nothing."""
    return "" if "!" in (link.group()[0], link["text"][:1]) else link["text"]


def _is_linked(text: str) -> bool:
    """Whether a line is one link: `[text](address)`, or a text and then its address."""
    link = _LINK.match(text)
    if link and link["text"].strip():
        return link.end() == len(text) or not text[link.end() :].strip(f" .:{_ARROWS}")
    if text.endswith(" ("):
        return True
    if "](" in text:
        return False
    addresses = list(_ADDRESS.finditer(text))
    return bool(addresses) and addresses[-1].start() > 0 and addresses[-1].end() >= len(text) - 1


def _capital_share(found: Sequence[str]) -> float | None:
    """The share of words that begin with a capital or a digit, of the longer ones if there are
    any; None if no word has a case."""
    large = small = large_minor = small_minor = 0
    for word in found:
        first = word[0]
        if first.islower():
            if len(word) > _MINOR:
                small += 1
            else:
                small_minor += 1
        elif first.isupper() or first.isdigit():
            if len(word) > _MINOR and not first.isdigit():
                large += 1
            else:
                large_minor += 1
    if large or small:
        return large / (large + small)
    if large_minor or small_minor:
        return large_minor / (large_minor + small_minor)
    return None
