"""Targets against measured series: probabilities from the trend, and when there are none."""

import numpy as np
import pytest

from tanzhe.errors import InputError
from tanzhe.model import Series
from tanzhe.tracking.items import Item
from tanzhe.tracking.targets import judged


def series(values: list[float], first: int = 2018, frequency: str = "month") -> Series:
    if frequency == "year":
        periods = [str(first + at) for at in range(len(values))]
    else:
        periods = [f"{first + at // 12}-{at % 12 + 1:02d}" for at in range(len(values))]
    return Series.model_validate(
        {"region": "甲园", "sector": "industry", "unit": "tCO2", "frequency": frequency,
         "periods": periods, "values": values, "source": "a.csv", "vintage": "", "sha256": "0"}
    )  # fmt: skip


def target(**fields: object) -> Item:
    tree = {"id": "G1", "kind": "target", "title": "排放", "operator": "<=", "by": "2026"}
    return Item.model_validate({**tree, **fields})


def falling(months: int, percent: float, noise: float = 0.01) -> list[float]:
    rng = np.random.default_rng(7)
    trend = (1 + percent / 100) ** (np.arange(months) / 12)
    season = 1 + 0.1 * np.sin(2 * np.pi * np.arange(months) / 12)
    return list(100 * trend * season * np.exp(noise * rng.standard_normal(months)))


def test_a_steady_fall_reaches_what_lies_above_it_and_misses_what_lies_below() -> None:
    data = series(falling(96, -5))  # 2018 to 2025; 2026 would be about 785
    easy, hard = judged(target(value=900), data), judged(target(value=650), data)
    assert (easy.outlook, hard.outlook) == ("on_track", "behind")
    assert easy.probability is not None and easy.probability > 0.95
    straight = sum(falling(108, -5, 0)[96:])
    chances = [
        judged(target(value=straight * f), data).probability or 0 for f in (0.98, 1.01, 1.04)
    ]
    assert chances == sorted(chances) and chances[0] <= 0.2 and chances[2] >= 0.8
    assert judged(target(value=straight * 1.01), data).outlook == "open"
    assert "模拟路径" in easy.how.zh and easy.until == "2025-12"


def test_months_of_the_target_year_that_are_known_count() -> None:
    values = falling(96, 0, 0.0) + [300.0] * 6  # half of 2026 measured, three times as much
    assert judged(target(value=2000), series(values)).outlook == "behind"


def test_a_change_counts_from_its_base_year() -> None:
    data = series([100.0, 98.0, 95.0, 93.0, 90.0, 88.0, 86.0, 83.0, 81.0], 2017, "year")
    found = judged(target(value=18, change="down", base_year=2020, by="2030"), data)
    assert found.wanted == pytest.approx(93.0 * 0.82)
    assert found.outlook == "on_track" and "直线" in found.how.zh
    grown = judged(target(value=5, change="up", base_year=2020, by="2030", operator=">="), data)
    assert grown.outlook == "behind"
    with pytest.raises(InputError, match="基准年 2010"):
        judged(target(value=18, change="down", base_year=2010), data)


def test_a_year_that_is_over_is_reached_or_missed() -> None:
    data = series([100.0] * 12, 2026)
    assert judged(target(value=1200), data).outlook == "reached"
    assert judged(target(value=1199), data).outlook == "missed"
    mean = judged(target(value=100, yearly="mean"), data)
    assert (mean.outlook, mean.now) == ("reached", 100)


def test_few_months_give_no_probability() -> None:
    found = judged(target(value=900), series([80.0] * 7, 2026))
    assert (found.outlook, found.probability) == ("open", None) and "不足 8 期" in found.how.zh


@pytest.mark.parametrize("bad", [{"value": None}, {"value": 5, "by": ""}])
def test_a_target_without_number_or_year_is_asked(bad: dict[str, object]) -> None:
    with pytest.raises(InputError, match="没有数值或年份"):
        judged(target(**bad), series(falling(60, -1)))
