"""Calls to share and offers of a subscription amid the text, told by where their links lead.

The words are a rule, in `cleankit/rules/boilerplate/structure.toml`.
"""

from __future__ import annotations

import re
from functools import cache

from cleankit import rules
from cleankit.links import purpose
from cleankit.passes.boilerplate.layout import Layout
from cleankit.passes.boilerplate.reading import URL, fold, plain, visible

RULE = "priced-offer"
"""The rule that has the words for what a price is paid by."""

LONGEST = 450
"""Visible characters of an offer."""

LINKS = 4
"""Links of a unit at most."""

SHARES = 2
"""Links for sharing of a row at least."""

WORDS = 2
"""Words of each of them."""

_PRICE = re.compile(
    r"[$€£¥₹₩]\s?\d|\d ?(?:[$€£]|(?:eur|euros?|usd|kr|zł|ft|kč|lei|tl|рублей|руб)\b)"
)
_HOST = re.compile(r"https?://(?:www\.)?([^/\s?#)>\]]+)")


def kind_of(layout: Layout, index: int) -> tuple[str, str]:
    """Kind and rule of a unit that leads nowhere but to a subscription at its price, or to ways to
    share; two blanks for any other."""
    content = layout.content(index)
    judgement = layout.judgement(index)
    if not judgement.linked or len(content) > LONGEST * LINKS:
        return "", ""
    seen = visible(content)
    shown = plain(seen)
    if len(shown) > LONGEST:
        return "", ""
    urls = [found.group() for found in URL.finditer(content)]
    if not 0 < len(urls) <= LINKS:
        return "", ""
    if judgement.kind == "share":
        shares = sum(purpose(url) == "share" for url in urls)
        if shares >= SHARES and len(shown.split()) <= WORDS * len(urls):
            return "share", "share-targets"
    is_offer = "subscribe_cta" in layout.kinds_held(index) and _is_priced(fold(seen))
    if is_offer and all(purpose(url) == "subscribe" and _is_own(layout, url) for url in urls):
        return "subscribe_cta", RULE
    return "", ""


def _is_priced(words: str) -> bool:
    """True if a folded unit names a price, and a time that it is for."""
    return _PRICE.search(words) is not None and _periods().search(words) is not None


def _is_own(layout: Layout, url: str) -> bool:
    """True if what is cut leads to the host of a URL as well: it is the sender's."""
    host = _HOST.match(url)
    return host is not None and any(
        each == host[1] for index in layout.cut for each in _HOST.findall(layout.content(index))
    )


@cache
def _periods() -> re.Pattern[str]:
    periods = rules.named("boilerplate", "structure", RULE).fields["periods"]
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, periods))})(?!\w)")
