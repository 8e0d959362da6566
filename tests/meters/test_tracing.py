"""Tracing: published networks, energy conserved on random ones, and an independent solution."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from click.testing import CliRunner

from tanzhe.api.meters.tracing import trace_power
from tanzhe.cli.main import cli
from tanzhe.errors import InputError
from tanzhe.meters.network import Generator, Line, Network
from tanzhe.meters.tracing import Traced, trace

CASES = yaml.safe_load(
    (Path(__file__).parents[1] / "rules" / "tracing.yaml").read_text(encoding="utf-8")
)


def written(folder: Path, case: dict[str, Any]) -> list[Path]:
    tables = (
        ("b.csv", "bus,generation_MW,load_MW", case["节点"]),
        ("l.csv", "from,to,MW_sent,MW_received", case["线路"]),
    )
    for name, head, rows in tables:
        text = "\n".join([head, *(",".join(map(str, row)) for row in rows)])
        (folder / name).write_text(text + "\n", encoding="utf-8")
    return [folder / "b.csv", folder / "l.csv"]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["名称"])
def test_case(case: dict[str, Any], tmp_path: Path) -> None:
    files = written(tmp_path, case)
    if "拒绝" in case:
        with pytest.raises(InputError) as caught:
            trace_power(files)
        assert [one.where for one in caught.value.faults] == case["拒绝"]
        return
    found = trace_power(files)
    mixes: dict[str, dict[str, float]] = {}
    for one in found.mixes:
        mixes.setdefault(one.bus, {})[one.generator] = one.amount
    assert set(mixes) == set(case["应得"])
    for bus, wanted in case["应得"].items():
        assert mixes[bus] == pytest.approx(wanted, abs=5e-4), bus
    for bus, lost in case.get("损耗", {}).items():
        assert found.losses[bus, ""] == pytest.approx(lost, abs=5e-4)
    assert list(found.dead) == case.get("无潮流", [])
    assert_conserved(found)


def assert_conserved(found: Traced) -> None:
    for key, made in found.generated.items():
        used = sum(m.amount for m in found.mixes if (m.generator, m.source) == key)
        assert used + found.losses[key] == pytest.approx(made, rel=1e-9, abs=1e-9)


def random_network(rng: np.random.Generator) -> Network:
    """Flows drawn first, loops among them; generation and load are what balances each bus."""
    count = int(rng.integers(3, 12))
    buses = tuple(f"b{number}" for number in range(count))
    lines = []
    for _ in range(int(rng.integers(count, 3 * count))):
        start, end = rng.choice(count, 2, replace=False)
        sent = float(rng.uniform(1, 100))
        lines.append(Line(buses[start], buses[end], sent, sent * float(rng.uniform(0.9, 1))))
    made, loads = [], {}
    for bus in buses:
        rest = sum(x.received for x in lines if x.end == bus) - sum(
            x.sent for x in lines if x.start == bus
        )
        own = float(rng.uniform(0, 50))
        load = max(0.0, rest) + own
        loads[bus] = load
        made.append(Generator(bus, "", load - rest, float(rng.uniform(0, 1))))
    return Network("", "MW", buses, tuple(one for one in made if one.amount > 0), loads,
                   tuple(lines))  # fmt: skip


def by_paths(network: Network) -> dict[tuple[str, str], float]:
    """Loads by generator found by following each unit of power on until nothing is left."""
    through = {
        bus: sum(g.amount for g in network.generators if g.bus == bus)
        + sum(x.received for x in network.lines if x.end == bus)
        for bus in network.buses
    }
    found: dict[tuple[str, str], float] = {}
    for one in network.generators:
        here = {one.bus: one.amount}
        for _ in range(3000):
            there: dict[str, float] = {}
            for bus, amount in here.items():
                share = amount / through[bus]
                key = bus, one.bus
                found[key] = found.get(key, 0.0) + share * network.loads[bus]
                for line in (x for x in network.lines if x.start == bus):
                    there[line.end] = there.get(line.end, 0.0) + share * line.received
            here = {bus: amount for bus, amount in there.items() if amount > 1e-13}
            if not here:
                break
    return found


def test_energy_is_conserved_on_200_random_networks_and_equals_the_paths() -> None:
    rng = np.random.default_rng(11)
    for number in range(200):
        network = random_network(rng)
        found = trace([network])
        assert_conserved(found)
        assert sum(one.amount for one in found.mixes) + sum(found.losses.values()) == (
            pytest.approx(sum(g.amount for g in network.generators), rel=1e-12)
        )
        if number < 20:
            paths = by_paths(network)
            for one in found.mixes:
                assert one.amount == pytest.approx(paths[one.bus, one.generator], rel=1e-8)


def test_hours_add_up_and_factors_follow_the_mix(tmp_path: Path) -> None:
    (tmp_path / "节点.csv").write_text(
        "时间,节点,发电_MWh,负荷_MWh,电源,排放因子_kgCO2_per_kWh\n"
        "01:00,水电站,80,0,水电,0\n01:00,煤电厂,20,0,煤电,0.8\n01:00,园区,0,100,,\n"
        "02:00,水电站,20,0,水电,0\n02:00,煤电厂,80,0,煤电,0.8\n02:00,园区,0,100,,\n",
        encoding="utf-8",
    )
    (tmp_path / "线路.csv").write_text(
        "时间,起点,终点,送出_MWh\n01:00,水电站,园区,80\n01:00,煤电厂,园区,20\n"
        "02:00,水电站,园区,20\n02:00,煤电厂,园区,80\n",
        encoding="utf-8",
    )
    files = [str(tmp_path / "节点.csv"), str(tmp_path / "线路.csv")]
    told = json.loads(CliRunner().invoke(cli, ["power", "trace", *files, "--json"]).output)
    assert (told["hours"], told["unit"]) == (2, "MWh")
    assert {one["source"]: one["amount"] for one in told["loads"]} == pytest.approx(
        {"水电": 100, "煤电": 100}
    )
    assert told["factors"]["园区"] == pytest.approx(0.4)
    same = CliRunner().invoke(cli, ["meters", "trace", *files, "--json"]).output
    assert json.loads(same) == told
    assert "附件4" in CliRunner().invoke(cli, ["power", "trace", *files]).output


def test_the_command_for_provinces_is_as_it_was() -> None:
    assert CliRunner().invoke(cli, ["power", "trace"]).exit_code == 2
    assert CliRunner().invoke(cli, ["power", "四川", "多余"]).exit_code == 2


@pytest.mark.parametrize(
    ("unit", "factor", "want"),
    [("kWh", "排放因子(g/kWh)", 0.0005), ("MWh", "排放因子(tCO2/MWh)", 0.5), ("MW", "factor", 0.5)],
)
def test_a_factor_is_read_in_the_unit_of_its_heading(
    tmp_path: Path, unit: str, factor: str, want: float
) -> None:
    buses, lines = tmp_path / "b.csv", tmp_path / "l.csv"
    buses.write_text(
        f"节点,电源,发电({unit}),负荷({unit}),{factor}\nA,煤,60,0,0.8\nA,光,40,0,0.05\nB,,0,100,\n",
        encoding="utf-8",
    )
    lines.write_text(f"起点,终点,送出({unit}),受入({unit})\nA,B,100,100\n", encoding="utf-8")
    assert trace_power([buses, lines]).factors["B"] == pytest.approx(want)
    high = buses.read_text(encoding="utf-8").replace("0.8", "8000")
    buses.write_text(high, encoding="utf-8")
    with pytest.raises(InputError, match="太大"):
        trace_power([buses, lines])
