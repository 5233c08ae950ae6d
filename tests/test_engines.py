"""The adapters of engines that are large, run for real: `tox -e engines` installs them.

Nothing here is skipped because an engine is missing; Spark alone is where there is no Java.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.engines import Corpus, corpus, digest, digest_of_rows

pytestmark = pytest.mark.engines
pa = pytest.importorskip("pyarrow")
KINDS = ("text", "mail")
COUNT = 200


@pytest.fixture(scope="module")
def messages(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return corpus(tmp_path_factory.mktemp("engines"), COUNT)


@pytest.mark.parametrize("kind", KINDS)
def test_data_sets_give_what_the_run_gives(messages: Corpus, kind: str) -> None:
    from datasets import Dataset

    from examples import with_datasets

    cleaned = with_datasets.clean_dataset(Dataset.from_dict(messages.rows(kind)), "body")
    assert digest(cleaned.with_format("arrow")[:]) == messages.digest(kind)


def test_datatrove_gives_what_the_run_gives(messages: Corpus, tmp_path: Path) -> None:
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.readers import JsonlReader
    from datatrove.pipeline.writers import JsonlWriter

    from examples.with_datatrove import Cleaner

    inputs, outputs = tmp_path / "in", tmp_path / "out"
    inputs.mkdir()
    for half in range(2):
        lines = [
            json.dumps({"id": f"{number:06}", "text": text}) + "\n"
            for number, text in enumerate(messages.texts)
            if number % 2 == half
        ]
        (inputs / f"{half}.jsonl").write_text("".join(lines))
    pipeline = [
        JsonlReader(str(inputs)),
        Cleaner(),
        JsonlWriter(str(outputs), output_filename="${rank}.jsonl", compression=None),
    ]
    LocalPipelineExecutor(pipeline, tasks=2, workers=2, logging_dir=str(tmp_path / "logs")).run()
    documents: list[dict[str, Any]] = []
    for path in outputs.glob("*.jsonl"):
        documents += map(json.loads, path.read_bytes().splitlines())
    rows = [
        {"text": each["text"], **each["metadata"]["cleankit"]}
        for each in sorted(documents, key=lambda each: each["id"])
    ]
    assert digest_of_rows(rows) == messages.text_digest


@pytest.mark.parametrize("kind", KINDS)
def test_daft_gives_what_the_run_gives(messages: Corpus, kind: str) -> None:
    import daft

    from examples.with_daft import clean

    frame = daft.from_pydict(messages.rows(kind))
    cleaned = frame.select("id", clean(daft.col("body")).alias("cleaned"))
    table = cleaned.select("id", daft.col("cleaned").unnest()).to_arrow()
    assert digest(table) == messages.digest(kind)


@pytest.fixture(scope="module")
def ray() -> Any:
    import ray

    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
    yield ray
    ray.shutdown()


@pytest.mark.parametrize("kind", KINDS)
def test_ray_data_gives_what_the_run_gives(messages: Corpus, kind: str, ray: Any) -> None:
    from examples.with_ray_data import clean_dataset

    dataset = ray.data.from_arrow(pa.table(messages.rows(kind))).repartition(4)
    blocks = ray.get(clean_dataset(dataset, "body").to_arrow_refs())
    assert digest(pa.concat_tables(blocks)) == messages.digest(kind)


@pytest.fixture(scope="module")
def spark() -> Any:
    if shutil.which("java") is None:
        pytest.skip("Spark needs a Java runtime, and there is none (Debian: default-jre-headless)")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    from pyspark.sql import SparkSession

    builder: Any = SparkSession.builder
    session = builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    yield session
    session.stop()


@pytest.mark.parametrize("kind", KINDS)
def test_spark_gives_what_the_run_gives(messages: Corpus, kind: str, spark: Any) -> None:
    from examples.with_spark import clean_frame

    frame = spark.createDataFrame(pa.table(messages.rows(kind))).repartition(4)
    assert digest(clean_frame(frame, "body").toArrow()) == messages.digest(kind)
