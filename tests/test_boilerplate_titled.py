"""Titled notices above a footer, and lines that lead to what is cut."""

from __future__ import annotations

import pytest

from cleankit import clean

PROSE = (
    "The harbour froze in January, and for nine days the ferries lay where they had stopped.\n\n"
    "Nobody in the town could remember such a winter, though the oldest of them tried.\n"
)
FOOTER = "\nYou are currently subscribed to ice as: robin@example.com\n"


@pytest.mark.parametrize(
    "notice",
    [
        "E-MAIL DISCLAIMER\n\nThis e-mail is confidential and intended for the addressee alone. No "
        "contract is made by it, other than in writing, signed by two of us.\n",
        "HOW TO UNSUBSCRIBE\n\nNow and then we get replies that say: I never asked for this! But "
        "you did, when you registered, hence you are receiving this email. If you want off, that "
        "is no problem.\n",
    ],
)
def test_a_titled_notice_above_a_footer_goes(notice: str) -> None:
    assert clean(f"{PROSE}\n{notice}{FOOTER}", format="markdown").text == PROSE


def test_a_titled_notice_with_its_own_way_out_ends_a_text() -> None:
    notice = (
        "\nSUBSCRIPTION INFO FOR THE ICE LETTER\n\nPlease do not reply to this e-mail, as nobody "
        "reads this mailbox. If you wish to be removed from the list, send a message with the word "
        "unsubscribe in its subject to ice-request@example.org.\nThank you.\n"
    )
    assert clean(PROSE + notice, format="markdown").text == PROSE


@pytest.mark.parametrize(
    "section",
    [
        "UNSUBSCRIBING\n\nMy aunt has left nine lists this year, and she says that the tenth was "
        "the hardest, as it had been her own.\n",
        "**CANCELAR A ASSINATURA?**\n\nMuita gente pergunta se dá para pular um mês. Dá. Entre na "
        "sua conta, clique em Pular e pronto. E dá para cancelar a assinatura também, sem pergunta "
        "nenhuma. A gente fica triste, mas toma um chá e segue.\n",
        "THE LIST OF THE DROWNED\n\nIt hangs in the chapel, and it has ninety names.\n",
    ],
)
def test_a_section_on_lists_above_a_footer_stays(section: str) -> None:
    text = clean(f"{PROSE}\n{section}{FOOTER}", format="markdown").text
    assert section.split("\n")[2] in text


def test_a_line_that_leads_to_what_is_cut_goes() -> None:
    lead = "\nTo subscribe to these and other letters of ours:\n\n"
    footer = "Subscribe now: https://quay.example.com/subscribe\nUnsubscribe: https://quay.example.com/unsubscribe\n"
    assert clean(PROSE + lead + footer, format="markdown").text == PROSE


def test_addresses_with_what_they_are_for_are_no_end_of_a_footer() -> None:
    footer = (
        "\nThe Harbour Ropes Club\n454 Quay Street\nSan Francisco CA 94110-1914 USA\n\n"
        "Membership & rope queries: members@quay.example.org\n"
        "General queries on knots and splices: ask@quay.example.org\n\n"
        "To unsubscribe from this list, send an email to leave@quay.example.org\n"
    )
    assert clean(PROSE + footer, format="markdown").text == PROSE
