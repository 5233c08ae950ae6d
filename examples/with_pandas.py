"""Clean a column of a pandas data frame, a chunk at a time."""

import pandas as pd
import pyarrow as pa

from cleankit.arrow import clean_batches


def clean_frame(frame: pd.DataFrame, column: str, chunk: int = 1_000) -> pd.DataFrame:
    """The frame with `column` replaced by what cleankit makes of it."""
    batches = pa.Table.from_pandas(frame, preserve_index=False).to_batches(chunk)
    return pa.Table.from_batches(clean_batches(batches, column=column)).to_pandas()
