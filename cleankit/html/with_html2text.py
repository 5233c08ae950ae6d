"""HTML by html2text, for those who ask for it (the extra `html2text`).

It shows hidden text and draws layout tables as bars; nested lists and tags that are never closed
cost it seconds. So it gets a page that is closed, and shallow.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

from cleankit.errors import ConfigError
from cleankit.html import guard
from cleankit.html.writer import Rendered

MAX_DEPTH = 30
"""Elements nested deeper than this are taken for their text; html2text indents each list."""

_RUNS = re.compile(r"\n{3,}")


def render(html: str) -> Rendered:
    """The Markdown that html2text makes of a page; nothing is told of what is hidden.

    Raises:
        ConfigError: html2text is not installed.
    """
    try:
        import html2text
    except ImportError:
        raise ConfigError("html2text is not installed; pip install 'cleankit[html2text]'") from None
    page = guard.bounded(html.encode("utf-8", "replace"), always=True)
    closed = guard.flattened(guard.closed(page.decode("utf-8")), MAX_DEPTH)
    converter = html2text.HTML2Text()
    converter.body_width = 0
    text = converter.handle(LexborHTMLParser(closed, options=1).html or "")
    lines = [line.rstrip() for line in text.splitlines()]
    return Rendered(_RUNS.sub("\n\n", "\n".join(lines)).strip("\n"), [])
