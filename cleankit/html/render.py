"""From a page to what its reader sees."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from cleankit.html import guard
from cleankit.html.walk import Walk
from cleankit.html.writer import Rendered

_WITHOUT_EVENTS = 1
"""`LexborDocumentOptions.WO_EVENTS`: parsing fires no events that nobody listens to."""


def render(html: str) -> Rendered:
    """The Markdown of a page or body: its text, and the spans of it that the page hides."""
    data = guard.bounded(html.encode("utf-8", "replace"))
    walk, rendered = _walked(data + guard.END)
    if walk.swallowed or not walk.tabled:
        mended = guard.quoted(data) if walk.swallowed else guard.spaced(data)
        if mended != data:
            data = mended
            walk, rendered = _walked(data + guard.END)
    if walk.ended or walk.parser.css_first("x-end") is not None:
        return rendered
    return _walked(guard.closed(data.decode("utf-8")))[1]


def _walked(page: str | bytes) -> tuple[Walk, Rendered]:
    walk = Walk(LexborHTMLParser(page, options=_WITHOUT_EVENTS))
    return walk, walk.run()
