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
    html = guard.bounded(html)
    parser = _parse(html + guard.END)
    if parser.css_first("x-end") is None:
        parser = _parse(guard.closed(html))
    return Walk(parser).run()


def _parse(html: str) -> LexborHTMLParser:
    try:
        return LexborHTMLParser(html, options=_WITHOUT_EVENTS)
    except UnicodeEncodeError:
        sound = html.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return LexborHTMLParser(sound, options=_WITHOUT_EVENTS)
