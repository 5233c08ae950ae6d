"""What a page hides: it never shows, it is recorded, and what stands around it is untouched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cleankit
from cleankit.html import looks, render


def cut(html: str) -> tuple[str, list[str]]:
    """The text of a page, and the rules by which "not this" was hidden in it."""
    document = cleankit.clean(html, format="html", passes=[])
    for removal in document.removed:
        assert removal.kind == "hidden"
        assert document.original[removal.start : removal.end].strip() == "not this"
    assert cleankit.restore(document.text, document.edits) == document.original
    return document.text, [removal.rule for removal in document.removed]


@pytest.mark.parametrize(
    "style, rule",
    [
        ("display:none", "display"),
        ("DISPLAY : NONE !important", "display"),
        ("display:none!important;display:block", "display"),
        ("visibility:hidden", "visibility"),
        ("opacity:0", "opacity"),
        ("opacity: 0.0;", "opacity"),
        ("max-height:0;overflow:hidden", "max-height"),
        ("max-height:0px; max-width:0; overflow:hidden; font-size:1px", "max-height"),
        ("height:0;overflow:hidden", "height"),
        ("height:1px;overflow:hidden", "height"),
        ("max-height: 1px; overflow: hidden", "max-height"),
        ("font-size:0", "font-size"),
        ("font-size:0px;line-height:0", "font-size"),
        ("font-size:1px", "font-size"),
        ("font:0/0 a", "font-size"),
        ("position:absolute;left:-9999px", "off-screen"),
        ("position:absolute; top:-1000em", "off-screen"),
        ("text-indent:-9999px", "off-screen"),
        ("margin-left:-99999px", "off-screen"),
        ("position:absolute;clip:rect(0 0 0 0);height:1px;width:1px", "off-screen"),
        ("position:absolute;clip-path:inset(100%)", "off-screen"),
        ("transform:scale(0)", "off-screen"),
        ("transform:scale(.001)", "off-screen"),
        ("transform:rotateX(90deg)", "off-screen"),
        ("transform:translate(-200vw)", "off-screen"),
        ("translate:-9999px", "off-screen"),
        ("scale:0", "off-screen"),
        ("clip-path:circle(0)", "off-screen"),
        ("clip-path:polygon(0 0, 0 0, 0 0)", "off-screen"),
        ("margin:0 0 0 -9999px", "off-screen"),
        ("position:fixed;inset:-9999px", "off-screen"),
        ("text-indent:100%;white-space:nowrap;overflow:hidden", "off-screen"),
        ("opacity:1e-3", "opacity"),
        ("opacity:2%", "opacity"),
        ("filter:opacity(0)", "opacity"),
        ("content-visibility:hidden", "visibility"),
        ("max-height:0;overflow:auto", "max-height"),
        ("max-block-size:0;overflow:hidden", "max-height"),
        ("font-size:1%", "font-size"),
        ("font-size:calc(0px)", "font-size"),
        ("d\\69 splay:none", "display"),
        ("display:n\\6fne", "display"),
        ("color:rgb(100%,100%,100%)", "colour"),
        ("color:rgba(0,0,0,.01)", "colour"),
        ("color:#333;-webkit-text-fill-color:transparent", "colour"),
        ("color:#ffffff", "colour"),
        ("color:#fefefe;background:#FFF", "colour"),
        ("color:rgb(0, 0, 0);background-color:black", "colour"),
        ("color:#fff;background:#fff;position:absolute", "colour"),
        ("color:#fff;text-shadow:none", "colour"),
        ("color:transparent", "colour"),
        ("color:#12345600", "colour"),
        ("color:#ffffffff", "colour"),
        ("color:#1230", "colour"),
        ("color:hsl(0, 0%, 100%)", "colour"),
        ("color:hsla(120deg 50% 50% / 0)", "colour"),
        ("color:hsl(120,100%,50%);background:#0f0", "colour"),
    ],
)
def test_text_hidden_by_an_inline_style_is_cut_and_recorded(style: str, rule: str) -> None:
    assert cut(f"<p>one <span style='{style}'>not this</span> two</p>") == ("one two", [rule])
    assert cut(f"<p>one</p><div style='{style}'>not this</div><p>two</p>") == ("one\n\ntwo", [rule])


@pytest.mark.parametrize(
    "style",
    [
        "display:inline",
        "display:none;display:inline-block",
        "opacity:0.5",
        "max-height:0",
        "height:1px",
        "max-height:10px;overflow:hidden",
        "width:0;min-width:100%;overflow:hidden",
        "height:0;padding-bottom:56.25%;overflow:hidden",
        "font-size:12px",
        "font-size:100%",
        "font-size:90%",
        "opacity:10%",
        "filter:brightness(0)",
        "overflow:auto;height:1%",
        "transform:translate(-50%,-100%)",
        "translate:-100%",
        "transform:rotate(90deg) scale(0.9)",
        "clip-path:circle(50%)",
        "clip-path:polygon(0 0, 100% 0, 100% 100%)",
        "margin:-9px",
        "text-indent:2em;white-space:nowrap;overflow:hidden",
        "display:none\\9",
        "color:rgba(0,0,0,.6)",
        "color:transparent;-webkit-text-fill-color:#333",
        "line-height:0",
        "position:absolute;left:-20px",
        "text-indent:-18pt",
        "mso-hide:all",
        "color:#ffffff;background:url(x.png)",
        "color:#ffffff;background:#2BAADF",
        "color:#ffffff;background:linear-gradient(#fff,#000)",
        "color:inherit",
        "color:#ffffff;position:absolute;top:20px",
        "color:#ffffff;margin-top:-120px",
        "color:#fff;text-shadow:0 0 2px #000",
        "color:transparent;background:linear-gradient(red,blue);-webkit-background-clip:text",
        "background:#ffffff",
    ],
)
def test_text_that_shows_is_kept(style: str) -> None:
    assert cut(f"<p>one <span style='{style}'>two</span></p>") == ("one two", [])


@pytest.mark.parametrize(
    "html, text, rules",
    [
        ("<div hidden>not this</div>a", "a", ["hidden"]),
        ("<font color=#ffffff>not this</font> a", "a", ["colour"]),
        ("<html style='background:#000'><p style='color:#fff'>a", "a", []),
        ("<body bgcolor=black text=white>a <font color=#000>not this</font>", "a", ["colour"]),
        ("<table bgcolor='#003'><tr><td style='color:#fff'>a</table>", "a", []),
        ("<table background=x.png><tr><td style='color:#fff'>a</table>", "a", []),
        ("<p style='color:#fff'><a href=http://x.test>a</a></p>", "[a](http://x.test)", []),
    ],
)
def test_attributes_hide_and_show(html: str, text: str, rules: list[str]) -> None:
    assert cut(html) == (text, rules)


@pytest.mark.parametrize(
    "html, text, rules",
    [
        (
            "<div style='visibility:hidden'>not this<b style='visibility:visible'>a</b></div>",
            "**a**",
            ["visibility"],
        ),
        (
            "<div style='font-size:0'>not this<b style='font-size:14px'>a</b></div>",
            "**a**",
            ["font-size"],
        ),
        (
            "<div style='font-size:0'><b style='font-size:2em'>not this</b></div>a",
            "a",
            ["font-size"],
        ),
        ("<div style='opacity:0'><b style='opacity:1'>not this</b></div>a", "a", ["opacity"]),
        ("<div style='display:none'><p style='display:block'>not this</div>a", "a", ["display"]),
        ("<div style='font-size:0'><img src=http://x.test alt=a></div>", "![a](http://x.test)", []),
    ],
)
def test_a_visible_child_of_a_hidden_parent(html: str, text: str, rules: list[str]) -> None:
    assert cut(html) == (text, rules)


@pytest.mark.parametrize(
    "sheet, text, rules",
    [
        (".x{display:none}", "a", ["display"]),
        ("div.x { display : none !important; }", "a", ["display"]),
        ("#i{visibility:hidden}", "a", ["visibility"]),
        (".x{position:absolute;left:-10000px}", "a", ["off-screen"]),
        (".p .x, .q{opacity:0}", "a", ["opacity"]),
        ("<!-- .x{display:none} -->", "a", ["display"]),
        ("/* } */ .x{display:none}", "a", ["display"]),
        ("@import url(a.css); .x{display:none}", "a", ["display"]),
        ("@media screen{.x{display:none}}", "a", ["display"]),
        ("@media (max-width:600px){.y{a:b} .z{c:d}} .x{display:none}", "a", ["display"]),
        (".x{display:none} @media (max-width:9px){.x{display:block!important}}", "a", ["display"]),
        (".x{display:none} div.x{display:block}", "not this\n\na", []),
        ("div.x{display:block} .x{display:none}", "not this\n\na", []),
        (".x{display:block} .x{display:none}", "a", ["display"]),
        (".x{display:none!important} div#i.x{display:block}", "a", ["display"]),
        ("@media (max-width:600px){.x{display:none}}", "not this\n\na", []),
        ("@media print{.x{display:none}}", "not this\n\na", []),
        ("@media (max-width:9px){} .x{display:none}", "a", ["display"]),
        (".x{max-height:0} #i{overflow:hidden}", "a", ["max-height"]),
        (".x{max-height:0;overflow:visible}", "not this\n\na", []),
        (".x{opacity:0;animation:appear 1s forwards}", "not this\n\na", []),
        ("/* .x{display:none} */", "not this\n\na", []),
        (".y{display:none}", "not this\n\na", []),
        (".x:hover{display:none}", "not this\n\na", []),
        ("div:not(.p){display:none}", "a", ["display"]),
        (".x:not(#i){display:none}", "not this\n\na", []),
        (".p > :first-child{display:none}", "a", ["display"]),
        ("div:first-child{display:block} .x{display:none}", "not this\n\na", []),
        ("x{{{ .x{display:none}", "not this\n\na", []),
    ],
)
def test_style_sheets_hide_outside_media_queries(sheet: str, text: str, rules: list[str]) -> None:
    html = f"<style>{sheet}</style><div class=p><div class=x id=i>not this</div>a</div>"
    assert cut(html) == (text, rules)


def test_a_class_whose_name_holds_a_sign_is_escaped_in_a_sheet() -> None:
    html = "<style>.sm\\:off{display:none}</style><p class='sm:off'>not this</p>a"
    assert cut(html) == ("a", ["display"])


def test_a_sheet_and_an_inline_style_hide_together() -> None:
    html = "<style>.x{max-height:0}</style><p>a<p class=x style='overflow:hidden'>not this"
    assert cut(html) == ("a", ["max-height"])


@pytest.mark.parametrize(
    "style, text, rules",
    [
        ("display:block", "not this\n\na", []),
        ("display:none", "a", ["display"]),
        ("color:red", "a", ["display"]),
    ],
)
def test_an_inline_style_wins_over_a_sheet(style: str, text: str, rules: list[str]) -> None:
    html = f"<style>.x{{display:none}}</style><div class=x style='{style}'>not this</div>a"
    assert cut(html) == (text, rules)


def test_a_sheet_for_other_screens_hides_nothing() -> None:
    html = "<style media='(max-width:600px)'>.x{display:none}</style><p class=x>a"
    assert cut(html) == ("a", [])


@pytest.mark.parametrize("whole", ["body", "html"])
def test_a_page_that_waits_for_a_script_to_show_it_is_read(whole: str) -> None:
    html = f"<style>{whole}{{visibility:hidden}} .x{{display:none}}</style><b class=x>not this</b>a"
    assert cut(html)[0] == "a"


def test_colours_that_a_sheet_may_change_are_not_certain() -> None:
    html = "<style>.dark{background:#000}</style><div class=dark><p style='color:#fff'>a</p></div>"
    assert cut(html) == ("a", [])


@pytest.mark.parametrize(
    "sheet, text",
    [
        (".x{font-size:16px}", "a b"),
        ("td p{font:14px/1.2 Arial}", "a b"),
        (".x{font-size:0}", ""),
        (".x{font-size:2em}", ""),
        ("td{font-size:16px}", ""),
        ("@media print{.x{font-size:16px}}", ""),
        (".x{font-size:16px} .y{font-size:1px}", "a b"),
    ],
)
def test_a_sheet_shows_what_a_size_around_it_would_hide(sheet: str, text: str) -> None:
    html = f"<style>{sheet}</style><table><tr><td style='font-size:0'><p class=x><u>a</u> <u>b</u>"
    assert cleankit.clean(html, format="html", passes=[]).text == text


def test_a_blank_in_the_colour_of_what_is_behind_it_takes_room() -> None:
    assert cut("a<font color=#fff> </font>b<span style='font-size:0'> </span>c") == ("a bc", [])


@pytest.mark.parametrize(
    "sheet, style",
    [(".x{visibility:visible}", "visibility:hidden"), (".x{color:#000}", "color:#fff")],
)
def test_a_sheet_shows_what_is_hidden_around_it(sheet: str, style: str) -> None:
    html = f"<style>{sheet}</style><div style='{style}'><p class=x>a</p>not this</div>"
    assert cut(html)[0] == "a"


def test_of_twins_for_small_and_large_screens_one_is_read() -> None:
    html = (
        "<style>.small{display:none} @media (max-width:600px)"
        "{.small{display:block!important} .large{display:none!important}}</style>"
        "<div class=large>Only once</div><div class=small>not this</div>"
    )
    assert cut(html) == ("Only once", ["display"])


def test_filler_after_a_preheader_is_cut() -> None:
    document = cleankit.clean("<p>Read on" + " &zwnj;&nbsp;" * 40 + "</p><p>a", format="html")
    assert document.text.split() == ["Read", "on", "a"]


def test_hidden_text_can_be_kept() -> None:
    html = "<p>one <span hidden>and</span> two</p>"
    document = cleankit.clean(html, format="html", passes=[], keep=["hidden"])
    assert document.text == "one and two"


def test_scripts_inside_hidden_text_are_no_text() -> None:
    assert render("<div hidden>a<style>b{}</style><script>c</script></div>").hidden == [
        (0, 1, "hidden")
    ]


BLOCKS = """
    <b>bold</b> <p>para</p> <br> <ul><li>item</ul> <h2>head</h2> <p> </p> <hr> <pre>code</pre>
    <blockquote>quote</blockquote> <a~href=http://x.test>link</a> <td>cell</td> word~ ~ word
    <table><tr><td>a</td><td>b</td></tr></table> <table><tr><th>a<th>b<tr><td>c<td>d</table>
"""
PIECES = st.sampled_from([block.replace("~", " ") for block in BLOCKS.split()])
HIDDEN = "<i style='display:none'>not this</i>"


@given(st.lists(PIECES, max_size=8), st.lists(st.integers(0, 8), max_size=4))
def test_cutting_the_hidden_spans_leaves_what_would_be_without_them(
    pieces: list[str], places: list[int]
) -> None:
    with_hidden = "".join(
        HIDDEN * places.count(index) + piece for index, piece in enumerate([*pieces, ""])
    )
    text, hidden = render(with_hidden)
    position, visible = 0, ""
    for start, end, _ in hidden:
        assert position <= start < end
        assert text[start:end].strip() == "not this"
        visible += text[position:start]
        position = end
    assert visible + text[position:] == render("".join(pieces)).text


def test_a_hidden_block_that_has_a_box_keeps_words_apart() -> None:
    assert cut("one<p style='opacity:0'>not this</p>two") == ("one\n\ntwo", ["opacity"])
    assert cut("one<p style='display:none'>not this</p>two") == ("onetwo", ["display"])
    assert cut("one<br style='opacity:0'>two") == ("one\ntwo", [])


def test_code_that_is_partly_hidden_shows_the_rest() -> None:
    assert cut("<pre>one <b hidden>not this</b>\ntwo</pre>") == ("one\ntwo", ["hidden"])
    dark = "<pre><code style='background:#000'><span style='color:#fff'>x()</span></code></pre>"
    assert cut(dark) == ("```\nx()\n```", [])


def test_a_comment_in_a_style_says_nothing() -> None:
    assert cut("<p>Seen<p style='/* inbox */ display:none'>not this</p>") == ("Seen", ["display"])
    assert cut("<p>Seen<p style='color:red; /* display:none; */'>and this") == (
        "Seen\n\nand this",
        [],
    )


def test_what_is_remembered_of_looks_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looks, "MAX_LOOKS", 50)
    monkeypatch.setattr(looks, "MAX_STYLES", 90)
    looks._forget()
    for number in range(100):
        styled = "".join(
            f"<p style='color:#{number:06x};padding:{padding}px'>Text" for padding in range(4)
        )
        assert render(styled).text == "Text\n\nText\n\nText\n\nText"
        assert len(looks._known) <= looks.MAX_LOOKS
        assert sum(len(look.styled) for look in looks._known.values()) <= looks.MAX_STYLES
