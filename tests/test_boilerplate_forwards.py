"""The headers that a mail program writes above a forwarded letter."""

from __future__ import annotations

from cleankit import clean

LETTER = "The harbour froze in January, and for nine days the ferries lay where they had stopped.\n"
HEADERS = (
    "From: Quay News <quay@example.com>\nDate: Thu, 19 Mar 2026 at 16:40\n"
    "Subject: The ice\nTo: <friends@example.com>\n"
)


def test_a_forwarded_letter_tells_its_sender_and_loses_its_headers() -> None:
    text = f"---------- Forwarded message ---------\n{HEADERS}\nQUAY NEWS\n\n{LETTER}"
    doc = clean(text, format="markdown")
    assert doc.text == LETTER
    assert doc.meta["subject"] == "The ice"
    assert {removal.kind for removal in doc.removed} == {"header_block", "masthead"}


def test_a_forwarded_letter_stays_with_its_headers_below_somebodys_words() -> None:
    text = f"Read this, Tess.\n\nBegin forwarded message:\n\n{HEADERS}\n{LETTER}"
    assert clean(text, format="text", passes=["boilerplate"]).text == text


def test_headers_that_nothing_announces_stay() -> None:
    text = f"Read this, Tess.\n\n{HEADERS}\n{LETTER}"
    assert "Subject: The ice" in clean(text, format="text").text


def test_a_line_that_announces_nothing_stays() -> None:
    text = f"{LETTER}\nForwarded message\n\nFrom: the harbour\n\n{LETTER}"
    assert "Forwarded message" in clean(text, format="text").text


def test_a_line_that_says_who_wrote_stays_below_somebodys_words() -> None:
    line = "On Wed, 4 Mar 2026 at 16:52, Robin Quay <robin@example.com> wrote:"
    text = f"It has gone, Robin.\n\n{line}\n\n> Is the ice still there?\n"
    assert "Robin Quay" in clean(text, format="text").text


def test_a_line_that_says_whose_the_quoted_words_are_stays() -> None:
    line = "On Wed, 4 Mar 2026 at 16:52, Robin Quay <robin@example.com> wrote:"
    text = f"{line}\n> Is the ice still there?\n\nIt has gone.\n"
    assert "Robin Quay" in clean(text, format="text").text
