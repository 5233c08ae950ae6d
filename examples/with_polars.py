"""Clean a column of a Polars data frame."""

import polars as pl
import pyarrow as pa

from cleankit.arrow import clean_batches


def clean_frame(frame: pl.DataFrame, column: str, chunk: int = 1_000) -> pl.DataFrame:
    """The frame with `column` replaced by what cleankit makes of it."""
    batches = frame.to_arrow(compat_level=pl.CompatLevel.oldest()).to_batches(chunk)
    cleaned = pl.from_arrow(pa.Table.from_batches(clean_batches(batches, column=column)))
    assert isinstance(cleaned, pl.DataFrame)
    return cleaned
