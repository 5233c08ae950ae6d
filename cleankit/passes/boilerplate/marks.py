"""Marks: what can be seen of a unit that speaks for or against its being boilerplate.

Each is there or not, in any language, and is told of what a person sees, without markup: so that a
second cleaning, which sees headings where there were lines, sees the same marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from itertools import chain
from typing import Any

from cleankit import rules
from cleankit.links import purpose
from cleankit.passes.boilerplate import imprints, networks, surroundings
from cleankit.passes.boilerplate.addresses import evidence, is_address
from cleankit.passes.boilerplate.finding import Finder
from cleankit.passes.boilerplate.judging import is_rule
from cleankit.passes.boilerplate.layout import Layout
from cleankit.passes.boilerplate.reading import UNITS, URL, fold, plain, visible

RULE = "weighed-footer"
"""The rule that has the words of marks, and what was learnt of them."""

LENGTHS = (20, 45, 120, 200, 400)
"""Characters that a unit is longer than, each a mark of its own."""

GREETING = 60
"""Characters of a line that opens or closes a letter."""

ABOVE = 8
"""So many units above are looked at for a rule or the end of a letter."""

LINKS = 6
"""Links of a unit that are looked at."""

_SENTENCE = re.compile(r"[.!?…。！？।؟][\s\"”»)]*\Z")
_COMMAS = (",", "，", "、")
# A link whose target stands in a list at the end of the text.
_MARKER = re.compile(r"\[(\d{1,4})\](?![(\w])")
_ITEM = re.compile(r"\s*(?:[-*+•◦▪●■□◆>] |\d{1,3}[.)] )")
_DIVIDER = re.compile(r"\s[|•·‧∙–—/~]\s|[|•·‧∙｜]")
_HANDLE = re.compile(r"(?<![\w.])@\w[\w.]{2,30}(?!\.?@)")
_MAIL_ADDRESS = re.compile(r"[\w.+-]@[\w-]{1,60}\.\w|REDACTED")
_SITE = re.compile(r"(?<![\w@.])(?:[\w-]{1,40}\.){1,3}[a-z]{2,12}(?:/\w|\b(?!\.\w))", re.ASCII)
_NUMBER = re.compile(r"\d(?:[ ./-]?\d){5}")
_TIME = re.compile(r"\b\d{1,2}(?:[:.h]\d\d\b| ?[ap]m\b)", re.IGNORECASE)
_PRICE = re.compile(r"[$€£¥₹₩]|\d ?(?:eur|usd|kr|zł|ft|kč|lei|tl)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# As much is said with one as with two letters, at least.
_IDEOGRAPH = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_RIGHTS = re.compile(r"©|\(c\)", re.IGNORECASE)


def of(layout: Layout, index: int) -> frozenset[str]:
    """The marks of a unit at the end of a text; none if it has no words."""
    content = layout.content(index)
    if "[" in content and (number := _MARKER.search(content)):
        content = f"{content} {layout.targets.get(number[1], '')}".rstrip()
    own = _of(content, layout.kinds_held(index))
    if not own:
        return own
    beside = {"opens-block"} if layout.units[index].opens_block else set()
    return own.union(beside, _above(layout, index))


@lru_cache(maxsize=UNITS)
def _of(content: str, held: frozenset[str]) -> frozenset[str]:
    """The marks of a unit by itself.

    Args:
        content: the unit.
        held: the kinds of the triggers that it holds.
    """
    seen = visible(content)
    shown = plain(seen)
    if not any(map(str.isalnum, shown)):
        return frozenset()
    size = len(shown) + len(_IDEOGRAPH.findall(shown))
    lengths = (f"over-{length}" for length in LENGTHS if size > length)
    return frozenset(
        chain(
            lengths,
            _form(content, shown),
            _links(content, shown),
            _figures(shown),
            _sayings(content, seen, shown),
            (f"says-{kind}" for kind in held),
            ("says-much",) if len(held) > 1 else (),
        )
    )


def _form(content: str, shown: str) -> Iterator[str]:
    """How it is written."""
    if _SENTENCE.search(shown):
        yield "sentence"
    elif shown.endswith(_COMMAS):
        yield "comma"
    elif shown.endswith((":", "：")):
        yield "colon"
    if _ITEM.match(content):
        yield "item"
    if "?" in shown or "？" in shown:
        yield "question"
    dividers = len(_DIVIDER.findall(shown))
    if dividers:
        yield "divider"
    if dividers > 1:
        yield "row"
    if shown[0].islower():
        yield "small-letter"
    if shown.isupper():
        yield "capitals"


def _links(content: str, shown: str) -> Iterator[str]:
    """Where it leads."""
    urls = [found.group() for found in URL.finditer(content)]
    if urls:
        yield "link"
    if len(urls) > 2:
        yield "links"
    leaving = _ways_out().search
    if any(map(leaving, urls)) or ("/" in shown and leaving(shown)):
        yield "leaving"
    if any(map(purpose, urls[:LINKS])):
        yield "purpose"
    if "@" in shown:
        if _HANDLE.search(shown):
            yield "handle"
        if _MAIL_ADDRESS.search(shown):
            yield "mail-address"
    elif "REDACTED" in shown or "mailto:" in content:
        yield "mail-address"
    if "." in shown and _SITE.search(shown):
        yield "site"
    if networks.row_kind(content):
        yield "networks"


def _figures(shown: str) -> Iterator[str]:
    """Which figures it has."""
    if _NUMBER.search(shown):
        yield "number"
    if _TIME.search(shown):
        yield "time"
    if _PRICE.search(shown):
        yield "price"
    if _YEAR.search(shown):
        yield "year"


def _sayings(content: str, seen: str, shown: str) -> Iterator[str]:
    """What it speaks of."""
    words = fold(seen)
    if _RIGHTS.search(shown):
        yield "rights"
    if len(shown) <= LENGTHS[-1] and any(map(str.isdigit, shown)):
        if is_address(shown):
            yield "address"
        elif evidence(shown):
            yield "place"
    if imprints.names_register(seen):
        yield "register"
    weight = imprints.weigh(seen)
    if weight.registers:
        yield "register-number"
    if weight.legal:
        yield "law"
    if imprints.speaks_of_list(seen):
        yield "list"
    if surroundings.is_personal(content):
        yield "speaker"
    if not _readers().isdisjoint(words.split()):
        yield "reader"
    yield from (family for _, _, family in _families().find(words))


@cache
def learnt() -> Mapping[str, Any]:
    """The words of marks, by family, and their points."""
    return rules.named("boilerplate", "points", RULE).fields


@cache
def _readers() -> frozenset[str]:
    rule = rules.named("boilerplate", "structure", "footer-words")
    return frozenset(rule.fields["reader"])


@cache
def _ways_out() -> re.Pattern[str]:
    """What addresses have in them that lead out of a list."""
    return re.compile("|".join(learnt()["addresses"]), re.IGNORECASE)


@cache
def _families() -> Finder[str]:
    families = learnt()["words"].items()
    return Finder[str]((), ((part, name) for name, parts in families for part in parts))


def _above(layout: Layout, index: int) -> Iterator[str]:
    """The marks of what stands above a unit: a rule, the end of a letter."""
    near = range(max(index - ABOVE, 0), index)
    if any(is_rule(layout.content(each)) for each in near):
        yield "rule-above"
    if any(is_turn(layout, each) for each in near):
        yield "letter-ends-above"


def is_turn(layout: Layout, index: int) -> bool:
    """True if a line opens or closes a letter: it is short and ends with a comma."""
    content = layout.content(index)
    if len(content) > 2 * GREETING or not content.rstrip(" *_").endswith(_COMMAS):
        return False
    shown = plain(visible(content))
    return (
        0 < len(shown) <= GREETING and shown.endswith(_COMMAS) and not any(map(str.isdigit, shown))
    )
