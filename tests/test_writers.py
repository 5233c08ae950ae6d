"""The writers: what they write can always be read again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from cleankit import Document
from cleankit.writers import FORMATS, encoder, jsonl, markdown, text
from tests.strategies import any_text, edited_documents

values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | any_text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(any_text, inner, max_size=3),
    max_leaves=8,
)
metas = st.dictionaries(any_text, values, max_size=5)


@given(values)
def test_json_is_one_line_for_every_reader_of_lines(value: Any) -> None:
    line = jsonl.encode({"value": value})
    assert len(line.splitlines()) == 1
    assert len(line.decode().splitlines()) == 1
    assert json.loads(line)["value"] == value


@given(edited_documents())
def test_a_record_in_json_gives_the_document_back(document: Document) -> None:
    line = jsonl.encode(document.to_dict(keep_credentials=True))
    assert Document.from_dict(json.loads(line)) == document


def test_numbers_that_json_has_not_are_null() -> None:
    line = jsonl.encode({"a": float("nan"), "b": [float("inf"), 1], "c": 10**5_000})
    assert json.loads(line) == {"a": None, "b": [None, 1], "c": None}


def test_values_that_json_has_not_are_text() -> None:
    assert json.loads(jsonl.encode({"path": Path("a"), 3: {"x": (1, 2)}})) == {
        "path": "a",
        "3": {"x": [1, 2]},
    }


def test_what_is_nested_without_end_is_cut() -> None:
    endless: dict[str, Any] = {}
    endless["inner"] = endless
    assert json.loads(jsonl.encode(endless))


@given(metas)
@settings(max_examples=40)
def test_front_matter_says_what_meta_says(meta: dict[str, Any]) -> None:
    assert yaml.safe_load(markdown.front_matter(meta) or "{}") == meta


@pytest.mark.parametrize(
    "value",
    ["yes", "no", "null", "~", "1e5", "2026-01-01", "!!python/object:os.system", "*a", "&a", "- x"],
)
def test_text_in_front_matter_stays_text(value: str) -> None:
    assert yaml.safe_load(markdown.front_matter({"subject": value})) == {"subject": value}


def test_front_matter_cannot_be_closed_from_within() -> None:
    record = {"meta": {"subject": "a\n---\nb"}, "text": "Text.\n"}
    head, _, body = markdown.encode(record).decode().removeprefix("---\n").partition("---\n")
    assert yaml.safe_load(head) == record["meta"]
    assert body == "\nText.\n"


def test_keys_that_yaml_cannot_read_are_left_out() -> None:
    assert markdown.front_matter({"k" * 2_000: 1, "a": {"k" * 2_000: 1}}) == "a: {}\n"


@given(any_text)
def test_text_is_always_utf8(content: str) -> None:
    written = text.encode({"text": content}).decode()
    sound = content.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    assert written == sound


@pytest.mark.parametrize("to", FORMATS)
def test_each_format_has_an_encoder(to: str) -> None:
    record = Document.of("Text.\n", name="a").to_dict()
    assert b"Text." in encoder(to)(record)


def test_parquet_holds_the_columns_of_the_arrow_contract(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    import pyarrow.parquet

    from cleankit.arrow import OUTPUT
    from cleankit.writers.parquet import Table

    document = Document.of("One \ud800 footer\n", {"subject": "S"}, name="a.md")
    document = document.edit([(6, 12, "", "foot", "legal")], pass_name="boilerplate")
    record = {**document.to_dict(), "source": {"path": "a.md", "position": 3}}
    table = Table(tmp_path / "a.parquet")
    for _ in range(3):
        table.add(jsonl.encode(record))
    table.close()
    read = pyarrow.parquet.read_table(tmp_path / "a.parquet")
    assert read.schema.names == ["name", *OUTPUT.names, "source"]
    row = read.to_pylist()[2]
    assert row["text"] == "One \ufffd \n"
    assert row["removed"] == [{"start": 6, "end": 12, "kind": "legal", "rule": "foot"}]
    assert json.loads(row["meta"]) == {"subject": "S"}
    assert row["source"]["position"] == 3
