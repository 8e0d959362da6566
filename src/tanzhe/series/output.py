"""The packaged output figures of the statistics office: arrays by product.

Source, compilation and rules: src/tanzhe/data/README.md. Read without pandas: start-up matters.
"""

import csv
import gzip
import hashlib
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tanzhe.places import provinces

FILE = "nbs_output.csv.gz"
REVISED = "nbs_output_revised.csv"


class Lines(NamedTuple):
    """The file, split but not yet turned into numbers.

    Attributes:
        periods: YYYY-MM, YYYY-02 for January and February.
        products: lines of each product, by GB/T 2260 code.
        sha256: of the packed bytes.
    """

    periods: tuple[str, ...]
    products: dict[str, dict[str, str]]
    sha256: str


@cache
def lines() -> Lines:
    """The packaged file."""
    packed = files("tanzhe.data").joinpath(FILE).read_bytes()
    head, *body = gzip.decompress(packed).decode("ascii").splitlines()
    products: dict[str, dict[str, str]] = {}
    for line in body:
        product, code, cells = line.split(",", 2)
        products.setdefault(product, {})[code] = cells
    return Lines(tuple(head.split(",")[2:]), products, hashlib.sha256(packed).hexdigest())


@cache
def output(product: str) -> NDArray[np.float64]:
    """Output of a product by province and period.

    Args:
        product: product id.

    Returns:
        Array of shape (31 provinces by GB/T 2260 code, n_periods) in the product's unit, NaN where
        not published; not to be written to.

    Example:
        >>> output("cement").shape
        (31, 110)
    """
    known = lines()
    rows = known.products.get(product, {})
    values = np.full((len(provinces()), len(known.periods)), np.nan)
    for row, place in enumerate(provinces()):
        if place.adcode in rows:
            values[row] = [float(cell or "nan") for cell in rows[place.adcode].split(",")]
    values.flags.writeable = False
    return values


def covered(product: str) -> tuple[int, int]:
    """Positions of the first period and after the last in which any province publishes."""
    some = np.flatnonzero(np.isfinite(output(product)).any(axis=0))
    return (int(some[0]), int(some[-1]) + 1) if some.size else (0, 0)


@cache
def revised_years() -> frozenset[tuple[str, str, int]]:
    """Product, GB/T 2260 code and year whose months were revised by over a tenth afterwards."""
    text = files("tanzhe.data").joinpath(REVISED).read_text(encoding="utf-8")
    return frozenset(
        (row["product"], row["adcode"], int(row["year"]))
        for row in csv.DictReader(text.splitlines())
    )
