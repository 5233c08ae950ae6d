"""Boilerplate of mail without markup: armour, framed footers, list commands, mastheads."""

from __future__ import annotations

import pytest

import cleankit
from cleankit.document import Document

PROSE = (
    "The harbour froze in January, and for nine days the ferries lay where they\n"
    "had stopped. Nobody in the town could remember such a winter, though the\n"
    "oldest of them tried.\n"
    "\n"
    "The pilots walked out to the ships over the ice, and came back with letters\n"
    "that the crews had written. On the tenth day it rained.\n"
)


def clean(text: str) -> str:
    return cleankit.clean(text, format="markdown").text


def test_the_armour_of_a_signed_message_goes_and_its_dashes_come_back() -> None:
    signed = (
        "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n"
        f"{PROSE}\n- - a mark of a list\n\n- -- \nRobin\n"
        "-----BEGIN PGP SIGNATURE-----\n\niEYEARECAAYFAkExample+/In/January00\n=AbC1\n"
        "-----END PGP SIGNATURE-----\n"
    )
    assert clean(signed) == f"{PROSE}\n- a mark of a list\n\n--\nRobin\n"


@pytest.mark.parametrize("mark", ["> ", "    "])
def test_quoted_and_indented_armour_stays(mark: str) -> None:
    armour = f"{mark}-----BEGIN PGP SIGNED MESSAGE-----\n{mark}Hash: SHA256\n"
    assert "BEGIN PGP" in clean(f"{PROSE}\n{armour}\n{PROSE}")


def test_armour_in_fenced_code_stays() -> None:
    text = f"{PROSE}\n```\n-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n- - a\n```\n"
    assert clean(text) == text


@pytest.mark.parametrize("rule", ["-" * 60, "=" * 60, "_" * 47, "*" * 60, "==^" + "=" * 60])
def test_a_framed_footer_goes_as_a_whole(rule: str) -> None:
    footer = (
        f"{rule}\n"
        "This email was sent to: robin@example.com\n\n"
        "EASY UNSUBSCRIBE click here: https://lists.example.org/u/?b1\n"
        "Or send an email to: tides-unsubscribe@lists.example.org\n\n"
        "T I D E S -- the list for those who watch the water\n"
        "https://lists.example.org/tides\n"
        f"{rule}\n"
    )
    assert clean(f"{PROSE}\n{footer}").strip() == PROSE.strip()


def test_what_stands_below_a_framed_footer_stays() -> None:
    footer = (
        "**************************************************\n"
        "You have received this message because your address was signed up for\n"
        "the TIDES mailing list. To leave, visit the page of the list\n\n"
        "    https://lists.example.org/mailman/listinfo/tides\n\n"
        "or send mail to tides-request@lists.example.org with the word unsubscribe.\n"
        "**************************************************\n"
    )
    below = "The editor has a new key, which is on the usual servers. The old one\nends in June.\n"
    text = clean(f"{PROSE}\n{PROSE}\n{footer}\n{below}")
    assert "new key" in text
    assert "tides-request" not in text


def test_steps_of_a_command_go_with_it() -> None:
    footer = (
        "____________________________________________________________\n"
        "******************* ABOUT THIS NEWSLETTER ******************\n\n"
        "Created by Harbour Letters (https://letters.example.com)\n\n"
        "Unsubscribe from 'Daily News'\n"
        " - Go to: https://letters.example.com/register\n"
        " - Log in to edit your profile.\n"
        " - Uncheck the box next to the newsletter.\n"
    )
    assert clean(f"{PROSE}\n{footer}").strip() == PROSE.strip()


def test_an_article_between_rules_that_speaks_of_unsubscribing_stays() -> None:
    article = (
        "------------------------------------------------------------\n"
        "How to leave a list\n"
        "------------------------------------------------------------\n"
        "I wrote to the server with the word unsubscribe, and nothing came of it.\n"
        "The keeper of the list lived on an island without a telephone, and whoever\n"
        "wished to leave had to wait for the boat. To unsubscribe one needs patience.\n"
        "In the end we all stayed, and the list is now forty years old, with nine\n"
        "members, of whom four still watch the water every morning.\n"
    )
    text = f"{PROSE}\n{article}"
    assert cleankit.clean(text, format="markdown", passes=["boilerplate"]).text == text


def test_a_personal_signature_above_a_list_footer_stays() -> None:
    text = (
        f"{PROSE}\n-- \nRobin Quay\nPilot, Harbour of Example\nhttps://robin.example.com\n"
        "_______________________________________________\n"
        "Tides mailing list\nTides@lists.example.org\n"
        "https://lists.example.org/mailman/listinfo/tides\n"
    )
    cleaned = clean(text)
    assert "Robin Quay\nPilot, Harbour of Example\nhttps://robin.example.com" in cleaned
    assert "mailman" not in cleaned


@pytest.mark.parametrize("name", ["robin", "Robin Quay\nrobin@example.com", "robin@example.com"])
def test_a_short_signature_between_its_dashes_and_a_list_footer_stays(name: str) -> None:
    text = (
        f"{PROSE}\n-- \n{name}\n\n"
        "_______________________________________________\n"
        "Tides mailing list\nTides@lists.example.org\n"
        "https://lists.example.org/mailman/listinfo/tides\n"
    )
    meta = {"format": "email", "sender": "Robin Quay <robin@example.com>"}
    doc = cleankit.Pipeline(["boilerplate"])(Document.of(text, meta))
    assert doc.text.rstrip().endswith(f"-- \n{name}")


def test_who_is_quoted_stays_above_the_quotation() -> None:
    meta = {"format": "email", "sender": "Robin Quay <robin@example.com>"}
    text = f"[Robin]\n> The ferries lie where they stopped.\n\n{PROSE}"
    assert cleankit.Pipeline(["boilerplate"])(Document.of(text, meta)).text == text


def test_a_list_footer_in_a_quotation_stays() -> None:
    text = (
        "> The ferries lie where they stopped.\n"
        "> _______________________________________________\n"
        "> Tides mailing list\n"
        "> https://lists.example.org/mailman/listinfo/tides\n\n"
        f"{PROSE}"
    )
    assert clean(text) == text


def test_an_invitation_to_a_list_stays() -> None:
    text = f"{PROSE}\nWhoever watches the water may join us:\n\nhttps://l.example.org/mailman/listinfo/tides\n"
    assert clean(text) == text


def test_a_patch_in_a_list_mail_stays() -> None:
    patch = (
        "--- a/tides.c\n+++ b/tides.c\n@@ -1,4 +1,4 @@\n"
        "-  unsubscribe(list);\n+  unsubscribe(list, reader);\n   return 0;\n"
    )
    footer = (
        "_______________________________________________\n"
        "Tides mailing list\nTides@lists.example.org\n"
        "https://lists.example.org/mailman/listinfo/tides\n"
    )
    text = f"{PROSE}\n{patch}\n{footer}"
    cleaned = cleankit.clean(text, format="markdown", passes=["boilerplate"])
    assert cleaned.text.rstrip() == f"{PROSE}\n{patch}".rstrip()


def test_a_title_at_the_head_of_an_announcement_stays() -> None:
    text = f"The Winter Meeting of Pilots\nHarbour House, 4 March 2026\n{'-' * 60}\n\n{PROSE}"
    assert clean(text).startswith("The Winter Meeting of Pilots")


def test_german_written_in_ascii_is_read_as_german() -> None:
    footer = (
        "--------------------------------------------------\n"
        "Sie erhalten diesen Newsletter, weil Sie sich angemeldet haben.\n"
        "Wenn Sie keine weiteren Nachrichten erhalten moechten, koennen Sie sich hier abmelden:\n"
        "https://briefe.example.com/u\n"
    )
    assert clean(f"{PROSE}\n{footer}").strip() == PROSE.strip()


def test_a_titled_rule_stays_above_text_that_a_footer_follows() -> None:
    prose = (
        "The harbour froze over last night, and so the ferry did not run until\n"
        "the ice was broken by the two tugs that the town had bought in autumn.\n\n"
    )
    own = f"{prose * 6}********************* THE LETTER *********************\nIt is cold.\n"
    footer = (
        "To unsubscribe, send a message to harbour-request@lists.example.org\n"
        "with the word unsubscribe in its subject.\n"
    )
    doc = cleankit.clean(own + footer, format="text", passes=["boilerplate"])
    assert doc.text.rstrip() == own.rstrip()
