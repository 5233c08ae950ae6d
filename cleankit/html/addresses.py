"""Addresses of links and images, as they are written in Markdown."""

from __future__ import annotations

import re
from typing import Protocol
from urllib.parse import urljoin

_REMOVED = str.maketrans("", "", "\t\r\n")
"""WHATWG URL, 4.4: tabs and line ends in a URL count for nothing."""

_NOWHERE = re.compile(
    r"\s*(?:about|cid|data|file|javascript|mid|outbind|vbscript|x-apple-data-detectors):",
    re.IGNORECASE,
)
_BLOCKED = re.compile(r"(?:blocked::|unsafe:)(?=[a-z]{2,9}:)", re.IGNORECASE)
"""What Outlook and some web mail put before the address of a link that they would not follow."""

_RELATIVE = re.compile(r"(?!www\.|[a-z][a-z0-9+.-]{0,30}:)[\w./?]", re.IGNORECASE)
"""What an address without a scheme begins with; the names that a sender's software fills in
(`{{link}}`, `*|LINK|*`, `%link%`) begin otherwise."""

_SPACE = re.compile(r"\s")


class Page(Protocol):
    """What a page says of its addresses.

    Attributes:
        base: what relative ones are relative to (WHATWG HTML, 4.2.3); empty if it does not say.
        swallowed: one of them holds tags: its quote was never closed.
    """

    @property
    def base(self) -> str: ...

    swallowed: bool


def written(address: str | None, page: Page) -> str:
    """The address as it stands in a Markdown link; empty if it leads nowhere outside the page.

    Spaces and angle brackets are percent-encoded, and so are parentheses unless they balance.
    """
    if not address:
        return ""
    address = address.strip()
    if address[:4] != "http":
        address = _BLOCKED.sub("", address, count=1)
        if not address or address[0] == "#" or _NOWHERE.match(address):
            return ""
        if _RELATIVE.match(address) and page.base:
            address = _joined(page.base, address)
    if len(address.split(None, 1)) > 1:
        if address[:4] == "http":
            # Folded by an editor or a mailer: the blanks that indent the rest are not meant.
            address = "".join(map(str.strip, address.splitlines()))
        address = _SPACE.sub("%20", address.translate(_REMOVED))
    if "<" in address or ">" in address:
        page.swallowed = page.swallowed or "</" in address
        address = address.replace("<", "%3C").replace(">", "%3E")
    if ("(" in address or ")" in address) and not balanced(address, "(", ")"):
        address = address.replace("(", "%28").replace(")", "%29")
    return address


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:
        return address


def balanced(text: str, opening: str, closing: str) -> bool:
    """True if each opening bracket is closed, and none closes that was not opened."""
    count = text.count(opening)
    if count != text.count(closing):
        return False
    if count <= 1:
        return text.find(opening) <= text.find(closing)
    depth = 0
    for character in text:
        if character == opening:
            depth += 1
        elif character == closing:
            depth -= 1
            if depth < 0:
                return False
    return True
