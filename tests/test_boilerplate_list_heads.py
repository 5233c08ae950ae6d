"""Heads of lists' digests, and lines that lead to a letter's own page."""

from __future__ import annotations

import pytest

from cleankit import clean

LETTER = "The harbour froze in January, and for nine days the ferries lay where they had stopped."
HEAD = (
    "Tides Digest, Vol 77, No 6\n"
    "Post to all:   tides@lists.example.org\n"
    "Join or quit:  https://lists.example.org/tides\n"
    "Reach a human: tides-owner@lists.example.org\n"
)
LETTERED = (
    '---\nsubject: "Nine days of ice"\nsource_url: "https://quay.example.org/letters/9"\n---\n\n'
)


def test_the_head_of_a_digest_goes() -> None:
    doc = clean(f"{HEAD}\n{LETTER}\n", format="text")
    assert doc.text == f"{LETTER}\n"
    assert {removal.kind for removal in doc.removed} == {"masthead", "preferences"}


def test_the_head_of_a_digest_stays_below_somebodys_words() -> None:
    text = f"{LETTER}\n\nThis is what their digest begins with.\n\n{HEAD}\n{LETTER}\n"
    assert "Reach a human" in clean(text, format="text").text


def test_addresses_of_people_are_no_head() -> None:
    text = f"Reach Robin: robin@example.org\nReach Kim:   kim@example.org\n\n{LETTER}\n"
    assert clean(text, format="text", passes=["boilerplate"]).text == text


def test_a_line_that_leads_to_the_letters_own_page_goes() -> None:
    line = "Arrived in bits? [Here is the tidy one](https://quay.example.org/letters/9?m=1)."
    doc = clean(f"{LETTERED}{line}\n\nDear all,\n\n{LETTER}\n", format="markdown")
    assert doc.text == f"Dear all,\n\n{LETTER}\n"
    assert doc.removed[-1].kind == "web_version"


@pytest.mark.parametrize(
    "line",
    [
        "[Nine days of ice](https://quay.example.org/letters/9)",
        "Last week: [how the ice came](https://quay.example.org/letters/8).",
    ],
)
def test_titles_and_other_letters_stay(line: str) -> None:
    text = f"{LETTERED}{line}\n\nDear all,\n\n{LETTER}\n"
    assert line in clean(text, format="markdown", passes=["boilerplate"]).text


def test_the_name_and_the_page_of_a_list_below_a_rule_go() -> None:
    foot = (
        f"{40 * '_'}\ntides, kept going by the guild of the quay\nhttps://lists.example.org/tides\n"
    )
    doc = clean(f"{LETTER}\n\n{foot}\nEnd of Digest 77.6\n", format="text")
    assert doc.text == f"{LETTER}\n"


def test_words_about_a_list_stay() -> None:
    text = f"{LETTER}\n\nThe list of the drowned is kept by the harbour office:\nhttps://lists.example.org/tides\n"
    assert clean(text, format="text", passes=["boilerplate"]).text == text
