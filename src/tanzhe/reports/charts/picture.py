"""A picture as PNG, for files that hold no SVG."""

from functools import cache

import resvg_py

from tanzhe.reports.charts.standalone import SVG, standalone

DPI = 300
_NO_SIGN = "\U0010fffd"  # of private use: no letter of any font


def picture(chart: str, *, inches: float) -> bytes | None:
    """A chart in the colours of paper at 300 dots an inch.

    Args:
        chart: the wide picture of a `Drawing`.
        inches: how wide it is printed.

    Returns:
        The PNG; None where no font of this machine has Chinese letters, which would be left out.
    """
    return _drawn(chart, round(inches * DPI)) if has_chinese() else None


def _drawn(chart: str, width: int) -> bytes:
    return resvg_py.svg_to_bytes(svg_string=standalone(chart, printed=True), width=width)


@cache
def has_chinese() -> bool:
    """Whether this machine has a font with Chinese letters: one looks unlike what no font has."""
    seen, unseen = (
        _drawn(
            f'<svg xmlns="{SVG}" class="tz-chart" viewBox="0 0 20 20">'
            f'<text y="16" class="tz-text">{sign}</text></svg>',
            20,
        )
        for sign in ("碳", _NO_SIGN)
    )
    return seen != unseen
