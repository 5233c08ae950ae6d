"""Wrappers: links that pass through a counter, a gateway or a site before they reach their target.

Rules in `cleankit/rules/links` say where a wrapper is found and how it writes its target; see
`wrappers.toml` there for their fields. A host is matched on label boundaries; a shape that any host
may have is matched by its whole structure. Nothing but http, https and mailto ever comes out.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from cleankit.errors import RuleError
from cleankit.links import decoders
from cleankit.links.address import Address, HostTable, parse
from cleankit.links.decoders import Decoder
from cleankit.rules import Rule, load

MAX_DEPTH = 8
"""Wrappers inside wrappers are followed this deep: real mail shows at most four."""

_ENCODED_SCHEME = re.compile(r"(?:https?|mailto)(?:%3a|:%2f)", re.IGNORECASE)
_TARGET = re.compile(
    r"https?://(?:[^/?#@\s]*@)?(?:[^\W_](?:[\w.-]*[^\W_])?\.[^\W_][\w-]*\.?|\[[0-9a-f:.]+\])"
    r"(?::\d{1,5})?(?=[/?#]|\Z)"
    r"|mailto:[^\s@]+@[^\s@]+",
    re.IGNORECASE,
)
_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_UNSAFE = re.compile(r'[ <>"\xa0]')
_UNSAFE_ENCODED = {" ": "%20", "<": "%3C", ">": "%3E", '"': "%22", "\xa0": "%C2%A0"}


class Wrapper(NamedTuple):
    """A wrapper rule, ready for use."""

    id: str
    hint: str
    pattern: re.Pattern[str] | None
    parameters: tuple[str, ...]
    template: str
    steps: tuple[Decoder, ...]

    def target(self, address: Address, rest: str) -> str | None:
        """The target that the address wraps, or None; `rest` is `address.rest`."""
        match = None
        if self.pattern is not None:
            match = self.pattern.match(rest)
            if match is None:
                return None
            if self.template:
                return checked(self.template.format_map(match.groupdict()))
            payloads = [match["payload"]]
        else:
            payloads = _values(address.query, self.parameters)
        for payload in payloads:
            text = decoders.chained(self.steps, payload)
            target = checked(text) if text else None
            if target is not None:
                return target
        return None


class Tables(NamedTuple):
    """The rules of one kind: those told by their host, and those told by their shape."""

    by_host: HostTable[Wrapper]
    by_shape: tuple[Wrapper, ...]


def unwrap(url: str, address: Address) -> tuple[str, Address | None, list[str]]:
    """Follow the wrappers to the target.

    Args:
        url: the address as written.
        address: its parts.

    Returns:
        The target (the address itself if nothing wraps it), its parts (None if it is no web
        address), and the ids of the rules, outermost first.
    """
    used: list[str] = []
    seen = {url}
    current: Address | None = address
    while current is not None and len(used) < MAX_DEPTH:
        found = _target(url, current)
        if found is None or found[0] in seen:
            break
        url, rule = found
        seen.add(url)
        used.append(rule)
        current = parse(url)
    return url, current, used


def family(url: str, address: Address) -> str:
    """The family of an opaque wrapper, or an empty text."""
    tables = _opaque()
    rest = address.rest
    for wrapper in tables.by_host.of(address.host):
        if wrapper.pattern is None or wrapper.pattern.match(rest):
            return wrapper.id
    for wrapper in tables.by_shape:
        if wrapper.hint in url and wrapper.pattern and wrapper.pattern.match(rest):
            return wrapper.id
    return ""


def checked(text: str) -> str | None:
    """A decoded target as an address that can stand in a text, or None if it is none.

    Percent-decoded exactly once where its scheme was encoded. Characters that would end it in a
    text (spaces, angle brackets, quotation marks) are percent-encoded.
    """
    text = text.strip()
    if _ENCODED_SCHEME.match(text):
        text = (decoders.percent(text) or "").strip()
    if (
        len(text) > decoders.MAX_CHARACTERS
        or _FORBIDDEN.search(text)
        or _TARGET.match(text) is None
    ):
        return None
    return _UNSAFE.sub(lambda match: _UNSAFE_ENCODED[match[0]], text)


def _target(url: str, address: Address) -> tuple[str, str] | None:
    if len(url) > decoders.MAX_CHARACTERS:
        return None
    tables = _transparent()
    rest = ""
    for wrapper in tables.by_host.of(address.host):
        rest = rest or address.rest
        target = wrapper.target(address, rest)
        if target is not None:
            return target, wrapper.id
    for wrapper in tables.by_shape:
        if wrapper.hint in url:
            rest = rest or address.rest
            target = wrapper.target(address, rest)
            if target is not None:
                return target, wrapper.id
    return None


def _values(query: str, names: tuple[str, ...]) -> list[str]:
    """The values of the parameters of these names, in the order of the names."""
    parts = [part.partition("=") for part in query[1:].split("&")]
    return [value for name in names for key, _, value in parts if key == name and value]


@cache
def _transparent() -> Tables:
    files = ("wrappers", "gateways", "sites")
    return _tables([rule for file in files for rule in load("links", file)])


@cache
def _opaque() -> Tables:
    return _tables(list(load("links", "opaque")))


def _tables(rules: list[Rule]) -> Tables:
    by_host: list[tuple[str, Wrapper]] = []
    by_shape: list[Wrapper] = []
    for rule in rules:
        wrapper = _wrapper(rule)
        hosts = rule.fields.get("hosts", ())
        by_host += [(host, wrapper) for host in hosts]
        if not hosts:
            if not wrapper.hint:
                raise RuleError(f"links: rule {rule.id!r} has neither hosts nor a hint")
            by_shape.append(wrapper)
    return Tables(HostTable(by_host), tuple(by_shape))


def _wrapper(rule: Rule) -> Wrapper:
    fields = rule.fields
    pattern = fields.get("pattern")
    return Wrapper(
        rule.id,
        fields.get("hint", ""),
        re.compile(pattern, re.DOTALL) if pattern else None,
        tuple(fields.get("query", ())),
        fields.get("target", ""),
        tuple(decoders.named(name) for name in fields.get("decode", ())),
    )
