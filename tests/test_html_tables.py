"""Tables: data becomes rows of cells, layout flows."""

from __future__ import annotations

import pytest

from cleankit.html import render


def rows(*cells: str, cell: str = "td") -> str:
    """Rows of cells, each given as `"a, b"`."""
    return "".join(
        "<tr>" + "".join(f"<{cell}>{each}</{cell}>" for each in row.split(", ")) + "</tr>"
        for row in cells
    )


HEADER = rows("Name, Price", cell="th")
DATA = "| Name | Price |\n| --- | --- |\n| a | 1 |\n| b | 2 |"


@pytest.mark.parametrize(
    "html",
    [
        f"<table>{HEADER}{rows('a, 1', 'b, 2')}</table>",
        f"<table width=100%><thead>{HEADER}</thead><tbody>{rows('a, 1', 'b, 2')}</tbody></table>",
        f"<table border=1>{rows('Name, Price', 'a, 1', 'b, 2')}</table>",
        f"<table role=table>{rows('Name, Price', 'a, 1', 'b, 2')}</table>",
        f"<table><thead>{rows('Name, Price')}</thead>{rows('a, 1', 'b, 2')}</table>",
        f"<table><tr><td><table>{HEADER}{rows('a, 1', 'b, 2')}</table></td></tr></table>",
        f"<table>{HEADER}{rows('<p>a</p>, <br>1', '<div>b</div>, 2')}</table>",
    ],
)
def test_data_becomes_a_pipe_table(html: str) -> None:
    assert render(html).text == DATA


@pytest.mark.parametrize(
    "html, text",
    [
        (f"<table role=presentation>{HEADER}{rows('a, 1')}</table>", "Name Price\na 1"),
        (f"<table>{rows('a, 1', 'b, 2')}</table>", "a 1\nb 2"),
        (f"<table border=0>{rows('Label:, Value')}</table>", "Label: Value"),
        (f"<table>{HEADER}</table>", "Name Price"),
        ("<table><tr><th>One<th>Two<tr><td><ul><li>x</ul><td>y</table>", "One Two\n\n- x\n\ny"),
        (f"<table border=1>{rows('a, 1')}</table>", "a 1"),
    ],
)
def test_layout_flows(html: str, text: str) -> None:
    assert render(html).text == text


@pytest.mark.parametrize(
    "cells, text",
    [
        (("<ul><li>x<li>y</ul>, 1", "b, 2"), "| • x • y | 1 |\n| b | 2 |"),
        (("<h3>a</h3>, 1", "<ol><li>b</ol>, 2"), "| a | 1 |\n| • b | 2 |"),
        (("a, <hr>", "b, 2"), "| a |  |\n| b | 2 |"),
        (("a, 1", "b, " + "word " * 90), f"| a | 1 |\n| b | {'word ' * 90}|"),
    ],
)
def test_below_header_cells_data_stands_on_one_line(cells: tuple[str, ...], text: str) -> None:
    header = "| Name | Price |\n| --- | --- |\n"
    assert render(f"<table>{HEADER}{rows(*cells)}</table>").text == header + text


def test_header_cells_in_all_rows_are_columns_of_a_page() -> None:
    html = f"<table>{rows('<h2>a</h2>, b', 'c, d', 'e, f', cell='th')}</table>"
    assert render(html).text == "## a\n\nb\n\nc d\ne f"


def test_long_cells_are_columns_of_a_page() -> None:
    long = "word " * 80
    html = f"<table>{rows('a, b', cell='th')}{rows(f'{long}, {long}')}</table>"
    assert "|" not in render(html).text


def test_cells_that_hold_tables_are_layout() -> None:
    inner = f"<table>{HEADER}{rows('a, 1', 'b, 2')}</table>"
    html = f"<table><tr><th>Left</th><th>{inner}</th></tr><tr><td>x</td><td>y</td></tr></table>"
    assert render(html).text == f"Left\n\n{DATA}\n\nx y"


def test_a_bar_in_a_cell_is_escaped() -> None:
    text = render(f"<table>{HEADER}{rows('a|b, 1', 'c, 2')}</table>").text
    assert "| a\\|b | 1 |" in text


def test_cells_that_span_columns_leave_room() -> None:
    html = f"<table><tr><th colspan=2>Title</th></tr>{rows('a, 1', 'b, 2')}</table>"
    assert render(html).text == "| Title |  |\n| --- | --- |\n| a | 1 |\n| b | 2 |"


def test_cells_that_span_rows_leave_room() -> None:
    days = "<tr><td rowspan=2>Friday</td><td>Race</td></tr><tr><td>Lunch</td></tr>"
    html = f"<table><tr><th>Day</th><th>What</th></tr>{days}{rows('Sunday, Rest')}</table>"
    assert render(html).text.split("\n")[2:] == [
        "| Friday | Race |",
        "|  | Lunch |",
        "| Sunday | Rest |",
    ]


def test_cells_at_the_end_of_rows_that_span_rows_leave_room() -> None:
    days = (
        "<tr><td>Race</td><td rowspan=3>10 €</td></tr><tr><td>Lunch</td></tr><tr><td>Swim</td></tr>"
    )
    html = f"<table><tr><th>What</th><th>Price</th></tr>{days}{rows('Tea, 2 €')}</table>"
    assert render(html).text.split("\n")[2:] == [
        "| Race | 10 € |",
        "| Lunch |  |",
        "| Swim |  |",
        "| Tea | 2 € |",
    ]


def test_a_caption_stands_before_its_table() -> None:
    html = f"<table><caption>Prices</caption>{HEADER}{rows('a, 1', 'b, 2')}</table>"
    assert render(html).text == f"Prices\n\n{DATA}"


def test_links_and_emphasis_stay_in_cells() -> None:
    html = f"<table>{HEADER}{rows('<a href=http://x.test>a</a>, <b>1</b>', 'b, 2')}</table>"
    assert "| [a](http://x.test) | **1** |" in render(html).text


def test_a_hidden_row_leaves_no_row() -> None:
    hidden = "<tr style='display:none'><td>x</td><td>y</td></tr>"
    html = f"<table>{HEADER}{rows('a, 1')}{hidden}{rows('b, 2')}</table>"
    text, spans = render(html)
    for start, end, _ in reversed(spans):
        text = text[:start] + text[end:]
    assert text == DATA


def test_icons_and_labels_stand_on_one_line() -> None:
    icons = rows(
        "<a href=http://a.test><img src=http://i.test/1 alt=A></a>, "
        "<a href=http://b.test><img src=http://i.test/2 alt=B></a>"
    )
    assert render(f"<table>{icons}</table>").text.count("\n") == 0


@pytest.mark.parametrize(
    "html, text",
    [
        ("<a style='display:block'>one</a><a style='display:block'>two</a>", "one\n\ntwo"),
        ("<b style='display:block'>one</b>two", "**one**\n\ntwo"),
        ("<button>one</button><button>two</button>", "one two"),
        ("<select><option>one<option>two</select>", "one\n\ntwo"),
        ("<span style='display:inline-block'>in</span>divisible", "indivisible"),
        ("<p style='display:block'>a<span>b</span></p>", "ab"),
    ],
)
def test_words_are_apart_where_they_stand_apart(html: str, text: str) -> None:
    assert render(html).text == text


def test_adjacent_cells_never_glue_words() -> None:
    html = "<table><tr><td>one<td>two<td><b>three</b><tr><td>four</table>five"
    assert render(html).text.split() == ["one", "two", "**three**", "four", "five"]
