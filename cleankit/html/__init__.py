"""HTML as mail has it, rendered to the Markdown that its reader sees."""

from __future__ import annotations

from collections.abc import Callable

from cleankit.errors import ConfigError
from cleankit.html.render import render
from cleankit.html.writer import Rendered

__all__ = ["RENDERERS", "Rendered", "render", "renderer"]

RENDERERS = ("cleankit", "html2text")
"""What can render HTML, by name; the first is the default."""


def renderer(name: str) -> Callable[[str], Rendered]:
    """The renderer of that name.

    Raises:
        ConfigError: there is none.
    """
    if name == "cleankit":
        return render
    if name == "html2text":
        from cleankit.html import with_html2text

        return with_html2text.render
    raise ConfigError(f"no HTML renderer {name!r}; there are {', '.join(RENDERERS)}")
