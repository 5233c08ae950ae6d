"""Clean a column of a pandas data frame; the frame's index stays."""

import pandas as pd
import pyarrow as pa

from cleankit.arrow import clean_batches, output_schema


def clean_frame(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    """The frame with `column` replaced by what cleankit makes of it."""
    table = pa.Table.from_pandas(frame)
    batches = clean_batches(table.to_batches(), column=column)
    cleaned = pa.Table.from_batches(batches, output_schema(table.schema, column))
    return cleaned.to_pandas(integer_object_nulls=True)  # or a section's `parent` is 3.0
