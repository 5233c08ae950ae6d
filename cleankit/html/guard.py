"""What keeps a page from costing more than its size, and from losing what follows a broken tag.

A parser that follows the standard takes time quadratic in the depth of nested blocks, in the
attributes of one tag, and in formatting that is never closed; and whatever follows a comment, a
quote or a `<style>` that nobody closed is gone. Honest mail never gets there: the checks are cheap,
and the work is done for the others alone.
"""

from __future__ import annotations

import re
from html import escape

MANY = 2_500
"""Pages with fewer tags than this cannot cost much, however they are nested."""

MAX_DEPTH = 400
"""Elements nested deeper than this are taken for their text. Browsers stop at 512."""

MAX_FORMATTING = 16
"""Formatting elements open at the same time in a cell: each paragraph begins all of them anew."""

MAX_TAG = 16_384
"""A tag longer than this in characters is looked at; most are images held in the page."""

MAX_ATTRIBUTES = 1_000

END = b"<x-end></x-end>"
"""Put after a page: where the parser does not find it, something before it was never closed."""

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})(?=[\s/>])")
_WHOLE_TAG = re.compile(r"</?[a-zA-Z](?>[^>\"']+|\"[^\"]*\"|'[^']*')*+>")
_LONG_TAG = re.compile(rf"<[a-zA-Z][^<>]{{{MAX_TAG},}}>?")
_ATTRIBUTE = re.compile(r"[^\s=]+(?>\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'>]*))?")
_UNQUOTED = [
    re.compile(
        rb"(<(?:a|img)\s[^<>]{0,2000}?\b(?:href|src)\s{0,9}=\s{0,9}Q[^Q<>\s]{1,2000})>"
        rb"(?=[^Q]{0,5000}</)".replace(b"Q", quote),
        re.IGNORECASE,
    )
    for quote in (b'"', b"'")
]
_CELL = re.compile(rb"(?:</?t[dh]|<(tr))(?=[\s>])", re.IGNORECASE)
_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]{0,50})")
_CONDITION = re.compile(r"\s{0,9}\[(?:if|endif)[^\]]{0,200}\]>?")
_NEXT_TAG = re.compile(r"<[a-zA-Z/!]|\Z")

_UNCOUNTED_NAMES = """
    a area base body br col colgroup dd dt embed head hr html img input li link meta optgroup option
    caption p param source tbody td tfoot th thead tr track wbr
"""
_FORMATTING_NAMES = "b big code em font i kbd nobr s samp small strike strong tt u"
_RAW_NAMES = "iframe noembed noframes plaintext script style textarea title xmp"
_UNCOUNTED = frozenset(_UNCOUNTED_NAMES.split())
_FORMATTING = frozenset(_FORMATTING_NAMES.split())
_RAW = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in _RAW_NAMES.split()}
_INLINE = _FORMATTING | {"span", "abbr", "label", "sub", "sup"}
_CELLS = frozenset({"caption", "td", "th"})
_SWALLOWING = frozenset({"frameset", "frame", "template"})


def bounded(page: bytes, *, always: bool = False) -> bytes:
    """The page (in UTF-8) without nesting, formatting and attributes beyond what anyone could see.

    Bytes, because counting and searching them costs next to nothing.
    """
    long_tag = len(page) > MAX_TAG and _may_hold_long_tag(page)
    if not (always or long_tag or page.count(b"<") > MANY):
        return page
    whole = page.decode("utf-8")
    html = _LONG_TAG.sub(_with_fewer_attributes, whole) if long_tag else whole
    html = flattened(html)
    return page if html is whole else html.encode("utf-8")


def closed(html: str) -> str:
    """The page with its comments, tags and raw text closed: what was never closed never began.

    A tag without an end is text, but for one that the page breaks off in: that is hidden. One
    pass; each search that reaches the end in vain is made once.
    """
    pieces: list[str] = []
    position = 0
    exhausted: set[str] = set()
    while (start := html.find("<", position)) >= 0:
        pieces.append(html[position:start])
        tag = _NAME.match(html, start)
        first = ">" not in exhausted
        if tag is None:
            piece, position = _past_markup(html, start, exhausted)
        elif (end := _end_of_tag(html, start, exhausted)) >= 0:
            piece, position = _past_tag(html, start, end, tag[1].lower(), exhausted)
        elif first and html.find("<", start + 1) < 0 and html[tag.end() : tag.end() + 1].isspace():
            piece, position = f"<span hidden>{escape(html[start:])}</span>", len(html)
        else:
            piece, position = "&lt;", start + 1
        pieces.append(piece)
    pieces.append(html[position:])
    return "".join(pieces)


def spaced(page: bytes) -> bytes:
    """A page without tables; if it has cells that were cut out of one, with room between them.

    A parser takes cells outside a table for their text, and so glues their words.
    """
    if not any(tag in page for tag in (b"<td", b"</td", b"<th", b"<TD", b"</TD")):
        return page
    return _CELL.sub(lambda cell: (b"<br>" if cell[1] else b" ") + cell[0], page)


def quoted(page: bytes) -> bytes:
    """The page with the quotes closed around addresses that hold the tag's own end.

    Without that a browser takes all up to the next quote for the address.
    """
    for pattern, quote in zip(_UNQUOTED, (b'"', b"'"), strict=True):
        page = pattern.sub(rb"\1" + quote + b">", page)
    return page


def _past_markup(html: str, start: int, exhausted: set[str]) -> tuple[str, int]:
    """A comment, a declaration or a mere `<`: what to put in its place, and where it ends."""
    if html.startswith("<!--", start):
        end = -1 if "-->" in exhausted else html.find("-->", start + 2)
        if end >= 0:
            return "", end + 3
        exhausted.add("-->")
        condition = _CONDITION.match(html, start + 4)
        return " ", condition.end() if condition else start + 4
    if html[start + 1 : start + 2] in ("!", "?"):
        end = -1 if ">" in exhausted else html.find(">", start)
        return "", end + 1 if end >= 0 else start + 2
    return "&lt;", start + 1


def _past_tag(html: str, start: int, end: int, name: str, exhausted: set[str]) -> tuple[str, int]:
    """A tag, and the raw text that follows it up to its end tag."""
    raw = _RAW.get(name)
    if name in _SWALLOWING:
        return "", end
    if raw is None or html[start + 1] == "/":
        return html[start:end], end
    closing = None if name in exhausted else raw.search(html, end)
    if closing:
        return html[start : closing.end()], closing.end()
    exhausted.add(name)
    following = _NEXT_TAG.search(html, end)
    if following and name in ("script", "style") and "{" in html[end : following.start()]:
        return "", following.start()
    return "", end


def _end_of_tag(html: str, start: int, exhausted: set[str]) -> int:
    """Where the tag that begins here ends; -1 if it does not.

    Quotes count until one is found that is never closed; from there on they do not.
    """
    if ">" in exhausted:
        return -1
    if '"' not in exhausted:
        whole = _WHOLE_TAG.match(html, start)
        if whole:
            return whole.end()
        exhausted.add('"')
    end = html.find(">", start)
    following = html.find("<", start + 1, end if end >= 0 else len(html))
    if end < 0:
        exhausted.add(">")
    return -1 if end < 0 or following >= 0 else end + 1


def flattened(html: str, max_depth: int = MAX_DEPTH) -> str:
    """The page without tags nested too deep; blocks leave a line break."""
    pieces: list[str] = []
    position = depth = formatting = 0
    dropped: dict[str, int] = {}
    around: list[int] = []
    for tag in _TAG.finditer(html):
        name = tag[2].lower()
        if name in _UNCOUNTED:
            if name in _CELLS:
                formatting = 0
            continue
        if name == "table":
            if not tag[1]:
                around.append(formatting)
            elif around:
                formatting = around.pop()
        is_formatting = name in _FORMATTING
        if tag[1]:
            if dropped.get(name):
                dropped[name] -= 1
            elif is_formatting:
                formatting = max(formatting - 1, 0)
                continue
            else:
                depth = max(depth - 1, 0)
                continue
        elif is_formatting:
            if formatting < MAX_FORMATTING:
                formatting += 1
                continue
            dropped[name] = dropped.get(name, 0) + 1
        elif depth < max_depth:
            depth += 1
            continue
        else:
            dropped[name] = dropped.get(name, 0) + 1
        end = html.find(">", tag.end())
        if end < 0:
            break
        pieces += (html[position : tag.start()], "" if name in _INLINE else "<br>")
        position = end + 1
    if not pieces:
        return html
    pieces.append(html[position:])
    return "".join(pieces)


def _may_hold_long_tag(page: bytes) -> bool:
    """True if some tag is longer than `MAX_TAG`: where no tag begins for long, none has ended."""
    step = MAX_TAG // 2
    for place in range(0, len(page) - step, step):
        if page.find(b"<", place, place + step) < 0:
            start = max(page.rfind(b"<", 0, place), 0)
            if page.find(b">", start, start + MAX_TAG) < 0:
                return True
    return False


def _with_fewer_attributes(tag: re.Match[str]) -> str:
    """A tag with no more attributes than a parser takes in its stride."""
    whole = tag[0]
    end = len(whole)
    for count, attribute in enumerate(_ATTRIBUTE.finditer(whole)):
        if count > MAX_ATTRIBUTES:
            end = attribute.start()
            break
    return whole if end == len(whole) else whole[:end] + ">"
