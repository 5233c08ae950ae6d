"""HTML to Markdown: what is shown, what is hidden, and how it is written."""

from __future__ import annotations

import pytest

import cleankit
from cleankit.html import render


def shown(html: str) -> str:
    return cleankit.clean(html, format="html", passes=[]).text


@pytest.mark.parametrize(
    "html, markdown",
    [
        ("un<b>believ</b>able", "un**believ**able"),
        ("<b>a</b><b>b</b> <i>c</i>", "**ab** *c*"),
        ("<b> a </b>b", "**a** b"),
        ("a<br>b<br><br>c", "a\nb\n\nc"),
        ("<p>a</p><ul><li>x<ol start=3><li>y<li>z</ol></ul>", "a\n\n- x\n  3. y\n  4. z"),
        ("<h2>T <b>x</b></h2>", "## T x"),
        ("<a href='http://x.test/z'><h2>T</h2><p>para</p></a>", "## [T](http://x.test/z)\n\npara"),
        (
            "<a href=http://a.test><img src=http://b.test alt=hey></a>",
            "[![hey](http://b.test)](http://a.test)",
        ),
        (
            "<a href=http://a.test><img src=http://b.test></a>",
            "[![](http://b.test)](http://a.test)",
        ),
        ("<img src='data:image/png;base64,AA' alt='A cat'>", "A cat"),
        ("<blockquote>q<p>r</blockquote>", "> q\n\n> r"),
        ("<pre>a\n b</pre>", "```\na\n b\n```"),
        ("<code>x`y</code> z", "`` x`y `` z"),
        ("&#146;&amp;amp;", "’&"),
    ],
)
def test_html_is_written_as_markdown(html: str, markdown: str) -> None:
    assert shown(html) == markdown


@pytest.mark.parametrize(
    "html, text",
    [
        ("<p>one <span style='display:none'>not this</span> two</p>", "one two"),
        ("<div hidden>not this</div><p>Hi</p>", "Hi"),
        ("<p>Hi</p><div style='opacity:0'>not this</div>", "Hi"),
    ],
)
def test_hidden_text_is_cut_and_recorded(html: str, text: str) -> None:
    document = cleankit.clean(html, format="html", passes=[])
    assert document.text == text
    [removal] = document.removed
    assert removal.kind == "hidden"
    assert document.original[removal.start : removal.end].strip() == "not this"
    assert cleankit.restore(document.text, document.edits) == document.original


def test_hidden_spans_are_told_with_their_rule() -> None:
    assert render("<div hidden>a</div>b").hidden == [(0, 3, "hidden")]
