"""HTML to Markdown: how what is shown is written."""

from __future__ import annotations

import pytest

import cleankit
from cleankit.document import Context
from cleankit.errors import ConfigError
from cleankit.html import render
from cleankit.readers import read_data


def shown(html: str) -> str:
    return cleankit.clean(html, format="html", passes=[]).text


@pytest.mark.parametrize(
    "html, markdown",
    [
        ("un<b>believ</b>able", "un**believ**able"),
        ("<b>a</b><b>b</b> <i>c</i>", "**ab** *c*"),
        ("<b> a </b>b", "**a** b"),
        ("a<strong> b</strong> <em>c </em>d", "a **b** *c* d"),
        ("<b><i>x</i></b>", "***x***"),
        ("<b></b>x<b> </b>y", "x y"),
        ("<b>a<b>b</b>c</b>", "**abc**"),
        ("<b>Note:</b>text", "**Note**:text"),
        ("<b>Note:</b> text", "**Note:** text"),
        ("<b>!</b>text", "**!**text"),
        ("<b>a.</b><b>b</b>", "**a.b**"),
        ("<b><p>a</p><p>b</p></b>", "**a**\n\n**b**"),
        ("<b>a<br><br>b</b>", "**a**\n\n**b**"),
    ],
)
def test_emphasis_splits_no_word_and_holds_no_blank(html: str, markdown: str) -> None:
    assert shown(html) == markdown


BOX = "display:inline-block;padding:2px 6px"


def test_rows_without_their_table_are_rows() -> None:
    row = "<tr><td>Total</td><td>12</td></tr>"
    assert shown(row + row) == "Total 12\nTotal 12"
    assert shown("a</td>b") == "a b"
    assert shown("word<td>a</td><TD>b</TD>word") == "word a b word"


def test_full_width_blanks_within_a_line_stay() -> None:
    assert shown("<p>　今日は！　 いい天気\n　</p>") == "今日は！　いい天気"


@pytest.mark.parametrize(
    "html, markdown",
    [
        ("a<br>b<br><br>c", "a\nb\n\nc"),
        ("<p>x<br></p><p><br></p><p>y</p>", "x\n\ny"),
        ("<p>&nbsp;</p><p>a&nbsp;b</p>", "a b"),
        ("a<div>b</div>c", "a\n\nb\n\nc"),
        ("<span>a</span><span>b</span>", "ab"),
        ("<p>Total<span style='float:right'>5</span></p>", "Total 5"),
        (f"<p><i style='{BOX}'>New</i>Rope</p>", "*New* Rope"),
        (f"<p>(<u style='{BOX}'>rope</u>), <u style='{BOX}'>lamp</u>.</p>", "(rope), lamp."),
        (f"<p>a<u style='{BOX}'>b</u><u style='{BOX}'>c</u>d</p>", "a b c d"),
        (
            f"<a href=http://a.test style='{BOX}'><img src=http://a.test alt=a></a>"
            f"<a href=http://b.test style='{BOX}'><img src=http://b.test alt=b></a>",
            "[![a](http://a.test)](http://a.test) [![b](http://b.test)](http://b.test)",
        ),
        ("<p>w<u style='display:inline-block;padding:4px 0'>or</u>d</p>", "word"),
        ("<p><span style='float:left;font-size:60px'>O</span>nce</p>", "Once"),
        ("in<wbr>divisible", "indivisible"),
        ("<div style='white-space:pre-wrap'>a\nb\n\nc</div>", "a\nb\n\nc"),
        ("<hr><p>a</p><hr><hr><p>b</p><hr>", "a\n\n---\n\nb"),
    ],
)
def test_white_space_and_breaks_are_those_that_show(html: str, markdown: str) -> None:
    assert shown(html) == markdown


@pytest.mark.parametrize(
    "html, markdown",
    [
        ("<h1>A<br>B</h1>", "# A B"),
        ("<h2>T <b>x</b></h2>", "## T x"),
        ("<h2></h2>x", "x"),
        ("<a href='http://x.test/z'><h2>T</h2><p>para</p></a>", "## [T](http://x.test/z)\n\npara"),
        ("<table><tr><td><h3>In a cell</h3>text</td></tr></table>", "### In a cell\n\ntext"),
        ("<ul><li><h3>H</h3>text</li></ul>", "- ### H\n\n  text"),
        ("<h1>T<p>a</p><ul><li>x</ul>", "# T a\n\n- x"),
        ("<div role=heading aria-level=3>T</div>text", "### T\n\ntext"),
        ("<p role=heading>T</p><p role=note>text</p>", "## T\n\ntext"),
    ],
)
def test_headings_stay_headings(html: str, markdown: str) -> None:
    assert shown(html) == markdown


def test_a_paragraph_in_the_tag_of_a_heading_is_a_paragraph() -> None:
    assert shown("<h4>" + "word " * 50 + "</h4><h4>Title</h4>").split("\n\n")[1:] == ["#### Title"]
    assert shown("<h4>" + "word " * 50 + "</h4>").startswith("word word")


def test_a_heading_that_nobody_closed_does_not_swallow_the_message() -> None:
    text = shown("<h1>Title<p>" + "word " * 50 + "<p>" + "more " * 50)
    assert [line[:2] for line in text.split("\n\n")] == ["# ", "mo"]


@pytest.mark.parametrize(
    "html, markdown",
    [
        ("<p>a</p><ul><li>x<ol start=3><li>y<li>z</ol></ul>", "a\n\n- x\n  3. y\n  4. z"),
        ("<ol><li>a<li value=7>b<li>c</ol>", "1. a\n7. b\n8. c"),
        ("<ol reversed><li>a<li>b<li>c</ol>", "3. a\n2. b\n1. c"),
        ("<ol reversed start=9><li>a<li>b</ol>", "9. a\n8. b"),
        ("<ol style='margin:0;list-style:none'><li>a<li>b</ol>", "- a\n- b"),
        ("<ol style='list-style:decimal inside'><li>a</ol>", "1. a"),
        ("<ul><li>A</li><ul><li>B</li></ul><li>C</li></ul>", "- A\n  - B\n- C"),
        ("<ul><li>a<p>para</p><li>b</ul>", "- a\n\n  para\n\n- b"),
        ("<ul><li>a</ul><ul><li>b</ul>", "- a\n\n- b"),
        ("<ul><li></li><li>a</li></ul>", "- a"),
        ("<li>bare</li><li>two</li>", "- bare\n- two"),
        (
            "<table><tr><td>•</td><td>First</td></tr><tr><td>•</td><td><p>Second</p></td></tr></table>",
            "- First\n- Second",
        ),
        ("<table><tr><td>1.</td><td>First</td></tr></table>", "1. First"),
        ("<p><span style='mso-list:Ignore'>§<span>&nbsp; </span></span>First</p>", "- First"),
        ("<p><span style='mso-list:Ignore'>2.<span>&nbsp; </span></span>Second</p>", "2. Second"),
        ("<p style='mso-list:l0 level1'>First</p>", "First"),
        (
            "<p style='mso-list:l0 level1'><span style='mso-list:Ignore'>· </span>a</p>"
            "<p style='mso-list:l0 level2'><u><span style='mso-list:Ignore'>o </span></u>b</p>",
            "- a\n   - b",
        ),
        ("<ul><li>• a<li>- b<li>-5 °C</ul>", "- a\n- b\n- -5 °C"),
        ("<ul><li>a:<br>- b<br>- c</ul>", "- a:\n  - b\n  - c"),
        ("• a<br>• b", "• a\n• b"),
        ("<ul><li><input type=checkbox checked> a<li><input type=checkbox>b", "- [x] a\n- [ ] b"),
        ("a <input type=checkbox> b", "a b"),
        ("<dir><li>a</dir><menu><li>b</menu>", "- a\n\n- b"),
        (
            "<p>a</p><p><span style='mso-list:Ignore'>1. </span>b</p>"
            "<p><span style='mso-list:Ignore'>2. </span>c</p><p>d</p>",
            "a\n\n1. b\n2. c\n\nd",
        ),
    ],
)
def test_lists_keep_their_nesting_start_and_order(html: str, markdown: str) -> None:
    assert shown(html) == markdown


@pytest.mark.parametrize(
    "html, markdown",
    [
        ("<blockquote>q<p>r</blockquote>", "> q\n\n> r"),
        ("<blockquote>a<br>b</blockquote>", "> a\n> b"),
        ("<blockquote>a<blockquote>b</blockquote></blockquote>", "> a\n\n> > b"),
        ("<ul><li><blockquote>q</blockquote></li></ul>", "- > q"),
        ("<pre>a\n b</pre>", "```\na\n b\n```"),
        ("<pre><code class='language-python'>x = 1</code></pre>", "```python\nx = 1\n```"),
        ("<pre>a<br>b<script>no()</script></pre>", "```\na\nb\n```"),
        (
            "<pre><ol><li>x = 1</li>\n<li>y = 2<li> z</ol>end</pre>",
            "```\nx = 1\ny = 2\n z\nend\n```",
        ),
        (
            "<pre><code><u style='display:block'>x</u><u style='display:block'>y</u></code></pre>",
            "```\nx\ny\n```",
        ),
        ("<pre>one ``` two</pre>", "````\none ``` two\n````"),
        ("<code>x`y</code> z", "`` x`y `` z"),
        ("<code># no heading</code>", "`# no heading`"),
        ("run <code>rope\n  --coil</code> now", "run `rope --coil` now"),
        ("<code>a <span>b</span>\nc</code>", "a b c"),
        ("<pre>all:\n\tmake\tit</pre>", "```\nall:\n\tmake\tit\n```"),
        ("<q>a <q>b</q></q>", "“a ‘b’”"),
        ("<code>&amp;amp;</code>", "`&amp;`"),
        ("<pre>see <a href=http://x.test>b</a>\nc   d</pre>", "see [b](http://x.test)\nc   d"),
    ],
)
def test_quotations_and_code(html: str, markdown: str) -> None:
    assert shown(html) == markdown


@pytest.mark.parametrize("tag", ["pre class=moz-quote-pre", "div style='white-space:pre-wrap'"])
def test_typed_lists_keep_their_depth(tag: str) -> None:
    lines = "Dear all,\n\n* a\n  - b\n     * c\n* d\n\n   1. e\n    text\n      - f\n\n        - g"
    assert shown(f"<{tag}>{lines}</{tag.split()[0]}>") == (
        "Dear all,\n\n* a\n  - b\n     * c\n* d\n\n   1. e\ntext\n      - f\n\n   - g"
    )


def test_a_whole_letter_in_pre_is_no_code() -> None:
    letter = "Dear all,\nthe list follows.\n\n" + "One more line of it.\n" * 8
    assert "```" not in shown(f"<body><pre>{letter}</pre></body>")


@pytest.mark.parametrize(
    "html, markdown",
    [
        ("<a href=http://x.test> spaced </a>word", "[spaced](http://x.test) word"),
        ("<a href='http://x.test/a b'>t</a>", "[t](http://x.test/a%20b)"),
        ("<a href='http://x.test/a/\n   b'>t</a>", "[t](http://x.test/a/b)"),
        ("<a href='mailto:a@x.test?subject=a\n b'>t</a>", "[t](mailto:a@x.test?subject=a%20b)"),
        ("<a href='http://x.test/(x)'>t</a>", "[t](http://x.test/(x))"),
        ("<a href='http://x.test/(x'>t</a>", "[t](http://x.test/%28x)"),
        ("<a href='http://x.test/?a=1&amp;b=2'>t</a>", "[t](http://x.test/?a=1&b=2)"),
        ("<a href='#top'>a</a> <a href='javascript:x()'>b</a> <a>c</a>", "a b c"),
        ("<a href=mailto:a@x.test>m</a> <a href=tel:1>t</a>", "[m](mailto:a@x.test) [t](tel:1)"),
        ("x<a href=http://x.test></a>y", "xy"),
        ("<a href=http://x.test>a [b</a>", "[a \\[b](http://x.test)"),
        ("<a href=http://x.test>[a] b</a>", "[[a] b](http://x.test)"),
        ("<a href=http://x.test><div>One</div><div>Two</div></a>", "[One](http://x.test)\n\nTwo"),
        (
            "<table><tr><td bgcolor=#080><a href=http://x.test style='color:#fff'>Go</a></table>",
            "[Go](http://x.test)",
        ),
        (
            "<img src=http://x.test/m usemap='#m'><map name=m>"
            "<area href=http://x.test/a alt=Shop><area href=http://x.test/b></map>",
            "[Shop](http://x.test/a)",
        ),
        ("City<br><a href=http://x.test>leave</a>", "City\n[leave](http://x.test)"),
        (
            "<a href=http://a.test>a<table><tr><td><a href=http://b.test>b</a></table></a>",
            "[a](http://a.test)\n\n[b](http://b.test)",
        ),
    ],
)
def test_links_have_their_target(html: str, markdown: str) -> None:
    assert shown(html) == markdown


@pytest.mark.parametrize(
    "html, markdown",
    [
        (
            "<a href=http://a.test title='Read on'><i class=icon></i></a>",
            "[Read on](http://a.test)",
        ),
        ("<a href=http://a.test aria-label=Share><i></i></a>", "[Share](http://a.test)"),
        ("<a href=http://a.test title='Read on'>more</a>", "[more](http://a.test)"),
        ("a<a href=http://a.test title='Read on'></a>", "a"),
        (
            "<a href=http://a.test title='Read on'><img src=http://b.test></a>",
            "[![Read on](http://b.test)](http://a.test)",
        ),
        (
            "<a href=http://a.test title=image.png><img src=http://b.test></a>",
            "[![](http://b.test)](http://a.test)",
        ),
        (
            "<a href=http://a.test aria-label='Read on'><img src=http://b.test></a>",
            "[![](http://b.test)](http://a.test)",
        ),
        (
            "<a href=http://a.test title='Read on'><img src=http://b.test alt=Tug></a>",
            "[![Tug](http://b.test)](http://a.test)",
        ),
    ],
)
def test_a_link_that_shows_no_words_is_its_name(html: str, markdown: str) -> None:
    assert shown(html) == markdown


@pytest.mark.parametrize(
    "base, address, target",
    [
        ("https://a.test/n/7/", "b.html", "https://a.test/n/7/b.html"),
        ("https://a.test/n/7/", "../8", "https://a.test/n/8"),
        ("HTTPS://a.test/n/", "/b", "https://a.test/b"),
        ("https://a.test/n/", "//b.test/c", "https://b.test/c"),
        ("https://a.test/n/", "?q=1", "https://a.test/n/?q=1"),
        ("https://a.test/n/", "https://b.test/", "https://b.test/"),
        ("https://a.test/n/", "mailto:ada@a.test", "mailto:ada@a.test"),
        ("https://a.test/n/", "*|LINK|*", "*|LINK|*"),
        ("https://a.test/n/", "{{link}}", "{{link}}"),
        ("https://a.test/n/", "www.b.test", "www.b.test"),
        ("https://[a/", "b", "b"),
        ("file:///C:/", "b", "b"),
    ],
)
def test_relative_addresses_are_taken_from_the_base(base: str, address: str, target: str) -> None:
    page = f"<base target=_blank><base href='{base}'>"
    assert shown(f"{page}<a href='{address}'>here</a>") == f"[here]({target})"
    assert shown(f"{page}<img src='{address}' alt=tug>") == f"![tug]({target})"


def test_links_within_the_page_stay_so_with_a_base() -> None:
    assert shown("<base href='https://a.test/'><a href='#top'>here</a>") == "here"


@pytest.mark.parametrize(
    "address, markdown",
    [
        ("cid:picture", "here"),
        ("x-apple-data-detectors://1", "here"),
        ("file:///C:/letter.docx", "here"),
        ("blocked::http://a.test/", "[here](http://a.test/)"),
        ("unsafe:https://a.test/", "[here](https://a.test/)"),
        ("tel:+1234", "[here](tel:+1234)"),
    ],
)
def test_an_address_leads_out_of_the_message_or_is_none(address: str, markdown: str) -> None:
    assert shown(f"<a href='{address}'>here</a>") == markdown


@pytest.mark.parametrize(
    "html, markdown",
    [
        ("<ruby>港<rt>みなと</rt></ruby>の船", "港(みなと)の船"),
        ("<ruby>港<rp>(</rp><rt>みなと</rt><rp>)</rp></ruby>の船", "港(みなと)の船"),
        ("watch<video src=x>No film here</video>now", "watch\n\nNo film here\n\nnow"),
    ],
)
def test_what_stands_beside_words_is_told_from_them(html: str, markdown: str) -> None:
    assert shown(html) == markdown


@pytest.mark.parametrize(
    "html, markdown",
    [
        ("<img src=http://x.test/i alt='A  cat'>", "![A cat](http://x.test/i)"),
        ("<img src=http://x.test/i>a", "a"),
        ("<img src=http://x.test/i alt=🎉>", "🎉"),
        ("<img src='data:image/png;base64,AA' alt='A cat'>", "A cat"),
        ("<img src='cid:1' alt='A cat'>", "A cat"),
        ("<img src='data:image/png;base64,AA'>a", "a"),
        ("<img src=http://x.test/i alt='Fish&amp;#x2F;chips'>", "![Fish/chips](http://x.test/i)"),
        (
            "<amp-img src=http://b.test alt=hey><img src=http://b.test alt=hey></amp-img>",
            "![hey](http://b.test)",
        ),
        (
            "<a href=http://a.test><img src=http://b.test alt=hey></a>",
            "[![hey](http://b.test)](http://a.test)",
        ),
        (
            "<a href=http://a.test><img src=http://b.test></a>",
            "[![](http://b.test)](http://a.test)",
        ),
        ("<a href=http://a.test><img src=http://b.test>text</a>", "[text](http://a.test)"),
    ],
)
def test_images_are_their_words(html: str, markdown: str) -> None:
    assert shown(html) == markdown


@pytest.mark.parametrize(
    "alt, words",
    [
        ("spacer", ""),
        ("Divider 2", ""),
        ("image", ""),
        ("image001.png", ""),
        ("Screenshot 2026-05-04 at 10.12.01.png", ""),
        ("4f3a9c-22b1.jpg", ""),
        ("tide-chart-may.png", "tide-chart-may.png"),
        ("Image of a tug", "Image of a tug"),
        ("facade.jpg", "facade.jpg"),
        ("12", "12"),
        ("image is everything", "image is everything"),
    ],
)
def test_what_only_says_that_there_is_an_image_is_no_words(alt: str, words: str) -> None:
    shown_as = f"![{words}](http://x.test/i) a" if words else "a"
    assert shown(f"<img src=http://x.test/i alt='{alt}'>a") == shown_as


def test_an_image_whose_name_says_nothing_is_its_title() -> None:
    html = "<img src=http://x.test/i alt=image.png title='A tug'>"
    assert shown(html) == "![A tug](http://x.test/i)"


@pytest.mark.parametrize(
    "html, markdown",
    [
        ("E = mc<sup>2</sup>", "E = mc²"),
        ("10<sup>6</sup> or 10<sup>-3</sup>", "10⁶ or 10⁻³"),
        ("a wall.<sup>12</sup> And", "a wall.¹² And"),
        ("a wall<sup><a href='#n1'>1</a></sup> and", "a wall¹ and"),
        ("a wall<a href='#n1'>1</a> and", "a wall¹ and"),
        ("page <a href='#p2'>2</a><a href='#p3'>3</a>", "page 23"),
        ("a wall<sup><a href='http://x.test'>1</a></sup>", "a wall[1](http://x.test)"),
        ("the 10<sup>th</sup>", "the 10th"),
        ("Tug<sup>®</sup>", "Tug®"),
        ("H<sub>2</sub>O", "H2O"),
        ("<sup>1</sup> A note", "1 A note"),
    ],
)
def test_a_raised_number_is_no_digit_of_what_it_stands_at(html: str, markdown: str) -> None:
    assert shown(html) == markdown


def test_a_page_cut_out_of_a_raw_message_is_decoded() -> None:
    page = (
        '<html lang=3D"en"><body style=3D"margin:0"><p>It=E2=80=99s <a href=3D"http://x.test/?a=3D=\n'
        '1">here</a>.</p></body></html>'
    )
    for data in (page, page.encode()):
        document = cleankit.clean(data, format="html", passes=[])
        assert document.text == "It’s [here](http://x.test/?a=1)."
        assert document.meta["language"] == "en"


def test_a_page_about_quoted_printable_is_not_decoded() -> None:
    html = '<p class="x">They write <code>class=3D"x"</code>.</p>'
    assert shown(html) == 'They write `class=3D"x"`.'


def test_typed_bullets_stand_before_emphasis() -> None:
    assert shown("<b>• one</b><br><b>• two</b>") == "• **one**\n• **two**"


@pytest.mark.parametrize(
    "html, markdown", [("<b>-</b> x", "**-** x"), ("a <b>• b</b>", "a **• b**")]
)
def test_other_signs_stay_in_emphasis(html: str, markdown: str) -> None:
    assert shown(html) == markdown


@pytest.mark.parametrize(
    "image",
    [
        "<img src=http://x.test/a.png width=1 height=1 alt=logo>",
        "<img src=http://x.test/a.png width=0 height=0>",
        "<img src=http://x.test/a.png style='width:1px;height:1px' alt=logo>",
        "<img src=http://x.test/a.png style='display:none' alt=logo>",
        "<img src='http://x.test/wf/open?upn=1' alt=''>",
        "<img src='http://x.test/open.php?id=1' alt=pixel>",
        "<a href=http://x.test><img src='http://x.test/beacon?id=1' alt='tracking pixel'></a>",
    ],
)
def test_images_that_count_opens_are_gone(image: str) -> None:
    assert shown(f"<p>a{image}</p>") == "a"


def test_an_image_of_an_open_door_is_no_tracker() -> None:
    assert "The open door" in shown("<img src=http://x.test/open/door.png alt='The open door'>")


@pytest.mark.parametrize(
    "html, text",
    [
        ("&#146;&#150;&#128;", "’–€"),
        ("Q&amp;amp;A, we&amp;#8217;re&amp;nbsp;here", "Q&A, we’re here"),
        ("2 &lt; 3 &amp; 4 * 5 snake_case_name [x]", "2 < 3 & 4 * 5 snake_case_name [x]"),
        ("AT&T & co", "AT&T & co"),
        ("1. not a list<br>- nor this", "1. not a list\n- nor this"),
        ("# 1 in sales", "\\# 1 in sales"),
        ("#1 in sales", "#1 in sales"),
        ("a<br>---<br>b", "a\n\n---\nb"),
        ("<p>a</p><p>=======</p><p>b</p>", "a\n\n---\n\nb"),
        ("<p>---</p><p>title: a</p><p>---</p>", "title: a"),
        ("<s>40</s> 30, <q>so</q>", "~~40~~ 30, “so”"),
        ("| a | b", "a | b"),
        ("<p dir=rtl>שלום <b>עולם</b></p>", "שלום **עולם**"),
    ],
)
def test_text_reads_as_it_was_meant(html: str, text: str) -> None:
    assert shown(html) == text


@pytest.mark.parametrize(
    "html, text",
    [
        ("<title>T</title><script>s</script><style>c</style><!-- c -->x", "x"),
        ("<!--[if mso]><p>mso</p><![endif]-->a<!--[if !mso]><!-->b<!--<![endif]-->", "ab"),
        ("<![if !mso]>web<![endif]>", "web"),
        ("<o:p>&nbsp;</o:p>text<v:shape><v:imagedata src=x></v:shape>", "text"),
        ("<xml><o:PixelsPerInch>96</o:PixelsPerInch></xml>a", "a"),
        ("<noscript>shown in mail</noscript>", "shown in mail"),
    ],
)
def test_what_is_no_text_is_gone(html: str, text: str) -> None:
    assert shown(html) == text


def test_the_page_tells_of_itself() -> None:
    html = (
        b"<html lang='de-AT'><head><title>Der &amp; die</title><meta charset=windows-1252>"
        b"<link rel=canonical href='https://x.test/a?b=1&amp;c'></head><body>\x93a\x94</body>"
    )
    document = cleankit.clean(html, format="html", passes=[])
    assert document.text == "“a”"
    assert {key: document.meta[key] for key in ("subject", "language", "url")} == {
        "subject": "Der & die",
        "language": "de-AT",
        "url": "https://x.test/a?b=1&c",
    }


@pytest.mark.parametrize("title", ["", "Untitled", "{{ subject }}", "*|MC:SUBJECT|*", "Newsletter"])
def test_a_title_that_says_nothing_is_no_subject(title: str) -> None:
    document = cleankit.clean(f"<title>{title}</title><p>a", format="html", passes=[])
    assert "subject" not in document.meta


def test_lone_surrogates_raise_nothing() -> None:
    assert render("<p>a\ud800b</p>").text == "a?b"


def test_html2text_renders_on_request() -> None:
    context = Context(html_renderer="html2text")
    html = "<h1>T</h1>" + "<ul><li>x" * 2_000 + "<p>end <!-- not closed"
    text = read_data(html, format="html", context=context).text
    assert text.startswith("# T\n")
    assert text.count("x") == 2_000
    assert text.endswith("end not closed")


def test_an_unknown_renderer_is_refused() -> None:
    with pytest.raises(ConfigError, match="no HTML renderer 'lynx'"):
        read_data("a", format="html", context=Context(html_renderer="lynx"))


@pytest.mark.parametrize("page", ["a<br>|", "<p>a <br> | </p>", "# <br> |"])
def test_a_line_of_a_bar_alone_is_none(page: str) -> None:
    assert "\n" not in shown(page)
