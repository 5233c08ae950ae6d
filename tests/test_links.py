"""Links: one address through the rules."""

from __future__ import annotations

import pytest

from cleankit import clean_url
from cleankit.links import purpose


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/story?id=5&mc=5&itok=Ab3&b=&b=2#part",
        "https://example.com/%E4%BD%A0?q=A%20b+c",
        "HTTPS://Example.COM",
        "mailto:editor@example.com",
        "not a link",
    ],
)
def test_an_address_without_trackers_comes_back_as_it_is(url: str) -> None:
    assert clean_url(url) == url


def test_trackers_go_and_the_rest_stays_in_order() -> None:
    url = "https://example.com/a?b=2&utm_source=x&a=&a=1&fbclid=9#top"
    assert clean_url(url) == "https://example.com/a?b=2&a=&a=1#top"


def test_a_token_of_an_unsubscribe_link_is_redacted_in_place() -> None:
    url = "https://news.example.com/unsubscribe/a1b2c3d4e5f6a7b8?token=Zm9v"
    assert clean_url(url) == "https://news.example.com/unsubscribe/REDACTED?token=REDACTED"


@pytest.mark.parametrize(
    "url, expected",
    [
        ("https://example.com/unsubscribe/123", "unsubscribe"),
        ("https://example.com/email-preferences", "preferences"),
        ("https://www.facebook.com/sharer/sharer.php?u=https://example.com", "share"),
        ("https://www.instagram.com/example/", "social"),
        ("https://example.com/2026/01/how-to-unsubscribe-from-everything-at-once", ""),
        ("mailto:leave@lists.example.com?subject=unsubscribe", "unsubscribe"),
    ],
)
def test_the_purpose_is_told_by_the_target(url: str, expected: str) -> None:
    assert purpose(url) == expected
