"""Storage and shifting for the hours beside PyPSA: the same data, the same question.

    python bench/storage.py [--peer PYTHON] [--hours 8760] [--seed 5]

PYTHON is the interpreter of an environment of its own with pypsa and highspy; it is no dependency.
Without it our own figures are printed alone. Compared: the most load that a given storage covers
(the worked day of PLATFORM and made-up hours), and the least cost at which an extendable storage
reaches a share of the load.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from tanzhe.meters.hours.matching import Storage, score
from tanzhe.meters.hours.storage import best
from tanzhe.meters.hours.tables import read_hours
from tanzhe.parks.planning.hours import ShiftCost, StorageCost, plan_hours
from tanzhe.tables.files import read_grids

DAY = Path(__file__).parents[2] / "shared" / "data" / "meter_samples" / "13_hours24.csv"
EXAMPLE = Path(__file__).parents[1] / "src" / "tanzhe" / "data" / "example" / "hours.csv"
COST = StorageCost(60.0, 100.0, 0.9)
# What PyPSA is asked; its storage charges from what direct supply leaves, as ours does.
PEER = """
import json, logging, sys, time
logging.disable(logging.CRITICAL)
import pypsa
case = json.load(sys.stdin)
began = time.perf_counter()
n = pypsa.Network()
n.set_snapshots(range(len(case["load"])))
n.add("Carrier", "grid", co2_emissions=1.0)
for bus in ("load", "direct", "store"):
    n.add("Bus", bus)
n.add("Load", "load", bus="load", p_set=case["load"])
top = max(max(case["direct"]), max(case["contract"]), 1.0)
used = [min(x, y) for x, y in zip(case["direct"], case["load"])]
spare = [x - y for x, y in zip(case["direct"], used)]
n.add("Generator", "used", bus="load", p_nom=top, p_max_pu=[x / top for x in used])
n.add("Generator", "spare", bus="direct", p_nom=top, p_max_pu=[x / top for x in spare])
n.add("Generator", "contract", bus="load", p_nom=top,
      p_max_pu=[x / top for x in case["contract"]])
n.add("Generator", "grid", bus="load", carrier="grid", p_nom=1e6 * top,
      marginal_cost=case["grid_cost"])
sizes = case["storage"]
if "cost" in case:
    part = len(case["load"]) / 8760
    power, energy = (one * part for one in case["cost"])
    n.add("Link", "charge", bus0="direct", bus1="store", p_nom_extendable=True,
          efficiency=sizes["efficiency"])
    n.add("Link", "discharge", bus0="store", bus1="load", p_nom_extendable=True,
          capital_cost=power)
    n.add("Store", "store", bus="store", e_nom_extendable=True, e_cyclic=True,
          capital_cost=energy)
    n.add("GlobalConstraint", "grid", type="primary_energy", carrier_attribute="co2_emissions",
          sense="<=", constant=(1 - case["target"]) * sum(case["load"]))
else:
    n.add("Link", "charge", bus0="direct", bus1="store", p_nom=sizes["charge"],
          efficiency=sizes["efficiency"])
    n.add("Link", "discharge", bus0="store", bus1="load", p_nom=sizes["discharge"])
    n.add("Store", "store", bus="store", e_nom=sizes["capacity"], e_cyclic=True)


def one_converter(n, snapshots):
    # A battery has one converter: what it charges with it discharges with.
    if "cost" in case:
        m = n.model
        sizes = m.variables["Link-p_nom"]
        m.add_constraints(sizes.loc["charge"] - sizes.loc["discharge"] == 0, name="converter")


status = n.optimize(solver_name="highs", extra_functionality=one_converter,
                    solver_options={"output_flag": False, "threads": 1})
grid = float(n.generators_t.p["grid"].sum())
print(json.dumps({
    "status": str(status), "score": 1 - grid / sum(case["load"]),
    "cost": float(n.objective) - case["grid_cost"] * grid,
    "power": float(n.links.p_nom_opt["discharge"]), "capacity": float(n.stores.e_nom_opt["store"]),
    "seconds": time.perf_counter() - began, "version": pypsa.__version__}))
"""


def made(hours: int, seed: int) -> dict[str, list[float]]:
    """A load of two shifts, sun by day and wind by weeks, kWh an hour."""
    draws = np.random.default_rng(seed)
    at = np.arange(hours)
    load = 900 + 300 * ((at % 24 > 7) & (at % 24 < 22)) + draws.normal(0, 40, hours)
    sun = np.clip(np.sin((at % 24 - 6) / 12 * np.pi), 0, None) * draws.uniform(0.3, 1, hours)
    wind = np.clip(np.convolve(draws.normal(0.5, 1.2, hours), np.ones(30) / 30, "same"), 0, None)
    return {
        "load": np.clip(load, 1, None).round(3).tolist(),
        "direct": (2600 * sun).round(3).tolist(),
        "contract": (900 * wind).round(3).tolist(),
    }


def asked(peer: str | None, case: Mapping[str, object]) -> dict[str, float]:
    """What PyPSA says of a case; nothing without it."""
    if peer is None:
        return {}
    done = subprocess.run(
        [peer, "-c", PEER], input=json.dumps(case), capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(done.stderr[-2000:])
    told: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    return told


def main() -> None:
    """Ask both and print what they say."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--peer", help="Python of an environment with pypsa")
    parser.add_argument("--hours", type=int, default=8760)
    parser.add_argument("--seed", type=int, default=5)
    ask = parser.parse_args()
    cases = {f"made, {ask.hours} h": (made(ask.hours, ask.seed), Storage(500, 500, 2000))}
    file = DAY if DAY.exists() else EXAMPLE
    held = read_hours(read_grids(file)[0])
    day = {name: getattr(held, name).tolist() for name in ("load", "direct", "contract")}
    cases["worked day"] = (day, Storage(30_000, 30_000, 54_000))
    for name, (data, storage) in cases.items():
        arrays = [np.array(data[key]) for key in ("load", "direct", "contract")]
        began = time.perf_counter()
        ours = score(best(*arrays, storage)).score
        took = time.perf_counter() - began
        case = {**data, "grid_cost": 1.0, "storage": storage._asdict()}
        theirs = asked(ask.peer, case)
        print(f"{name}: storage given: score {ours:.6f} in {took:.2f} s; PyPSA {_told(theirs)}")
    data = cases[f"made, {ask.hours} h"][0]
    arrays = [np.array(data[key]) for key in ("load", "direct", "contract")]
    bare = float(np.minimum(arrays[0], arrays[1] + arrays[2]).sum() / arrays[0].sum())
    target = round(bare + 0.05, 3)
    began = time.perf_counter()
    plan = plan_hours(*arrays, target=target, storage=COST)
    took = time.perf_counter() - began
    case = {**data, "grid_cost": 1e-6, "target": target, "cost": COST[:2],
            "storage": {"efficiency": COST.efficiency}}  # fmt: skip
    theirs = asked(ask.peer, case)
    yearly = 8760 / ask.hours / 1e4
    cost = f"{theirs['cost'] * yearly:,.4f}" if theirs else "-"
    print(f"least cost of {target:.1%} (without storage {bare:.1%}): "
          f"{plan.cost_wan_yuan:,.4f} 万元/年, {plan.power_kw:,.1f} kW, "
          f"{plan.capacity_kwh:,.1f} kWh in {took:.2f} s; PyPSA {cost}, "
          f"{_told(theirs)}")  # fmt: skip
    began = time.perf_counter()
    both = plan_hours(*arrays, target=target, storage=COST, shift=ShiftCost(0.1, 0.05))
    print(f"with a tenth of the load that moves at 0.05 yuan: {both.cost_wan_yuan:,.4f} 万元/年, "
          f"{both.capacity_kwh:,.1f} kWh, {both.shifted_kwh:,.0f} kWh moved in "
          f"{time.perf_counter() - began:.2f} s")  # fmt: skip


def _told(theirs: Mapping[str, float]) -> str:
    if not theirs:
        return "not asked"
    return (f"{theirs['version']}: score {theirs['score']:.6f}, {theirs['power']:,.1f} kW, "
            f"{theirs['capacity']:,.1f} kWh in {theirs['seconds']:.2f} s")  # fmt: skip


if __name__ == "__main__":
    main()
