"""HTML as mail has it, rendered to the Markdown that its reader sees."""

from cleankit.html.render import render
from cleankit.html.writer import Rendered

__all__ = ["Rendered", "render"]
