"""One link through all the rules: unwrapped, stripped of trackers, redacted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from cleankit.links import credentials, trackers, wrappers
from cleankit.links.address import Address, parse

_ENTITY = re.compile(r"&(?:amp|#38|#x26);", re.IGNORECASE)
_MAX_ENTITIES = 4


class Cleaned(NamedTuple):
    """What became of a link.

    Attributes:
        url: the link now.
        rules: the ids of the rules that changed it, in the order in which they did.
        address: the parts of `url`, or None if it is no web address.
    """

    url: str
    rules: tuple[str, ...]
    address: Address | None


def cleaned(
    url: str, *, link_map: Mapping[str, str] | None = None, keep_credentials: bool = False
) -> Cleaned:
    """Clean one link.

    Args:
        url: a web address or a `mailto:` link; anything else comes back as it is.
        link_map: targets of links that do not tell theirs, by link.
        keep_credentials: leave what identifies or authorises the reader.
    """
    address = parse(url)
    if address is None:
        return _cleaned_mailto(url, keep_credentials)
    rules: list[str] = []
    given = url
    if link_map and url in link_map:
        target = wrappers.checked(link_map[url])
        if target is not None and target != url:
            url, address = target, parse(target)
            rules.append("link-map")
    if "&" in url and address is not None and address.query and _ENTITY.search(address.query):
        url, address = _without_entities(address)
        rules.append("entity")
    if address is not None:
        url, address, used = wrappers.unwrap(url, address)
        rules += used
        if link_map and address is not None and url in link_map and url != given:
            target = wrappers.checked(link_map[url])
            if target is not None:
                url, address = target, parse(target)
                rules.append("link-map")
    if address is None:
        after = _cleaned_mailto(url, keep_credentials)
        return Cleaned(after.url, (*rules, *after.rules), None)
    if address.query:
        stripped, used = trackers.strip(address, rules)
        if used:
            address, url = stripped, str(stripped)
            rules += used
    if not keep_credentials:
        redacted = credentials.redact(address)
        if redacted != address:
            address, url = redacted, str(redacted)
            rules.append("credential")
    return Cleaned(url, tuple(rules), address)


def _cleaned_mailto(url: str, keep_credentials: bool) -> Cleaned:
    if not keep_credentials and url[:7].lower() == "mailto:":
        redacted = credentials.redact_mailto(url)
        if redacted != url:
            return Cleaned(redacted, ("credential",), None)
    return Cleaned(url, (), None)


def _without_entities(address: Address) -> tuple[str, Address]:
    query = address.query
    for _ in range(_MAX_ENTITIES):
        query, count = _ENTITY.subn("&", query)
        if not count:
            break
    address = address._replace(query=query)
    return str(address), address
