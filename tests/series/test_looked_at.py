"""What `data look` says of figures that are no monthly totals, and rows that nobody measured."""

import csv
import math
from pathlib import Path

import numpy as np
import pytest

from tanzhe.api.series.sources import look_at
from tanzhe.series.table import table_series

MONTHS = [(year, month) for year in range(2014, 2024) for month in range(1, 13)]


def _totals(seed: int) -> list[float]:
    """Growth that wanders, a season, noise, and holidays that move between January and February."""
    random = np.random.default_rng(seed)
    level = np.exp(np.cumsum(random.normal(0, 0.02, len(MONTHS))))
    noise = np.exp(random.normal(0, 0.02, len(MONTHS)))
    season = [1 + 0.2 * math.sin(m / 2) + (0.1 * (y % 3 - 1) if m < 3 else 0) for y, m in MONTHS]
    return [round(float(1000 * v), 3) for v in level * noise * np.array(season)]


TOTALS = _totals(5)


def _table(
    folder: Path, values: list[float], name: str = "碳排放（万吨）", **more: list[str]
) -> Path:
    path = folder / "t.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["月份", name, *more])
        for i, ((y, m), v) in enumerate(zip(MONTHS[-len(values) :], values, strict=True)):
            out.writerow([f"{y}-{m:02d}", v, *(column[i] for column in more.values())])
    return path


def _said(path: Path) -> str:
    return " ".join(words.en for words in look_at(path).judged)


def _growth() -> list[float]:
    return [round(100 * (b / a - 1), 1) for a, b in zip(TOTALS[:-12], TOTALS[12:], strict=True)]


def _since_january(totals: list[float], *, mean: bool) -> list[float]:
    made, total = [], 0.0
    for (_, month), value in zip(MONTHS, totals, strict=True):
        total = value if month == 1 else total + value
        made.append(round(total / month if mean else total, 3))
    return made


@pytest.mark.parametrize(
    ("values", "name", "said"),
    [
        (TOTALS, "碳排放（万吨）", ""),
        (_growth(), "碳排放", "changes or growth rates"),
        (_growth(), "碳排放同比", "同比"),
        (_since_january(TOTALS, mean=False), "碳排放（万吨）", "cumulative"),
        ([*TOTALS[:60], *(v * 1e4 for v in TOTALS[60:])], "碳排放（万吨）", "10,000 times"),
        (TOTALS, "人均碳排放（吨/人）", "no total"),
        (TOTALS, "水泥产量（万吨）", "not emissions"),
        (TOTALS, "CO2 seasonally adjusted (Mt)", "seasonally adjusted"),
    ],
)
def test_a_look_says_what_a_search_would(
    tmp_path: Path, values: list[float], name: str, said: str
) -> None:
    heard = _said(_table(tmp_path, values, name))
    assert (said in heard) if said else not heard


@pytest.mark.parametrize("ahead", ["预测", "预计数", "Projection", "forecast", "规划目标"])
def test_rows_that_nobody_measured_are_left_out_with_a_word(tmp_path: Path, ahead: str) -> None:
    kinds = ["实际"] * (len(TOTALS) - 12) + [ahead] * 12
    path = _table(tmp_path, TOTALS, 说明=kinds)
    series = table_series(path, "云南", "工业")
    assert series.periods[-1] == "2022-12"
    assert "never measured" in " ".join(words.en for words in look_at(path).telling.skipped)


def test_a_table_of_forecasts_alone_is_read(tmp_path: Path) -> None:
    path = _table(tmp_path, TOTALS, 说明=["预测"] * len(TOTALS))
    assert len(table_series(path, "云南", "工业")) == len(TOTALS)


def test_means_since_january_are_remarked_mostly_and_single_months_are_not(tmp_path: Path) -> None:
    drawn = [_totals(seed) for seed in range(20)]
    word = "means since January"
    heard = [word in _said(_table(tmp_path, _since_january(one, mean=True))) for one in drawn]
    assert sum(heard) >= 8
    assert not any(word in _said(_table(tmp_path, one)) for one in drawn)
