"""Wrappers: links that pass through a counter, a gateway or a site before they reach their target.

Rules in `cleankit/rules/links` say where a wrapper is found and how it writes its target; see
`wrappers.toml` there for their fields. A host is matched on label boundaries; a shape that any host
may have is matched by its whole structure. Nothing but http, https and mailto ever comes out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple
from urllib.parse import quote

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
_ODD = re.compile(r'[\x00-\x20"<>\x7f\xa0\ud800-\udfff]')


class Wrapper(NamedTuple):
    """A wrapper rule, ready for use."""

    id: str
    hint: str
    pattern: re.Pattern[str] | None
    parameters: tuple[str, ...]
    template: str
    steps: tuple[Decoder, ...]

    def target(self, address: Address, rest: str) -> str | None:
        """The target that the address wraps, or None; `rest` is all that follows its host."""
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
    """The rules of one kind: those told by their host, and those told by their shape, by hint.

    `hints` finds any of the hints that begin with a slash: that is one scan for all of them.
    """

    by_host: HostTable[Wrapper]
    by_hint: tuple[tuple[str, tuple[Wrapper, ...]], ...]
    hints: re.Pattern[str]
    other_hints: tuple[str, ...]

    def candidates(self, url: str, host: str) -> tuple[Wrapper, ...]:
        """The rules that may speak of an address."""
        found = self.by_host.of(host)
        if self.hints.search(url) or any(hint in url for hint in self.other_hints):
            for hint, group in self.by_hint:
                if hint in url:
                    found += group
        return found


def unwrap(
    url: str, address: Address, link_map: Mapping[str, str] | None = None
) -> tuple[str, Address | None, list[str]]:
    """Follow the wrappers to the target.

    Args:
        url: the address as written.
        address: its parts.
        link_map: targets of links that do not tell theirs, by link.

    Returns:
        The target (the address itself if nothing wraps it), its parts (None if it is no web
        address), and the ids of the rules, outermost first.
    """
    used: list[str] = []
    seen = [url]
    current: Address | None = address
    while current is not None and len(used) < MAX_DEPTH:
        found = _mapped(url, link_map) if link_map else None
        if found is None:
            found = _target(url, current)
        if found is None or found[0] in seen:
            break
        url, rule = found
        seen.append(url)
        used.append(rule)
        current = parse(url)
    return url, current, used


def _mapped(url: str, link_map: Mapping[str, str]) -> tuple[str, str] | None:
    target = checked(link_map.get(url, ""))
    return None if target is None else (target, "link-map")


def family(url: str, address: Address) -> str:
    """The family of an opaque wrapper, or an empty text."""
    candidates = _opaque().candidates(url, address.host)
    if candidates:
        rest = _rest(url, address)
        for wrapper in candidates:
            if wrapper.pattern is None or wrapper.pattern.match(rest):
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
    if len(text) > decoders.MAX_CHARACTERS or _TARGET.match(text) is None:
        return None
    if _ODD.search(text):
        if _FORBIDDEN.search(text):
            return None
        text = _ODD.sub(lambda match: quote(match[0]), text)
    return text


def _target(url: str, address: Address) -> tuple[str, str] | None:
    if len(url) > decoders.MAX_CHARACTERS:
        return None
    candidates = _transparent().candidates(url, address.host)
    if candidates:
        rest = _rest(url, address)
        for wrapper in candidates:
            target = wrapper.target(address, rest)
            if target is not None:
                return target, wrapper.id
    return None


def _rest(url: str, address: Address) -> str:
    """Path, query and fragment."""
    return url[len(address.scheme) + len("://") + len(address.authority) :]


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
    by_hint: dict[str, list[Wrapper]] = {}
    for rule in rules:
        wrapper = _wrapper(rule)
        hosts = rule.fields.get("hosts", ())
        by_host += [(host, wrapper) for host in hosts]
        if not hosts:
            if not wrapper.hint:
                raise RuleError(f"links: rule {rule.id!r} has neither hosts nor a hint")
            by_hint.setdefault(wrapper.hint, []).append(wrapper)
    return Tables(
        HostTable(by_host),
        tuple((hint, tuple(group)) for hint, group in by_hint.items()),
        _any_of([hint[1:] for hint in by_hint if hint[0] == "/"]),
        tuple(hint for hint in by_hint if hint[0] != "/"),
    )


def _any_of(hints: list[str]) -> re.Pattern[str]:
    """A pattern for a slash and any of the hints; the set of first letters makes it fast."""
    first = "".join(sorted({re.escape(hint[0]) for hint in hints}))
    return re.compile(f"/(?=[{first}])(?:{'|'.join(map(re.escape, hints))})")


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
