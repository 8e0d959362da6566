"""Registers that somebody reads once a month: as of which moment, and what months have of them."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from tanzhe.errors import Words
from tanzhe.meters.clock import DAY, begin_months
from tanzhe.meters.forms.headings import Long
from tanzhe.meters.rows import INTERVAL, POWER, Batch

MONTH_ENDS = Words("月末抄表，按当日终了计", "read on the last days of months: as of their ends")
AMID_MONTHS = Words(
    "每月抄一次而不在月初，用量跨月，程序不拆，各月没有数；要各月的数，请在月初或月末抄表",
    "read once a month amid it: what lies between two readings belongs to two months and is not "
    "split, so months have no figure; read on first or last days for months",
)
SELDOM = 20  # days between readings from which a meter is read once a month


def read_monthly(batches: Iterator[Batch], columns: Long) -> Iterator[Batch]:
    """The batches of a table; where it is one of registers read once a month, at their moments.

    Who reads a meter on the 31st means what was used until then, as in a reading sheet. It is asked
    of a whole table: one of several batches is no list of monthly readings.

    Args:
        batches: of one table, in order.
        columns: of the table.
    """
    first, second = next(batches, None), next(batches, None)
    if first is None:
        return
    yield first if second is not None else _of_days(first, columns)
    if second is not None:
        yield second
    yield from batches


def _of_days(batch: Batch, columns: Long) -> Batch:
    """A table whose dates are all last days of months, moved to their ends; others as they are."""
    times = batch.rows.time.astype(np.int64)
    if not len(times) or any(channel in (INTERVAL, POWER) for _, channel, _ in columns.values):
        return batch
    dated = columns.clock < 0 and not columns.utc and not columns.end
    if dated and begin_months(times + DAY).all():
        rows = batch.rows._replace(time=batch.rows.time + np.uint32(DAY))
        return batch._replace(rows=rows, told=(*batch.told, MONTH_ENDS))
    if _is_seldom(times) and not begin_months(times).any():
        return batch._replace(told=(*batch.told, AMID_MONTHS))
    return batch


def _is_seldom(times: NDArray[np.int64]) -> bool:
    days = np.unique(times)
    return len(days) > 1 and int(np.diff(days).min()) >= SELDOM * DAY
