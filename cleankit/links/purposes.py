"""What a link is for, told by the structure of its target alone: no page is fetched.

Rules in `cleankit/rules/links/purposes.toml` hold the sites and the words.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple
from urllib.parse import unquote

from cleankit.links.address import Address, HostTable, compiled
from cleankit.rules import load

_MAX_PARTS = 12
_MAX_WORDS = 3
_MAX_WORD = 40
_EXTENSION = re.compile(r"\.(?:php|aspx?|html?|jsp|cfm|do)\Z")
_MARKS = re.compile(r"[-_.~+ =&:]|%20")
# Parameters whose value says what a page is to do, and those whose name does.
_ACTION = re.compile(
    r"[?&](?:(?P<leaving>unsub[^=&]{0,20}|optout)|(?:action|act|do|cmd|mode|task|op|view|type|link|p|page|event))="
    r"(?P<action>[^&]{1,40})"
)
_NOTHING = (1_000_000, "")
# A short part such as `newsletter-unsubscribe` is told by one of its words; `how-to-pay` is not.
_TOLD_BY_ONE_WORD = frozenset({"unsubscribe", "preferences"})
_ASKING = frozenset({"how", "why", "what", "when", "should"})


class _Rule(NamedTuple):
    purpose: str
    pattern: str


class _Tables(NamedTuple):
    by_host: HostTable[_Rule]
    anywhere: tuple[_Rule, ...]
    any_of: re.Pattern[str]
    words: dict[str, tuple[int, str]]
    pixels: tuple[str, ...]
    mail_words: frozenset[str]
    within: tuple[tuple[re.Pattern[str], tuple[int, str]], ...]


def of_address(address: Address) -> str:
    """What a web address is for, or an empty text: see `cleankit.links.purpose`."""
    tables = _tables()
    page = address.path + address.query
    for rule in tables.by_host.of(address.host):
        if compiled(rule.pattern).match(page):
            return rule.purpose
    if tables.any_of.match(page):
        for rule in tables.anywhere:
            if compiled(rule.pattern).match(page):
                return rule.purpose
    return _by_words(tables, _parts(address))


def counts_opens(address: Address) -> bool:
    """Whether an image at this address has no use but to count that a message was opened."""
    page = address.path + address.query
    return any(compiled(pattern).match(page) for pattern in _tables().pixels)


def of_mailto(url: str) -> str:
    """What a `mailto:` link is for: leaving a list, sharing (nobody to write to), or nothing."""
    rest = url[len("mailto:") :].lower()
    address, _, query = rest.partition("?")
    if "unsub" in rest or "optout" in rest or "opt-out" in rest:
        return "unsubscribe"
    if not _tables().mail_words.isdisjoint(_MARKS.split(address.partition("@")[0])):
        return "unsubscribe"
    words = _MARKS.split(f"{address.partition('@')[0]}-{query}")
    found = _by_words(_tables(), words)
    if found in ("unsubscribe", "preferences"):
        return "unsubscribe"
    return "share" if not address else ""


def _parts(address: Address) -> list[str]:
    """The labels of the host, the segments of the path, and what parameters say is to be done."""
    path = unquote(address.path) if "%" in address.path else address.path
    parts = path[1:].lower().split("/", _MAX_PARTS)
    if address.host.count(".") > 1:
        parts += address.host.split(".")[:-2]
    if address.query:
        for match in _ACTION.finditer(address.query):
            parts.append("unsubscribe" if match["leaving"] else match["action"].lower())
    if address.fragment.startswith("#/"):
        parts += address.fragment[2:].partition("?")[0].lower().split("/", _MAX_PARTS)
    return parts


def _by_words(tables: _Tables, parts: list[str]) -> str:
    words = tables.words
    best = _NOTHING
    before = ""
    for part in parts:
        found = words.get(part) or (words.get(before + part) if before else None)
        before = part
        if found is None and len(part) <= _MAX_WORD and not part.isalnum():
            if "." in part:
                part = _EXTENSION.sub("", part)
            pieces = part.replace("_", "-").replace(".", "-").replace("+", "-").split("-")
            found = words.get("".join(pieces))
            if found is None and len(pieces) <= _MAX_WORDS and pieces[0] not in _ASKING:
                among = [words[piece] for piece in pieces if piece in words]
                found = min((e for e in among if e[1] in _TOLD_BY_ONE_WORD), default=None)
        if found is None and len(part) <= _MAX_WORD and part.isalnum():
            for pattern, entry in tables.within:
                if pattern.search(part):
                    found = entry
                    break
        if found is not None and found < best:
            best = found
    return best[1]


@cache
def _tables() -> _Tables:
    by_host: list[tuple[str, _Rule]] = []
    anywhere: list[_Rule] = []
    pixels: list[str] = []
    words: dict[str, tuple[int, str]] = {}
    mail_words: set[str] = set()
    within: list[tuple[re.Pattern[str], tuple[int, str]]] = []
    for number, rule in enumerate(load("links", "purposes")):
        fields = rule.fields
        purpose = fields["purpose"]
        for word in fields.get("words", ()):
            words[word.replace("-", "")] = (number, purpose)
        mail_words.update(fields.get("mail_words", ()))
        if "within" in fields:
            within.append((compiled("|".join(fields["within"])), (number, purpose)))
        if "pattern" in fields:
            each = _Rule(purpose, fields["pattern"])
            by_host += [(host, each) for host in fields.get("hosts", ())]
            if purpose == "pixel":
                pixels.append(each.pattern)
            elif "hosts" not in fields:
                anywhere.append(each)
    return _Tables(
        HostTable(by_host),
        tuple(anywhere),
        compiled("|".join(f"(?:{rule.pattern})" for rule in anywhere)),
        words,
        tuple(pixels),
        frozenset(mail_words),
        tuple(within),
    )
