"""Time of accounting and judging a park, by the number of ledger rows.

python bench/parks.py
"""

import json
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tanzhe.api.parks.assessment import assess

PARK = {"name": "园区", "region": "云南", "year": 2025, "equivalence_kgce_per_kwh": 0.3}
FUEL = {
    "fuel": "烟煤", "purpose": "fuel", "quantity": 1000.0, "unit": "t", "factor_tco2": 2.0715,
    "energy_gj_per_unit": 23.204,
}  # fmt: skip


def tree(rows: int) -> dict[str, object]:
    """A park with a tenth of its rows fuel, the others grid power with a certificate each."""
    power = [
        {"supply": "grid", "kwh": 1e6, "evidence": "发票", "certificates": [
            {"id": f"G{i}", "mwh": 500, "generated": "2025-05", "status": "cancelled"}]}
        for i in range(rows - rows // 10)
    ]  # fmt: skip
    return {**PARK, "fuels": [FUEL] * (rows // 10), "electricity": power}


def main() -> None:
    assess(tree(10))  # the rulebook is read once
    with TemporaryDirectory() as folder:
        for rows in (10, 100, 1_000, 10_000):
            path = Path(folder) / f"{rows}.json"
            path.write_text(json.dumps(tree(rows)), encoding="utf-8")
            start = time.perf_counter()
            result = assess(path)
            seconds = time.perf_counter() - start
            print(f"{rows:>6} rows  {seconds * 1000:8.1f} ms  {result.emissions.total:,.1f} tCO2")


if __name__ == "__main__":
    main()
