"""Images: what they show in words, and which ones only count that the message was opened."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from cleankit.html.addresses import balanced
from cleankit.html.text import one_line

_COUNTERS = frozenset(
    {"1x1", "beacon", "blank", "clear", "imp", "o", "open", "opens", "pixel", "px", "spacer"}
    | {"track", "tracking"}
)
"""Names under which senders' services serve the image that counts an opened message."""

_NO_WORDS = re.compile(
    r"(?:tracking|open|web)?[\s_-]?(?:pixel|beacon|tracker|spacer|image|img)?", re.IGNORECASE
)
_SUFFIX = r"\.(?:png|jpe?g|gif|webp|heic|svg|bmp)"
_EMPTY = re.compile(
    r"(?:spacer|divider|separator|placeholder|image|img|null|undefined|alt|alt text)[\s_-]?\d{0,3}"
    r"|(?:image|img|pic|dsc|dscn|pxl|photo|screen[ _-]?shot|unnamed|untitled|download|spacer)"
    rf"(?:[\d\s_.:()-]|at|[ap]m){{0,40}}{_SUFFIX}"
    rf"|(?=\D{{0,40}}\d)[\da-f_-]{{1,64}}{_SUFFIX}|",
    re.IGNORECASE,
)
_LONGEST_EMPTY = 100
_LONGEST_BARE = 15
_LONGEST_SUFFIX = 5
"""Of what `_EMPTY` knows nothing is longer; without a file's suffix; and no suffix is longer."""
_TINY = re.compile(
    r"(?:^|[;\s])(width|height)\s{0,9}:\s{0,9}[01](?:\.0)?(?:px|%)?\s{0,9}(?=[!;]|$)", re.IGNORECASE
)
_NOTHING = ("0", "1")
_LONGEST_NAME = 24
"""No words that `_NO_WORDS` knows are longer."""


def words_of(attributes: Mapping[str, str | None]) -> str:
    """The words that stand for an image, on one line; empty if it has none.

    A file's name that a camera or a program gave, and what only says that there is an image, are
    no words.
    """
    words = one_line(attributes.get("alt"))
    if words and not says_nothing(words):
        return words
    words = one_line(attributes.get("title"))
    return words if words and not says_nothing(words) else ""


def says_nothing(words: str) -> bool:
    """True if words only say that there is an image, or are the name of a file."""
    size = len(words)
    if size > _LONGEST_BARE and (size > _LONGEST_EMPTY or "." not in words[-_LONGEST_SUFFIX:]):
        return False
    return _is_empty(words)


@lru_cache(maxsize=1024)
def _is_empty(words: str) -> bool:
    return _EMPTY.fullmatch(words) is not None


def counts_opens(attributes: Mapping[str, str | None], words: str) -> bool:
    """True if an image is there to be fetched, not to be seen.

    Either it has no size (both sides one pixel or none, as attributes or style), or its address is
    one of the shapes in which senders count opened messages and it has no words of its own.
    """
    width, height = attributes.get("width"), attributes.get("height")
    if width is None or height is None:
        style = attributes.get("style") or ""
        if "width" in style and "height" in style:
            sides = {name.lower() for name in _TINY.findall(style)}
            if len(sides) == 2:
                return True
    elif _is_nothing(width) and _is_nothing(height):
        return True
    if words and (len(words) > _LONGEST_NAME or not _NO_WORDS.fullmatch(words)):
        return False
    return _is_counter(attributes.get("src") or "")


def _is_nothing(side: str) -> bool:
    return side.strip().removesuffix("px") in _NOTHING


def _is_counter(source: str) -> bool:
    parts = source[:2000].partition("?")[0].split("/", 3)
    if len(parts) < 4:
        return False
    names = [name.partition(".")[0] for name in parts[3].lower().rsplit("/", 3)[-3:]]
    return not _COUNTERS.isdisjoint(names)


def source_of(attributes: Mapping[str, str | None]) -> str:
    """The address of an image that others can fetch; empty for data in the page or attachments."""
    source = (attributes.get("src") or "").strip()
    if source[:4] == "http":
        return source
    scheme = source[:5].lower()
    return "" if scheme == "data:" or scheme.startswith("cid:") else source


def markdown(words: str, address: str) -> str:
    """An image in Markdown, or its words alone where there is no address.

    An emoji drawn as an image is that emoji.
    """
    return words if not address or is_emoji(words) else f"!{link(words, address)}"


def named(image: str, words: str) -> str:
    """An image in Markdown that has no words yet, with these."""
    return f"!{link(words, image[len('![](') : -1])}"


def is_emoji(words: str) -> bool:
    """True for an emoji, and for other signs without letters."""
    return len(words) <= 8 and not words.isascii() and not any(map(str.isalnum, words))


def link(words: str, address: str) -> str:
    """Some words as a link in Markdown."""
    if ("[" in words or "]" in words) and not balanced(words, "[", "]"):
        words = words.replace("[", "\\[").replace("]", "\\]")
    return f"[{words}]({address})"
