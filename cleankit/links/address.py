"""The parts of a web address, and tables that are asked by host.

`urllib.parse.urlsplit` costs 8 microseconds and raises for odd hosts; cutting at the delimiters of
RFC 3986 with `str.partition` costs one, and never raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Generic, NamedTuple, TypeVar

# The domains under which a company has one site a country: `example.com`, `example.co.uk`.
_COUNTRY = r"(?:[a-z]{2,3}|com?\.[a-z]{2})"
_REMEMBERED_HOSTS = 4096

T = TypeVar("T")


class Address(NamedTuple):
    """A web address in its parts; put together again they are the address, byte for byte.

    `query` begins with `?` and `fragment` with `#`, or they are empty. `host` is the host in lower
    case, without user, port and the dot of the root.
    """

    scheme: str
    authority: str
    path: str
    query: str
    fragment: str
    host: str

    def __str__(self) -> str:
        return f"{self.scheme}://{self.authority}{self.path}{self.query}{self.fragment}"


def parse(url: str) -> Address | None:
    """The parts of an http or https address; None for anything else."""
    scheme, separator, rest = url.partition("://")
    if not separator or scheme.lower() not in ("https", "http"):
        return None
    rest, hash_sign, fragment = rest.partition("#")
    rest, question, query = rest.partition("?")
    authority, slash, path = rest.partition("/")
    if "\\" in authority:
        # A browser takes a backslash for a slash (WHATWG URL, host state).
        authority, slash, path = _at_backslash(rest)
    host = authority
    if "@" in host:
        host = host.rpartition("@")[2]
    if ":" in host and host[0] != "[":
        host = host.partition(":")[0]
    return Address(
        scheme,
        authority,
        slash + path,
        question + query,
        hash_sign + fragment,
        host.rstrip(".").lower(),
    )


def _at_backslash(rest: str) -> tuple[str, str, str]:
    place = rest.index("\\")
    return rest[:place], rest[place:], ""


class HostTable(Generic[T]):
    """What is known of hosts, by domain. A domain speaks for all below it, on label boundaries.

    `*` in a domain stands for any characters of one label, and `.*` at its end for the domains of
    countries. Asked for a host, the table gives the values in the order in which they were put in.
    """

    def __init__(self, entries: Iterable[tuple[str, T]]) -> None:
        self._domains: dict[str, list[tuple[int, T]]] = {}
        self._patterns: list[tuple[str, str, int, T]] = []
        self._remembered: dict[str, tuple[T, ...]] = {}
        for number, (domain, value) in enumerate(entries):
            if "*" in domain:
                core = max(domain.removesuffix(".*").split("*"), key=len)
                self._patterns.append((core, domain, number, value))
            else:
                self._domains.setdefault(domain, []).append((number, value))

    def of(self, host: str) -> tuple[T, ...]:
        """The values for a host in lower case."""
        found = self._remembered.get(host)
        if found is None:
            if len(self._remembered) >= _REMEMBERED_HOSTS:
                self._remembered.clear()
            found = self._remembered[host] = self._look_up(host)
        return found

    def _look_up(self, host: str) -> tuple[T, ...]:
        found: list[tuple[int, T]] = []
        rest = host
        while rest:
            found += self._domains.get(rest, ())
            rest = rest.partition(".")[2]
        found += [
            (number, value)
            for core, domain, number, value in self._patterns
            if core in host and _pattern(domain).fullmatch(host)
        ]
        return tuple(value for _, value in sorted(found, key=lambda entry: entry[0]))


@cache
def _pattern(domain: str) -> re.Pattern[str]:
    countries = domain.endswith(".*")
    body = re.escape(domain.removesuffix(".*")).replace(r"\*", "[a-z0-9-]*")
    return re.compile(r"(?:[^.]+\.)*" + body + (r"\." + _COUNTRY if countries else ""))


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern of a rule, compiled when it is first asked for: most rules never are, and a
    hundred patterns take a tenth of a second."""
    return re.compile(pattern, re.DOTALL)
