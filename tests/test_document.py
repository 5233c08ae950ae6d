"""The document: edits, removals, sections and the map to the original."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given

from cleankit import CleankitError, Document, EditError, Removal
from cleankit.document import Context
from cleankit.kinds import kept
from tests.strategies import edited_documents


@given(edited_documents())
def test_origins_are_monotonic_and_in_range(document: Document) -> None:
    spans = [document.origin(place, place) for place in range(len(document.text) + 1)]
    assert all(0 <= start <= end <= len(document.original) for start, end in spans)
    assert spans == sorted(spans)
    characters = [document.origin(place, place + 1) for place in range(len(document.text))]
    assert characters == sorted(characters)


@given(edited_documents())
def test_text_that_no_pass_touched_is_found_in_the_original(document: Document) -> None:
    touched = [edit for edit in document.edits if not edit.is_note]
    for place, character in enumerate(document.text):
        if not any(edit.start <= place < edit.end for edit in touched):
            start, end = document.origin(place, place + 1)
            assert document.original[start:end] == character


@given(edited_documents())
def test_removals_are_in_order_and_apart(document: Document) -> None:
    for removal, following in zip(document.removed, document.removed[1:], strict=False):
        assert removal.end <= following.start
    assert all(
        0 <= removal.start < removal.end <= len(document.original) for removal in document.removed
    )


@given(edited_documents())
def test_the_record_gives_the_document_back(document: Document) -> None:
    record = document.to_dict(keep_credentials=True)
    assert Document.from_dict(record) == document


def test_a_removal_names_what_was_cut_from_the_original() -> None:
    document = Document.of("Hello.\nUnsubscribe\n").edit([(0, 5, "Hi", "short")])
    document = document.edit([(4, 15, "", "leave", "unsubscribe")])
    assert document.text == "Hi.\n\n"
    assert document.removed == (Removal(7, 18, "unsubscribe", "leave"),)
    assert document.original[7:18] == "Unsubscribe"


def test_a_removal_inside_a_later_one_is_told_once() -> None:
    document = Document.of("a\u200bb footer").edit([(1, 2, "", "zero-width", "invisible")])
    document = document.edit([(0, 9, "", "foot", "legal")])
    assert document.removed == (Removal(0, 10, "legal", "foot"),)


def test_a_kind_that_the_user_keeps_is_noted_and_stays() -> None:
    context = Context(kept_kinds=kept(keep=["legal"]))
    document = Document.of("All rights reserved", context=context)
    document = document.edit([(0, 19, "", "rights", "legal")])
    assert document.text == document.original
    assert document.removed == ()
    assert [(edit.kind, edit.is_note) for edit in document.edits] == [("legal", True)]


def test_sponsors_are_labelled_and_cut_when_asked() -> None:
    text = "Brought to you by Example"
    labelled = Document.of(text).edit([(0, 25, "", "brought", "sponsor")])
    assert labelled.text == text
    context = Context(kept_kinds=kept(strip=["sponsor"]))
    cut = Document.of(text, context=context).edit([(0, 25, "", "brought", "sponsor")])
    assert cut.text == ""


def test_an_edit_out_of_range_names_the_pass_and_the_source() -> None:
    document = Document.of("short", name="letter.md")
    with pytest.raises(EditError, match=r"letter\.md: pass 'odd', rule 'far'.*out of range"):
        document.edit([(3, 99, "", "far")], pass_name="odd")


def test_overlapping_edits_name_the_pass() -> None:
    with pytest.raises(EditError, match=r"pass 'odd'.*overlaps"):
        Document.of("abcdef").edit([(0, 3, "", "one"), (2, 4, "", "two")], pass_name="odd")


def test_an_edit_that_is_none_is_an_error() -> None:
    with pytest.raises(EditError, match="proposed no change"):
        Document.of("abc").edit([(1, 2)], pass_name="odd")


def test_edits_that_change_nothing_leave_the_document_as_it_is() -> None:
    document = Document.of("abc")
    assert document.edit([(0, 1, "a", "same")]) is document


def test_sections_follow_each_other_without_a_gap() -> None:
    document = Document.of("hello\nOne\ntext\nTwo\nmore\n").divide([(6, "One", 1), (15, "Two", 2)])
    assert [(s.title, s.level, s.start, s.end, s.parent) for s in document.sections] == [
        ("", 1, 0, 6, None),
        ("One", 1, 6, 15, None),
        ("Two", 2, 15, 24, 1),
    ]


def test_sections_move_with_later_edits() -> None:
    document = Document.of("hello\nOne\ntext\n").divide([(6, "One", 1)])
    document = document.edit([(0, 0, "Oh, ", "greet"), (6, 6, "## ", "heading")])
    section = document.sections[1]
    assert document.text[section.start : section.end] == "## One\ntext\n"
    assert section.origin == (6, 15)


def test_a_section_whose_text_is_cut_is_gone() -> None:
    document = Document.of("One\ntext\nTwo\nmore\n").divide([(0, "One", 1), (9, "Two", 1)])
    document = document.edit([(9, 18, "", "cut", "legal")])
    assert [section.title for section in document.sections] == ["One"]


def test_what_was_cut_belongs_to_the_section_in_which_it_stood() -> None:
    document = Document.of("front\nhello\nOne\ntext\n").edit([(0, 6, "", "cut", "front_matter")])
    document = document.divide([(6, "One", 1)])
    assert [section.origin for section in document.sections] == [(0, 12), (12, 21)]


@pytest.mark.parametrize("titles", [[(9, "far", 1)], [(1, "a", 1), (0, "b", 1)], [(0, "a", 0)]])
def test_titles_out_of_order_or_range_are_an_error(titles: list[tuple[int, str, int]]) -> None:
    with pytest.raises(EditError, match="cannot begin a section"):
        Document.of("text").divide(titles)


def test_a_span_that_is_not_of_the_text_has_no_origin() -> None:
    with pytest.raises(EditError, match="no span"):
        Document.of("abc").origin(2, 9)


def test_an_unknown_schema_is_refused() -> None:
    with pytest.raises(CleankitError, match="schema 99"):
        Document.from_dict({"schema": 99})


def test_a_document_can_travel_between_processes() -> None:
    document = Document.of("abc").edit([(0, 1, "", "cut", "legal")]).divide([(0, "bc", 1)])
    assert pickle.loads(pickle.dumps(document)) == document
