"""Links: what they lead to, what tracks, and what gives a subscriber away."""

from __future__ import annotations


def clean_url(url: str) -> str:
    """One URL through the link rules; see `cleankit.clean_url`."""
    return url
