"""Finding links in text as it really is: Markdown, plain text, and what converters made of both.

Positions are offsets in characters, half-open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

# What may follow `http` in a link that stands anywhere; brackets and quotation marks that can only
# enclose one end it. Fullwidth and CJK punctuation and letters end a link to an ASCII host: a
# browser's address bar percent-encodes them, and prose in those scripts follows without a space.
_START = re.compile(r"https?://")
_START_ANY_CASE = re.compile(r"https?://", re.IGNORECASE)
_MAILTO = re.compile(r"mailto:", re.IGNORECASE)
_RUN = re.compile(r"[^\s<>\"`\x00-\x1f\x7f\u2028\u2029“”„«»‹›]+")
_QUOTED = re.compile(r"[^\s\"'<>]+")
_ANGLED = re.compile(r"[^<>\"`]{1,8192}>")
_BROKEN = re.compile(r"[ \t]*\r?\n[ \t]*")
_CJK = re.compile("[\u3000-\u303f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uff00-\uffef]")
# Punctuation of prose after a link, in any script; `~` and `=` end payloads, and stay.
_TRAILING = frozenset(".,;:!?'*_|’‘‚…·。、，．！？；：؟،؛।॥՞។៖።፣፤፥፦…—–")
_CLOSING = {")": "(", "]": "[", "}": "{"}
_LONG_PAYLOAD = re.compile(r"[\w.~-]{40,}\?\Z")


class Link(NamedTuple):
    """A link in a text: where it stands, and its address as it is meant.

    `url` differs from `text[start:end]` only where the link was broken over lines. `before` is the
    character before it, or an empty text.
    """

    start: int
    end: int
    url: str
    before: str


def find(text: str) -> Iterator[Link]:
    """The web addresses in a text, in order, none inside another."""
    position = 0
    start_pattern = _START_ANY_CASE if "HTTP" in text or "Http" in text else _START
    for match in start_pattern.finditer(text):
        start = match.start()
        if start < position:
            continue
        link = _link(text, start)
        if link is not None:
            position = link.end
            yield link


def find_mailto(text: str) -> Iterator[Link]:
    """The `mailto:` links in a text, in order."""
    position = 0
    for match in _MAILTO.finditer(text):
        start = match.start()
        if start < position:
            continue
        run = _RUN.match(text, start)
        if run is not None:
            end = _trimmed(text, start, run.end())
            position = end
            yield Link(start, end, text[start:end], text[start - 1 : start])


def _link(text: str, start: int) -> Link | None:
    before = text[start - 1] if start else ""
    if before == "<":
        angled = _ANGLED.match(text, start)
        if angled is not None:
            end = angled.end() - 1
            url = text[start:end]
            if not url.isspace() and (" " in url or "\n" in url):
                url = _joined(url)
            if url:
                return Link(start, end, url, before)
    run = _RUN.match(text, start)
    if run is None:
        return None
    end = run.end()
    if before in ("'", '"'):
        quoted = _QUOTED.match(text, start)
        if quoted is not None and text[quoted.end() : quoted.end() + 1] == before:
            return Link(start, quoted.end(), quoted[0], before)
    if not text.isascii():
        cjk = _CJK.search(text, start, end)
        if cjk is not None:
            end = cjk.start()
    if before == "(" and start > 1 and text[start - 2] == "]":
        end = _destination_end(text, start, end)
        return Link(start, end, text[start:end], before)
    if before == "[":
        closing = text.find("]", start, end)
        if closing > 0 and text.count("[", start, closing) == 0:
            return Link(start, closing, text[start:closing], before)
    end = _trimmed(text, start, end)
    return Link(start, end, text[start:end], before)


def _joined(url: str) -> str:
    """An address broken over lines, in one piece; an empty text if it is no address."""
    pieces = _BROKEN.split(url)
    return "" if any(" " in piece or "\t" in piece for piece in pieces) else "".join(pieces)


def _destination_end(text: str, start: int, end: int) -> int:
    """Where the destination of a Markdown link ends: at the parenthesis that closes it."""
    depth = 0
    position = start
    while True:
        closing = text.find(")", position, end)
        if closing < 0:
            return end
        depth += text.count("(", position, closing)
        if depth == 0:
            return closing
        depth -= 1
        position = closing + 1


def _trimmed(text: str, start: int, end: int) -> int:
    """The end of a link without the punctuation of the prose around it."""
    if text[end - 1 : end] == "?" and _LONG_PAYLOAD.search(text, start, end):
        return end
    opened: dict[str, int] = {}
    while end > start:
        last = text[end - 1]
        if last in _TRAILING:
            end -= 1
        elif last in _CLOSING:
            if last not in opened:
                opening = _CLOSING[last]
                opened[last] = text.count(last, start, end) - text.count(opening, start, end)
            if opened[last] <= 0:
                break
            opened[last] -= 1
            end -= 1
        else:
            break
    return end
