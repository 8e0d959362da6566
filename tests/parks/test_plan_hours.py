"""The cheapest storage and shifting by the hour: by hand, and with the storage used after."""

from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from tanzhe.cli.main import cli
from tanzhe.errors import InputError
from tanzhe.meters.hours.matching import Storage, score
from tanzhe.meters.hours.storage import best
from tanzhe.parks.planning.hours import ShiftCost, StorageCost, plan_hours

NONE = np.zeros(24)
LOAD = np.full(24, 10.0)
SUN = np.array([0.0] * 12 + [30.0] * 12)  # half of the load by itself


def test_a_storage_by_hand() -> None:
    """60 kWh of the dark 120 kWh: 60 kWh of capacity and 5 kW; a day of a year of 8760 hours."""
    found = plan_hours(LOAD, SUN, NONE, target=0.75, storage=StorageCost(73, 365, 1.0))
    assert (found.status, found.before, round(found.score, 9)) == ("planned", 0.5, 0.75)
    assert found.capacity_kwh == pytest.approx(60)
    assert found.power_kw == pytest.approx(5)  # 60 kWh over twelve hours, in and out
    assert found.cost_wan_yuan == pytest.approx((73 * 5 + 365 * 60) / 1e4)
    assert found.discharged_kwh == pytest.approx(60 * 365)
    # One more kWh a day: a kWh of capacity and a twelfth of a kW, for a 365th of the year.
    assert found.price_yuan == pytest.approx((365 + 73 / 12) / 365)


def test_losses_are_charged_and_not_delivered() -> None:
    found = plan_hours(LOAD, SUN, NONE, target=0.75, storage=StorageCost(0, 100, 0.5))
    assert found.capacity_kwh == pytest.approx(60)  # what is delivered is what was held
    most = plan_hours(LOAD, SUN * 0.4, NONE, target=0.6, storage=StorageCost(0, 100, 0.5))
    assert most.status == "infeasible"
    assert most.score == pytest.approx((120 + 24 * 0.5) / 240)  # 24 kWh are left over by day


def test_shifting_by_hand_stays_within_its_share_and_its_day() -> None:
    """A tenth of the dark load may move into the sun: 12 kWh a day at 0.05 yuan."""
    found = plan_hours(LOAD, SUN, NONE, target=0.55, shift=ShiftCost(0.1, 0.05))
    assert found.shifted_kwh == pytest.approx(12 * 365)
    assert found.cost_wan_yuan == pytest.approx(12 * 365 * 0.05 / 1e4)
    assert plan_hours(LOAD, SUN, NONE, target=0.56, shift=ShiftCost(0.1, 0.05)).score == (
        pytest.approx(0.55)
    )
    days = [0] * 12 + [1] * 12  # the dark half is a day of its own: nothing may move across
    assert plan_hours(
        LOAD, SUN, NONE, target=0.55, shift=ShiftCost(0.1, 0.05), days=days
    ).score == pytest.approx(0.5)


def test_the_cheaper_of_both_is_taken() -> None:
    storage = StorageCost(0, 365, 1.0)  # a yuan a kWh and day
    cheap = plan_hours(LOAD, SUN, NONE, target=0.55, storage=storage, shift=ShiftCost(0.1, 0.5))
    dear = plan_hours(LOAD, SUN, NONE, target=0.55, storage=storage, shift=ShiftCost(0.1, 2.0))
    assert (cheap.capacity_kwh, dear.shifted_kwh) == (pytest.approx(0), pytest.approx(0, abs=1e-3))
    assert cheap.cost_wan_yuan == pytest.approx(12 * 365 * 0.5 / 1e4)
    assert dear.cost_wan_yuan == pytest.approx(12 * 365 / 1e4)


def test_contracts_charge_no_storage() -> None:
    """As in the matching itself: what is stored comes from direct supply."""
    found = plan_hours(LOAD, NONE, SUN, target=0.6, storage=StorageCost(0, 1, 1.0))
    assert (found.status, found.score) == ("infeasible", pytest.approx(0.5))


def test_what_is_met_needs_nothing_and_a_largest_capacity_holds() -> None:
    assert plan_hours(LOAD, SUN, NONE, target=0.5, storage=StorageCost(1, 1)).cost_wan_yuan == 0
    small = plan_hours(LOAD, SUN, NONE, target=0.75, storage=StorageCost(1, 1, 1.0, 30.0))
    assert (small.status, small.score) == ("infeasible", pytest.approx(0.5 + 30 / 240))


@pytest.mark.parametrize("seed", range(6))
def test_the_storage_that_is_planned_reaches_the_target_when_it_is_used(seed: int) -> None:
    """The optimum of use (`best`) is another program: it must reach the target, and barely."""
    draws = np.random.default_rng(seed)
    load, direct = draws.uniform(5, 15, 96), draws.uniform(0, 30, 96) * draws.integers(0, 2, 96)
    contract = draws.uniform(0, 4, 96)
    cost = StorageCost(40, 70, 0.85)
    bare = float(np.minimum(load, direct + contract).sum() / load.sum())
    found = plan_hours(load, direct, contract, target=bare + 0.04, storage=cost)
    assert found.status == "planned"

    def used(part: float) -> float:
        size, power = found.capacity_kwh * part, found.power_kw * part
        return score(best(load, direct, contract, Storage(power, power, size, 0.85))).score

    assert used(1.0) >= found.target - 1e-7
    assert used(0.99) < found.target


def test_faults_are_told_at_once() -> None:
    with pytest.raises(InputError) as error:
        plan_hours(LOAD, SUN, NONE, target=2, storage=StorageCost(-1, 1), shift=ShiftCost(2, 1))
    assert len(error.value.faults) == 3
    with pytest.raises(InputError, match="没有储能也没有移峰"):
        plan_hours(LOAD, SUN, NONE, target=0.9)


def test_the_command_tells_the_cheapest_way(tmp_path: Path) -> None:
    rows = ["hour_begin,load_kWh,direct_kWh,contract_kWh"]
    rows += [f"2025-06-21T{n:02d}:00+08:00,10,{SUN[n]:g},0" for n in range(24)]
    file = tmp_path / "hours.csv"
    file.write_text("\n".join(rows), encoding="utf-8")
    asked = ["meters", "hours", str(file), "--target", "0.75", "--storage-cost", "73,365,1"]
    done = CliRunner().invoke(cli, [*asked, "--workspace", str(tmp_path)])
    assert "达到 75.00 % 的最低成本：2.23 万元/年" in done.output, done.output
    assert "5.0 kW, 60.0 kWh" in done.output
    none = CliRunner().invoke(cli, [*asked[:5], "--workspace", str(tmp_path)])
    assert isinstance(none.exception, InputError)
