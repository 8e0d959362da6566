"""How often fresh episodes were still told later, as measured on the built-in data."""

import csv
from functools import lru_cache
from importlib.resources import files

from tanzhe.model.episode import STABILITY_AGES, Stability

# A share of fewer cases than this says too little to be told.
FEWEST = 20
# What is told of a fresh episode: whether it was still told a year later, eleven periods.
A_YEAR = 11


def stability_of(*, lasting: bool, band: str, age: int) -> Stability | None:
    """How often episodes like a fresh one were still told a year later.

    Args:
        lasting: whether it is told to last more than a period.
        band: as told.
        age: periods from its start to the end of the series, 0 to 11.

    Returns:
        That of its age, else of all ages together; None where it is no longer fresh or too few
        like it were seen.

    Example:
        >>> found = stability_of(lasting=True, band="established", age=3)
        >>> found is not None and found.kept > 0.5
        True
    """
    if not 0 <= age <= STABILITY_AGES[-1]:
        return None
    youngest = max(one for one in STABILITY_AGES if one <= age)
    measured = _measured()
    return measured.get((lasting, band, str(youngest))) or measured.get((lasting, band, "all"))


@lru_cache(maxsize=1)
def _measured() -> dict[tuple[bool, str, str], Stability]:
    text = files("tanzhe.data").joinpath("episode_stability.csv").read_text(encoding="utf-8")
    return {
        (row["lasting"] == "1", row["band"], row["age"]): Stability(
            kept=float(row["kept"]),
            moved=float(row["moved"] or 0),
            rebanded=float(row["rebanded"] or 0),
            later=A_YEAR,
            n=int(row["n"]),
        )
        for row in csv.DictReader(text.splitlines())
        if int(row["later"]) == A_YEAR and int(row["n"]) >= FEWEST
    }
