"""The kinds of what is cut, and which of them are cut unless the user says otherwise."""

from __future__ import annotations

from collections.abc import Iterable

from cleankit.errors import ConfigError

CUT: dict[str, str] = {
    "web_version": "a line that offers to show the message in a browser",
    "unsubscribe": "a way to leave the list",
    "preferences": "a way to manage the subscription or the account",
    "reason": "why the reader receives the message",
    "address": "the sender's postal address",
    "legal": "copyright, confidentiality, terms and privacy notices",
    "subscribe_cta": "a call to subscribe, upgrade or support",
    "share": "a call to share, forward, like or comment",
    "social": "a row of links to social networks or app stores",
    "masthead": "the sender's banner, logo or navigation",
    "debris": "what a converter or a template left behind",
    "front_matter": "metadata before the text, read into the record's meta",
    "header_block": "the message's own headers repeated in the text, read into the record's meta",
    "invisible": "characters that no reader sees",
    "hidden": "text that the page hides from its reader",
}
"""Kinds that are cut by default, with what each means."""

LABELLED: dict[str, str] = {
    "sponsor": "a sponsor's block",
    "related": "links to further reading",
    "promo": "the author's own promotion",
}
"""Kinds that are content: found and noted, and cut only when the user asks."""


def kept(keep: Iterable[str] = (), strip: Iterable[str] = ()) -> frozenset[str]:
    """The kinds that stay in the text (noted in the ledger) for a user's `keep` and `strip`.

    Raises:
        ConfigError: a kind that does not exist, or one both kept and stripped.
    """
    keep, strip = frozenset(keep), frozenset(strip)
    known = CUT.keys() | LABELLED.keys()
    for kind in sorted((keep | strip) - known):
        raise ConfigError(f"unknown kind {kind!r}; the kinds are {', '.join(sorted(known))}")
    for kind in sorted(keep & strip):
        raise ConfigError(f"kind {kind!r} cannot be both kept and stripped")
    return frozenset(LABELLED) - strip | keep
