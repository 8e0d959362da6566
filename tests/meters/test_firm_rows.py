"""The ledger by firm: parts that add up to the meter, or one row that says why there are none."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tanzhe.api.meters.readings import add_readings, meter_ledger
from tanzhe.api.parks.assessment import assess
from tanzhe.meters.shares import _apportioned
from tanzhe.meters.store import Store

HEAD = "表号,企业,能源品种,单位,上级表,倍率,供应方式,发电类型,启用,停用"
TIMES = ["2025-01-01 00:00", *(f"2025-{month:02d}-01 00:00" for month in range(2, 13)),
         "2026-01-01 00:00"]  # fmt: skip
# What each meter counts a month, kWh.
Monthly = dict[str, float]


def ledger_of(folder: Path, meters: list[str], monthly: Monthly, *, by_firm: bool = True,
              without: tuple[str, ...] = ()) -> list[dict[str, Any]]:  # fmt: skip
    (folder / "list.csv").write_text("\n".join([HEAD, *meters]) + "\n", encoding="utf-8")
    rows = [
        f"{name},{time},{at * one:.6f}"
        for name, one in monthly.items()
        for at, time in enumerate(TIMES)
        if not (name in without and at == 5)
    ]
    (folder / "readings.csv").write_text("\n".join(["meter,time,reading", *rows]), encoding="utf-8")
    store = Store(folder / "store")
    add_readings(store, [folder / "list.csv", folder / "readings.csv"])
    return [one.row for one in meter_ledger(store, 2025, by_firm=by_firm).rows]


GRID = "E,园区,电力,kWh,,1,网购电,,2025-01-01,"
A, B = "A,甲,电力,kWh,E,1,,,2025-01-01,", "B,乙,电力,kWh,E,1,,,2025-01-01,"


def parts(rows: list[dict[str, Any]]) -> dict[str, float]:
    return {row.get("firm", ""): row["kwh"] for row in rows}


def test_firms_have_what_their_meters_counted_and_the_park_what_is_left(tmp_path: Path) -> None:
    rows = ledger_of(tmp_path, [GRID, A, B], {"E": 100.1, "A": 60.3, "B": 37.2})
    assert parts(rows) == {"园区": pytest.approx(31.2), "甲": 723.6, "乙": 446.4}
    assert sum(row["kwh"] for row in rows) == pytest.approx(1201.2, abs=1e-9)
    assert "企业表 A" in next(row["evidence"] for row in rows if row["firm"] == "甲")


def test_without_by_firm_one_row_that_names_no_firm_of_several(tmp_path: Path) -> None:
    (row,) = ledger_of(tmp_path, [GRID, A], {"E": 100.0, "A": 60.0}, by_firm=False)
    assert row["kwh"] == 1200 and "firm" not in row


def test_a_meter_of_one_firm_names_it(tmp_path: Path) -> None:
    inner = "A1,甲,电力,kWh,A,1,,,2025-01-01,"
    (row,) = ledger_of(
        tmp_path, ["A,甲,电力,kWh,,1,网购电,,2025-01-01,", inner], {"A": 50.0, "A1": 20.0},
        by_firm=False,
    )  # fmt: skip
    assert row["firm"] == "甲" and row["id"] == "meter-A"


def test_common_power_behind_the_meter_is_shared_out_by_use(tmp_path: Path) -> None:
    roof = "P,园区,电力,kWh,E,1,自发自用,非化石能源,2025-01-01,"
    rows = ledger_of(tmp_path, [GRID, A, B, roof], {"E": 100.0, "A": 90.0, "B": 30.0, "P": 20.0})
    grid = {row["firm"]: row["kwh"] for row in rows if row["supply"] == "grid"}
    made = {row["firm"]: row["kwh"] for row in rows if row["supply"] == "onsite"}
    assert grid == {"甲": 900.0, "乙": 300.0}
    assert made == {"甲": 180.0, "乙": 60.0}
    assert all("按各企业用量的比例分摊" in row["evidence"] for row in rows)


def test_a_firms_own_roof_counts_for_it(tmp_path: Path) -> None:
    roof = "P,甲,电力,kWh,E,1,自发自用,非化石能源,2025-01-01,"
    rows = ledger_of(tmp_path, [GRID, A, B, roof], {"E": 100.0, "A": 90.0, "B": 30.0, "P": 20.0})
    grid = {row["firm"]: row["kwh"] for row in rows if row["supply"] == "grid"}
    assert grid == {"甲": 840.0, "乙": 360.0}
    assert [row["firm"] for row in rows if row["supply"] == "onsite"] == ["甲"]


def test_a_firm_behind_another_firm(tmp_path: Path) -> None:
    tenant = "A2,丙,电力,kWh,A,1,,,2025-01-01,"
    rows = ledger_of(tmp_path, [GRID, A, B, tenant],
                     {"E": 100.0, "A": 60.0, "B": 40.0, "A2": 25.0})  # fmt: skip
    assert parts(rows) == {"甲": 420.0, "乙": 480.0, "丙": 300.0}


def test_a_meter_that_took_anothers_place_belongs_to_the_same_firm(tmp_path: Path) -> None:
    first = "A,甲,电力,kWh,E,1,,,2025-01-01,2025-06-30"
    second = "A9,甲,电力,kWh,E,1,,,2025-07-01,"
    folder = tmp_path
    (folder / "list.csv").write_text("\n".join([HEAD, GRID, first, second]), encoding="utf-8")
    rows = [f"E,{time},{100 * at}" for at, time in enumerate(TIMES)]
    rows += [f"A,{time},{60 * at}" for at, time in enumerate(TIMES[:7])]
    rows += [f"A9,{time},{30 * at}" for at, time in enumerate(TIMES[6:])]
    (folder / "r.csv").write_text("\n".join(["meter,time,reading", *rows]), encoding="utf-8")
    store = Store(folder / "store")
    add_readings(store, [folder / "list.csv", folder / "r.csv"])
    made = [one.row for one in meter_ledger(store, 2025, by_firm=True).rows]
    assert parts(made) == {"园区": 660.0, "甲": 540.0}


@pytest.mark.parametrize(
    ("monthly", "without", "why"),
    [
        ({"E": 100.0, "A": 60.0, "B": 50.0}, (), "下级表之和多于上级表"),
        ({"E": 100.0, "A": 60.0, "B": 30.0}, ("A",), "A 的读数不完整"),
    ],
)
def test_what_cannot_be_shared_out_says_why(
    tmp_path: Path, monthly: Monthly, without: tuple[str, ...], why: str
) -> None:
    (row,) = ledger_of(tmp_path, [GRID, A, B], monthly, without=without)
    assert row["kwh"] == 1200 and "firm" not in row
    assert why in row["evidence"]


def test_the_account_by_firm_adds_up_to_the_account(tmp_path: Path) -> None:
    rows = ledger_of(tmp_path, [GRID, A, B], {"E": 1e6, "A": 6e5, "B": 3.7e5})
    park = {"name": "示例", "region": "云南", "year": 2025, "equivalence_kgce_per_kwh": 0.3}
    told = assess({**park, "electricity": rows})
    assert [one.name for one in told.firms] == ["园区", "乙", "甲"]
    assert sum(one.emissions.total for one in told.firms) == pytest.approx(12e6 * 0.8325 / 1000)


@settings(max_examples=60)
@given(st.integers(0, 10**12), st.lists(st.integers(0, 10**9), min_size=1, max_size=8))
def test_parts_are_whole_and_lose_nothing(amount: int, used: list[int]) -> None:
    found = _apportioned(amount, {str(at): one for at, one in enumerate(used)})
    assert sum(found.values()) == amount and min(found.values()) >= 0
