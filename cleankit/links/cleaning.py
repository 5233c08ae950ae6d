"""One link through all the rules: unwrapped, stripped of trackers, redacted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from cleankit.links import credentials, finding, trackers, wrappers
from cleankit.links.address import Address, parse
from cleankit.links.identity import NOBODY, Recipients

_ENTITY = re.compile(r"&(?:amp|#38|#x26);", re.IGNORECASE)
_MAX_ENTITIES = 4
_ROUNDS = 8
_LONGEST_REMEMBERED = 2048


class Cleaned(NamedTuple):
    """What became of a link.

    Attributes:
        url: the link now.
        rules: the ids of the rules that changed it, the most telling first: those that unwrapped
            it from the outermost in, `credential`, those for trackers, those that mended it.
        family: the family of the opaque wrapper that it is, or an empty text.
    """

    url: str
    rules: tuple[str, ...]
    family: str = ""


def cleaned(
    url: str,
    link_map: Mapping[str, str] | None = None,
    keep_credentials: bool = False,
    recipients: Recipients = NOBODY,
) -> Cleaned:
    """Clean one link.

    Args:
        url: a web address or a `mailto:` link; anything else comes back as it is.
        link_map: targets of links that do not tell theirs, by link.
        keep_credentials: leave what identifies or authorises the reader.
        recipients: the addresses that the message was sent to.
    """
    if link_map or len(url) > _LONGEST_REMEMBERED:
        return _cleaned(url, link_map, keep_credentials, recipients)
    return remembered(url, keep_credentials, recipients)


@lru_cache(16_384)
def remembered(url: str, keep_credentials: bool, recipients: Recipients) -> Cleaned:
    """As `cleaned`: the issues of a newsletter repeat their links."""
    return _cleaned(url, None, keep_credentials, recipients)


def _cleaned(
    url: str,
    link_map: Mapping[str, str] | None,
    keep_credentials: bool,
    recipients: Recipients,
) -> Cleaned:
    """Clean the link again as long as that changes it: what is taken out of a link can be all that
    kept it from being unwrapped, and a target has trackers and residue of its own."""
    before: tuple[str, ...] = ()
    for _ in range(_ROUNDS):
        after, is_settled = _cleaned_once(url, link_map, keep_credentials, recipients)
        before += after.rules
        if is_settled or after.url == url:
            break
        url, link_map = after.url, None
    return after._replace(rules=before)


def _cleaned_once(
    url: str,
    link_map: Mapping[str, str] | None,
    keep_credentials: bool,
    recipients: Recipients,
) -> tuple[Cleaned, bool]:
    """The link cleaned, and whether it is certain that another round would change nothing."""
    address = parse(url)
    if address is None:
        return _cleaned_mailto(url, keep_credentials, recipients), False
    mended: tuple[str, ...] = ()
    if address.query and not (link_map and url in link_map):
        url, address, mended = _mended(url, address)
    target, parts, used, family = wrappers.unwrap(url, address, link_map)
    if parts is None:
        return Cleaned(target, (*used, *mended)), False
    address = parts
    stripped: list[str] = []
    if address.query:
        address, stripped = trackers.strip(address, used)
    if "=" in address.path:
        address, more = trackers.strip_path(address)
        stripped += more
    if "=" in address.fragment:
        address, more = trackers.strip_fragment(address)
        stripped += more
    hidden: tuple[str, ...] = ()
    if not keep_credentials:
        redacted = credentials.redact(address, recipients)
        if redacted is not address:
            address = redacted
            hidden = ("credential",)
    is_settled = not _holds_residue(address.query)
    if stripped or hidden:
        target = str(address)
        # What a link is for may show once a token is out of it.
        is_settled = is_settled and not (hidden or wrappers.unwrap(target, address).rules)
    return Cleaned(target, (*used, *hidden, *stripped, *mended), family), is_settled


def _holds_residue(query: str) -> bool:
    return "=3D" in query or ("&" in query and _ENTITY.search(query) is not None)


def _mended(url: str, address: Address) -> tuple[str, Address, tuple[str, ...]]:
    """The address without residue of HTML and of quoted-printable in its query."""
    rules: tuple[str, ...] = ()
    if "=3D" in address.query:
        plain = finding.without_quoted_printable(url)
        if plain != url:
            address = parse(plain) or address
            rules = ("quoted-printable",)
    query = address.query
    if "&" in query and _ENTITY.search(query):
        for _ in range(_MAX_ENTITIES):
            query = _ENTITY.sub("&", query)
        address = address._replace(query=query)
        rules = (*rules, "entity")
    return (str(address) if rules else url), address, rules


def _cleaned_mailto(url: str, keep_credentials: bool, recipients: Recipients) -> Cleaned:
    if not keep_credentials and url[:7].lower() == "mailto:":
        redacted = credentials.redact_mailto(url, recipients)
        if redacted != url:
            return Cleaned(redacted, ("credential",))
    return Cleaned(url, ())
