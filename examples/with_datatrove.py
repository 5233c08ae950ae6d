"""Clean the documents of a datatrove pipeline: a step between its reader and its writer."""

from itertools import tee

import pyarrow as pa
from datatrove.pipeline.base import PipelineStep

from cleankit.arrow import clean_batches


class Cleaner(PipelineStep):
    """Put the clean text in the place of each text, and all else under `cleankit` in metadata."""

    def run(self, data, rank=0, world_size=1):  # noqa: ARG002
        documents, again = tee(data)
        batches = (pa.record_batch({"text": [document.text]}) for document in again)
        for document, batch in zip(documents, clean_batches(batches, column="text"), strict=True):
            [row] = batch.to_pylist()
            document.text = document.text if row["error"] else row.pop("text")
            document.metadata["cleankit"] = row
            yield document
