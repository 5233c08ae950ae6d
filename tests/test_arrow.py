"""Arrow batches: the schema, the rows that pass through, and the rows that go wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import cleankit
from cleankit import ConfigError, Document
from cleankit.document import SCHEMA
from cleankit.writers import parquet
from cleankit.writers.jsonl import encode

pa = pytest.importorskip("pyarrow")
arrow = pytest.importorskip("cleankit.arrow")

TEXT = "Grüße aus dem Hafen\n\n\n\nBis bald  "


def clean(values: list[str | bytes | None], type: pa.DataType, **more: object) -> pa.RecordBatch:
    batch = pa.record_batch({"raw": pa.array(values, type=type), "id": range(len(values))})
    [result] = arrow.clean_batches([batch], column="raw", **more)
    return result


def test_the_columns_are_the_written_schema_after_those_that_pass_through() -> None:
    result = clean([TEXT], pa.string())
    assert result.schema.names == ["id", *arrow.OUTPUT.names]
    assert result.schema.metadata == {b"cleankit.schema": b"1"}
    assert result.column("id").to_pylist() == [0]


def test_a_row_is_what_clean_gives() -> None:
    [row] = clean([TEXT], pa.string()).to_pylist()
    document = cleankit.clean(TEXT)
    assert row["text"] == document.text
    assert json.loads(row["meta"]) == document.meta
    assert row["error"] is None
    assert cleankit.restore(row["text"], row["edits"]) == TEXT


def test_a_row_gives_the_document_back() -> None:
    [row] = clean([TEXT], pa.string()).to_pylist()
    record = {**row, "schema": 1, "meta": json.loads(row["meta"]), "name": ""}
    assert Document.from_dict(record) == cleankit.clean(TEXT)


def kinds(*types: pa.DataType) -> list[pa.DataType]:
    return [*types, *(pa.dictionary(pa.int32(), type) for type in types)]


@pytest.mark.parametrize("type", kinds(pa.string(), pa.large_string(), pa.string_view()), ids=str)
def test_every_kind_of_text_column_is_read(type: pa.DataType) -> None:
    values = pa.array([TEXT, None, TEXT], type=getattr(type, "value_type", type))
    if pa.types.is_dictionary(type):
        values = pa.DictionaryArray.from_arrays(pa.array([0, 1, 0], pa.int32()), values)
    [result] = arrow.clean_batches([pa.record_batch({"raw": values})], column="raw")
    text = cleankit.clean(TEXT).text
    assert result.column("text").to_pylist() == [text, None, text]


@pytest.mark.parametrize("type", [pa.binary(), pa.large_binary(), pa.binary_view()], ids=str)
def test_bytes_are_decoded(type: pa.DataType) -> None:
    [text] = clean([TEXT.encode("cp1252")], type).column("text").to_pylist()
    assert text == cleankit.clean(TEXT).text


def test_text_that_is_not_utf8_is_read_as_the_bytes_that_it_is() -> None:
    raw = TEXT.encode("cp1252")
    buffers = [None, pa.array([0, len(raw)], pa.int32()).buffers()[1], pa.py_buffer(raw)]
    batch = pa.record_batch({"raw": pa.Array.from_buffers(pa.string(), 1, buffers)})
    [result] = arrow.clean_batches([batch], column="raw")
    assert result.column("text").to_pylist() == [cleankit.clean(raw).text]


def test_nothing_gives_nothing() -> None:
    [row] = clean([None], pa.string(), passes=[]).to_pylist()
    assert row["text"] is None
    assert row["error"] is None


def test_a_bad_row_has_its_error_and_the_others_go_on() -> None:
    def refuses(document: Document) -> Document:
        if "bad" in document.text:
            raise ValueError("I will not")
        return document

    rows = clean(["good", "bad", "good"], pa.string(), passes=[refuses]).to_pylist()
    assert [row["text"] for row in rows] == ["good", None, "good"]
    assert rows[1]["error"] == "pass 'refuses' failed: ValueError: I will not"


def test_batches_are_cleaned_as_they_are_asked_for() -> None:
    read: list[int] = []

    def batches() -> Iterator[pa.RecordBatch]:
        for number in range(3):
            read.append(number)
            yield pa.record_batch({"raw": ["a text"]})

    next(arrow.clean_batches(batches(), column="raw", passes=[]))
    assert read == [0]


def test_a_large_batch_is_cleaned_portion_by_portion() -> None:
    cleaned: list[str] = []

    def counts(document: Document) -> Document:
        cleaned.append(document.text)
        return document

    values = [f"Text {number}" for number in range(2 * arrow.ROWS + 1)]
    batch = pa.record_batch({"raw": values, "id": range(len(values))})
    results = arrow.clean_batches([batch], column="raw", passes=[counts])
    first = next(results)
    assert len(cleaned) == first.num_rows == arrow.ROWS
    table = pa.Table.from_batches([first, *results])
    assert table.column("text").to_pylist() == values
    assert table.column("id").to_pylist() == list(range(len(values)))


def test_a_portion_is_closed_when_it_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrow, "BYTES", 10)
    batch = pa.record_batch({"raw": ["a text of twenty-six letters", None, "short", "short"]})
    results = list(arrow.clean_batches([batch], column="raw", passes=[]))
    assert [result.num_rows for result in results] == [1, 3]


def test_a_batch_without_rows_has_the_schema() -> None:
    result = clean([], pa.string())
    assert (result.num_rows, result.schema.names) == (0, ["id", *arrow.OUTPUT.names])


def test_a_slice_of_a_batch_is_that_slice() -> None:
    batch = pa.record_batch({"raw": ["a", "b", "c"], "id": [1, 2, 3]}).slice(1, 1)
    [result] = arrow.clean_batches([batch], column="raw", passes=[])
    assert result.select(["id", "text"]).to_pylist() == [{"id": 2, "text": "b"}]


def test_what_a_pass_makes_that_arrow_cannot_hold_is_an_error_of_its_row() -> None:
    def odd(document: Document) -> Document:
        return document.edit([(0, 0, "!", 3)]) if document.text == "odd" else document

    rows = clean(["even", "odd"], pa.string(), passes=[odd]).to_pylist()
    assert [row["text"] for row in rows] == ["even", None]
    assert rows[1]["error"].startswith("Expected bytes")


def test_rows_are_the_same_however_they_are_batched() -> None:
    values = ["a", TEXT, b"\xff\xfe".decode("latin-1"), ""]
    batch = pa.record_batch({"raw": values})
    single = [batch.slice(number, 1) for number in range(len(values))]
    tables = [
        pa.Table.from_batches(arrow.clean_batches(batches, column="raw"))
        for batches in ([batch], single)
    ]
    assert tables[0].equals(tables[1])


def test_the_schema_is_changed_on_purpose_alone() -> None:
    """Who stores what comes out relies on it: with it changes `cleankit.document.SCHEMA`."""
    step = "before: string, after: string, pass_name: string, rule: string, kind: string"
    step += ", note: string"
    section = "title: string, level: int32, start: int64, end: int64"
    section += ", origin: list<item: int64>, parent: int32"
    assert {field.name: str(field.type) for field in arrow.OUTPUT} == {
        "text": "string",
        "meta": "string",
        "sections": f"list<item: struct<{section}>>",
        "removed": "list<item: struct<start: int64, end: int64, kind: string, rule: string>>",
        "edits": f"list<item: struct<start: int64, end: int64, {step}"
        f", history: list<item: struct<{step}>>>>",
        "error": "string",
    }
    assert SCHEMA == 1


def test_parquet_has_the_same_columns_and_the_same_rows(tmp_path: Path) -> None:
    document = cleankit.clean(TEXT + " \ud83d")
    record = {**document.to_dict(), "source": {"path": "a", "sha256": "b"}}
    table = parquet.Table(tmp_path / "a.parquet")
    table.add(encode(record))
    table.close()
    written = pytest.importorskip("pyarrow.parquet").read_table(tmp_path / "a.parquet")
    [batch] = written.select(arrow.OUTPUT.names).to_batches()
    assert batch.schema.equals(arrow.OUTPUT)
    assert batch.schema.metadata == arrow.OUTPUT.metadata
    assert batch.to_pylist() == pa.record_batch(arrow.columns([record]), arrow.OUTPUT).to_pylist()


@pytest.mark.parametrize(
    "columns, message",
    [
        ({"other": ["x"]}, "no column 'raw'; there are other"),
        ({"raw": [1]}, "holds int64, not text or bytes"),
        ({"raw": ["x"], "meta": ["y"]}, "'meta' is in the way"),
    ],
)
def test_a_column_that_cannot_be_cleaned_is_named(
    columns: dict[str, list[object]], message: str
) -> None:
    batch = pa.record_batch(columns)
    with pytest.raises(ConfigError, match=message):
        next(arrow.clean_batches([batch], column="raw"))
    with pytest.raises(ConfigError, match=message):
        arrow.output_schema(batch.schema, "raw")


def test_of_two_columns_of_one_name_none_is_chosen() -> None:
    batch = pa.RecordBatch.from_arrays([["a"], ["b"]], names=["raw", "raw"])
    with pytest.raises(ConfigError, match="several columns 'raw'"):
        next(arrow.clean_batches([batch], column="raw"))


def test_lone_surrogates_become_replacement_characters() -> None:
    record = {"text": "a\ud800", "meta": {"subject": "\udfff"}}
    text, meta, *_ = arrow.columns([record])
    assert text.to_pylist() == ["a\ufffd"]
    assert meta.to_pylist() == ['{"subject":"\ufffd"}']
