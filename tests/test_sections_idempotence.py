"""What was cleaned comes back unchanged from the whitespace and sections passes."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

import cleankit
from cleankit.passes.sections.lines import read_lines
from cleankit.passes.sections.repeats import unmarked
from tests.strategies import any_text

PASSES = ["whitespace", "sections"]

_lines = st.sampled_from(
    [
        "",
        "Plain title",
        "A Title In Capitals",
        "ALL CAPS",
        "📝 Emoji first",
        "*** Framed title ***",
        "*** **Framed and bold** ***",
        "[ **Framed and bold** ]",
        "--[ Boxed title ]-----",
        "* A lone item",
        "And who pays for it?",
        "1. First part",
        "2. Second part",
        "Label:",
        "Topic: value",
        "**Bold title**",
        "**Bold** start of a sentence that goes on.",
        "# ",
        "*Starred",
        "[A linked title here](https://example.com/a)",
        "Another linked title [https://example.com/b]",
        "<https://example.com/c>",
        "## Heading",
        "#### Deeper heading",
        "-----------",
        "===========",
        "***********",
        "* item one",
        "> quoted words",
        "By Ada Example",
        "Best,",
        "Ada",
        "Read more",
        "Is this a question?",
        "A sentence that ends here.",
        "A much longer sentence, which says a good deal and takes its time until it ends here. "
        "Then there is another one after it, so that nobody takes it for a title at all.",
        "a line that was broken by hand somewhere near the seventieth column",
        "and that goes on in small letters",
        "→ Arrow title",
        ">> ARROW OF MARKS",
        "*Title in italics*",
        "_Another in italics_",
        "Who pays for the new bridge over the river?",
        "[Tools](https://example.com/e)",
        "■ Squared title",
        "◇ Item of another mark",
        "Ada: 12",
        "   Indented title",
        "A Headline in Capitals That Was Broken Somewhere Near Its",
        "Second Half",
        "Lines of the Same Length Follow Each Other Here and There So",
        "New: one thing",
        "New: another thing",
        "ADVERTISEMENT",
        "Linked below (",
        "(",
        "https://example.com/d",
        ")",
        "Items follow here:",
        "🔹 First of two",
        "🔹 Second of two",
        "What Is It For?",
        "1.1 A smaller part",
        "3. Third part",
        "[One item](https://example.com/1). It has some text of its own to read.",
        "[Two item](https://example.com/2). It has some text of its own to read.",
        "![A picture](https://example.com/p.png)",
        "Example Inc.",
        "**Bold title over",
        "two lines**",
        "**[A link that",
        '"A WORK" OPENS FRIDAY!',
        "Old Rope Maker:",
        "# A line in a box #",
        "I - Part of the whole",
        "1/ A part with a stroke",
        "=> Arrow of signs",
        "--> Longer arrow of signs",
        "==A wiki's title==",
        "NEWS\n~~~~",
        "~~~~~~~~~~~~~~~~~~~~",
        "* Item above a paragraph",
        "A paragraph that stands right below what may be its title, whatever that is",
        '"A Work," on the wide screen at eight',
        "\n+---------+\n| Boxed title |\n+---------+\n",
        "**A Bold Headline That Calls Out to All of Us!**",
        "Name: ______________",
        "UNDERLINED CAPITALS\n===================",
        "短い見出し",
        "これは文章です。とても長い文章が続きます。",
        "```",
    ]
)
newsletters = st.lists(_lines, max_size=24).map("\n".join)


def _cleaned(text: str) -> cleankit.Document:
    return cleankit.clean(text, format="markdown", passes=PASSES)


@settings(max_examples=300)
@given(st.one_of(newsletters, any_text))
@example("# A Post\n### Of the quay\n\nIt was cold there.\n\nItems follow here:\nPlain title")
@example(
    "Plain title\n" * 11 + "A Title In Capitals\n--[ Boxed title ]-----\n#### Deeper heading\n"
    "A much longer sentence, which says a good deal and takes its time until it ends here. Then "
    "there is another one after it, so that nobody takes it for a title at all.\n"
    "A Title In Capitals\nWho pays for the new bridge over the river?\n"
    "[One item](https://example.com/1). It has some text of its own to read.\n"
    "# A line in a box #\n\n+---------+\n| Boxed title |\n+---------+\n\n\n+---------+\n"
    "| Boxed title |\n+---------+\n"
)
@example("Plain title\n" * 19 + "# A line in a box #\nNEWS\n~~~~\n\n+--+\n| Boxed title |\n+--+\n")
@example(
    "\n+---------+\n| Boxed title |\n+---------+\n\n-----------\n**Bold** start of a sentence that "
    "goes on.\n-----------\n\n+---------+\n| Boxed title |\n+---------+\n\n" + "Plain title\n" * 25
)
@example("\n# \n\n*One\n\nsome text\n")
@example("Title\n+----+\n| Boxed |\n+----+\nPlain title\n~~~~~~~~~~~~\nA sentence that ends here.")
@example("## Heading\n#### Deeper\nA headline in capitals\n\nItems follow here:\nPlain title")
def test_cleaning_what_is_clean_changes_nothing(text: str) -> None:
    once = _cleaned(text)
    twice = _cleaned(once.text)
    assert twice.text == once.text
    assert [(s.title, s.level) for s in twice.sections] == [
        (s.title, s.level) for s in once.sections
    ]


@given(newsletters)
def test_the_original_comes_back(text: str) -> None:
    once = _cleaned(text)
    assert cleankit.restore(once.text, once.edits) == once.original


def test_a_line_below_a_boxed_title_is_the_same_once_the_box_is_gone() -> None:
    rule = "=" * 66
    once = _cleaned(
        "The dig went on through the winter, and nobody in the town could\n"
        "say for how long it would go on, or what it was that they looked\n"
        "for so far below the quay and the houses of the harbour masters.\n\n"
        f"{rule}\nNEW BOOKS\n{rule}\nRobin Reader, Towns and Tombs:\n\n"
        "http://example.org/1\n\nThere they can be read, all of them, by anyone with the time.\n"
    )
    assert _cleaned(once.text).text == once.text


def test_blanks_that_drew_columns_are_no_more_than_one_in_a_heading() -> None:
    rule = "=" * 40
    once = cleankit.clean(
        f"{rule}\n     N I G H T   R E C O R D S\n{rule}\n"
        "     the mailout   for October\n\nThe new records are here, and they are good.\n"
    )
    assert cleankit.clean(once.text).text == once.text


def test_a_title_in_a_drawn_frame_counts_among_wrapped_lines_only_once() -> None:
    once = _cleaned(
        "stops.\npaper. can scan the pages for the flutes\nat\norgans@lists.example.org\nwybiorą.\n"
        "dnia\nbrakuje\nzapisuje.\nwtorku,\nRedakcja\norgan?\nstops.\n"
        "paper. can scan the pages for the flutes\nat\nof\nhalf.\nTamsin\n"
        "__________ponieważzapisał_____________________________________\nlist\n"
        "organs@lists.example.org\nhttps://list.example.com/u/4\nul.\n"
        "https://lists.example.org/0-00mailmmple.com/u/4\n0mple.org\nWaanrszs"
    )
    assert "## ponieważzapisał" in once.text
    assert _cleaned(once.text).text == once.text


def test_a_question_above_what_becomes_a_heading_is_read_alike_the_second_time() -> None:
    prose = (
        "Nobody asked the boats, and nobody asked the men who had built them, which is why the "
        "harbour was closed on a Tuesday, at noon, in a fog that had come in from the north."
    )
    once = _cleaned(
        f"{prose}\n\n{prose}\n\nHave questions?\n\n"
        f"Just Reply to This Letter, or Call the Harbour at +1 (555)\n\n{prose}\n\n{prose}\n"
        + f"\n{prose}\n"
        * 30
    )
    assert "## Just Reply" in once.text
    assert _cleaned(once.text).text == once.text


RULE = "=" * 64


def test_a_label_above_an_address_leads_to_it_though_the_rule_below_is_gone() -> None:
    once = _cleaned(
        f"{RULE}\nON THE HARBOUR CHANNEL\n{RULE}\nCalleva: The Lost Lighthouse of the Bay:\n\n"
        f"http://www.harbour.example.com/\n{RULE}\nCRIME BEAT\n{RULE}\n"
        "There are claims that recent damage to boats was actually\n"
        "http://beat.example.org/2002/HARBOUR/north/central/08/07/gulls.fights/index.html\n"
        f"{RULE}\nAT ABOUT.EXAMPLE\n{RULE}\n... can't seem to connect today (hmmmmm...)\n"
        f"{RULE}\nREVIEWS\n{RULE}\nAda Pears, *Dream of Ropes*:\n"
        "http://www.books.example.org/2002/08/07/books/07PEAR.html\n"
        "http://www.books.example.org/2002/06/23/books/review/23LIND.html\n"
        "Tony Lindqvist, *Route 66 A.D.: On the Trail of Ancient Roman Tides*\n"
        "http://news.example.test/html/artsentertainment/134447835_route66ad05.html\n\n"
        "Anton Pole, * Boats and Sparta: Constructing Greek political and\n"
        "social history from 478 BC*\n"
        "http://www.news.example.com/web/print_unique?e=C&f=12974&m=A19&aa=2&eidos=S\n"
    )
    assert "\nCalleva: The Lost Lighthouse of the Bay:\n" in once.text
    assert _cleaned(once.text).text == once.text


def test_a_page_all_in_bold_is_read_alike_once_some_of_it_are_headings() -> None:
    bold = "".join(f"**Feature number {name}**\n\n" for name in "abcdefghijklmnopqrst")
    plain = "".join(f"Plain text of some length stands between part {n}.\n\n" for n in range(2))
    once = _cleaned(
        f"{bold}{plain}**Video display** * Display on a monitor or on paper\n* In real time\n\n"
        "**Video resolution** * Resolution of 768x576, 640x480\n\nMore plain text here.\n\n"
        "**Digital recording** * Total rate is 100 a second\n* Adjustable rate and length\n\n"
        "**Specification** P4 with a large disk, and a small one for the road\n\n"
    )
    assert "## **Video" in once.text
    assert "\n**Feature number b**\n" in once.text
    assert _cleaned(once.text).text == once.text


def test_a_line_with_a_control_says_the_same_once_it_is_a_heading() -> None:
    line, heading = read_lines("Privacy\x1d\x1dpolicy\n\n## Privacy\x1d\x1dpolicy\n")
    assert unmarked(line) == unmarked(heading)
