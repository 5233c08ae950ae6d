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
    parser = LexborHTMLParser(guard.tabled(data) + guard.END, options=_WITHOUT_EVENTS)
    walk = Walk(parser)
    rendered = walk.run()
    if walk.swallowed and (quoted := guard.quoted(data)) != data:
        return render(quoted.decode("utf-8"))
    if walk.ended or parser.css_first("x-end") is not None:
        return rendered
    closed = guard.closed(data.decode("utf-8"))
    return Walk(LexborHTMLParser(closed, options=_WITHOUT_EVENTS)).run()
