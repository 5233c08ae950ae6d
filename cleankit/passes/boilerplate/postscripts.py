"""Postscripts: what an author adds below the name. The words are a rule, in
`cleankit/rules/sections/postscripts.toml`."""

from __future__ import annotations

import re
from functools import cache

from cleankit import rules


def is_postscript(content: str) -> bool:
    """True if a unit begins as a postscript does, perhaps behind marks."""
    return _beginnings().match(content) is not None


@cache
def _beginnings() -> re.Pattern[str]:
    words = rules.named("sections", "postscripts", "postscript").fields["words"]
    # A word that ends in a mark or a blank is one, and where a script has none the text follows.
    ended = (re.escape(word) + (r"(?!\w)" if "a" <= word[-1] <= "z" else "") for word in words)
    return re.compile(rf"\W{{0,3}}(?:{'|'.join(ended)})", re.IGNORECASE)
