"""Rows that lead to networks and stores, and the marks of mailing services.

The names are rules, in `cleankit/rules/boilerplate/networks.toml`.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from cleankit import rules
from cleankit.links import purpose
from cleankit.passes.boilerplate.reading import UNITS, URL, fold, plain, visible

LONGEST = 4_000
"""Characters of a row with its URLs."""

LINKS = 14
"""Links of a row at most."""

WORDS = 5
"""Words beside a name that are no sentence yet: `Follow us on`, `Our app`."""

MARK_WORDS = 8
"""Words of a service's mark at most."""

_ALT = re.compile(r"!\[([^\[\]]{0,80})\]\([^()\s]{0,2000}\)")
_LINKED = re.compile(r"\[([^\[\]]{0,80})\]\([^()\s]{0,2000}\)")
# A picture that is a link.
_ICON = re.compile(r"\[!\[[^\[\]]{1,80}\]\([^()\s]{1,2000}\)\]\([^()\s]{1,2000}\)")
# A link whose target stands below the text.
_NOTE = re.compile(r"\[\d{1,3}\]")
_WORD = re.compile(r"[\w+.-]*\w")
_SITE = re.compile(r"https?://(?:www\.)?([\w-]{2,40})\.[a-z.]{2,8}(?:/[\w./-]{0,40})?(?:\?\S*)?\Z")
_PROSE_END = re.compile(r"[.!?…][\s\"”»)]*\Z")


@lru_cache(maxsize=UNITS)
def row_kind(content: str) -> str:
    """The rule by which a unit is a row of networks or of stores; empty if it is none."""
    if len(content) > LONGEST:
        return ""
    urls = URL.findall(content)
    count = len(urls) or len(_NOTE.findall(content))
    if not 0 < count <= 2 * LINKS:
        return ""
    shown = _shown(content if urls else _NOTE.sub(" ", content))
    words = _words(shown)
    if not words or len(words) > 40 or _PROSE_END.search(plain(visible(shown))):
        return ""
    for rule in ("network-row", "store-row"):
        names, links = _named(words, rule)
        rest = len(words) - names
        enough = links > 1 or (
            links == 1 and (_leads_there(urls) or (not rest and _ICON.fullmatch(content)))
        )
        if enough and links <= count and rest <= min(WORDS, 2 * links + 1):
            return rule
    return ""


@lru_cache(maxsize=UNITS)
def is_mark(content: str) -> bool:
    """True if a unit names the service that sent the message, and says little else."""
    if len(content) > LONGEST:
        return False
    words = _words(_shown(content))
    if not 0 < len(words) <= MARK_WORDS:
        return False
    names, verbs, links = _services()
    urls = URL.findall(content)
    site = _SITE.match(urls[-1]) if urls else None
    if site and site[1].lower() in names and ("![" in content or site[1].lower() in words):
        return True
    for start in range(1, len(words)):
        led = {words[start - 1], " ".join(words[max(start - 2, 0) : start])}
        if "".join(words[start:]) in names and not links.isdisjoint(led):
            return True
    if urls or len(words) > MARK_WORDS - 2 or words[0] not in verbs:
        return False
    return not links.isdisjoint(words[1:3]) and plain(content).split()[-1][0].isupper()


def _shown(content: str) -> str:
    """A unit as it is read, with the words of its pictures."""
    shown = _ALT.sub(lambda found: f" {found[1]} ", content)
    return _LINKED.sub(lambda found: f" {found[1]} ", shown)


def _words(shown: str) -> list[str]:
    """The words of a unit, in lower case."""
    return [word.strip(".-") for word in _WORD.findall(fold(visible(shown)))]


def _named(words: list[str], rule: str) -> tuple[int, int]:
    """How many words are of names, and how many names there are."""
    names = _names(rule)
    covered = found = index = 0
    while index < len(words):
        for length in (3, 2, 1):
            name = " ".join(words[index : index + length])
            if length == 1 and name not in names:
                name = name.partition("-")[0]
            if index + length <= len(words) and name in names:
                covered += length
                found += names[name]
                index += length
                break
        else:
            index += 1
    return covered, found


def _leads_there(urls: list[str]) -> bool:
    return any(purpose(url) in ("social", "app") for url in urls[:LINKS])


@cache
def _names(rule: str) -> dict[str, int]:
    """The names of a rule, with 1 for each that tells, and 0 for what may stand beside it."""
    fields = _rule(rule)
    known = dict.fromkeys(fields.get("beside", ()), 0)
    known.update((name, 1) for name in fields["names"])
    return known


@cache
def _services() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    rule = _rule("service-mark")
    names = frozenset(re.sub(r"[^\w]", "", name) for name in rule["names"]) | frozenset(
        name.replace(" ", "").replace(".", "-") for name in rule["names"]
    )
    return names | frozenset(rule["names"]), frozenset(rule["verbs"]), frozenset(rule["links"])


def _rule(name: str) -> dict[str, list[str]]:
    return dict(rules.named("boilerplate", "networks", name).fields)
