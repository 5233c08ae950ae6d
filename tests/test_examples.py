"""The adapters in `examples/`: short, and with the engines that are light, run for real."""

from __future__ import annotations

import ast
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import cleankit
from examples import with_duckdb, with_pandas, with_polars
from tests.engines import Corpus, corpus, digest

EXAMPLES = sorted(Path(with_pandas.__file__).parent.glob("with_*.py"))
KINDS = ("text", "mail")


@pytest.fixture(scope="module")
def messages(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return corpus(tmp_path_factory.mktemp("engines"), 60)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_adapter_takes_fifteen_lines_or_fewer(path: Path) -> None:
    assert sum(bool(line.strip()) for line in path.read_text().splitlines()) <= 15
    assert ast.get_docstring(ast.parse(path.read_text()))


@pytest.mark.parametrize("kind", KINDS)
def test_pandas_gives_what_the_run_gives(messages: Corpus, kind: str) -> None:
    frame = with_pandas.clean_frame(pd.DataFrame(messages.rows(kind)), "body")
    assert digest(pa.Table.from_pandas(frame)) == messages.digest(kind)


@pytest.mark.parametrize("kind", KINDS)
def test_polars_gives_what_the_run_gives(messages: Corpus, kind: str) -> None:
    frame = with_polars.clean_frame(pl.DataFrame(messages.rows(kind)), "body")
    assert digest(frame.to_arrow()) == messages.digest(kind)


@pytest.mark.parametrize("kind", KINDS)
def test_duckdb_gives_what_the_run_gives(messages: Corpus, kind: str) -> None:
    database = duckdb.connect()
    database.register("rows", pa.table(messages.rows(kind)))
    database.execute("create table mail as from rows")
    cleaned = with_duckdb.clean_query(database, "from mail", "body")
    database.register("cleaned", cleaned)
    database.execute("create table clean as from cleaned")
    assert digest(database.sql("from clean").to_arrow_table()) == messages.digest(kind)


def test_a_frame_keeps_its_index_and_a_row_without_text() -> None:
    frame = pd.DataFrame({"body": ["See https://a.example/?utm_source=x", None]}, index=["a", "b"])
    cleaned = with_pandas.clean_frame(frame, "body")
    assert list(cleaned.index) == ["a", "b"]
    assert cleaned.loc["a", "text"] == cleankit.clean(frame.loc["a", "body"]).text
    assert pd.isna(cleaned.loc["b", "text"])


def test_a_frame_without_rows_has_the_columns() -> None:
    cleaned = with_pandas.clean_frame(pd.DataFrame({"body": pd.Series([], dtype=str)}), "body")
    assert list(cleaned) == ["text", "meta", "sections", "removed", "edits", "error"]
    assert with_polars.clean_frame(
        pl.DataFrame({"body": pl.Series([], dtype=str)}), "body"
    ).is_empty()
