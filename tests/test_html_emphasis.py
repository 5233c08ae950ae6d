"""Emphasis, links and images that stand side by side: what a reader of the Markdown sees."""

import pytest

from cleankit.html import render


@pytest.mark.parametrize(
    "html, markdown",
    [
        ("<span style='font-weight:bold'>Note:</span> read this", "**Note:** read this"),
        ("<span style='font-weight:700'>Note</span> this", "**Note** this"),
        ("a <span style='font-style:italic'>quiet</span> strike", "a *quiet* strike"),
        ("<span style='font-weight:600;font-style:italic'>Both</span> of it", "***Both*** of it"),
        ("<font style='font-weight:bold'>Note</font> this", "**Note** this"),
        ("<p style='font-weight:bold'>The tugs</p><p>They came.</p>", "**The tugs**\n\nThey came."),
        ("<b><span style='font-weight:bold'>The tugs</span></b>", "**The tugs**"),
        ("<span style='text-decoration: line-through'>$40</span> $20", "~~$40~~ $20"),
        ("<a href='//a.test' style='text-decoration:line-through'>old</a>", "[~~old~~](//a.test)"),
    ],
)
def test_what_a_style_stresses_is_stressed(html: str, markdown: str) -> None:
    assert render(html).text == markdown


def test_a_price_struck_out_in_its_cell_is_struck_out() -> None:
    old = "<td style='text-decoration:line-through'>$40</td>"
    assert render(f"<table><tr>{old}<td>$20</td></tr></table>").text == "~~$40~~ $20"


@pytest.mark.parametrize(
    "html, markdown",
    [
        ("<b style='font-weight:normal'><p>A whole page</p></b>", "A whole page"),
        ("<em style='font-style:normal'>plain</em>", "plain"),
        ("<span style='font-weight:400'>plain</span>", "plain"),
        ("<p style='font-weight:500'>plain</p>", "plain"),
        ("<b><span style='font-weight:normal'>plain</span></b>", "plain"),
        ("<b>bold <u style='font-weight:400'>plain</u> bold</b>", "**bold** plain **bold**"),
        ("<b>a<p style='font-weight:normal'>plain</p>b</b>", "**a**\n\nplain\n\n**b**"),
        ("<b>un<u style='font-weight:400'>stressed</u></b>", "**un**stressed"),
        ("<i>so <u style='font-style:normal'>it</u> is</i>", "*so* it *is*"),
        (
            "<b>a <i style='font-weight:400;font-style:normal'>b <b>c</b></i></b> d",
            "**a** b **c** d",
        ),
        ("<b>a <a href=//x.test style='font-weight:400'>b</a></b>", "**a [b](//x.test)**"),
        ("<p style='font-weight:400'>some <b>bold</b></p>", "some **bold**"),
        ("<h2 style='font-weight:bold'>Title</h2>", "## Title"),
        ("<h2><span style='font-weight:bold'>Title</span></h2>", "## Title"),
        ("<div style='font-weight:bold'><p>one</p><p>two</p></div>", "one\n\ntwo"),
        ("<p style='font-weight:bold'>" + "long " * 40 + "</p>", ("long " * 40).strip()),
        ("<pre style='font-weight:bold'>x = 1</pre><p>plain</p>", "```\nx = 1\n```\n\nplain"),
        ("<p style='font-weight:bold;display:none'>x</p><p>plain</p>", "x\n\nplain"),
    ],
)
def test_what_no_style_stresses_is_plain(html: str, markdown: str) -> None:
    assert render(html).text == markdown


@pytest.mark.parametrize(
    "html, markdown",
    [
        ("これは<b>「注意」</b>です", "これは「**注意**」です"),
        ("<b>「注意」</b>してください", "「**注意**」してください"),
        ("中文<b>加粗，</b>后文", "中文**加粗**，后文"),
        ("<b>(first)</b>then", "(**first**)then"),
        ("<b>สวัสดี</b>ครับ", "**สวัสดี**ครับ"),
        ("<b>हिन्दी</b>में", "**हिन्दी**में"),
        ("AT<b>&amp;</b>T", "AT**&**T"),
        ("see <b>(first)</b> then", "see **(first)** then"),
    ],
)
def test_punctuation_and_marks_beside_words_do_not_break_emphasis(html: str, markdown: str) -> None:
    assert render(html).text == markdown


@pytest.mark.parametrize(
    "html, markdown",
    [
        ("<s>£20</s>£15", "~~£20~~ £15"),
        ("<s>20</s><b>15</b>", "~~20~~ **15**"),
        ("<s>un</s>believable", "~~un~~believable"),
    ],
)
def test_two_prices_do_not_run_together(html: str, markdown: str) -> None:
    assert render(html).text == markdown


def link(words: str, host: str = "a") -> str:
    return f"<a href='http://{host}.test'>{words}</a>"


@pytest.mark.parametrize(
    "html, markdown",
    [
        (link("One sen") + link("tence") + link("."), "[One sentence.](http://a.test)"),
        (link("<b>One</b>") + link("<b>word</b>"), "[**Oneword**](http://a.test)"),
        (f"<b>{link('One')}</b><b>{link('word')}</b>", "**[Oneword](http://a.test)**"),
        (f"{link('One')}<b>{link('word')}</b>", "[One](http://a.test)**[word](http://a.test)**"),
    ],
)
def test_a_link_that_an_editor_split_is_one(html: str, markdown: str) -> None:
    assert render(html).text == markdown


@pytest.mark.parametrize(
    "html, markdown",
    [
        (link("Home") + link("Shop", "b"), "[Home](http://a.test) [Shop](http://b.test)"),
        (link("Home") + " " + link("Shop"), "[Home](http://a.test) [Shop](http://a.test)"),
        ("see" + link("this"), "see[this](http://a.test)"),
    ],
)
def test_links_to_two_places_stand_apart(html: str, markdown: str) -> None:
    assert render(html).text == markdown


IMAGE = "<img src='http://i.test/1' alt='Tug'>"
SHOWN = "![Tug](http://i.test/1)"


@pytest.mark.parametrize(
    "html, markdown",
    [
        (IMAGE + IMAGE, f"{SHOWN} {SHOWN}"),
        (f"top{IMAGE}of page", f"top {SHOWN} of page"),
        (f"{IMAGE}<b>The tug</b>", f"{SHOWN} **The tug**"),
        (link(IMAGE) + "The tug", f"[{SHOWN}](http://a.test) The tug"),
        (link(IMAGE) + link("The tug"), f"[{SHOWN}](http://a.test) [The tug](http://a.test)"),
        ("a<img src='cid:1' alt='tug'>boat", "a tug boat"),
        (f"({IMAGE}).", f"({SHOWN})."),
        (
            link("<img src='http://i.test/1'>") + f"<b>{link('The tug')}, sails</b>",
            "[![](http://i.test/1)](http://a.test) **[The tug](http://a.test), sails**",
        ),
        ("great<img src='http://i.test/2' alt='🎉'>", "great🎉"),
    ],
)
def test_images_stand_apart_from_words(html: str, markdown: str) -> None:
    assert render(html).text == markdown
