"""Clean a column of a Polars data frame."""

import polars as pl
import pyarrow as pa

from cleankit.arrow import clean_batches, output_schema


def clean_frame(frame: pl.DataFrame, column: str) -> pl.DataFrame:
    """The frame with `column` replaced by what cleankit makes of it."""
    table = frame.to_arrow()
    batches = clean_batches(table.to_batches(), column=column)
    return pl.DataFrame(pa.Table.from_batches(batches, output_schema(table.schema, column)))
