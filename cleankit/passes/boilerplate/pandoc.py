"""What Pandoc writes of an HTML layout into its Markdown: fences of divs, attributes of spans.

They are taken away where a fence with attributes opens a line, which only a converter writes into
mail (Pandoc User's Guide, "Divs and Spans").
"""

from __future__ import annotations

import re

from cleankit.code_blocks import code_blocks
from cleankit.edits import Change
from cleankit.spans import is_within

_OPENED = re.compile(r"^:{3,} ?\{[.#]", re.MULTILINE)
_FENCE = re.compile(r"^:{3,}(?: ?\{[.#][^{}\n]{0,200}\})?[ \t]*(?:\n|\Z)", re.MULTILINE)
# Behind a link, a picture, a span, or at the end of a heading.
_ATTRIBUTES = re.compile(
    r"(?<=[)\]])(?:\{[.#a-z][^{}\n]{0,200}\})+"
    r"|^#{1,6} [^\n{}]{1,200}([ \t]+\{[.#][^{}\n]{0,200}\})[ \t]*$",
    re.MULTILINE,
)


def changes(text: str) -> list[Change]:
    """The cuts that leave of Pandoc's Markdown what is read: fences and attributes go.

    Both stay in fenced code, and where no fence outside of it has attributes.
    """
    # One character is looked for ten times as fast as three.
    if "{" not in text or ":::" not in text:
        return []
    code = code_blocks(text)
    if all(is_within(code, found.start()) for found in _OPENED.finditer(text)):
        return []
    spans = [(found.span(), "div-fence") for found in _FENCE.finditer(text)]
    spans += [
        (found.span(found.lastindex or 0), "attributes") for found in _ATTRIBUTES.finditer(text)
    ]
    return sorted(
        Change(start, end, "", rule, "debris")
        for (start, end), rule in spans
        if not is_within(code, start)
    )
