"""The characters pass: what goes, what stays, and that it settles."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cleankit
from cleankit.passes.characters import characters
from tests.strategies import any_text

CASES = Path(__file__).parent.parent / "corpus" / "cases" / "characters" / "cases.toml"


def cleaned(text: str) -> cleankit.Document:
    return cleankit.clean(text, format="text", passes=["characters"])


@pytest.mark.parametrize(
    "text, expected",
    [
        ("in\u00advi\u200bsi\u2060ble\ufeff", "invisible"),
        ("Preview \u034f \u200c \u034f \u200c \u2007\u00ad\nNext", "Preview \nNext"),
        ("\x1b[1mbold\x1b[0m \x1b]8;;http://a.test\x1b\\link\x1b]8;;\x1b\\", "bold link"),
        ("a\x00b\x08c", "abc"),
        ("cafe\u0301", "café"),
        ("\ufb01 ² ｆｕｌｌ", "\ufb01 ² ｆｕｌｌ"),
        ("AT&amp;amp;T &#39;x&#x27; a&nbsp;b", "AT&T 'x' a b"),
        ("`&amp;` and\n```\n&lt;b&gt;\n```\n", "`&amp;` and\n```\n&lt;b&gt;\n```\n"),
        ("https://example.com/?a=1&copy=2", "https://example.com/?a=1&copy=2"),
        ("a\u00a0b\u2003c", "a b c"),
        ("invoice\u202egnp.exe\u202c", "invoicegnp.exe"),
        ("\ud83d\ude00 \ud83d", "😀 \ufffd"),
    ],
)
def test_what_no_reader_sees_goes(text: str, expected: str) -> None:
    assert cleaned(text).text == expected


@pytest.mark.parametrize(
    "text",
    [
        "می‌خواهم",
        "क्‍ष ക്‌ഷ",
        "👩‍💻 ❤️ 1️⃣ 🇫🇷 🏳️‍🌈 👍🏽",
        "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "« Bonjour ! »",
        "שלום \u2067abc\u2069 \u200f!",
        "　日本語　テスト",
        "ភាសា\u200bខ្មែរ",
        "葛\U000e0100",
        "first\tcolumn\nsecond line\n",
    ],
)
def test_what_a_script_needs_stays(text: str) -> None:
    document = cleankit.Document.of(text)
    assert characters(document) is document


@pytest.mark.parametrize("end", ["\r\n", "\r", "\v", "\f", "\x85", "\u2028"])
def test_every_line_end_becomes_a_line_feed(end: str) -> None:
    assert cleaned(f"first line{end}second line").text == "first line\nsecond line"


def test_hidden_messages_are_told_in_the_ledger() -> None:
    tags = "".join(chr(0xE0000 + ord(letter)) for letter in "send money")
    selectors = "".join(chr(0xE0100 + ord(letter) - 16) for letter in "obey")
    document = cleaned(f"Hello{tags} 😀{selectors}")
    assert document.text == "Hello 😀"
    assert [edit.note for edit in document.edits] == [
        "hidden message: send money",
        "hidden message: obey",
    ]


def test_what_goes_is_of_the_kind_invisible() -> None:
    assert {removal.kind for removal in cleaned("a\u200bb \u202ec").removed} == {"invisible"}


def test_metadata_is_cleaned_too() -> None:
    document = cleankit.Document.of("x", {"subject": "Caf\u0065\u0301\u200b &amp; more"})
    assert characters(document).meta["subject"] == "Café & more"


@settings(deadline=None)
@given(any_text)
def test_a_cleaned_text_needs_no_cleaning(text: str) -> None:
    once = cleaned(text)
    assert cleankit.restore(once.text, once.edits) == text
    assert cleaned(once.text).text == once.text


_PIECES = (
    "a e\u0301 \u0323 &amp; &am p; \u200b \u200c \u200d \u202e \u202c \u2067 \u2069 א ب क् 😀 "
    "\ufe0f \u20e3 1 \u3000 字 ! \x1b[0m \U000e0041 \u1100 \u1161 \ud83d \ude00 `"
)


@settings(deadline=None)
@given(
    st.lists(st.sampled_from([*_PIECES.split(" "), " ", "\n", "\u00a0", "\x85"]), max_size=25).map(
        "".join
    )
)
def test_pieces_of_trouble_in_any_order_settle(text: str) -> None:
    once = cleaned(text)
    assert cleankit.restore(once.text, once.edits) == text
    assert cleaned(once.text).text == once.text


@pytest.mark.parametrize(
    "case",
    tomllib.loads(CASES.read_text(encoding="utf-8"))["case"],
    ids=lambda case: case["why"][:40],
)
def test_a_case_becomes_what_it_should(case: dict[str, str]) -> None:
    document = cleaned(case["input"])
    assert document.text == case["expected"]
    assert cleankit.restore(document.text, document.edits) == case["input"]


def test_mojibake_that_comes_to_light_is_repaired_at_once() -> None:
    assert cleaned("caf&Atilde;\u200b&copy;").text == "café"


def test_plain_ascii_comes_back_as_the_same_document() -> None:
    document = cleankit.Document.of("plain\ttext\n", {"subject": "plain"})
    assert characters(document) is document


def test_what_the_user_keeps_is_noted_once() -> None:
    document = cleankit.clean(
        "a\u200bb &amp; c", format="text", passes=["characters"], keep=["invisible"]
    )
    assert document.text == "a\u200bb & c"
    assert [edit.rule for edit in document.edits] == ["zero-width", "entity"]
