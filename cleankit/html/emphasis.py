"""Emphasis: by tags, and by styles, which say more of letters than their tags do."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias

from selectolax.lexbor import LexborNode

from cleankit.html import styles

if TYPE_CHECKING:
    from cleankit.html.walk import Walk
    from cleankit.html.writer import Span, Writer

Closer: TypeAlias = Callable[[], None]
Handler: TypeAlias = Callable[["Walk"], Closer | None]

LINE = 120
"""A block in bold letters is emphasis if it holds no more characters than this, and one line."""

_MANY = 12
_IN_A_LINE = frozenset({"-text", "-comment", "b", "em", "font", "i", "span", "strong", "u"})
_NEVER_IN_BOLD = frozenset({"a", "li", "th"})


def strong(walk: Walk) -> Closer | None:
    """Bold text; a heading is bold as it is."""
    if walk.writer.heading or _takes_back("B", walk):
        return None
    return partial(walk.writer.close, walk.writer.open("**", "**"))


def emphasis(walk: Walk) -> Closer | None:
    if _takes_back("I", walk):
        return None
    return partial(walk.writer.close, walk.writer.open("*", "*"))


def struck(walk: Walk) -> Closer:
    """Text struck out: a price that no longer holds must not read as one that does."""
    return partial(walk.writer.close, walk.writer.open("~~", "~~"))


_WRITTEN = {"b": "**", "i": "*", "s": "~~"}


def _takes_back(mark: str, walk: Walk) -> bool:
    """True if the element's own style takes back what its tag says: editors write that."""
    given = walk.attributes.get("style")
    return given is not None and mark in styles.parse(given).unmarks


def added(node: LexborNode, handler: Handler | None, marks: str, *, in_line: bool) -> str:
    """The emphasis that its style adds to an element.

    Letters that are bold or slanted within a line are emphasis, and so is a line in bold that is a
    block of its own.

    Args:
        marks: what the style says (`cleankit.html.styles.Style`).
        in_line: whether the element is one that only changes how letters look.
    """
    if in_line:
        return marks
    adds = "s" if "s" in marks and handler is not struck else ""
    if "b" in marks and node.tag not in _NEVER_IN_BOLD and _is_line(node):
        adds += "b"
    return adds


def begin(walk: Walk, marks: str, close: Closer | None) -> Closer:
    """Begin what a style adds, and leave what it takes back; returns what ends both, and then the
    element."""
    writer = walk.writer
    left = [writer.leave(_WRITTEN[mark.lower()]) for mark in marks if mark.isupper()]
    added = [mark for mark in marks if mark.islower() and (mark != "b" or not writer.heading)]
    spans = [writer.open(_WRITTEN[mark], _WRITTEN[mark]) for mark in added]
    return partial(_end, writer, spans[::-1], left[::-1], close)


def _end(writer: Writer, spans: list[Span], left: list[Span | None], close: Closer | None) -> None:
    for span in spans:
        writer.close(span)
    if close is not None:
        close()
    for each in left:
        if each is not None:
            writer.resume(each)


def _is_line(node: LexborNode) -> bool:
    """True for an element that holds one line of text, and no link or image."""
    size = 0
    for count, each in enumerate(islice(node.traverse(include_text=True), 1, None)):
        if count > _MANY or each.tag not in _IN_A_LINE:
            return False
        if each.tag == "-text":
            size += len((each.text_content or "").strip())
    return 0 < size <= LINE
