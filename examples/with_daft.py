"""Clean a column of a Daft data frame."""

import daft
import pyarrow as pa

from cleankit.arrow import OUTPUT, clean_batches


@daft.func.batch(return_dtype=daft.DataType.from_arrow_type(pa.struct(OUTPUT)))
def clean(values: daft.Series) -> pa.Array:
    """What cleankit makes of each value, as a structure; `unnest` makes columns of it."""
    batch = pa.record_batch({"raw": values.to_arrow()})
    batches = clean_batches([batch], column="raw")
    return pa.concat_arrays([cleaned.to_struct_array() for cleaned in batches])
