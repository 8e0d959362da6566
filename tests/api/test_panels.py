"""Many series at once: the same bytes with one process or two, and refusals as answers."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tanzhe.api.panels import Answer, turning_points_of_all


@pytest.fixture
def table(tmp_path: Path) -> Path:
    rng = np.random.default_rng(2)
    months = pd.period_range("2018-01", "2021-12", freq="M").astype(str)
    rows = [
        (month, np.exp(rng.normal(0, 0.03) - 0.4 * (region == "云南" and t >= 25)), region, sector)
        for sector in ("industry", "power")
        for region in ("云南", "江苏", "甘肃")
        for t, month in enumerate(months)
    ]
    path = tmp_path / "table.csv"
    pd.DataFrame(rows, columns=["date", "value", "region", "sector"]).to_csv(path, index=False)
    return path


# When it was computed stands in every manifest.
WHEN = {"manifest": True, "found": {"manifest"}, "peak": {"manifest"}}


def said(answers: list[Answer]) -> list[object]:
    return [
        (
            a.region,
            a.sector,
            a.refused,
            # An answer without points is empty, and not None.
            None if a.points is None else a.points.model_dump(exclude=WHEN),
        )
        for a in answers
    ]


def test_one_process_or_two_say_the_same(table: Path) -> None:
    regions, sectors = ["云南", "江苏", "海南"], ["industry", "power"]
    once = turning_points_of_all(regions, sectors, table)
    twice = turning_points_of_all(regions, sectors, table, processes=2)
    assert said(once) == said(twice)
    assert [(a.region, a.points is None) for a in once] == [
        ("云南", False), ("江苏", False), ("海南", True),
    ] * 2  # fmt: skip
    assert once[0].points is not None and once[0].points[0].date[:4] == "2020"
    assert once[2].refused
