"""Calls to share and offers of subscriptions amid the text, told by where they lead."""

from __future__ import annotations

import pytest

from cleankit import clean

PROSE = (
    "The harbour froze in January, and for nine days the ferries lay where they had stopped.\n\n"
    "Nobody in the town could remember such a winter, though the oldest of them tried.\n"
)
FOOTER = "\nUnsubscribe: https://quay.example.com/unsubscribe?u=1\n"


@pytest.mark.parametrize(
    "unit",
    [
        "[**Become a member**](https://quay.example.com/join) and read all for £4 a month.",
        "A subscription costs $50, less than a dollar a week. https://quay.example.com/subscribe",
        "[Share](https://facebook.com/sharer?u=1) [Tweet](https://x.com/intent/post?u=1)",
    ],
)
def test_offers_and_ways_to_share_go_amid_the_text(unit: str) -> None:
    text = clean(f"{PROSE}\n{unit}\n\n{PROSE}{FOOTER}", format="markdown").text
    assert text == f"{PROSE}\n{PROSE}"


@pytest.mark.parametrize(
    "unit",
    [
        "The members of [the club](https://club.example.org/join) pay £4 a month, and get nothing.",
        "I told [our subscribers](https://quay.example.com/subscribe) last week, and they wrote.",
        "The school in summer costs $120 a week, if you join: https://quay.example.com/join",
        "A subscription cost $4 a year then, as [the paper](https://quay.example.com/1863) tells.",
    ],
)
def test_prices_of_others_and_mentions_stay(unit: str) -> None:
    text = clean(f"{PROSE}\n{unit}\n\n{PROSE}{FOOTER}", format="markdown").text
    assert unit in text


def test_an_offer_without_a_price_goes_where_it_ends_in_the_senders_page_for_it() -> None:
    unit = (
        "The Quay runs on readers. If you can spare the price of a bun,\nbecome a paying one.\n"
        "<https://quay.example.com/subscribe?utm=mid>"
    )
    text = clean(f"{PROSE}\n{unit}\n\n{PROSE}{FOOTER}", format="markdown").text
    assert text == f"{PROSE}\n{PROSE}"


def test_a_link_to_a_host_named_for_subscribing_stays() -> None:
    unit = "Play what our members have paid for in your browser:\nhttps://subscribe.example.com/listen/1"
    footer = "\nUnsubscribe: https://subscribe.example.com/unsubscribe?u=1\n"
    text = clean(f"{PROSE}\n{unit}\n\n{PROSE}{footer}", format="markdown").text
    assert "listen/1" in text
