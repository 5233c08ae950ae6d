"""The sections pass: what is a title, how deep it stands, and what becomes of the text."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

import cleankit
from cleankit import Document
from cleankit.passes.sections import sections
from cleankit.passes.sections.words import matcher
from cleankit.rules import Rule, load
from tests.growth import assert_linear

CASES = Path(__file__).parent.parent / "corpus/cases/sections"
RULES = [rule for rule in load("sections") if "match" in rule.fields]


def cases(file: str) -> list[Any]:
    data = tomllib.loads((CASES / file).read_text(encoding="utf-8"))
    return [pytest.param(case, id=case["id"]) for case in data["case"]]


def divided(text: str, **options: bool) -> Document:
    return sections(Document.of(text), **options)


def titles(doc: Document) -> list[list[object]]:
    return [[section.title, section.level] for section in doc.sections if section.title]


@pytest.mark.parametrize("case", cases("titles.toml"))
def test_titles_are_found_with_their_levels(case: dict[str, Any]) -> None:
    assert titles(divided(case["text"].strip())) == case["titles"]


@pytest.mark.parametrize("case", cases("no_titles.toml"))
def test_other_short_lines_are_no_titles(case: dict[str, Any]) -> None:
    doc = divided(case["text"].strip())
    assert titles(doc) == []
    assert doc.text == case["text"].strip()


@pytest.mark.parametrize("case", cases("titles.toml"))
def test_headings_are_found_again_with_the_same_levels(case: dict[str, Any]) -> None:
    once = divided(case["text"])
    twice = divided(once.text)
    assert twice.text == once.text
    assert titles(twice) == case["titles"]


@pytest.mark.parametrize("case", cases("titles.toml"))
def test_a_section_begins_on_the_line_of_its_title(case: dict[str, Any]) -> None:
    doc = divided(case["text"])
    for section in doc.sections:
        if section.title:
            words = section.title.split()
            assert words[0].strip('"') in doc.original[section.origin[0] :].split("\n", 1)[0]
            assert words[0].strip('"') in doc.text[section.start :].split("\n", 1)[0]


@pytest.mark.parametrize("case", cases("titles.toml"))
def test_without_headings_the_text_stays(case: dict[str, Any]) -> None:
    doc = divided(case["text"], headings=False)
    assert doc.text == case["text"]
    assert titles(doc) == case["titles"]


@pytest.mark.parametrize(
    "before, after",
    [
        ("Plain words\nA paragraph follows.", "## Plain words\nA paragraph follows."),
        ("**Bold words **\n\nA paragraph.", "## Bold words\n\nA paragraph."),
        ("Drawn\n=====\nA paragraph.", "## Drawn\nA paragraph."),
        ("-----\nBoxed\n-----\nA paragraph.", "## Boxed\nA paragraph."),
        ("   Set in\n\nA paragraph.", "## Set in\n\nA paragraph."),
        (
            "# Mine\n\nA text.\n\n**Theirs**\n\nAnother one.",
            "# Mine\n\nA text.\n\n## Theirs\n\nAnother one.",
        ),
        (
            "#### Mine\n\nA text.\n\n**Theirs**\n\nAnother one.",
            "#### Mine\n\nA text.\n\n##### Theirs\n\nAnother one.",
        ),
    ],
)
def test_titles_become_headings_of_their_level(before: str, after: str) -> None:
    assert divided(before).text == after


def test_the_text_above_the_first_title_is_a_section_without_one() -> None:
    doc = divided("A greeting, and a few words.\n\nNews\n\nThere is none today.")
    assert [section.title for section in doc.sections] == ["", "News"]
    assert doc.sections[0].start == 0
    assert doc.sections[-1].end == len(doc.text)


@pytest.mark.parametrize("length", range(225, 245))
def test_a_title_of_any_length_stays_one(length: int) -> None:
    title = ("Words Of Many Kinds " * 13)[:length].strip()
    once = divided(f"{title}\n\nA paragraph of text.")
    twice = divided(once.text)
    assert (twice.text, titles(twice)) == (once.text, titles(once))


def test_a_heading_of_the_author_stays_as_it_is() -> None:
    text = "# One\n\nText.\n\n### Two ###\n\nText.\n\n# Three\n\nText."
    doc = divided(text)
    assert doc.text == text
    assert titles(doc) == [["One", 1], ["Two", 2], ["Three", 1]]


def _examples(field: str) -> list[Any]:
    return [
        pytest.param(rule, text, id=f"{rule.id}-{text[:20]}")
        for rule in RULES
        for text in getattr(rule, field)
    ]


PROSE = "The quay is cold, and the tugs hum where the old ones coughed. We went to see them."


@pytest.mark.parametrize(
    "text",
    [
        "»Und was hast du gesagt?«\n\n»Nichts.«\n\nSie zog die Tür hinter sich zu.",
        f"The bridge was built in 1911.[1] It has been closed three times.[2]\n\n{PROSE}",
        f"The Tugs: Coming Back (example.com) [9] -- comments [10]\n\n{PROSE}",
        "नानी कल आईं।\n\nहम सब घर गए।\n\nफिर सो गए।",
        "ယနေ့ မိုးရွာသည်။\n\nကျွန်တော် အိမ်မှာ နေသည်။",
        "ยายของฉันตื่นแต่เช้าเพื่อไปตลาด ท่านซื้อผักสดและปลาทุกวัน\n\nฉันจำกลิ่นของครัวนั้นได้จนถึงวันนี้",
        f"{PROSE}\n\nPresent: A. Okafor, J. Lind, M. Sato\nApologies: R. Price\n\n1. It is late.",
        f"{PROSE}\n\nRobin\n\nPS: {PROSE}",
        f"Ask us on Pier (https://example.org/p) and Quay (https://example.org/q)\n\n{PROSE}",
        f"{PROSE}\n\nSea you on the quay,\n\nRobin and Ada\n\n{PROSE}",
        "bolts     100    won\nNuts      250    tied\nWashers    75    won\n\nAll prices are net.",
    ],
)
def test_what_only_looks_like_a_title_is_none(text: str) -> None:
    assert cleankit.clean(text).text.rstrip("\n") == text.rstrip("\n")


def test_prose_broken_by_addresses_is_wrapped_nevertheless() -> None:
    text = (
        "The pilot is the founder and current chair of the Old Harbour\n"
        "Foundation (\nhttps://example.org/\n), an organization deeply involved in the\n"
        "charities of the town. She has also taken on a great role in\n"
        "bringing the ferry back to the quay and is a former speaker for\n"
        "the Museum of Tugs.\n\n"
    )
    assert cleankit.clean(text * 3).sections == ()


@pytest.mark.parametrize("rule, text", _examples("examples"))
def test_a_rule_matches_its_examples(rule: Rule, text: str) -> None:
    assert matcher(rule)(text.lower(), text)


@pytest.mark.parametrize("rule, text", _examples("counter_examples"))
def test_a_rule_leaves_its_counter_examples(rule: Rule, text: str) -> None:
    assert not matcher(rule)(text.lower(), text)


@pytest.mark.parametrize(
    "unit",
    [
        "Title here\n",
        "a b c\n\n",
        "# x\n",
        "**Bold**\n",
        "1. a\n",
        "ALL CAPS\n\n",
        "-----\nT\n-----\n",
        "[a b c d](https://x.y)\n",
        "Word: value\n",
        "unsubscribe ",
        "[" * 50 + "\n",
        "*_ ",
        "http://a.b/",
        "*** T ***\n\n",
        "From: a\nSubject: b\n",
        "1. Is it?\nIt is.\n\n",
        "A line of verse in small\n",
    ],
)
def test_long_input_is_linear(unit: str) -> None:
    assert_linear(lambda size: Document.of(unit * size), sections, small=750)


def test_any_document_can_be_cleaned_without_headings() -> None:
    options = {"sections": {"headings": False}}
    doc = cleankit.Pipeline(["sections"], options=options)(Document.of("News\n\nNone today."))
    assert doc.text == "News\n\nNone today."
    assert [section.title for section in doc.sections] == ["News"]


def _digest(*subjects: str) -> str:
    messages = (
        f"{'-' * 30}\n\nFrom: Ada <ada@example.com>\nSubject: {subject}\nDate: 25 Jul 2002\n\n"
        f"{subject.upper()} AGAIN\n\n{PROSE} {subject}.\n\n"
        for subject in subjects
    )
    return f"{PROSE}\n\n{''.join(messages)}"


def test_the_messages_of_a_digest_are_sections_under_their_subjects() -> None:
    doc = divided(_digest("Old ropes", "The lock"))
    assert titles(doc) == [
        ["Old ropes", 1],
        ["OLD ROPES AGAIN", 2],
        ["The lock", 1],
        ["THE LOCK AGAIN", 2],
    ]
    assert "From: Ada <ada@example.com>\nSubject: Old ropes\n" in doc.text
    assert titles(divided(doc.text)) == titles(doc)


def test_one_message_that_is_quoted_makes_no_digest() -> None:
    assert titles(divided(_digest("Old ropes"))) == [["OLD ROPES AGAIN", 1]]


def test_subjects_without_senders_or_lines_above_make_no_digest() -> None:
    one = f"Subject: the rope\nPrice: two coins\n\n{PROSE}\n\n"
    assert titles(divided(one * 2)) == []
    quoted = f"From: Ada\nSubject: the rope\n\n{PROSE}\n\n"
    assert titles(divided(f"{PROSE}\n\n{quoted * 2}")) == []


def test_titles_in_bold_are_found_behind_marks_of_quotation() -> None:
    quoted = f"> **Compost**\n>\n> {PROSE}\n>\n> **Hedges**\n>\n> {PROSE}\n>\n> See you there."
    doc = divided(f"I pass this on.\n\n{quoted}")
    assert titles(doc) == [["Compost", 1], ["Hedges", 1]]
    assert doc.text == f"I pass this on.\n\n{quoted}"


def test_one_quoted_line_in_bold_is_no_title() -> None:
    assert titles(divided(f"{PROSE}\n\n> **Never again.**\n>\n> {PROSE}\n>\n> **Ada**")) == []


def test_a_title_in_a_box_of_signs_is_a_section_and_stays_in_its_box() -> None:
    text = (
        "The harbour's daily letter.\n\n"
        "+------------------------------+\n"
        "| The Tugs Come Back           |\n"
        "|   posted by ada on Friday    |\n"
        "+------------------------------+\n\n"
        "The quay is cold, and the tugs hum where the old ones coughed.\n"
    )
    doc = divided(text)
    assert titles(doc) == [["The Tugs Come Back", 1]]
    assert doc.text == text


def test_a_drawn_table_with_columns_has_no_title() -> None:
    text = (
        "What was caught, and by whom.\n\n"
        "+--------+--------+\n"
        "| Pilot  | Ferry  |\n"
        "+--------+--------+\n"
        "| 12     | 7      |\n"
        "+--------+--------+\n\n"
        "The quay is cold, and the tugs hum where the old ones coughed.\n"
    )
    assert titles(divided(text)) == []
