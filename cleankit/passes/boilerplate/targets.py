"""What a unit's links lead to."""

from __future__ import annotations

import re

from cleankit.links import purpose
from cleankit.passes.boilerplate.reading import IMAGE, URL

MANY = 12
"""Links of a unit that are looked at: a footer's row has fewer."""

NAME = 2
"""Words that stand for a network in a row of them."""

_KINDS = {
    "unsubscribe": "unsubscribe",
    "preferences": "preferences",
    "social": "social",
    "app": "social",
}
"""The kind that a link's purpose gives to the words that stand for it."""

_TELLING = frozenset({"unsubscribe", "preferences"})
"""Purposes of which no author's sentence speaks."""
_ROOT = re.compile(r"[<(\[\s]*https?://[^/\s)\]>?#\"]+/?(?:\?utm_[^\s)\]>]{0,400})?[>)\]\s/…]*")


def kind_of(text: str, *, words: int) -> str:
    """The kind that all the links of a unit agree on, or an empty text.

    Args:
        text: the unit.
        words: so many it has; with many, only a purpose counts of which no author speaks.
    """
    pictured = text.lstrip("| ").startswith("[![")
    urls = [found.group() for found in URL.finditer(IMAGE.sub("", text) if pictured else text)]
    if not 0 < len(urls) <= MANY:
        return ""
    is_row = len(urls) > 1 and words <= NAME * len(urls)
    kinds: set[str] = set()
    for url in urls:
        kinds.add(_KINDS.get(purpose(url), ""))
        if "" in kinds and not is_row:
            return ""
    if kinds <= _TELLING:
        return max(kinds)
    if kinds == {"social"} and not words:
        return "social" if pictured or len(urls) > 1 else ""
    return "social" if is_row and "social" in kinds else ""


def is_root(text: str) -> bool:
    """True if a unit is nothing but a link to a site's front page."""
    return _ROOT.fullmatch(text) is not None
