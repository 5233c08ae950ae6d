"""The whitespace pass: what it puts in order, and what it leaves alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleankit import Document, restore
from cleankit.passes.whitespace import whitespace
from tests.growth import assert_linear
from tests.strategies import any_text

white_text = st.text(
    st.sampled_from(" \t\n\r\v\f\x85\u2028\u2029\u00a0\u3000ab|-*1.`~>"), max_size=80
)


def clean(text: str) -> str:
    return whitespace(Document.of(text)).text


@pytest.mark.parametrize(
    "before, after",
    [
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("one\u2028two\x85three\vfour\ffive", "one\ntwo\nthree\nfour\nfive"),
        ("one\u2029two", "one\n\ntwo"),
        ("a  \nb\t\n", "a\nb\n"),
        ("a\u00a0\nb\u3000", "a\nb"),
        ("a\n\n\n\nb", "a\n\nb"),
        ("a\n \n\t\n \nb", "a\n\nb"),
        ("\n\n  a", "  a"),
        ("a\n\n\n", "a\n"),
        ("   \n ", ""),
        ("two  words,   apart", "two words, apart"),
        ("a word \t apart", "a word apart"),
        (
            "\u3000\u3000段落。  \r\n\u3000\u3000次の段落。",
            "\u3000\u3000段落。\n\u3000\u3000次の段落。",
        ),
    ],
)
def test_white_space_is_put_in_order(before: str, after: str) -> None:
    assert clean(before) == after


@pytest.mark.parametrize(
    "text",
    [
        "A paragraph.\n\n    indented  code\n\n- a list\n  - within\n",
        "```\na  =  1   \n\n\n\nb\n```\n",
        "| a  | b  |\n|----|----|\n",
        "Name    Points\nAda     12\nGrace   7\n",
        "1 x Jumper, blue   89.00\n1 x Wool            4.50\nTotal           1,093.50\n",
        "Tea     12 €\nBread    3 €\n",
        "1.  First\n2.  Second\n*   Third\n",
        "Un\u00a0deux\u202f: trois",
        "one\ttwo",
    ],
)
def test_layout_that_means_something_stays(text: str) -> None:
    assert clean(text) == text


def test_only_line_ends_change_in_fenced_code() -> None:
    assert clean("```\r\na   \r\n\r\n\r\nb\f\r\n```\r\nend") == "```\na   \n\n\nb\f\n```\nend"


def test_one_place_is_one_edit() -> None:
    doc = whitespace(Document.of("one  \r\n \r\n\r\n\r\ntwo  three\n"))
    assert [edit.rule for edit in doc.edits] == ["line-ends", "inner-blanks"]


def test_an_unclosed_fence_shields_nothing() -> None:
    assert clean("```\nstray  \n\n\n\nend") == "```\nstray\n\nend"


@given(st.one_of(white_text, any_text))
def test_a_second_pass_changes_nothing(text: str) -> None:
    once = whitespace(Document.of(text))
    assert clean(once.text) == once.text
    assert restore(once.text, once.edits) == text


@pytest.mark.parametrize(
    "unit", [" ", "\n", "a ", "a  ", "a  \n", " \n", "\r", "```\n", "~~~ \n\n\n"]
)
def test_long_input_is_linear(unit: str) -> None:
    assert_linear(lambda size: unit * size, clean, small=5_000)


def test_blanks_after_the_markers_of_a_list_are_no_columns() -> None:
    text = "1.  First\n1.  Second     100    won\n"
    assert whitespace(Document.of(text)).text == "1.  First\n1.  Second 100 won\n"
