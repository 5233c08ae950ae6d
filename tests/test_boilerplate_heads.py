"""Mastheads: the lines above a text that name the letter, its number, its makers."""

from __future__ import annotations

import pytest

from cleankit import clean

PROSE = (
    "The harbour froze in January, and for nine days the ferries lay where they had stopped.\n\n"
    "Nobody in the town could remember such a winter, though the oldest of them tried.\n"
)


def cleaned(sender: str, subject: str, head: str, *, name: str = "") -> str:
    """The clean text of a letter whose text begins so; `Robin, ` greets below the head."""
    front = f"newsletter_name: '{name}'\n" if name else ""
    block = f"# {subject}\n\n**From:** {sender}\n**Date:** 31 March 2026\n\n---\n"
    text = f"---\nsubject: '{subject}'\n{front}---\n\n{block}\n{head}\n\n{PROSE}"
    return clean(text, format="markdown").text


@pytest.mark.parametrize(
    "sender, subject, head",
    [
        ("Quay News <q@example.com>", "Nine days of ice", "QUAY NEWS\nWork that ends at five"),
        ("Quay News <q@example.com>", "Nine days of ice", "Quay News — notes from the pier"),
        ("Quay News <q@example.com>", "Nine days of ice", "QUAY NEWS\nIssue 12 | March 2026"),
        (
            "Quay News <q@example.com>",
            "Nine days of ice",
            "Quay News\nVol. III, No. 7\nThursday, March 12, 2026",
        ),
        (
            "Quay News <q@example.com>",
            "Nine days of ice",
            "QUAY NEWS\n\nIssue No. 8\n\nA newsletter about cold places",
        ),
        ("St Piran's Office <p@example.org>", "This week", "ST PIRAN'S · WEEKLY NOTICES"),
        (
            "Recht kurz <r@example.com>",
            "Recht kurz 5/26: Der Link",
            "RECHT KURZ – der Brief für alle",
        ),
        ("Kultur Müdürlüğü <k@example.org>", "Mart", "KULTUR MÜDÜRLÜĞÜ E-BÜLTENİ"),
        ("Читалище „Лъч“ <i@example.org>", "Лазаровден", "НАРОДНО ЧИТАЛИЩЕ „ЛЪЧ“"),
        ("海風 <hello@haifengbooks.example.com>", "三月選書", "海風 HAIFENG BOOKS"),
        (
            "느린길 <letter@neuringil.example.com>",
            "역이 없어진 마을",
            "느린길\n2026. 2. 24. 화요일 | 91호",
        ),
        ("Anna Berg <anna@example.com>", "Om regn", "Fredagsbrevet nr 12\n13 mars 2026"),
        (
            "Biblioteca <b@example.org>",
            "Boletinazo nº 58 — marzo 2026",
            "| | |\n| --- | --- |\n| ![](https://x.example.org/l.gif) | **Boletinazo** · Lago |",
        ),
        (
            "Quiet Jobs <digest@example.com>",
            "Eleven jobs",
            "[View online](https://x.example.com/w)\n"
            "[Sign up](https://x.example.com/s) | [Post a job](https://x.example.com/p)",
        ),
    ],
)
def test_what_names_the_letter_goes(sender: str, subject: str, head: str) -> None:
    assert cleaned(sender, subject, head) == PROSE


@pytest.mark.parametrize(
    "subject, head",
    [
        ("Nine days of ice", "Nine days of ice\nHow the ferries lay where they stopped"),
        ("Quay News – a winter", "Quay News – a winter\nIn three parts"),
        ("Spring meeting", "Quay News spring meeting"),
        ("Spring meeting", "Spring meeting – 12 March 2026"),
        ("Spring", "Saturday, 12 March 2026, 7 pm\nHarbour Hall"),
        ("Hello", "12 March 2026\n\nDear Tess,"),
        ("Hello", "A letter from the ice"),
        ("Hello", "Merhaba,"),
    ],
)
def test_a_title_a_day_and_a_greeting_stay(subject: str, head: str) -> None:
    text = cleaned("Quay News <merhaba@example.com>", subject, head)
    assert text.replace("# ", "").replace("#", "").startswith(head.split("\n")[0])


def test_a_title_that_speaks_of_the_letter_stays_with_what_stands_below_it() -> None:
    head = "Our newsletter turns ten\nA look back"
    text = cleaned("Tess <t@example.com>", "Our newsletter turns ten", f"{head}\n\nDear friends,")
    assert "Our newsletter turns ten" in text
    assert "A look back" in text


def test_a_title_below_a_name_stays_where_the_subject_says_nothing() -> None:
    text = cleaned("Quay News <q@example.com>", "Quay news", "Quay News\nNine days of ice")
    assert "Nine days of ice" in text


def test_a_greeting_below_a_name_stays() -> None:
    text = cleaned("Quay News <q@example.com>", "Nine days of ice", "Quay News\nLiebe Leserinnen")
    assert "Liebe Leserinnen" in text


@pytest.mark.parametrize(
    "head",
    [
        "GOLDEN QUAY INC.\n~ rowing since 1974 ~\nBulletin 31/26          Editor: Robin Quay",
        "**Second Oar** — a podcast about boats\n*Hosted by Robin & Tess · Episode 88*",
        "ШУМ И ВОЛНА\nрассылка о море без восклицательных знаков\nвыпуск 203 · 19 февраля 2026 г.",
        "Harbourer       Vol. 15, No. 24       August 9, 2002\n\nISSN 0000-0000",
        "नदी मित्र\nपानी की चिट्ठी | वर्ष 6, अंक 2 | फरवरी 2026\nसम्पादक: सरिता",
        "BÅTKLUBBEN – VENEKERHO r.f. / r.y.\nMedlemsblad / Jäsenkirje 1-2026",
        "━━━━━━━━━━━━━━\n みどり公民館だより  第118号\n 2026年2月20日発行\n━━━━━━━━━━━━━━",
    ],
)
def test_a_numbered_block_at_the_top_of_a_nameless_text_goes(head: str) -> None:
    assert clean(f"{head}\n\n{PROSE}", format="markdown").text == PROSE


@pytest.mark.parametrize(
    "head",
    [
        "[Ist etwas krumm? Zur Onlineversion](https://x.example.com/1)",
        "THE LAMP\nSheet no. 2,218\n\nIf it has gone wonky, the sheet lives at\nhttps://x.example.com/1",
        "![Crest of the club](https://x.example.com/crest.png)\nBoats | Oars | Tides | Visit",
        "THE CELLAR LETTER  |  Summer 2026  |  No. 57",
    ],
)
def test_what_stands_above_a_greeting_goes_if_it_leads_to_the_web_or_numbers(head: str) -> None:
    text = clean(f"{head}\n\nDear friends,\n\n{PROSE}", format="markdown").text
    assert text == f"Dear friends,\n\n{PROSE}"


@pytest.mark.parametrize(
    "head",
    [
        "Robin Quay\n12 Quay Street\nBristol\n\n12 March 2026",
        "Which browser is the best? We tried [nine of them](https://example.org/9) on the ferry.",
        "Who is afraid of the ice? [https://letters.example.com/p/1]",
        "Chapter 12\nIn which the ferry stops",
        "Issue 12, March 2026: the ice",
        "On the issue of 2026",
        "In this newsletter: the ice, the ferry, the cat",
        "From: Tess Marsh\nSubject: letter no. 12",
    ],
)
def test_what_an_author_puts_above_a_greeting_stays(head: str) -> None:
    text = f"{head}\n\nDear friends,\n\n{PROSE}"
    kept = clean(text, format="markdown", passes=["boilerplate"]).text
    assert kept.replace("- ", "") == text


@pytest.mark.parametrize(
    "line",
    [
        "[A browser that nobody asked for](https://letters.example.com/p/1)",
        "If your browser is slow, read [what we found](https://letters.example.com/p/1).",
    ],
)
def test_a_link_to_an_article_on_browsers_stays(line: str) -> None:
    assert line in clean(f"{line}\n\n{PROSE}", format="markdown").text
