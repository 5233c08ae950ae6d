"""Calls to share and to follow, and offers of a subscription, amid the text, told by where their
links lead.

The words are a rule, in `cleankit/rules/boilerplate/structure.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence, Set
from functools import cache

from cleankit import rules
from cleankit.links import purpose
from cleankit.passes.boilerplate.layout import Layout
from cleankit.passes.boilerplate.reading import URL, fold, plain, visible

RULE = "priced-offer"
"""The rule that has the words for what a price is paid by."""

NETWORKS = "networks-in-prose"
"""The rule that has the words for those who write."""

LONGEST = 450
"""Visible characters of an offer."""

LINKS = 4
"""Links of a unit at most."""

SHORT = 160
"""Visible characters of an offer without a price, which ends in its link."""

FEWEST = 5
"""Words of it at least."""

SHARES = 2
"""Links for sharing of a row at least."""

WORDS = 2
"""Words of each of them."""

_PRICE = re.compile(
    r"[$€£¥₹₩]\s?\d|\d ?(?:[$€£]|(?:eur|euros?|usd|kr|zł|ft|kč|lei|tl|рублей|руб)\b)"
)
# Somebody's page, and none of what is on it.
_PROFILE = re.compile(
    r"https?://[^/\s]+/(?:(?:in|company|c|channel|user|profile)/)?(?!wall-?\d)@?[^/\s?]+/?(?:\?\S*)?"
)
_WORD = re.compile(r"[^\W\d_]+")
_HOST = re.compile(r"https?://(?:www\.)?([^/\s?#)>\]]+)")


def kind_of(layout: Layout, index: int, own: Callable[[], Set[str]]) -> tuple[str, str]:
    """Kind and rule of a unit that leads nowhere but to a subscription at its price, or to ways to
    share; two blanks for any other.

    Args:
        layout, index: which unit.
        own: gives the hosts that may be the sender's.
    """
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
    words = _WORD.findall(shown.lower())
    ends_in_link = content.rstrip(" >).").endswith(urls[0])
    is_short = ends_in_link and len(words) >= FEWEST and len(shown) <= SHORT
    is_offer = (
        "subscribe_cta" in layout.kinds_held(index)
        and not _payers().isdisjoint(words)
        and (is_short or _is_priced(fold(seen)))
    )
    if is_offer and all(_is_page(url, own()) for url in urls):
        return "subscribe_cta", RULE
    return "", ""


def says_where(content: str) -> bool:
    """True if those who write say in a unit on which networks they are, two at least, and it leads
    nowhere else."""
    if content.count("](http") not in range(2, LINKS + 1) or len(content) > LONGEST * LINKS:
        return False
    seen = visible(content)
    return (
        len(plain(seen)) <= SHORT
        and _is_of_networks([found.group() for found in URL.finditer(content)])
        and not _writers().isdisjoint(_WORD.findall(fold(seen)))
    )


def _is_page(url: str, own: Set[str]) -> bool:
    """True if a URL leads to one of these hosts, and its path is for subscribing, not its host
    alone."""
    host = _HOST.match(url)
    return (
        host is not None
        and host[1] in own
        and purpose(f"https://example.org{url[host.end() :]}") == "subscribe"
    )


def _is_of_networks(urls: Sequence[str]) -> bool:
    """True if links lead to pages of people on two networks at least, and nowhere else."""
    hosts = {host[1] for url in urls if (host := _HOST.match(url))}
    return len(hosts) > 1 and all(
        _PROFILE.fullmatch(url) and purpose(url) == "social" for url in urls
    )


def _is_priced(words: str) -> bool:
    """True if a folded unit names a price, and a time that it is for."""
    return _PRICE.search(words) is not None and _periods().search(words) is not None


def hosts_cut(layout: Layout) -> frozenset[str]:
    """The hosts that what is cut leads to: the sender's, among others."""
    return frozenset(host for index in layout.cut for host in _HOST.findall(layout.content(index)))


@cache
def _writers() -> frozenset[str]:
    return frozenset(rules.named("boilerplate", "structure", NETWORKS).fields["writers"])


@cache
def _payers() -> frozenset[str]:
    return frozenset(rules.named("boilerplate", "structure", RULE).fields["payers"])


@cache
def _periods() -> re.Pattern[str]:
    periods = rules.named("boilerplate", "structure", RULE).fields["periods"]
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, periods))})(?!\w)")
