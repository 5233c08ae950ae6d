"""What a link is for, told by the structure of its target alone: no page is fetched.

Rules in `cleankit/rules/links/purposes.toml` hold the sites and the words.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from cleankit.links.address import Address, HostTable
from cleankit.rules import load

_MAX_PARTS = 12
_MAX_WORDS = 3
_MAX_WORD = 40
_EXTENSION = re.compile(r"\.(?:php|aspx?|html?|jsp|cfm|do)\Z")
_WORDS = re.compile(r"[-_.~+]|%20")
# Parameters whose value says what a page is to do.
_ACTIONS = frozenset({"action", "act", "do", "cmd", "mode", "task", "source", "page", "op", "view"})


# A short part such as `newsletter-unsubscribe` is told by one of its words; `how-to-pay` is not.
_TOLD_BY_ONE_WORD = frozenset({"unsubscribe", "preferences"})


class _Rule(NamedTuple):
    purpose: str
    pattern: re.Pattern[str]


class _Tables(NamedTuple):
    by_host: HostTable[_Rule]
    anywhere: tuple[_Rule, ...]
    words: dict[str, tuple[int, str]]


def of_address(address: Address) -> str:
    """What a web address is for, or an empty text: see `cleankit.links.purpose`."""
    tables = _tables()
    host = address.host
    rules = tables.by_host.of(host)
    if rules:
        page = address.path + address.query
        for rule in rules:
            if rule.pattern.match(page):
                return rule.purpose
    found = _by_words(tables.words, _parts(host, address))
    if found:
        return found
    page = address.path + address.query
    for rule in tables.anywhere:
        if rule.pattern.match(page):
            return rule.purpose
    return ""


def of_mailto(url: str) -> str:
    """What a `mailto:` link is for: leaving a list, sharing (nobody to write to), or nothing."""
    rest = url[len("mailto:") :].lower()
    address, _, query = rest.partition("?")
    if "unsub" in rest or "optout" in rest or "opt-out" in rest:
        return "unsubscribe"
    if _by_words(_tables().words, _WORDS.split(f"{address.partition('@')[0]}-{query}")) in (
        "unsubscribe",
        "preferences",
    ):
        return "unsubscribe"
    return "share" if not address else ""


def _parts(host: str, address: Address) -> list[str]:
    parts = host.split(".")[:-2]
    parts += address.path.lower().split("/", _MAX_PARTS)[1 : _MAX_PARTS + 1]
    if address.query:
        for pair in address.query[1:].lower().split("&", _MAX_PARTS)[:_MAX_PARTS]:
            name, _, value = pair.partition("=")
            if name in _ACTIONS:
                parts.append(value)
            elif name.startswith(("unsub", "optout")):
                parts.append("unsubscribe")
    if address.fragment.startswith("#/"):
        parts += address.fragment.lower().split("/", _MAX_PARTS)[1 : _MAX_PARTS + 1]
    return parts


def _by_words(words: dict[str, tuple[int, str]], parts: list[str]) -> str:
    best: tuple[int, str] | None = None
    for part in parts:
        if not part or len(part) > _MAX_WORD:
            continue
        if "." in part:
            part = _EXTENSION.sub("", part)
        found = words.get(part)
        if found is None and not part.isalnum():
            pieces = _WORDS.split(part)
            found = words.get("".join(pieces))
            if found is None and len(pieces) <= _MAX_WORDS:
                among = [words[piece] for piece in pieces if piece in words]
                found = min((each for each in among if each[1] in _TOLD_BY_ONE_WORD), default=None)
        if found is not None and (best is None or found < best):
            best = found
    return best[1] if best else ""


@cache
def _tables() -> _Tables:
    by_host: list[tuple[str, _Rule]] = []
    anywhere: list[_Rule] = []
    words: dict[str, tuple[int, str]] = {}
    for number, rule in enumerate(load("links", "purposes")):
        fields = rule.fields
        purpose = fields["purpose"]
        for word in fields.get("words", ()):
            words[word.replace("-", "")] = (number, purpose)
        if "pattern" in fields:
            each = _Rule(purpose, re.compile(fields["pattern"]))
            by_host += [(host, each) for host in fields.get("hosts", ())]
            if "hosts" not in fields:
                anywhere.append(each)
    return _Tables(HostTable(by_host), tuple(anywhere), words)
