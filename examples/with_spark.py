"""Clean a column of a Spark data frame (needs a Java runtime and PYSPARK_PYTHON)."""

from pyspark.sql import DataFrame
from pyspark.sql.pandas.types import from_arrow_schema

from cleankit.arrow import clean_batches, output_schema


def clean_frame(frame: DataFrame, column: str) -> DataFrame:
    """The frame with `column` replaced by what cleankit makes of it."""
    schema = from_arrow_schema(output_schema(frame.limit(0).toArrow().schema, column))
    return frame.mapInArrow(lambda batches: clean_batches(batches, column=column), schema)
