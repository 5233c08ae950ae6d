"""Clean a column of a Hugging Face data set."""

import pyarrow as pa
from datasets import Dataset

from cleankit.arrow import clean_batches


def clean_dataset(dataset: Dataset, column: str, workers: int = 2) -> Dataset:
    """The data set with `column` replaced by what cleankit makes of it."""

    def clean(table: pa.Table) -> pa.Table:
        return pa.Table.from_batches(clean_batches(table.to_batches(), column=column))

    return dataset.with_format("arrow").map(clean, batched=True, num_proc=workers)
