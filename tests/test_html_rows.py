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


def test_hidden_text_in_a_cell_stays_in_its_place() -> None:
    hidden = "<p>Room<span style='display:none'>secret</span></p>"
    text, spans = render(row(hidden, "<p>12</p>"))
    assert [text[start:end].strip() for start, end, _ in spans] == ["secret"]
