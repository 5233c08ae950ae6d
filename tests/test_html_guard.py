"""Pages that would cost more than their size, or lose what follows a broken tag."""

from __future__ import annotations

import gc
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cleankit
from cleankit.html import guard, render
from tests.growth import assert_linear

DEEP = 20_000


@pytest.mark.parametrize(
    "opening, closing",
    [
        ("<div>", "</div>"),
        ("<table><tr><td>", "</td></tr></table>"),
        ("<ul><li>", "</li></ul>"),
        ("<ol>", "</ol>"),
        ("<blockquote>", "</blockquote>"),
        ("<b>", "</b>"),
        ("<span>", "</span>"),
        ("<font size=2>", "</font>"),
        ("<code>", "</code>"),
        ("<pre>", "</pre>"),
        ("<h1>", "</h1>"),
        ("<a href=http://x.test>", "</a>"),
        ("<div style='visibility:visible'>", "</div>"),
    ],
)
def test_deep_nesting_loses_no_word(opening: str, closing: str) -> None:
    text = render(opening * DEEP + "deep" + closing * DEEP + "<p>after").text
    assert "deep" in text
    assert "after" in text
    text = render(f"{opening}word " * DEEP + "last").text
    assert text.count("word") == DEEP
    assert "last" in text


@pytest.mark.parametrize(
    "html",
    [
        "<!--" * DEEP,
        "<!-- a " * DEEP,
        '<a href="' * DEEP,
        "<a href='x>y " * DEEP,
        '"' * DEEP,
        "<a" * DEEP,
        "<a " * DEEP,
        "<style>" * DEEP,
        "<style>a{b:c}" * DEEP,
        "<script>" * DEEP,
        "<title>" * DEEP,
        "<textarea>" * DEEP,
        "<template>" * DEEP,
        "<frameset>" * DEEP,
        "<select>" * DEEP,
        "<svg>" * DEEP,
        "<![CDATA[" * DEEP,
        "<?" * DEEP,
        "<" * DEEP,
        "&" * DEEP,
        "</div>" * DEEP,
        "<p><font size=7>" * DEEP,
        "<i a><p>" * DEEP,
    ],
)
def test_what_is_never_closed_swallows_nothing(html: str) -> None:
    assert "END" in cleankit.clean(html + "END", format="html", passes=[]).text


@pytest.mark.parametrize("attributes", ["", "class='b' ", 'class="b" '])
@pytest.mark.parametrize("quote", ["'", '"'])
def test_an_address_whose_quote_is_never_closed_swallows_nothing(
    attributes: str, quote: str
) -> None:
    page = f'<p><a {attributes}href="http://x.test/a>Rope</a></p><p>and <a href="http://x.test/b">tea</a>'
    page = page.replace('="http', f"={quote}http").replace('b">tea', f"b{quote}>tea")
    assert render(page).text == "[Rope](http://x.test/a)\n\nand [tea](http://x.test/b)"


def test_an_image_whose_quote_is_never_closed_swallows_nothing() -> None:
    page = '<p>Rope <img alt=tug src="http://x.test/a>and</p><p>tea <img src="http://x.test/b">'
    assert render(page).text == ("Rope ![tug](http://x.test/a) and\n\ntea")


def test_an_address_that_holds_an_angle_bracket_is_one() -> None:
    page = '<a href="http://x.test/?a>b">Rope</a>'
    assert render(page).text == "[Rope](http://x.test/?a%3Eb)"


def test_a_tag_that_the_page_breaks_off_in_is_recorded() -> None:
    document = cleankit.clean("<p>Hello <a href='http://x.test/a", format="html", passes=[])
    assert document.text == "Hello"
    assert "http://x.test/a" in document.original


def test_honest_pages_are_left_as_they_are() -> None:
    page = b"<div><p>a <b>b</b></p></div>" * 100 + b"<style>" + b"a{b:c} " * 5_000 + b"</style>"
    assert guard.bounded(page) is page


def test_a_page_with_many_tags_is_left_as_it_is() -> None:
    page = b"<div><p>a <b>b</b></p><ul><li>c<li>d</ul></div>" * 1_000
    assert guard.bounded(page) == page


@pytest.mark.parametrize(
    "unit",
    [
        "<div>a ",
        "<ul><li>a ",
        "<blockquote>a ",
        "<p><font size=1>a ",
        "<table><tr><th>a<th>b",
        "<tr><th>a<td>b",
        "<a href=http://x.test><p>a ",
        "<!-- a ",
        '<a href="a ',
        '<a href="a>b</a>',
        '<a href=" href="a>b',
        "<style>.a{display:none}</style>",
        "<div style='color:#fff'>a ",
        "<i hidden>a</i>b ",
        "<pre>a ",
        "<code>a<br>",
        "/*",
        "a1 ",
        "<td>a</td>",
        "<td><p>a</p></td>",
    ],
)
def test_linear(unit: str) -> None:
    prefix = {"/*": "<style>", "a1 ": "<a ", "<td": "<table><tr>"}.get(unit[:3], "")
    assert_linear(lambda count: prefix + unit * count, render, small=2_000)


def test_a_page_leaves_nothing_to_the_collector_of_garbage() -> None:
    page = "<table><tr><td>a</td><td><a href=x>b</a></td></tr></table><ul><li>c</ul><p hidden>d"
    render(page)
    gc.collect()
    gc.disable()
    try:
        render(page)
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_memory_is_linear() -> None:
    def peak(count: int) -> int:
        tracemalloc.start()
        render("<ul><li>word <blockquote>" * count)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    assert peak(8_000) < 8 * peak(2_000)


NAMES = """
    <b> </b> <p> </p> <div> </div> <ul> <li> </ul> <table> <tr> <td> </table> <th> <pre> </pre>
    <code> </code> <a~href <a~href=http://x.test> </a> <h1> </h1> <blockquote> </blockquote> <br>
    <hr> <!-- --> <style> </style> .x{display:none} <i~hidden> </i> <img~alt=z~src=q> <template>
    <svg> <select> <title> <b~class=x> &amp;lt; &#0; &nbsp; <x-end> | # - 1. ``` [ ] ( ) * == word
"""
TAGS = st.sampled_from(
    [name.replace("~", " ") for name in NAMES.split()]
    + ["\\", "\0", "\u200b", "\xa0", "\ud800", "\n", " "]
)


@given(st.lists(TAGS, max_size=30).map(" ".join) | st.lists(TAGS, max_size=30).map("".join))
def test_any_page_is_rendered_and_restorable(html: str) -> None:
    document = cleankit.clean(html, format="html", passes=[])
    assert cleankit.restore(document.text, document.edits) == document.original
    assert "\0" not in document.original
    assert "\n\n\n" not in document.text or "<pre>" in html
    assert document.text == document.text.strip("\n")
    assert not any(line.endswith((" ", "\t")) for line in document.text.split("\n"))
