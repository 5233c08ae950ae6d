"""The one home of the hypothesis strategies."""

from __future__ import annotations

from hypothesis import strategies as st

from benchmarks import generate
from cleankit import Change, Document
from cleankit.pipeline import BUILT_IN

any_text = st.text(st.characters(), max_size=200)
"""Every code point: lone surrogates, controls and unassigned ones included."""


@st.composite
def changes(draw: st.DrawFn, text: str) -> list[Change]:
    """Valid changes on a text: some cut, some put in, some replace, some only note."""
    places = sorted(draw(st.lists(st.integers(0, len(text)), max_size=12)))
    proposed = []
    for start, end in zip(places[::2], places[1::2], strict=False):
        replacement = draw(st.sampled_from(["", "x", "a longer one", text[start:end]]))
        kind = draw(st.sampled_from(["", "invisible", "sponsor"]))
        note = draw(st.sampled_from(["", "a note"]))
        proposed.append(Change(start, end, replacement, f"rule-{start}", kind, note))
    for start, end in draw(st.lists(st.tuples(*[st.integers(0, len(text))] * 2), max_size=3)):
        start, end = sorted((start, end))
        proposed.append(Change(start, end, text[start:end], "remark", "", "a note anywhere"))
    return proposed


@st.composite
def edited_documents(draw: st.DrawFn) -> Document:
    """A document after several passes that changed whatever they liked."""
    document = Document.of(draw(any_text))
    for number in range(draw(st.integers(0, 5))):
        document = document.edit(draw(changes(document.text)), pass_name=f"pass-{number}")
    return document


@st.composite
def newsletters(draw: st.DrawFn) -> str:
    """Texts in the shape of scraped newsletters, with what real ones are damaged by."""
    parts = draw(st.lists(st.one_of(st.sampled_from(PARTS), _odd_lines), max_size=14))
    text = draw(st.sampled_from(["\n", "\n\n", "\r\n", "\n \n"])).join(parts)
    if draw(st.booleans()):
        text = draw(st.sampled_from(HEADS)) + text
    codec = draw(st.sampled_from([None, None, "mac_roman", "cp1252", "latin-1", "koi8-r"]))
    if codec is None:
        return text
    return text.encode("utf-8", "replace").decode(codec, "replace")


numbers = st.integers(0, 10**7 - 1)
"""Of messages of the generator: in any of its languages, forms, damages, charsets, encodings."""


@st.composite
def mangled_newsletters(draw: st.DrawFn) -> str:
    """Generated newsletters of which lines were lost, doubled, swapped, or run together."""
    lines = generate.message(draw(numbers)).text.split("\n")
    for _ in range(draw(st.integers(1, 6))):
        place, other = draw(st.tuples(*[st.integers(0, len(lines) - 1)] * 2))
        way = draw(st.sampled_from(["lose", "double", "swap", "join", "cut"]))
        if way == "lose" and len(lines) > 1:
            del lines[place]
        elif way == "double":
            lines.insert(other, lines[place])
        elif way == "swap":
            lines[place], lines[other] = lines[other], lines[place]
        elif way == "join" and place + 1 < len(lines):
            lines[place : place + 2] = [" ".join(lines[place : place + 2])]
        elif way == "cut":
            lines[place] = lines[place][: draw(st.integers(0, len(lines[place])))]
    return "\n".join(lines)


_odd_lines = st.text(st.characters(), max_size=30)

HEADS = [
    "---\ntitle: Harbour Radar\ndate: 2026-01-04\n---\n\n",
    "---\ntitle: Digest\n---### Top News\n\n",
    "# Harbour Radar\n\n**From:** Harbour <h@example.com>\n**Date:** 4 Jan 2026\n\n---\n\n",
    "View this post on the web at https://harbour.example.com/p/12\n\n",
]

PARTS = [
    "⚓ Editorial: The Tugboats Come Back",
    "1. The “Silent Fleet” Arrives",
    "2. Tide Tables Go Digital",
    "IN OTHER NEWS",
    "**Also this week**",
    "Research\n========",
    "### Tools",
    "I spent the week on the quay, and it’s cold — the tugs hum where the old ones coughed.",
    "Les pilotes font confiance à la lune\u202f; «\u202fet à mon crayon\u202f», dit l’un d’eux.",
    "今週のニュースです。港は静かでした。",
    "שלום וברכה לכל הקוראים שלנו",
    "- first point\n- second point\n  - inner point",
    "> a quotation of two lines\n> that goes on",
    "[The price of feed](https://www.example.com/feed?id=4&utm_source=letter&utm_campaign=31)",
    "![](https://example.com/open.gif?u=reader%40example.org)",
    "https://click.example.com/CL0/https:%2F%2Fexample.com%2Fa/1/0100018d-000000/abc=31",
    "See https://example.com/a?x=1&utm_medium=email, and (https://example.org/b).",
    "Subscribe now",
    "Unsubscribe https://example.com/unsubscribe?token=eyJhbGciOiJIUzI1NiJ9.eyJ1IjoxfQ.c2ln",
    "You are receiving this email because you signed up at example.com.",
    "Copyright © 2026 Example Gardens, All rights reserved.",
    "Market Letter, 12 Example Street, Springfield, IL 62701, USA",
    "Newsletter abbestellen | Einstellungen ändern | Im Browser ansehen",
    "\u200b\u034f \u00ad\u200c\u034f \u00ad\u200c",
    "Fish &amp; chips &nbsp; cost 3&#8364;",
    "| a | b |\n| --- | --- |\n| 1 | 2 |",
    "```\ncode  stays &amp; as it is\n```",
    "* * *",
    ":/",
    "-->",
    "    four spaces in front",
    "trailing blanks   ",
    "",
]

pass_lists = st.lists(st.sampled_from(list(BUILT_IN)), max_size=7)
"""Built-in passes in any order, any number of times."""

FOOTER_PARTS = [
    "View this post on the web at https://letters.example.com/p/1",
    "View in browser [https://letters.example.com/1]",
    "Harbour Letters [https://letters.example.com/]",
    "Thanks for reading! Subscribe for free to receive new posts.",
    "If you liked this piece, please subscribe. The ice came in January.",
    "Subscribe now",
    "Share",
    "[https://letters.example.com/share]",
    "View image: (https://media.example.com/1.png)",
    "Caption:",
    "----------",
    "———",
    "-->",
    "96",
    "The harbour froze in January, and for nine days the ferries lay where they had stopped",
    "and nobody in the town could remember such a winter.",
    "A title",
    "Yours,",
    "Robin",
    "https://example.org/the-ice",
    "(\nhttps://example.org/the-ice\n)",
    "[One](https://example.org/1). None",
    "You are receiving this email because you signed up.",
    "Manage your preferences (https://mail.example.com/p)",
    "12 Quay Street, Springfield, IL 62701",
    "© 2026 Harbour Letters",
    "Unsubscribe",
    "Unsubscribe https://mail.example.com/u",
    "Follow us on X (https://x.com/example) and Instagram (https://instagram.com/example)",
    "[1] https://example.org/1",
    "Powered by Example Mail",
    "Contact us",
    "v2",
    "```",
    "> Unsubscribe here",
    "* Unsubscribe",
    "## Privacy policy",
]
mail_with_footers = st.lists(
    st.tuples(st.sampled_from(FOOTER_PARTS), st.sampled_from([" ", "\n", "\n\n", "\n\n\n", ". "])),
    max_size=14,
).map(lambda parts: "".join(text + gap for text, gap in parts))
"""Boilerplate and content in any order, as no sender would write them."""
