"""Metadata at the head of a document: found where it is sound, content where it is not."""

from __future__ import annotations

import json

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from cleankit import front_matter
from cleankit.readers import read_data

FRONT = "---\ntitle: Notes\ndate: 2026-01-04\ntags: [a, b]\n---\nBody\n"
HEADER = (
    "# Harbour Radar #12\n\n**From:** Harbour <h@example.com>\n"
    "**Date:** Sun, 04 Jan 2026 09:30:00 +0000\n"
    "**Source:** [View original](https://example.com/p/12)\n\n---\n\nBody\n"
)


def kinds(text: str) -> list[str]:
    return [matter.kind for matter in front_matter.find(text)]


def rest(text: str) -> str:
    return text[max((matter.end for matter in front_matter.find(text)), default=0) :]


def test_front_matter_is_found_with_its_values() -> None:
    [matter] = front_matter.find(FRONT)
    assert matter.values == {"title": "Notes", "date": "2026-01-04", "tags": ["a", "b"]}
    assert rest(FRONT) == "Body\n"


def test_a_fence_glued_to_the_text_closes_the_front_matter() -> None:
    text = "---\ntitle: Digest\n---### Top News\n\nBody\n"
    assert kinds(text) == ["front_matter"]
    assert rest(text) == "### Top News\n\nBody\n"


def test_a_header_block_is_found_with_its_values() -> None:
    [matter] = front_matter.find(HEADER)
    assert matter.kind == "header_block"
    assert matter.values == {
        "subject": "Harbour Radar #12",
        "from": "Harbour <h@example.com>",
        "date": "Sun, 04 Jan 2026 09:30:00 +0000",
        "source": "https://example.com/p/12",
    }
    assert rest(HEADER) == "\nBody\n"


def test_front_matter_and_header_block_follow_each_other() -> None:
    assert kinds("---\ntitle: x\n---\n\n" + HEADER) == ["front_matter", "header_block"]


def test_windows_line_ends_make_no_difference() -> None:
    assert kinds(("---\ntitle: x\n---\n\n" + HEADER).replace("\n", "\r\n")) == [
        "front_matter",
        "header_block",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: [unclosed\n---\nBody\n",
        "---\njust a sentence between two rules\n---\nBody\n",
        "---\n- a list\n- of things\n---\nBody\n",
        "---\ntitle: never closed\n\nBody\n",
        "---\ntitle: !!python/object/apply:os.system [ls]\n---\nBody\n",
        "---\nnumber: !!int nonsense\n---\nBody\n",
        "Text\n---\ntitle: not at the head\n---\n",
        "# A title\n\nA paragraph.\n",
        "# A title\n\n**From:** only one field\n\nBody\n",
        "**Note:** bold labels are prose.\n**Also:** this one.\n",
    ],
)
def test_what_is_no_sound_metadata_is_content(text: str) -> None:
    assert kinds(text) == []


def test_aliases_that_multiply_are_content() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    assert kinds("---\n" + "\n".join(lines) + "\n---\nBody\n") == []


def test_an_alias_to_itself_is_content() -> None:
    assert kinds("---\na: &a [*a]\n---\nBody\n") == []


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_deep_nesting_is_content(opening: str) -> None:
    assert kinds("---\na:\n " + opening * 5_000 + "\n---\nBody\n") == []


def test_front_matter_beyond_the_limit_is_content() -> None:
    text = "---\ntitle: " + "x" * front_matter.MAX_CHARACTERS + "\n---\nBody\n"
    assert kinds(text) == []


def test_the_reader_tells_meta_from_both() -> None:
    document = read_data("---\nnewsletter_name: Harbour\nid: 7\n---\n\n" + HEADER)
    assert document.text == document.original
    assert document.meta["subject"] == "Harbour Radar #12"
    assert document.meta["sender"] == "Harbour <h@example.com>"
    assert document.meta["date"] == "2026-01-04T09:30:00+00:00"
    assert document.meta["date_as_given"] == "Sun, 04 Jan 2026 09:30:00 +0000"
    assert document.meta["url"] == "https://example.com/p/12"
    assert document.meta["front_matter"] == {"newsletter_name": "Harbour", "id": 7}


_KEY = st.from_regex(r"[A-Za-z_][\w-]{0,6}", fullmatch=True)
_VALUE = st.one_of(
    st.from_regex(r'"[^"\\]{0,12}"', fullmatch=True),
    st.from_regex(r"[A-Za-z0-9][\w /().,:+-]{0,14}", fullmatch=True),
    st.sampled_from(
        ["0x1F", "1e5", "1_000", "190:20:30", "2001-01-01", ".inf", "1.5", "Yes", "NULL", "11b"]
    ),
)


@given(st.lists(st.tuples(_KEY, _VALUE), min_size=1, max_size=3))
@example([("ON", '""')])
def test_plain_front_matter_says_what_the_yaml_parser_says(lines: list[tuple[str, str]]) -> None:
    content = "".join(f"{key}: {value}\n" for key, value in lines)
    found = list(front_matter.find(f"---\n{content}---\nText.\n"))
    try:
        expected = {str(key): value for key, value in yaml.safe_load(content).items()}
        {json.dumps(value) for value in expected.values()}
    except (yaml.YAMLError, TypeError, ValueError, AttributeError):
        return  # broken, or of dates: not plain
    assert [dict(block.values) for block in found] == [expected]


def test_front_matter_with_quotation_marks_in_quotation_marks_is_read() -> None:
    text = '---\nsubject: "The mower: "Green" it is"\ndate: 2026-01-20\n---\nBody\n'
    [matter] = front_matter.find(text)
    assert matter.values == {"subject": 'The mower: "Green" it is', "date": "2026-01-20"}
    assert rest(text) == "Body\n"


def test_lines_that_are_neither_yaml_nor_surely_metadata_stay() -> None:
    text = '---\nRobin: "I said "green", twice"\nWren: and I heard it\n---\nBody\n'
    assert kinds(text) == []
