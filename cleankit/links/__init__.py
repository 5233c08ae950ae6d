"""Links: what they lead to, what tracks, and what gives a subscriber away."""

from __future__ import annotations


def clean_url(url: str) -> str:
    """One URL through the link rules; see `cleankit.clean_url`."""
    from cleankit.links.cleaning import cleaned

    return cleaned(url).url


def purpose(url: str) -> str:
    """What a link is for, told by the structure of its target after unwrapping.

    Args:
        url: a web address or a `mailto:` link.

    Returns:
        `"unsubscribe"`, `"preferences"`, `"verify"`, `"sign_in"`, `"checkout"`, `"web_version"`,
        `"share"`, `"social"`, `"app"`, `"subscribe"`, `"legal"`, `"pixel"` (an image that counts
        opens), or an empty text for anything else: an article, an opaque wrapper.
    """
    from cleankit.links import purposes, wrappers
    from cleankit.links.address import parse

    address = parse(url)
    if address is not None:
        url, address, _, _ = wrappers.unwrap(url, address)
    if address is not None:
        return purposes.of_address(address)
    return purposes.of_mailto(url) if url[:7].lower() == "mailto:" else ""
