"""Seconds for the cheapest plan of a park, by the number of measures.

    python bench/plan.py [--trials 5] [--sizes 10,30,100,200]

Measures are drawn at random (seeded): certificates, PV, direct lines, electrification, efficiency
and heat, two thirds with a fixed cost, a quarter in whole steps, a quarter with a smallest size,
some in exclusive groups. The time is that of `plan` whole: accounting, the program of each tier,
and the cheapest plan without each chosen measure.
"""

import argparse
import random
import time

from tanzhe.api.parks.plans import plan
from tanzhe.model.plan import Measure

PARK = {
    "name": "基准园区",
    "region": "贵州",
    "year": 2025,
    "equivalence_kgce_per_kwh": 0.3,
    "electricity": [{"supply": "grid", "kwh": 1.5e9}],
    "fuels": [
        {
            "fuel": "烟煤", "purpose": "fuel", "quantity": 60_000, "unit": "t",
            "factor_tco2": 2.0, "energy_gj_per_unit": 23.0,
        }
    ],
    "heat": [{"direction": "in", "gj": 500_000, "fossil": True}],
}  # fmt: skip
KINDS = (
    ("certificate", "MWh", 1.5e6, 6, {}),
    ("onsite", "MWh", 1e5, 40, {}),
    ("direct", "MWh", 6e5, 25, {}),
    ("electrification", "t", 2e4, 700, {"row": "fuels-1", "per_unit": 5200.0}),
    ("efficiency", "t", 4e3, 500, {"row": "fuels-1"}),
    ("efficiency", "MWh", 3e4, 90, {"row": "grid"}),
    ("heat_switch", "GJ", 2e5, 25, {}),
)


def measure(number: int, count: int, dice: random.Random) -> Measure:
    kind, unit, most, cost, more = KINDS[number % len(KINDS)]
    potential = round(most * dice.uniform(0.3, 1.7) * 14 / (7 + count), 1)
    return Measure.model_validate(
        {
            "name": f"{kind} {number}", "kind": kind, "unit": unit, "potential": potential,
            "unit_cost_yuan": round(cost * dice.uniform(0.4, 2.5), 2),
            "fixed_cost_wan_yuan": round(dice.uniform(5, 300) * 14 / (7 + count), 2)
            if dice.random() < 0.66 else 0.0,
            "step": round(potential / 7, 1) if dice.random() < 0.25 else None,
            "minimum": round(potential / 5, 1) if dice.random() < 0.25 else 0.0,
            "group": f"g{number // 14}" if dice.random() < 0.1 else "", **more,
        }
    )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=5)
    parser.add_argument("--sizes", default="10,30,100,200")
    asked = parser.parse_args()
    print("measures  trials  planned  chosen  seconds: median  longest")
    for size in map(int, asked.sizes.split(",")):
        seconds, chosen, planned = [], [], 0
        for trial in range(asked.trials):
            dice = random.Random(1000 * size + trial)
            measures = [measure(number, size, dice) for number in range(size)]
            start = time.perf_counter()
            found = plan(PARK, measures, rules="cn-ndrc-2025-910")
            seconds.append(time.perf_counter() - start)
            chosen.append(len(found.measures))
            planned += found.status == "planned"
        middle = sorted(seconds)[len(seconds) // 2]
        print(
            f"{size:8d}  {asked.trials:6d}  {planned:7d}  {sum(chosen) / len(chosen):6.1f}"
            f"  {middle:15.2f}  {max(seconds):7.2f}"
        )


if __name__ == "__main__":
    main()
