"""The adapters for other engines give what `clean` gives; those whose engine is installed run."""

from __future__ import annotations

import importlib
from typing import Any

import pytest

import cleankit

pytest.importorskip("pyarrow")

BODIES = ["Grüße aus dem Hafen\n\n\n\nBis bald  ", "See https://example.com/a?id=4&utm_source=x"]
EXPECTED = [(number, cleankit.clean(body).text) for number, body in enumerate(BODIES)]


def example(name: str) -> Any:
    pytest.importorskip(name)
    return importlib.import_module(f"examples.with_{name}")


def data() -> dict[str, list[Any]]:
    return {"id": list(range(len(BODIES))), "body": BODIES}


def test_pandas() -> None:
    pandas = pytest.importorskip("pandas")
    frame = example("pandas").clean_frame(pandas.DataFrame(data()), "body", chunk=1)
    assert list(zip(frame["id"], frame["text"], strict=True)) == EXPECTED


def test_polars() -> None:
    polars = pytest.importorskip("polars")
    frame = example("polars").clean_frame(polars.DataFrame(data()), "body")
    assert frame.select("id", "text").rows() == EXPECTED


def test_duckdb() -> None:
    duckdb = pytest.importorskip("duckdb")
    database = duckdb.connect()
    database.execute("create table mail (id integer, body varchar)")
    database.executemany("insert into mail values (?, ?)", list(enumerate(BODIES)))
    table = example("duckdb").clean_query(database, "from mail order by id", "body")
    assert list(zip(*table.select(["id", "text"]).to_pydict().values(), strict=True)) == EXPECTED


def test_datasets() -> None:
    datasets = pytest.importorskip("datasets")
    dataset = datasets.Dataset.from_dict(data())
    cleaned = example("datasets").clean_dataset(dataset, "body", workers=1)
    assert list(zip(cleaned["id"], cleaned["text"], strict=True)) == EXPECTED
