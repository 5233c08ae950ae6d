"""Wrappers: links that pass through a counter, a gateway or a site before they reach their target.

Rules in `cleankit/rules/links` say where a wrapper is found and how it writes its target; see
`wrappers.toml` there for their fields. A host is matched on label boundaries; a shape that any host
may have is matched by its whole structure. Nothing but http, https and mailto ever comes out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import NamedTuple
from urllib.parse import quote

from cleankit.errors import RuleError
from cleankit.links import carriers, decoders
from cleankit.links.address import Address, HostTable, compiled, parse
from cleankit.links.decoders import Decoder
from cleankit.rules import Rule, load

MAX_DEPTH = 8
"""Wrappers inside wrappers are followed this deep; what is deeper is no real mail, and stays."""

_OPAQUE = "opaque"
_FILES = ("wrappers", "gateways", "sites", _OPAQUE)
_ENCODED_SCHEME = re.compile(r"(?:https?|mailto)(?:%(?:25){0,4}3a|:%(?:25){0,4}2f)", re.IGNORECASE)
_MOST_ENCODED = 5
_TARGET = re.compile(
    r"https?://(?:[^/?#@\s]*@)?(?:[^\W_](?:[\w.-]*[^\W_])?\.[^\W_][\w-]*\.?|\[[0-9a-f:.]+\])"
    r"(?::\d{1,5})?(?=[/?#]|\Z)"
    r"|mailto:[^\s@]+@[^\s@]+",
    re.IGNORECASE,
)
_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_ODD = re.compile(r'[\x00-\x20"<>\x7f\xa0\ud800-\udfff]')


class Wrapper(NamedTuple):
    """A wrapper rule, ready for use; `family` is empty unless the target is not in the link."""

    id: str
    hints: tuple[str, ...]
    family: str
    pattern: str
    parameters: tuple[str, ...]
    template: str
    relative: bool
    steps: tuple[Decoder, ...]

    def target(self, address: Address, rest: str) -> str | None:
        """The target that the address wraps, or None; `rest` is all that follows its host."""
        if not self.pattern:
            payloads = _values(address.query, self.parameters)
        else:
            match = compiled(self.pattern).match(rest)
            if match is None:
                return None
            if self.template:
                return checked(self.template.format_map(match.groupdict()))
            payloads = [match["payload"]]
        for payload in payloads:
            text = decoders.chained(self.steps, payload)
            if text and self.relative and text[0] == "/" and text[1:2] not in ("/", "\\"):
                text = f"{address.scheme}://{address.authority}{text}"
            target = checked(text) if text else None
            if target is not None:
                return target
        return None


class Unwrapped(NamedTuple):
    """What stands inside the wrappers of a link.

    Attributes:
        url: the target, or the link itself if nothing wraps it.
        address: its parts, or None if it is no web address.
        rules: the ids of the rules that found it, outermost first.
        family: the family of the opaque wrapper that `url` is, or an empty text.
    """

    url: str
    address: Address | None
    rules: list[str]
    family: str


def unwrap(url: str, address: Address, link_map: Mapping[str, str] | None = None) -> Unwrapped:
    """Follow the wrappers to the target.

    Args:
        url: the address as written.
        address: its parts.
        link_map: targets of links that do not tell theirs, by link.
    """
    rules: list[str] = []
    given = (url, address)
    seen = [url]
    while True:
        target, rule = _step(url, address, link_map)
        if not target:
            return Unwrapped(url, address, rules, rule)
        if target in seen:
            return Unwrapped(url, address, rules, "")
        if len(rules) == MAX_DEPTH:
            return Unwrapped(*given, [], "")
        url = target
        seen.append(url)
        rules.append(rule)
        parts = parse(url)
        if parts is None:
            return Unwrapped(url, None, rules, "")
        address = parts


def _step(url: str, address: Address, link_map: Mapping[str, str] | None) -> tuple[str, str]:
    """The next target and the rule that found it; or no target, and the family that hides it."""
    if link_map and url in link_map:
        target = checked(link_map[url])
        if target is not None:
            return target, "link-map"
    by_host, by_hint, hints = _tables()
    candidates = by_host.of(address.host)
    for hint in hints(url):
        candidates += by_hint[hint]
    if len(url) > decoders.MAX_CHARACTERS:
        return "", ""
    rest = url[len(address.scheme) + len("://") + len(address.authority) :]
    family = ""
    for wrapper in candidates:
        if not wrapper.family:
            target = wrapper.target(address, rest)
            if target is not None:
                return target, wrapper.id
        elif not family and compiled(wrapper.pattern).match(rest):
            family = wrapper.family
    if not family:
        target = carriers.target(address, checked)
        if target is not None and not _pretends(address.host, by_host):
            return target, carriers.RULE
    return "", family


def _pretends(host: str, by_host: HostTable[Wrapper]) -> bool:
    """Whether a host has the name of a listed one before its own: `awstrack.me.example.test`."""
    labels = host.split(".")
    return any(by_host.of(".".join(labels[:end])) for end in range(2, len(labels)))


def checked(text: str) -> str | None:
    """A decoded target as an address that can stand in a text, or None if it is none.

    Percent-decoded as often as its scheme was encoded. Characters that would end it in a text
    (spaces, angle brackets, quotation marks) are percent-encoded.
    """
    text = text.strip()
    for _ in range(_MOST_ENCODED):
        if _ENCODED_SCHEME.match(text) is None:
            break
        text = (decoders.percent(text) or "").strip()
    if len(text) > decoders.MAX_CHARACTERS or _TARGET.match(text) is None:
        return None
    if _ODD.search(text):
        if _FORBIDDEN.search(text):
            return None
        text = _ODD.sub(lambda match: quote(match[0]), text)
    return text


def _values(query: str, names: tuple[str, ...]) -> list[str]:
    """The values of the parameters of these names, in the order of the names."""
    parts = [part.partition("=") for part in query[1:].split("&")]
    return [value for name in names for key, _, value in parts if key == name and value]


class _Tables(NamedTuple):
    """All rules: those told by their host, and those told by their shape, by hint; and what finds
    the hints in an address, in one scan, since they all begin with a slash."""

    by_host: HostTable[Wrapper]
    by_hint: dict[str, tuple[Wrapper, ...]]
    hints: Callable[[str], list[str]]


@cache
def _tables() -> _Tables:
    by_host: list[tuple[str, Wrapper]] = []
    by_shape: list[tuple[str, Wrapper]] = []
    for file in _FILES:
        for rule in load("links", file):
            wrapper = _wrapper(rule, rule.fields.get("family", rule.id) if file == _OPAQUE else "")
            hosts = rule.fields.get("hosts", ())
            by_host += [(host, wrapper) for host in hosts]
            if not hosts:
                if not wrapper.hints or not all(hint[0] == "/" for hint in wrapper.hints):
                    raise RuleError(f"links: rule {rule.id!r} has neither hosts nor hints")
                by_shape += [(hint[1:], wrapper) for hint in wrapper.hints]
    # The longest hint is found first, and brings the rules of those that it begins with.
    hints = sorted({hint for hint, _ in by_shape}, key=lambda hint: (-len(hint), hint))
    by_hint = {
        hint: tuple(wrapper for other, wrapper in by_shape if hint.startswith(other))
        for hint in hints
    }
    # The set of first letters lets the search skip most slashes at once.
    first = "".join(sorted({re.escape(hint[0]) for hint in hints}))
    pattern = re.compile(f"/(?=[{first}])(?=({'|'.join(map(re.escape, hints))}))")
    return _Tables(HostTable(by_host), by_hint, pattern.findall)


def _wrapper(rule: Rule, family: str) -> Wrapper:
    fields = rule.fields
    return Wrapper(
        rule.id,
        tuple(fields.get("hints", ())),
        family,
        fields.get("pattern", ""),
        tuple(fields.get("query", ())),
        fields.get("target", ""),
        fields.get("relative", False),
        tuple(decoders.named(name) for name in fields.get("decode", ())),
    )
