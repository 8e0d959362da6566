"""The parser's table of cases, as an officer would write them."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from tanzhe.text import read_dates, read_quantities

HERE = Path(__file__).parent
REFERENCE = date(2022, 3, 1)


def table(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
    return rows


@pytest.mark.parametrize("row", table("dates.yaml"), ids=lambda row: str(row["文"]))
def test_dates(row: dict[str, Any]) -> None:
    spans = read_dates(str(row["文"]), REFERENCE)
    found = [(s.text, str(s.first_day), str(s.last_day)) for s in spans]
    assert found == [tuple(str(v) for v in one) for one in row["得"]]
    if "精" in row:
        assert spans[0].precision == row["精"]
    if "约" in row:
        assert spans[0].approximate is row["约"]
    if "限" in row:
        assert spans[0].qualifier == row["限"]


@pytest.mark.parametrize("row", table("quantities.yaml"), ids=lambda row: str(row["文"]))
def test_quantities(row: dict[str, Any]) -> None:
    spans = read_quantities(str(row["文"]))
    assert [(s.text, s.unit) for s in spans] == [(one[0], one[2]) for one in row["得"]]
    for span, one in zip(spans, row["得"], strict=True):
        assert span.value == pytest.approx(one[1], rel=1e-5)
    if "限" in row:
        assert spans[0].bound == row["限"]
    if "向" in row:
        assert spans[0].change == row["向"]
    if "到" in row:
        assert spans[0].reached is row["到"]
    if "区间" in row:
        assert [spans[0].low, spans[0].high] == row["区间"]


def test_the_table_is_long_enough() -> None:
    assert len(table("dates.yaml")) + len(table("quantities.yaml")) >= 150
