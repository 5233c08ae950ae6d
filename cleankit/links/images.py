"""Images whose only use is to count that a message was opened.

Positions are offsets in characters, half-open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from cleankit.links import purposes, wrappers
from cleankit.links.address import parse
from cleankit.links.finding import Link

_MARKDOWN = re.compile(r"!\[(?P<alt>[^\[\]\n]{0,80})\]\(<?(?=https?://)")
_REST = re.compile(r">?(?:[ \t]+(?:\"[^\"\n]{0,200}\"|'[^'\n]{0,200}'))?[ \t]*\)")
_TAG = re.compile(r"<img\b(?P<attributes>[^<>]{1,4000})>", re.IGNORECASE)
_SOURCE = re.compile(r"\bsrc\s*=\s*[\"']?(?P<url>[^\s\"'<>]+)", re.IGNORECASE)
_TINY = re.compile(r"\b(?:width|height)\s*[=:]\s*[\"']?[01](?:px)?(?![\d.%])", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# Descriptions that tell a reader nothing; an image with any other is content.
_EMPTY_DESCRIPTIONS = frozenset(
    {"", "image", "img", "pixel", "open", "beacon", "tracking", "tracking pixel", "1x1", "spacer"}
)


def counting_opens(text: str, links: Iterable[Link]) -> Iterator[tuple[int, int]]:
    """Where such images stand in a text, in Markdown and in HTML tags, in order.

    Args:
        text: any text.
        links: the links in it.
    """
    spans = [*_in_markdown(text, links), *_in_tags(text)]
    last = 0
    for start, end in sorted(spans):
        if start >= last:
            last = end
            yield start, end


def _in_markdown(text: str, links: Iterable[Link]) -> Iterator[tuple[int, int]]:
    if not ("!" in text and "![" in text):
        return
    by_start = {link.start: link for link in links}
    for match in _MARKDOWN.finditer(text):
        link = by_start.get(match.end())
        if link is None or match["alt"].strip().lower() not in _EMPTY_DESCRIPTIONS:
            continue
        rest = _REST.match(text, link.end)
        if rest is not None and _counts(link.url):
            yield match.start(), rest.end()


def _in_tags(text: str) -> Iterator[tuple[int, int]]:
    if "<img" not in text:
        return
    for match in _TAG.finditer(text):
        attributes = match["attributes"]
        source = _SOURCE.search(attributes)
        if (
            len(_TINY.findall(attributes)) > 1
            or _HIDDEN.search(attributes)
            or (source is not None and _counts(source["url"]))
        ):
            yield match.span()


def _counts(url: str) -> bool:
    address = parse(url)
    if address is None:
        return False
    if purposes.counts_opens(address):
        return True
    address = wrappers.unwrap(url, address).address
    return address is not None and purposes.counts_opens(address)
