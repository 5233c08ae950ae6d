"""Mastheads of letters whose sender no header tells: the footer and the links give the name."""

from __future__ import annotations

import pytest

from cleankit import clean

PROSE = (
    "The harbour froze in January, and for nine days the ferries lay where they had stopped.\n\n"
    "Nobody in the town could remember such a winter, though the oldest of them tried.\n"
)
FOOTER = (
    "\nYou receive this letter because you subscribed to it.\n"
    "Unsubscribe: https://quay.example.com/unsubscribe?u=1\n"
    "Quay and Sons Ltd, 12 Quay Street, Bristol BS1 4QA\n"
    "https://quay.example.com/privacy\n"
)


def cleaned(head: str) -> str:
    return clean(f"{head}\n\nDear friends,\n\n{PROSE}{FOOTER}", format="markdown").text


@pytest.mark.parametrize(
    "head",
    [
        "Quay and Sons",
        "Quay and Sons\nRopes, knots and good advice since 1993",
        "[![Quay and Sons](https://img.quay.example.com/top.png)](https://quay.example.com)",
        "[ ![Quay](https://img.quay.example.com/t.png) ](https://quay.example.com/?utm_source=n)",
    ],
)
def test_a_name_that_the_footer_or_a_front_page_gives_again_goes(head: str) -> None:
    assert cleaned(head) == f"Dear friends,\n\n{PROSE}"


@pytest.mark.parametrize(
    "head",
    [
        "The winter of the ferries",
        "Quay and Daughters",
        "[![A ferry in the ice](https://img.quay.example.com/ice.png)](https://other.example.org)",
        "[![A ferry in the ice](https://img.quay.example.com/i.png)](https://quay.example.com/p/1)",
    ],
)
def test_other_lines_and_pictures_above_a_greeting_stay(head: str) -> None:
    assert head in cleaned(head).replace("## ", "")


def test_a_name_that_leads_to_the_front_page_goes_with_what_stands_between_it_and_the_title() -> (
    None
):
    head = "[The Rope](https://quay.example.com)\nLetters on things that nobody describes"
    text = clean(f"{head}\n\n# Nine days\n\n{PROSE}{FOOTER}", format="markdown").text
    assert text == f"# Nine days\n\n{PROSE}"


@pytest.mark.parametrize("title", ["# Quay and Sons", "QUAY AND SONS"])
def test_a_title_that_names_the_letter_stays_above_its_text(title: str) -> None:
    assert title in clean(f"{title}\n\n{PROSE}{FOOTER}", format="markdown").text


def test_an_authors_name_below_the_title_stays() -> None:
    text = f"The winter of the ferries\n\nQuay and Sons\n\n{PROSE}"
    assert "Quay and Sons" in clean(text + FOOTER, format="markdown").text


def test_the_address_on_the_web_of_the_sender_tells_a_masthead_between_rules() -> None:
    head = (
        "=====\nNEWS FROM THE BOARD\n12 Quay Street\nWorld Wide Web: http://www.QUAY.example\n====="
    )
    wrapped = (
        "The harbour froze in January, and for nine days the ferries\n"
        "lay where they had stopped, in the middle of the bay, with\n"
        "their lamps lit, and their crews walked home over the ice\n"
        "with the post in bags, as the oldest of them had once done.\n"
    )
    front = "---\nfrom: Board <announce@lists.quay.example>\nsubject: Nine days of ice\n---\n\n"
    text = clean(f"{front}{head}\n\n{wrapped}", format="markdown").text
    assert text == wrapped


@pytest.mark.parametrize(
    "head",
    [
        "Quay’s Ropes, friend of young sailors\nwww.quay.example or ring 555-0100 (0.34 a minute)",
        "QUAY’S ROPES\nNews of the week        Friday 6th February 2026\n\nDear friends,",
        "ROPE LETTER\nNo. 3, year 18, March 2026",
    ],
)
def test_a_block_with_the_front_page_a_date_or_a_number_goes(head: str) -> None:
    front = "---\nfrom: Robin <robin@quay.example>\nsubject: Rope Letter in March\n---\n\n"
    text = clean(f"{front}{head}\n\n{PROSE}", format="markdown").text
    assert text.removeprefix("Dear friends,\n\n") == PROSE


@pytest.mark.parametrize(
    "head",
    [
        "We hope that you like the rope\nthat you found at (\nhttps://quay.example\n)!",
        "The price of ropes in winter\nhttps://quay.example/p/winter",
    ],
)
def test_the_senders_address_within_a_sentence_or_below_a_title_tells_no_masthead(
    head: str,
) -> None:
    front = "---\nfrom: Robin <robin@quay.example>\nsubject: Nine days of ice\n---\n\n"
    text = clean(f"{front}{head}\n\n{PROSE}", format="markdown").text
    assert head.split("\n")[0] in text


def test_a_signature_that_is_all_of_a_text_stays() -> None:
    text = "--\nRobin Quay -- http://www.quay.example\n555 0100 -- robin@quay.example\n"
    front = "---\nfrom: Robin <robin@quay.example>\nsubject: Ice\n---\n\n"
    assert "Robin Quay" in clean(front + text, format="markdown").text


def test_a_calendar_in_columns_above_a_greeting_stays() -> None:
    calendar = "Wed 3rd   Knit and natter, vestry, 2pm\nFri 5th   Supper tickets on sale (9 a head)"
    text = clean(f"{calendar}\n\nDear friends,\n\n{PROSE}", format="markdown").text
    assert "Knit and natter" in text


def test_a_title_that_numbers_the_letter_is_read_alike_when_its_subject_is_forgotten() -> None:
    front = "---\nsubject: 'Rope Letter 2026-08-16'\n---\n\n# Rope Letter 2026-08-16\n\n---\n\n"
    once = clean(f"{front}# Rope Letter 2026-08-16\n\n{PROSE}", format="markdown").text
    assert clean(once, format="markdown").text == once


def test_what_stands_between_a_name_and_a_lower_heading_stays() -> None:
    head = "[The Rope](https://quay.example.com)\nThe winter of the ferries"
    text = clean(f"{head}\n\n## Nine days\n\n{PROSE}{FOOTER}", format="markdown").text
    assert "The winter of the ferries" in text
