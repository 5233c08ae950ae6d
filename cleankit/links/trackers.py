"""Tracking parameters: what a query tells of the reader and the mailing, not to the page.

Rules in `trackers.toml` and `site_trackers.toml` of `cleankit/rules/links` name them. All other
parameters stay as they are written, in their order, blank and repeated ones too.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any, NamedTuple
from urllib.parse import unquote

from cleankit.links.address import Address, HostTable
from cleankit.rules import Rule, load

# The parameters of a campaign, whoever named them (`xy_campaign`), and what stands beside them.
_FAMILY = "campaign-family"
_CAMPAIGN = re.compile(r"[?&]([A-Za-z]\w{0,15}?)([_-])campaign=")
_BESIDE = ("source", "medium", "channel")
_LONGEST_QUERY = 2_048
_MOST_FAMILIES = 4


class Tracker(NamedTuple):
    """A rule for parameters of certain sites or paths, ready for use."""

    id: str
    names: frozenset[str]
    prefixes: tuple[str, ...]
    markers: tuple[str, ...]
    after: frozenset[str]
    path: re.Pattern[str] | None
    unless_path: re.Pattern[str] | None
    values: re.Pattern[str] | None
    segment: re.Pattern[str] | None

    def applies(self, address: Address, used: list[str]) -> bool:
        """Whether the rule speaks of this address, which `used` wrappers led to."""
        for marker in self.markers:
            if f"{marker}=" not in address.query:
                return False
        if self.after and self.after.isdisjoint(used):
            return False
        if self.path is not None and not self.path.match(address.path):
            return False
        return self.unless_path is None or not self.unless_path.match(address.path)

    def takes(self, name: str, value: str) -> bool:
        """Whether the rule takes this parameter out."""
        return (name in self.names or name.startswith(self.prefixes)) and (
            self.values is None or self.values.fullmatch(value) is not None
        )


class _Tables(NamedTuple):
    """Rules for parameters of any address, by name and by prefix; for those of certain sites; and
    for those of addresses of a certain form, by name."""

    names: dict[str, str]
    prefixes: tuple[tuple[str, str], ...]
    by_host: HostTable[Tracker]
    by_form: dict[str, tuple[Tracker, ...]]


def strip(address: Address, used: list[str]) -> tuple[Address, list[str]]:
    """The address without its tracking parameters, and the ids of the rules that took them out.

    Args:
        address: the parts of the address.
        used: the ids of the wrappers that led to it.
    """
    _, _, by_host, by_form = _tables()
    special = by_host.of(address.host)
    family = _family(address.query) if "campaign=" in address.query else None
    kept: list[str] = []
    rules: list[str] = []
    query = address.query
    separator = ";" if ";" in query and "&" not in query else "&"
    for part in query[1:].split(separator):
        name, _, value = part.partition("=")
        rule = _everywhere(name)
        if not rule and family is not None and family.fullmatch(name):
            rule = _FAMILY
        if not rule and (special or name in by_form):
            rule = _of_special(name, value, (*special, *by_form.get(name, ())), address, used)
        if not rule:
            kept.append(part)
        elif rule not in rules:
            rules.append(rule)
    if not rules:
        return address, rules
    query = separator.join(kept)
    return address._replace(query=f"?{query}" if query else ""), rules


def _family(query: str) -> re.Pattern[str] | None:
    """What tells the parameters of campaigns whose names have one beginning; None without any."""
    beginnings = []
    for match in _CAMPAIGN.finditer(query, 0, _LONGEST_QUERY):
        mark = match[2]
        if any(f"{each}{match[1]}{mark}{end}=" in query for each in "?&" for end in _BESIDE):
            beginnings.append(re.escape(match[1] + mark))
    if not beginnings:
        return None
    return re.compile(f"(?:{'|'.join(beginnings[:_MOST_FAMILIES])})(?:{'|'.join(_ends())})")


@cache
def _ends() -> tuple[str, ...]:
    return tuple(end for rule in load("links", "trackers") for end in rule.fields.get("ends", ()))


def strip_path(address: Address) -> tuple[Address, list[str]]:
    """The address without what its site writes into the path to count, and the ids of the rules
    that took it out."""
    path = address.path
    rules: list[str] = []
    for tracker in _tables().by_host.of(address.host):
        if tracker.segment is not None and (shorter := tracker.segment.sub("", path)) != path:
            path = shorter
            rules.append(tracker.id)
    return (address._replace(path=path) if rules else address), rules


def strip_fragment(address: Address) -> tuple[Address, list[str]]:
    """The address without its fragment, if that holds tracking parameters and nothing else, and
    the ids of the rules that took them out."""
    rules: list[str] = []
    for part in address.fragment[1:].split("&"):
        name, equals, _ = part.partition("=")
        rule = _everywhere(name) if equals else ""
        if not rule:
            return address, []
        if rule not in rules:
            rules.append(rule)
    return address._replace(fragment=""), rules


def _of_special(
    name: str, value: str, trackers: tuple[Tracker, ...], address: Address, used: list[str]
) -> str:
    """The first of these rules that takes a parameter out of this address, or an empty text."""
    for tracker in trackers:
        if tracker.takes(name, value) and tracker.applies(address, used):
            return tracker.id
    return ""


@lru_cache(4096)
def _everywhere(name: str) -> str:
    """The rule that takes a parameter of this name out of any address, or an empty text."""
    tables = _tables()
    rule = tables.names.get(name)
    if rule is None:
        if "%" in name:
            name = unquote(name)
        name = name.lower()
        rule = tables.names.get(name)
    if rule is None:
        rule = next((rule for prefix, rule in tables.prefixes if name.startswith(prefix)), "")
    return rule


@cache
def _tables() -> _Tables:
    names: dict[str, str] = {}
    prefixes: list[tuple[str, str]] = []
    by_host: list[tuple[str, Tracker]] = []
    by_form: dict[str, list[Tracker]] = {}
    for rule in (*load("links", "trackers"), *load("links", "site_trackers")):
        fields = rule.fields
        if rule.id == _FAMILY:
            continue
        if fields.keys() <= {"names", "prefixes"}:
            names.update(dict.fromkeys(fields.get("names", ()), rule.id))
            prefixes += [(prefix, rule.id) for prefix in fields.get("prefixes", ())]
            continue
        tracker = _tracker(rule)
        hosts = fields.get("hosts", ())
        by_host += [(host, tracker) for host in hosts]
        if not hosts:
            for name in tracker.names:
                by_form.setdefault(name, []).append(tracker)
    return _Tables(
        names,
        tuple(prefixes),
        HostTable(by_host),
        {name: tuple(group) for name, group in by_form.items()},
    )


def _tracker(rule: Rule) -> Tracker:
    fields = rule.fields

    def pattern(key: str) -> re.Pattern[str] | None:
        value: Any = fields.get(key)
        return re.compile(value) if value else None

    return Tracker(
        rule.id,
        frozenset(fields.get("names", ())),
        tuple(fields.get("prefixes", ())),
        tuple(fields.get("markers", ())),
        frozenset(fields.get("after", ())),
        pattern("path"),
        pattern("unless_path"),
        pattern("values"),
        pattern("segment"),
    )


def knows_reader(name: str, value: str) -> bool:
    """Whether a parameter is taken out of every address, for its name or for what its value looks
    like, and may name the reader.

    Campaign parameters (`utm_…`) name the mailing alone.
    """
    if not name or name.lower().startswith("utm"):
        return False
    if _everywhere(name):
        return True
    by_value = (each for each in _tables().by_form.get(name, ()) if each.values is not None)
    return any(tracker.takes(name, value) for tracker in by_value)
