"""Parquet files: named columns, no header to look for."""

from pathlib import Path

from tanzhe.errors import Words
from tanzhe.extras import require
from tanzhe.tables import grid
from tanzhe.tables.grid import RESAVE, Grid, Row, filled, refused


def read_parquet(path: Path) -> Grid:
    """The one grid of a Parquet file; its names are the first row.

    Raises:
        InputError: broken, or over the limits.
    """
    require("pyarrow", where=path.name)
    import pyarrow
    import pyarrow.parquet

    try:
        about = pyarrow.parquet.read_metadata(path)
        groups = (about.row_group(i) for i in range(about.num_row_groups))
        unfolded = sum(group.total_byte_size for group in groups)
        fits = about.num_rows <= grid.MOST_ROWS and unfolded <= grid.MOST_UNFOLDED
        table = pyarrow.parquet.read_table(path) if fits else None
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        what = Words("Parquet 文件损坏", "Broken Parquet file")
        raise refused(path.name, what, RESAVE) from error
    if table is None:
        zh = f"Parquet 展开后过大或超过 {grid.MOST_ROWS} 行"
        en = f"Unfolds beyond the limit, or over {grid.MOST_ROWS} rows"
        raise refused(path.name, Words(zh, en), RESAVE)
    # The index of a pandas frame is a column like any other; a bare count of rows tells nothing.
    columns = [column.to_pylist() for column in table.columns]
    head: Row = tuple(table.column_names)
    body = zip(*columns, strict=True)
    numbers, rows = filled(enumerate([head, *body]), path.name)
    return Grid(path.name, "", True, numbers, rows, "Parquet")
