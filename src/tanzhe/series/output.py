"""Output figures of the statistics office by product, province and period.

The packaged ones (source, compilation and rules: src/tanzhe/data/README.md) and, in a workspace,
what a user's downloads add to them. Read without pandas: start-up matters.
"""

import gzip
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from tanzhe import bundled
from tanzhe.places import provinces

FILE = "nbs_output.csv.gz"
REVISED = "nbs_output_revised.csv"

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Output:
    """Output of products by province and period.

    Attributes:
        vintage: what it calls itself.
        periods: YYYY-MM, YYYY-02 for January and February.
        products: product ids.
        sha256: of everything it rests on.
        revised: product, GB/T 2260 code and year whose months were revised by over a tenth
            afterwards.
        packaged: how many of the periods are the packaged ones.
        read: output of a product, shape (31 provinces by GB/T 2260 code, n_periods) in the
            product's unit, NaN where not published; not to be written to.
    """

    vintage: str
    periods: tuple[str, ...]
    products: tuple[str, ...]
    sha256: str
    revised: frozenset[tuple[str, str, int]]
    packaged: int
    read: Callable[[str], Floats]


# Outputs of workspaces by sha256: a series made from one of them finds its products there.
_USED: dict[str, Output] = {}


def remembered(of: Output) -> Output:
    """The same output, to be found again by its sha256 in this process."""
    return _USED.setdefault(of.sha256, of)


def output_of(sha256: str) -> Output:
    """The output a series was made from, by its sha256; the packaged one where none is known."""
    return _USED.get(sha256, packaged())


@cache
def packaged() -> Output:
    """The packaged figures."""
    packed = files("tanzhe.data").joinpath(FILE).read_bytes()
    head, *body = gzip.decompress(packed).decode("ascii").splitlines()
    periods = tuple(head.split(",")[2:])
    lines: dict[str, dict[str, str]] = {}
    for line in body:
        product, code, cells = line.split(",", 2)
        lines.setdefault(product, {})[code] = cells

    @cache
    def read(product: str) -> Floats:
        rows = lines.get(product, {})
        values = np.full((len(provinces()), len(periods)), np.nan)
        for row, place in enumerate(provinces()):
            if place.adcode in rows:
                values[row] = [float(cell or "nan") for cell in rows[place.adcode].split(",")]
        values.flags.writeable = False
        return values

    return Output(
        vintage=f"{periods[0]}..{periods[-1]}",
        periods=periods,
        products=tuple(lines),
        sha256=hashlib.sha256(packed).hexdigest(),
        revised=_revised(),
        packaged=len(periods),
        read=read,
    )


def _revised() -> frozenset[tuple[str, str, int]]:
    return frozenset(
        (row["product"], row["adcode"], int(row["year"]))
        for row in bundled.rows("tanzhe.data", REVISED)
    )


def output(product: str, of: Output | None = None) -> Floats:
    """Output of a product by province and period.

    Args:
        product: product id.
        of: the figures of a workspace; None: the packaged ones.

    Returns:
        Array of shape (31 provinces by GB/T 2260 code, n_periods) in the product's unit, NaN where
        not published; not to be written to.

    Example:
        >>> output("cement").shape
        (31, 110)
    """
    return (of or packaged()).read(product)


def covered(product: str, of: Output | None = None) -> tuple[int, int]:
    """Positions of the first period and after the last in which any province publishes."""
    some = np.flatnonzero(np.isfinite(output(product, of)).any(axis=0))
    return (int(some[0]), int(some[-1]) + 1) if some.size else (0, 0)
