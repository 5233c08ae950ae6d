"""Footers above what programs write below them: a quoted letter, a list of targets."""

from __future__ import annotations

from cleankit import clean

LETTER = (
    "The harbour froze in January, and for nine days the ferries lay where they had stopped.\n\n"
    "The tide table [1] says nothing of it, and nobody in the town could remember such ice."
)
QUOTED = (
    "On Wed, 4 Mar 2026 at 16:52, Robin Quay <robin@example.com> wrote:\n\n"
    "> Is the ice still there?\n>\n> Robin\n"
)
NOTICE = (
    "This e-mail and its attachments are sent in confidence to the person\n"
    "named above. If that is not you, tell us by return and delete it."
)


def test_a_notice_above_a_quoted_letter_goes() -> None:
    doc = clean(f"{LETTER}\n\n{NOTICE}\n\n{QUOTED}", format="text", passes=["boilerplate"])
    assert doc.text == f"{LETTER}\n\n\n{QUOTED}"
    assert {removal.kind for removal in doc.removed} == {"legal"}


def test_words_above_a_quoted_letter_stay() -> None:
    text = f"{LETTER}\n\nTell us by return whether the letter was sent in confidence.\n\n{QUOTED}"
    assert clean(text, format="text", passes=["boilerplate"]).text == text


def test_a_footer_above_a_list_of_targets_goes_with_its_own() -> None:
    footer = (
        "Nájdete nás na Facebooku [2].\nNastavenia noviniek [3]\nUž ani list [4]\n"
        "Prístav, s. r. o., Poľná 12, 900 01 Modra, IČO 12 345 678\n"
    )
    targets = (
        "[2] https://facebook.com/quay.example\n[3] https://quay.example.org/news/settings\n"
        "[4] https://quay.example.org/news/unsubscribe\n"
    )
    mine = "Odkazy:\n-------\n[1] https://quay.example.org/tides\n"
    doc = clean(f"{LETTER}\n\n{footer}\n{mine}{targets}", format="text", passes=["boilerplate"])
    assert doc.text.rstrip() == f"{LETTER}\n\n\n{mine}".rstrip()


def test_what_the_text_refers_to_stays() -> None:
    text = f"{LETTER}\n\nSources:\n[1] https://quay.example.org/tides\n[2] https://quay.example.org/ice\n"
    assert clean(text, format="text", passes=["boilerplate"]).text == text


def test_an_office_with_its_hours_above_a_rule_stays() -> None:
    office = (
        "Office of the harbour\n\nQuay Street 12, 90001 Modra\nOpen on weekdays 9-12 and 13-15.\n"
    )
    footer = "You receive this letter because you subscribed to it.\nUnsubscribe: https://x.example.org/u"
    text = f"{LETTER}\n\n{office}\n{30 * '_'}\n\n{footer}\n"
    assert "Quay Street 12" in clean(text, format="text").text
    assert "Unsubscribe" not in clean(text, format="text").text
