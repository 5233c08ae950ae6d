"""Servers of mailing lists, told by the structure of their pages."""

from __future__ import annotations

import re
from functools import lru_cache

from cleankit.passes.boilerplate.reading import UNITS, URL, plain, visible

WORDS = 6
"""Words beside a list's page that still say nothing but what it is."""

WORDS_BELOW_RULE = 14
"""The same below a drawn rule, as servers write it below each message: who keeps the list."""

LONGEST = 400
"""Characters of such a line with its URLs."""

# Mailman 2 and 3, Sympa, Majordomo's MajorCool, Listserv, Google Groups, ezmlm, phpList.
_PAGE = re.compile(
    r"/mailman3?/(?:listinfo|options|postorius)\b|/postorius/lists/|/wws?/(?:info|signoff|sigrequest|subscribe)/"
    r"|/majordomo\b|/majorcool\b|/wa(?:\.exe)?\?(?:SUBED\d?|A0)=|/group/[\w.-]{1,80}/(?:un)?subscribe\b"
    r"|^https?://(?:lists?|mailman|listserv|listes?|listas?)\.[\w.-]{1,80}/[\w-]{2,60}/?\Z"
    r"|/groups/opt_out\b|/lists/\?p=(?:un)?subscribe\b|/(?:un)?subscribe/[\w.-]{1,60}\Z",
    re.IGNORECASE,
)


@lru_cache(maxsize=UNITS)
def is_page(content: str, *, below_rule: bool = False) -> bool:
    """True if a unit leads to the page of a list, and says no more than that.

    Args:
        content: the unit.
        below_rule: a drawn rule stands directly above it.
    """
    if len(content) > LONGEST or "://" not in content:
        return False
    urls = URL.findall(content)
    if not urls or not all(_PAGE.search(url) for url in urls):
        return False
    words = WORDS_BELOW_RULE if below_rule else WORDS
    return len(plain(visible(content)).split()) <= words
