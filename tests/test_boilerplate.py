"""The boilerplate pass: its laws, what it keeps, and that its time grows with the text alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleankit import Pipeline, clean, restore
from cleankit.document import Context, Document
from cleankit.kinds import kept
from tests.growth import assert_linear
from tests.strategies import mail_with_footers


def cut(text: str, *, context: Context | None = None) -> Document:
    return Pipeline(["boilerplate"])(Document.of(text, {"format": "text"}, context=context))


@settings(deadline=None)
@given(mail_with_footers)
def test_cutting_again_changes_nothing(text: str) -> None:
    once = clean(text, format="text", passes=["boilerplate", "whitespace"]).text
    assert clean(once, format="text", passes=["boilerplate", "whitespace"]).text == once


@settings(deadline=None)
@given(mail_with_footers)
def test_what_was_cut_comes_back(text: str) -> None:
    doc = cut(text)
    assert restore(doc.text, doc.edits) == text
    for removal in doc.removed:
        assert text[removal.start : removal.end]


@settings(deadline=None)
@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "Z"]), max_size=300))
def test_text_of_any_script_is_judged_without_error(text: str) -> None:
    doc = cut(text)
    assert restore(doc.text, doc.edits) == text


def test_front_matter_is_cut_from_markdown_alone() -> None:
    text = "---\nsubject: Ice\n---\n\nThe harbour froze.\n"
    document = clean(text, format="markdown", passes=["boilerplate", "whitespace"])
    assert document.text == "The harbour froze.\n"
    assert [removal.kind for removal in document.removed] == ["front_matter"]
    assert clean(text, format="text", passes=["boilerplate"]).text == text


def test_meta_is_read_again_from_the_text_that_earlier_passes_repaired() -> None:
    document = Document.of("---\nsubject: Ice – again\n---\n\nIt froze.\n", {"format": "markdown"})
    assert Pipeline(["boilerplate"])(document).meta["subject"] == "Ice – again"


def test_a_kind_that_is_kept_stays_and_is_noted() -> None:
    text = "The harbour froze.\n\nUnsubscribe https://mail.example.com/u\n"
    doc = cut(text, context=Context(kept_kinds=kept(keep=["unsubscribe"])))
    assert doc.text == text
    assert not doc.removed
    assert [edit.kind for edit in doc.edits] == ["unsubscribe"]


def test_a_sponsor_is_noted_and_stays_unless_asked() -> None:
    text = (
        "The harbour froze.\n\nSPONSORED\n\nThe ferry runs again: https://example.org/ferry\n\n"
        "It was the coldest January that anybody could remember.\n"
    )
    noted = cut(text)
    assert noted.text == text
    assert [(edit.kind, edit.is_note) for edit in noted.edits] == [("sponsor", True)]
    stripped = cut(text, context=Context(kept_kinds=kept(strip=["sponsor"])))
    assert "ferry" not in stripped.text
    assert [removal.kind for removal in stripped.removed] == ["sponsor"]


def test_only_the_sentence_that_is_boilerplate_goes() -> None:
    doc = cut(
        "The ice came in January. To support us, please consider becoming a paid subscriber. "
        "It left in March.\n\nNobody was sorry, and the ferries ran again.\n"
    )
    assert doc.text.startswith("The ice came in January. It left in March.\n")
    assert [removal.kind for removal in doc.removed] == ["subscribe_cta"]


def test_what_stands_below_a_call_to_those_it_was_forwarded_to_stays() -> None:
    prose = (
        "### The boats come back\n\nThe first one carried the post of seven weeks.\n\n"
        "### Counting swifts\n\nThey sleep in the air, and nobody has seen them land.\n\n"
    )
    call = "Was this forwarded to you? Sign up here: https://letters.example.com/s\n\n"
    footer = "© 2026 Harbour Letters\n\nUnsubscribe https://mail.example.com/u\n"
    start = "The harbour froze in January, and for nine days the ferries lay still.\n\n" * 3
    assert cut(start + call + prose + footer).text.split() == (start + prose).split()


def test_a_sign_off_below_the_way_out_stays() -> None:
    text = (
        "The port opens again on Monday, at six, and the first ferry leaves at seven.\n\n"
        "To stop receiving these emails, unsubscribe here:\nhttps://mail.example.com/u\n\n"
        "Thank you,\nThe harbour team\n"
    )
    assert (
        cut(text).text.split()
        == (text.partition("To stop")[0] + "Thank you, The harbour team").split()
    )


@pytest.mark.parametrize(
    "text",
    [
        "unsubscribe ",
        "unsubscribe\n",
        "Unsubscribe https://mail.example.com/u\n\n",
        "short line\n",
        "short line\n\n",
        "(",
        "[",
        "-",
        "&nbsp;",
        "a. A",
        "![",
        "© ",
        "view in ",
        "| ",
        "https://",
        "-->",
        "(\n",
        "[x](",
        "to ",
        "1 Quay Street, ",
        "喜欢这封信吗？欢迎转发给朋友。",
        "Merci de ne pas répondre à cet e-mail.Se désabonner: a",
    ],
)
def test_time_grows_with_the_text_alone(text: str) -> None:
    assert_linear(lambda size: text * size, cut, small=1_000)


def test_a_short_footer_is_known_in_a_language_that_nothing_else_tells() -> None:
    prose = "The harbour froze in January, and nobody could remember such a winter.\n\n"
    assert cut(f"{prose}Abmelden: https://briefe.example.com/u\n").text == prose


@pytest.mark.parametrize(
    "line",
    [
        "[Harbour Letters](https://mail.example.com/c/1)",
        "[![](https://media.example.com/img/logo-wide.png)](https://mail.example.com/c/1)",
        "Harbour Letters | The Quay",
        "Newsletter · oktober 2026",
        "The Quay – n° 41 – Juillet 2026",
        "**Harbour Letters** · newsletter · januari 2026",
        "Harbour Letters 제44호",
        "Harbour Letters\nThe weekly letter for people who row",
        "Harbour Letters\n---------------",
        "The latest from Harbour Letters (\nhttps://letters.example.com/ )",
        "Send rowers mailing list submissions to rowers@lists.example.org",
        "If you are unable to see the message below, click here to view:\nhttps://view.example.com/1",
        "@media only screen and (max-width:600px){ .col{width:100%!important} }\nbody{margin:0}",
    ],
)
def test_a_masthead_goes_below_a_preview_or_at_the_top(line: str) -> None:
    text = (
        "---\nfrom: Harbour Letters <hello@example.com>\nsubject: The Quay - frozen\n---\n"
        f"{line}\n\nThe harbour froze in January, and the ferries lay where they had stopped.\n"
    )
    assert clean(text, format="markdown").text.startswith("The harbour froze")


def test_a_menu_below_a_logo_goes_and_the_preview_above_stays() -> None:
    preview = "How to wash a jumper without fear."
    text = (
        "---\nfrom: Harbour Letters <hello@example.com>\nsubject: The jumper\n---\n"
        f"{preview}\n\n"
        "[![Harbour Letters](https://media.example.com/logo.png)](https://mail.example.com/c/1)\n"
        "[New in](https://mail.example.com/2) [Jumpers](https://mail.example.com/3) "
        "[Hats](https://mail.example.com/4)\n\nWe sheared two hundred sheep in a shed.\n"
    )
    cleaned = clean(text, format="markdown").text
    assert cleaned == f"{preview}\n\nWe sheared two hundred sheep in a shed.\n"


def test_the_number_that_a_page_head_left_below_its_title_goes() -> None:
    text = "---\nsubject: The frozen harbour\n---\nThe frozen harbour\n\n96\n\nIt froze at night.\n"
    assert "96" not in clean(text, format="markdown").text


def test_the_name_below_a_short_message_is_its_signature() -> None:
    text = (
        "---\nfrom: Harbour Letters <hello@example.com>\nsubject: Frozen\n---\n"
        "The harbour froze in January.\n\nHarbour Letters\n"
    )
    assert clean(text, format="markdown").text.endswith("Harbour Letters\n")
