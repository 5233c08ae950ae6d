"""Rows of layout tables: what stands on one line, and what does not."""

import pytest

from cleankit.html import render


def row(*cells: str) -> str:
    """A row of a layout table."""
    return f"<table><tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr></table>"


@pytest.mark.parametrize(
    "cells, text",
    [
        (("<p>Order number</p>", "<p>A-1234</p>"), "Order number A-1234"),
        (("Order number", "<div><div>A-1234</div></div>"), "Order number A-1234"),
        (("<p>Order number</p>", "A-1234"), "Order number A-1234"),
        (("<p><b>Room:</b></p>", "<p>12</p>"), "**Room:** 12"),
        (("<p>Tea towel</p>", "<p>2</p>", "<p>£8.50</p>"), "Tea towel 2 £8.50"),
        (
            ("<p>Ship to</p>", "<p>12 Quay Street<br>Harbourton</p>"),
            "Ship to 12 Quay Street\nHarbourton",
        ),
    ],
)
def test_blocks_within_cells_do_not_part_a_label_from_its_value(
    cells: tuple[str, ...], text: str
) -> None:
    assert render(row(*cells)).text == text


@pytest.mark.parametrize(
    "label, value",
    [
        ("Shipping and handling to the islands", "$4.00"),
        ("<p>Shipping and handling to the islands</p>", "<p><b>$4.00</b></p>"),
        ("What you agreed to when you called us:", "<p>Delivery on Friday</p>"),
    ],
)
def test_a_longer_label_stands_with_a_figure_or_after_a_colon(label: str, value: str) -> None:
    assert "\n" not in render(row(label, value)).text


@pytest.mark.parametrize(
    "cells",
    [
        ("<h2>The tugs</h2>", "<p>12</p>"),
        ("<p>Tugs</p><p>More of them</p>", "<p>12</p>"),
        ("<p>Tugs</p>", "<h2>Title</h2>"),
        ("<p>Tugs</p>", "<ul><li>one</li></ul>"),
        ("Tugs", "<table><tr><td>inner</td></tr></table>"),
        ("<p>The tugs came back on Friday night.</p>", "<p>The quay was cold.</p>"),
        ("<p>Tugs</p>", "<p>" + "The quay was cold that night. " * 9 + "</p>"),
        ("<img src='http://i.test/1.png' alt='Tug'>", "<p>The tugs</p>"),
        ("<table><tr><td>Tugs</td></tr></table>", "<p>12</p>"),
        ("From<br>Bergen", "To<br>Oslo"),
        ("<b>3</b><br>ships", "<b>12</b><br>crew"),
        ("Rope<br>10 m", "€36.00"),
    ],
)
def test_columns_of_a_page_stay_apart(cells: tuple[str, ...]) -> None:
    assert "\n\n" in render(row(*cells)).text


def test_a_label_without_a_value_does_not_reach_into_the_next_row() -> None:
    html = "<table><tr><td>Note</td><td><p> </p></td></tr><tr><td><p>Total</p></td></tr></table>"
    assert render(html).text == "Note\n\nTotal"


def test_emphasis_around_cells_opens_once() -> None:
    html = f"<b>{row('<p>Room</p>', '<p>12</p>')}</b>"
    assert render(html).text.count("****") == 0


def test_bullets_in_blocks_in_cells_are_list_items() -> None:
    bullets = "".join(
        f"<tr><td><p>•</p></td><td><p>{thing} thing</p></td></tr>" for thing in ("First", "Second")
    )
    assert render(f"<table>{bullets}</table>").text == "- First thing\n- Second thing"


def test_lists_and_quotations_side_by_side_stay_what_they_are() -> None:
    lists = "<ul><li>one</li></ul>", "<ul><li>two</li></ul>"
    assert render(row(*lists)).text == "- one\n\n- two"
    quotes = "<blockquote>one</blockquote>", "<blockquote>two</blockquote>"
    assert render(row(*quotes)).text == "> one\n\n> two"


def rows(*lines: str) -> str:
    """A layout table of rows, each given as `"a, b"`."""
    return "<table>" + "".join(row(*line.split(", "))[7:-8] for line in lines) + "</table>"


def test_rows_of_labels_and_values_are_lines_of_a_paragraph() -> None:
    html = "<p>Before</p>" + rows("Tea, £2", "<p>Coffee</p>, <p>£3</p>", "<b>Total</b>, £5")
    assert render(html + "<p>After</p>").text == (
        "Before\n\nTea £2\nCoffee £3\n**Total** £5\n\nAfter"
    )


def test_rows_of_ranks_and_links_are_lines_of_a_paragraph() -> None:
    address = "http://a.test/" + "x" * 150
    html = rows(f"1, <a href='{address}'>Tug</a>", f"2, <a href='{address}'>Barge</a>")
    assert render(html).text == f"1 [Tug]({address})\n2 [Barge]({address})"


@pytest.mark.parametrize(
    "html",
    [
        rows("Tea, £2") + "<p>x</p>" + rows("Coffee, £3"),
        rows("Tea", "Coffee, £3"),
        rows("9:00, Race<br>North quay", "10:00, Lunch"),
        rows("Tea, £2", f"Coffee, {'which is a long story about beans. ' * 5}"),
        rows("<img src='http://i.test/1' alt=Tea>, £2", "<img src='http://i.test/2' alt=Mug>, £3"),
        rows("<h2>Tea</h2>, £2", "<h2>Coffee</h2>, £3"),
    ],
)
def test_other_rows_are_paragraphs(html: str) -> None:
    assert not any(line.startswith(("Coffee", "10:00", "![M")) for line in lines_within(html))


def lines_within(html: str) -> list[str]:
    """The lines of a page that are not the first of their paragraph."""
    return [line for block in render(html).text.split("\n\n") for line in block.split("\n")[1:]]


def test_hidden_text_in_a_cell_stays_in_its_place() -> None:
    hidden = "<p>Room<span style='display:none'>secret</span></p>"
    text, spans = render(row(hidden, "<p>12</p>"))
    assert [text[start:end].strip() for start, end, _ in spans] == ["secret"]
