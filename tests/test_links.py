"""Links: one address through the rules."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleankit import clean_url
from cleankit.links import purpose
from cleankit.links.cleaning import cleaned


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


def test_wrappers_inside_wrappers_are_followed() -> None:
    url = "https://news.example.com/a?id=5"
    for _ in range(6):
        url = "https://www.google.com/url?q=" + quote(url, safe="") + "&source=gmail"
    safelink = "https://eur.safelinks.protection.outlook.com/?url=" + quote(url, safe="")
    assert clean_url(safelink) == "https://news.example.com/a?id=5"


def test_what_keeps_a_link_from_being_unwrapped_may_go_with_its_trackers() -> None:
    link = "https://click.mail.example.com/https://example.org/a?id=5&mkt_tok=x1\x00\n"
    assert clean_url(link) == "https://example.org/a?id=5"


def test_a_loop_of_wrappers_ends() -> None:
    first = "https://example.com/redirect?url=https%3A%2F%2Fexample.org%2Fb"
    link_map = {"https://example.org/b": first}
    assert cleaned(first, link_map).url in {first, "https://example.org/b"}


def test_wrappers_are_followed_eight_deep_and_no_deeper() -> None:
    url = "https://example.com/a"
    for _ in range(8):
        url = "https://href.li/?" + url
    assert clean_url(url) == "https://example.com/a"
    assert clean_url("https://href.li/?" + url) == "https://href.li/?" + url


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "ftp://example.com/a",
        "data:text/html,x",
        "//example.com",
        "/a",
        "a b",
    ],
)
def test_nothing_but_web_and_mail_comes_out_of_a_wrapper(target: str) -> None:
    url = "https://l.facebook.com/l.php?u=" + quote(target, safe="")
    assert clean_url(url) == url


def test_a_target_is_decoded_once_where_its_scheme_was_encoded() -> None:
    encoded = "https%3A%2F%2Fexample.com%2Fa%2520b"
    plain = "https://example.com/a%20b"
    assert clean_url(f"https://slack-redir.net/link?url={encoded}") == "https://example.com/a%20b"
    assert clean_url(f"https://slack-redir.net/link?url={plain}") == plain


def test_a_target_is_decoded_as_often_as_its_scheme_was_encoded() -> None:
    thrice = quote(quote(quote("https://example.com/a%20b?c=1", safe=""), safe=""), safe="")
    assert (
        clean_url(f"https://slack-redir.net/link?url={thrice}") == "https://example.com/a%20b?c=1"
    )


@pytest.mark.parametrize("page", ["%2F%2Fexample.org%2Fa", "%2F%5Cexample.org%2Fa"])
def test_a_page_of_the_same_host_is_never_one_of_another(page: str) -> None:
    url = f"https://www.youtube.com/attribution_link?u={page}"
    assert clean_url(url) == url


def test_an_address_that_pretends_to_be_a_wrapper_is_not_unwrapped() -> None:
    for host in (
        "slack-redir.net.example.test",
        "slack-redir.net@example.test",
        "xslack-redir.net",
    ):
        url = f"https://{host}/link?url=https%3A%2F%2Fexample.com%2Fa"
        assert clean_url(url) == url


@given(st.text(max_size=80))
def test_any_text_is_taken_for_a_link_without_an_error(text: str) -> None:
    for url in (text, "https://" + text, "https://example.com/unsubscribe/" + text):
        once = clean_url(url)
        assert clean_url(once) == once
        purpose(url)


@pytest.mark.parametrize(
    "fragment, left",
    [
        ("#utm_source=letter&utm_medium=email", ""),
        ("#xtor=RSS-1", ""),
        ("#page=2", "#page=2"),
        ("#page=2&utm_source=letter", "#page=2&utm_source=letter"),
        ("#utm_source", "#utm_source"),
    ],
)
def test_a_fragment_of_trackers_alone_goes(fragment: str, left: str) -> None:
    assert clean_url("https://example.com/a" + fragment) == "https://example.com/a" + left
