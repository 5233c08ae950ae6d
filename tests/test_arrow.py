"""Arrow batches: the schema, the rows that pass through, and the rows that go wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

import cleankit
from cleankit import ConfigError, Document

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
    document = cleankit.clean(TEXT, name="row 0")
    assert row["text"] == document.text
    assert json.loads(row["meta"]) == document.meta
    assert row["error"] is None
    assert cleankit.restore(row["text"], row["edits"]) == TEXT


def test_a_row_gives_the_document_back() -> None:
    [row] = clean([TEXT], pa.string()).to_pylist()
    record = {**row, "schema": 1, "meta": json.loads(row["meta"]), "name": "row 0"}
    assert Document.from_dict(record) == cleankit.clean(TEXT, name="row 0")


@pytest.mark.parametrize(
    "type",
    [pa.string(), pa.large_string(), pa.dictionary(pa.int32(), pa.string())],
    ids=str,
)
def test_every_kind_of_text_column_is_read(type: pa.DataType) -> None:
    assert clean([TEXT], type).column("text").to_pylist() == [cleankit.clean(TEXT).text]


@pytest.mark.parametrize("type", [pa.binary(), pa.large_binary()], ids=str)
def test_bytes_are_decoded(type: pa.DataType) -> None:
    [text] = clean([TEXT.encode("cp1252")], type).column("text").to_pylist()
    assert text == cleankit.clean(TEXT).text


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
    assert rows[1]["error"] == "row 1: pass 'refuses' failed: ValueError: I will not"


def test_batches_are_cleaned_as_they_are_asked_for() -> None:
    read: list[int] = []

    def batches() -> Iterator[pa.RecordBatch]:
        for number in range(3):
            read.append(number)
            yield pa.record_batch({"raw": ["a text"]})

    next(arrow.clean_batches(batches(), column="raw", passes=[]))
    assert read == [0]


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
    with pytest.raises(ConfigError, match=message):
        next(arrow.clean_batches([pa.record_batch(columns)], column="raw"))


def test_lone_surrogates_become_replacement_characters() -> None:
    assert arrow.columns([{"text": "a\ud800"}])[0].to_pylist() == ["a\ufffd"]
