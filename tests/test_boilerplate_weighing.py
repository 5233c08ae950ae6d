"""Footers that no phrase tells are cut by the marks of their units; an author's last words stay."""

from __future__ import annotations

import pytest

import cleankit
from cleankit import Document
from cleankit.passes.boilerplate import marks
from cleankit.passes.boilerplate.layout import Layout

PROSE = (
    "The harbour froze on Monday, and the first tug out was the oldest one of all. Her crew had "
    "spent the time below deck, and came up with a list of all that can be mended by lamplight.\n\n"
    "On Tuesday the ferry followed, with two lorries and a brass band that had waited since Friday."
)

FOOTERS = [
    pytest.param(
        "Rowing Club Springfield Inc. ABN 00 000 000 000\nPO Box 12, Springfield VIC 3999\n\n"
        "Had enough? https://mail.example.com/bulletin/leave takes you off within a day.",
        id="a register, a box, a way out in words of its own",
    ),
    pytest.param(
        "Klubo naujienlaiškį siunčiame nariams: https://klubas.example.org/stop\n"
        "© 2026 Klubas, Upės g. 1, 01100 Vilnius, įm. k. 000000000",
        id="a language without rules",
    ),
    pytest.param(
        "Facebook /boats.example | Instagram @boats.example | © 2026 Boats\n"
        "brev.boats.example.org/loppu",
        id="networks and a site without links",
    ),
]


@pytest.mark.parametrize("footer", FOOTERS)
def test_a_footer_is_told_by_its_marks(footer: str) -> None:
    assert cleankit.clean(f"{PROSE}\n\n{footer}\n").text.rstrip() == PROSE


LAST_WORDS = [
    "Tickets are sold at the door of the Old Baths from seven, and cost £4.",
    "Write to me at ada@example.org if you saw the tug, or call 555 0100 after six.",
    "Until next week,\nAda",
    "- [The tender itself](https://city.example.org/tender.pdf)\n"
    "- [Lena's talk](https://camp.example.org/lena)\n- [A map of the quays](https://maps.example.org/q)",
    "The library is open on Monday and Thursday, 10:00 to 18:00.\nQuay Street 3, Springfield",
    "Write to the list if you want more of this: https://lists.example.org/ice",
    "Subscribe to the calendar: https://calendar.example.org/feed",
    "Photos are on Instagram: @ice.example",
    "I had enough of newsletters this year, and left forty of them in one evening.",
]


@pytest.mark.parametrize("words", LAST_WORDS, ids=lambda words: str(words)[:20])
def test_an_authors_last_words_stay(words: str) -> None:
    text = f"{PROSE}\n\n{words}\n"
    assert cleankit.clean(text, passes=["boilerplate"]).text == text


def test_a_short_notice_about_a_list_stays() -> None:
    text = "reader@example.com just unsubscribed from your newsletter.\n\nIt has 12 readers left.\n"
    assert cleankit.clean(text, passes=["boilerplate"]).text == text


def test_what_stands_above_the_end_of_a_letter_stays() -> None:
    letter = f"{PROSE}\n\nMail me: ada@example.org | 555 0100 12\n\nYours,\nAda"
    footer = (
        "Verein e.V. | VR 00000 | Hafenstr. 3, 01234 Musterstadt\n\nhttps://post.example.org/stop"
    )
    assert "Mail me" in cleankit.clean(f"{letter}\n\n{footer}\n").text


def test_a_signature_below_the_end_of_a_letter_stays() -> None:
    letter = f"{PROSE}\n\nWarm regards,\n\nAda Quay\nHarbour office\nada@example.org | 555 0100 12"
    footer = (
        "[Facebook](https://facebook.com/quay.example)\n\n[Leave](https://mail.example.com/off)"
    )
    assert cleankit.clean(f"{letter}\n\n{footer}\n").text.rstrip() == letter


def test_the_authors_references_below_a_footer_stay() -> None:
    text = (
        f"{PROSE} The map [1] hangs in the office.\n\n"
        "Facebook [2] | Leave the list [3] | © 2026 Quay Ltd, 12 Quay Street, Bristol BS1 4QA\n\n"
        "[1] https://maps.example.org/quay\n[2] https://facebook.com/quay.example\n"
        "[3] https://mail.example.com/off\n"
    )
    cleaned = cleankit.clean(text).text
    assert "[1] https://maps.example.org/quay" in cleaned
    assert "mail.example.com" not in cleaned


def test_a_list_of_headlines_above_a_footer_stays() -> None:
    headlines = "\n\n".join(
        f"BIG PUSH FROM THE HARBOUR, PART {number} - The Quay 10/1/2026 <https://news.example.org/{number}>"
        for number in range(1, 30)
    )
    footer = "Published by Quay Ltd, 12 Quay Street, Bristol BS1 4QA. © 2026"
    cleaned = cleankit.clean(f"{PROSE}\n\n{headlines}\n\n{footer}\n").text
    assert all(f"PART {number} " in cleaned for number in range(1, 30))
    assert "Quay Ltd" not in cleaned


def test_a_footer_begins_with_a_paragraph() -> None:
    text = f"{PROSE}\n\n-- \nRobin Reader\n+1 (888) 555-0100\n\n© 2026 Harbour Letters\n"
    assert cleankit.clean(text).text.rstrip().endswith("Robin Reader\n+1 (888) 555-0100")


def test_the_kind_is_told_by_the_marks() -> None:
    document = cleankit.clean(f"{PROSE}\n\n{FOOTERS[0].values[0]}\n")
    assert {"legal", "address", "unsubscribe"} >= {removal.kind for removal in document.removed}
    assert marks.RULE in {edit.rule for edit in document.edits}


def test_the_ledger_tells_the_weightiest_marks() -> None:
    document = cleankit.clean(f"{PROSE}\n\n{FOOTERS[0].values[0]}\n")
    notes = [edit.note for edit in document.edits if edit.rule == marks.RULE]
    assert notes
    assert all(note.split(" ")[1][0] in "+-" for note in notes)


def test_marks_do_not_change_where_a_line_becomes_a_heading() -> None:
    plain, heading = (
        Layout(Document.of(f"Words.\n\n{mark}Quay Street 3, Springfield").text)
        for mark in ("", "## ")
    )
    assert marks.of(plain, 1) == marks.of(heading, 1)
