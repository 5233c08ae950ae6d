"""Clean a column of a Ray data set (Ray Data retries a row that kills its worker for ever)."""

import pyarrow as pa
from ray.data import Dataset

from cleankit.arrow import clean_batches


def clean_dataset(dataset: Dataset, column: str) -> Dataset:
    """The data set with `column` replaced by what cleankit makes of it."""

    def clean(table: pa.Table) -> pa.Table:
        return pa.Table.from_batches(clean_batches(table.to_batches(), column=column))

    return dataset.map_batches(clean, batch_format="pyarrow")
