"""Files in the form of Carbon Monitor's download, made for tests."""

import gzip
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from pathlib import Path

HEAD = "state,date,sector,value,"
SECTORS = ("Industry", "Ground Transport", "Aviation", "Residential", "Power")


def rows(
    first: date = date(2020, 1, 1),
    days: int = 1096,
    states: Iterable[str] = ("Yunnan", "Inner Mongolia", "Gansu"),
    sectors: Iterable[str] = SECTORS,
    value: Callable[[date], float] = lambda day: 0.5,
) -> list[str]:
    dates = [first + timedelta(days=i) for i in range(days)]
    return [
        f"{state},{day:%d/%m/%Y},{sector},{value(day)},"
        for state in states
        for sector in sectors
        for day in dates
    ]


def write(path: Path, lines: list[str], head: str = HEAD) -> Path:
    text = "\n".join([head, *lines]) + "\n"
    data = text.encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path
