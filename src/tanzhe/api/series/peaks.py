"""From a region's and a sector's series to the judgement of its peak."""

from tanzhe.model import PeakStatus, Series
from tanzhe.peaks.peak import peak_status
from tanzhe.series.calendar import monthly


def peak(series: Series) -> PeakStatus:
    """Whether a series has peaked, and the probability that its record stands.

    Args:
        series: daily (turned into months first), monthly or yearly; at least five years.

    Returns:
        Status, record with interval, change since, present trend, probability that the record
        stands 12, 24 and 60 months. The method and how often it was right: docs/peaks/peaks.md.

    Raises:
        InputError: less than five years, or negative values.

    Example:
        >>> from tanzhe import load
        >>> found = peak(load("全国", "水泥"))
        >>> found.status, found.month, found.record_stands[60] > 0.9
        ('past_peak', '2021-04', True)
    """
    return peak_status(monthly(series))
