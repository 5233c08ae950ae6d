"""The ledger: composition of edits over passes, and the way back."""

from __future__ import annotations

import pytest
from hypothesis import given

from cleankit import Document, Edit, EditError, restore
from tests.strategies import edited_documents


@given(edited_documents())
def test_restore_gives_the_original_back(document: Document) -> None:
    assert restore(document.text, document.edits) == document.original


@given(edited_documents())
def test_each_edit_stands_where_it_says(document: Document) -> None:
    for edit in document.edits:
        assert document.text[edit.start : edit.end] == edit.after


@given(edited_documents())
def test_edits_are_in_order_and_apart(document: Document) -> None:
    for edit, following in zip(document.edits, document.edits[1:], strict=False):
        assert edit[:2] <= following[:2]
        assert edit.is_note or following.is_note or edit.end <= following.start


@given(edited_documents())
def test_replaying_the_edits_backwards_needs_no_library(document: Document) -> None:
    text = document.text
    for edit in reversed(document.edits):
        text = text[: edit.start] + edit.before + text[edit.end :]
    assert text == document.original


@given(edited_documents())
def test_edits_survive_json(document: Document) -> None:
    assert [Edit.from_dict(edit.to_dict()) for edit in document.edits] == list(document.edits)


def test_edits_of_several_passes_on_one_place_become_one_with_their_history() -> None:
    document = Document.of("caf\N{NO-BREAK SPACE}e!")
    document = document.edit([(3, 4, " ", "space")], pass_name="characters")
    document = document.edit([(0, 5, "", "coffee", "legal")], pass_name="boilerplate")
    [edit] = document.edits
    assert (edit.before, edit.after, edit.pass_name, edit.rule) == (
        "caf\N{NO-BREAK SPACE}e",
        "",
        "boilerplate",
        "coffee",
    )
    assert [(step.pass_name, step.rule) for step in edit.history] == [
        ("characters", "space"),
        ("boilerplate", "coffee"),
    ]


def test_touching_edits_stay_apart() -> None:
    document = Document.of("abcd").edit([(0, 2, "", "first")]).edit([(0, 1, "C", "second")])
    assert [edit.rule for edit in document.edits] == ["first", "second"]


def test_a_note_changes_nothing() -> None:
    document = Document.of("a \ufffd b").edit([(2, 3, "\ufffd", "lost", "", "cannot be known")])
    assert document.text == document.original
    [note] = document.edits
    assert note.is_note
    assert note.note == "cannot be known"


def test_a_note_inside_a_later_cut_becomes_part_of_its_history() -> None:
    document = Document.of("one two three").edit([(4, 7, "two", "label", "", "a word")])
    document = document.edit([(0, 8, "", "cut", "legal")])
    [edit] = document.edits
    assert [step.note for step in edit.history] == ["", "a word"]


def test_a_note_follows_the_text_that_it_speaks_of() -> None:
    document = Document.of("one two").edit([(4, 7, "two", "label", "", "a word")])
    document = document.edit([(0, 4, "", "cut", "legal")])
    assert document.edits[-1][:2] == (0, 3)


def test_a_note_on_what_the_same_pass_changes_becomes_part_of_its_history() -> None:
    document = Document.of("one two three").edit(
        [(4, 13, "two three", "label", "", "two words"), (4, 7, "2", "number")]
    )
    assert document.text == "one 2 three"
    [edit] = document.edits
    assert [step.note for step in edit.history] == ["", "two words"]
    assert restore(document.text, document.edits) == "one two three"


def test_restore_refuses_edits_of_another_text() -> None:
    document = Document.of("one two").edit([(0, 3, "1", "number")])
    with pytest.raises(EditError, match="does not belong"):
        restore("another text", document.edits)


def test_restore_reads_records() -> None:
    document = Document.of("one two").edit([(0, 3, "1", "number")])
    assert restore(document.text, [edit.to_dict() for edit in document.edits]) == "one two"


def test_many_edits_over_many_passes_keep_their_way_back() -> None:
    document = Document.of("a b " * 10_000)
    for number, replacement in enumerate(("x", "yy", "", "z", "a", "b")):
        document = document.edit(
            [
                (place, place + 1, replacement, "swap")
                for place in range(number, len(document.text) - 1, 4)
            ],
            pass_name=f"pass-{number}",
        )
    assert restore(document.text, document.edits) == document.original
