"""Weak points of made-up loads: what was planted is found and sized, what is well is not."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from tanzhe.api.meters.readings import add_readings, open_store
from tanzhe.api.meters.weak import WeakPoints, weak_points
from tanzhe.cli.main import cli
from tanzhe.meters.store import Store
from tanzhe.periods import is_rest_day

FIRST = datetime(2025, 2, 28, 16, tzinfo=UTC)  # 1 March in Beijing; no Spring Festival near
DAYS = 153  # to the end of July
HEAD = "表号,企业,能源品种,单位,上级表,倍率,供应方式,类型"


def day_and_night(at: datetime, *, night: float, work: float, rest: float | None = None) -> float:
    local = at + timedelta(hours=8)
    if is_rest_day(local.date()):
        return night if rest is None else rest
    return work if 8 <= local.hour < 18 else night


LOADS: dict[str, Callable[[datetime], float]] = {
    "好": lambda at: day_and_night(at, night=20, work=100),
    "夜耗": lambda at: day_and_night(at, night=60, work=100),
    "连续": lambda at: 500.0,
    "抬升": lambda at: 400.0 + (80.0 if at >= FIRST + timedelta(days=86) else 0.0),
    "尖峰": lambda at: 400.0 if 10 <= (at + timedelta(hours=8)).hour < 13 else 20.0,
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("weak")
    meters = [f"{name},厂{name},电力,kWh,,1,网购电,区间" for name in LOADS]
    (folder / "list.csv").write_text("\n".join([HEAD, *meters]), encoding="utf-8")
    rng = np.random.default_rng(5)
    rows = ["meter,time,energy"]
    for name, load in LOADS.items():
        for hour in range(DAYS * 24):
            at = FIRST + timedelta(hours=hour)
            local = at + timedelta(hours=8)
            rows.append(f"{name},{local:%Y-%m-%d %H:%M},{load(at) * rng.normal(1, 0.01):.3f}")
    (folder / "readings.csv").write_text("\n".join(rows), encoding="utf-8")
    store = open_store(folder / "workspace")
    add_readings(store, [folder / "list.csv", folder / "readings.csv"])
    return folder


@pytest.fixture(scope="module")
def found(folder: Path) -> WeakPoints:
    return weak_points(open_store(folder / "workspace"))


def kinds(found: WeakPoints, who: str) -> set[str]:
    return {one.kind for one in found.points if one.who == who}


def test_what_was_planted_is_found_and_nothing_else(found: WeakPoints) -> None:
    assert kinds(found, "好") == set() and kinds(found, "连续") == set()
    assert kinds(found, "夜耗") == {"night", "rest"}
    assert kinds(found, "抬升") == {"rise"}
    assert kinds(found, "尖峰") == {"load_factor"}
    assert found.meters == 5 and found.short == ()


def test_amounts_by_hand(found: WeakPoints) -> None:
    night = next(one for one in found.points if one.kind == "night")
    # 60 kW at night less 30 % of 100 kW, six hours a day over a year
    assert night.kwh == pytest.approx(30 * 6 * 365, rel=0.02)
    assert night.tco2 == pytest.approx(night.kwh * 0.8325 / 1000)
    rise = next(one for one in found.points if one.kind == "rise")
    assert rise.kwh == pytest.approx(80 * 8760, rel=0.05) and "2025-05-2" in rise.told.zh
    ranked = [one.tco2 for one in found.points if one.tco2 is not None]
    assert ranked == sorted(ranked, reverse=True) and found.points[-1].tco2 is None


def test_products_firms_and_costs(folder: Path) -> None:
    park = {
        "name": "示例", "region": "云南", "year": 2025, "equivalence_kgce_per_kwh": 0.3,
        "electricity": [{"supply": "grid", "kwh": 3e7, "firm": "厂夜耗"},
                        {"supply": "grid", "kwh": 1e6, "firm": "厂好"}],
        "products": [{"product": "熟料", "metric": "综合能耗", "output": 1e6, "energy": 120000,
                      "energy_unit": "tce", "electricity_basis": "calorific",
                      "enterprise": "厂夜耗"}],
    }  # fmt: skip
    (folder / "park.json").write_text(json.dumps(park, ensure_ascii=False), encoding="utf-8")
    measures = [{"名称": "厂夜耗空压机停机", "类型": "节能", "潜力": 1000, "单位": "MWh",
                 "单位成本": 20, "台账行": "网购电"}]  # fmt: skip
    (folder / "m.json").write_text(json.dumps({"措施": measures}, ensure_ascii=False), "utf-8")
    done = CliRunner().invoke(
        cli, ["meters", "weak", "--park", str(folder / "park.json"), "--measures",
              str(folder / "m.json"), "--json", "--workspace", str(folder / "workspace")]
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    told = json.loads(done.output)
    assert told["key_firms"] == {"厂夜耗": 9000.0}
    of_kind = {one["kind"]: one for one in told["points"]}
    assert of_kind["limit"]["tce"] == pytest.approx((120 - 107) * 1e6 / 1000, rel=0.2)
    night = of_kind["night"]
    assert night["cost"] == pytest.approx(night["kwh"] / 1000 * 20 / 1e4)
    assert night["measure"] == "厂夜耗空压机停机" and of_kind["diagnosis"]["who"] == "厂夜耗"


def test_no_readings_and_no_park_is_asked(tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["meters", "weak", "--workspace", str(tmp_path), "--json"])
    assert done.exit_code == 2 and json.loads(done.stdout)["errors"]
    assert isinstance(open_store(tmp_path), Store)


def test_make_up_workdays_are_work_and_bridge_days_rest() -> None:
    """By the arrangements of holidays for 2024 and 2025; a year that is not known goes by rule."""
    work = ["2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11", "2024-05-11"]
    rest = ["2025-01-28", "2025-05-02", "2025-06-02", "2025-10-08", "2024-05-03", "2025-04-04"]
    assert not any(is_rest_day(date.fromisoformat(one)) for one in work)
    assert all(is_rest_day(date.fromisoformat(one)) for one in rest)
    assert is_rest_day(date(2030, 10, 1)) and not is_rest_day(date(2030, 10, 8))


def test_every_year_has_as_many_days_of_rest_as_the_law_gives() -> None:
    """Weekends and eleven days by law, thirteen from 2025; what is bridged is made up for."""
    for year in range(2010, 2027):
        days = [date(year, 1, 1) + timedelta(days=n) for n in range(365 + (year % 4 == 0))]
        weekends = sum(one.weekday() >= 5 for one in days)
        extra = sum(is_rest_day(one) for one in days) - weekends
        # A bridge at the end of December may be made up for in the year before or after.
        assert abs(extra - (13 if year >= 2025 else 11)) <= 3, (year, extra)
