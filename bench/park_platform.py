"""What a park's platform is judged by, row by row: the check of each, and what came out.

    python bench/park_platform.py [--only WORD]

Each row is held by tests or by a bench of its own; here they are run one after the other, with the
figures that are measured beside. Rows whose figure needs a large made-up park or a peer name their
command instead.
"""

import argparse
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
METERING = "python bench/metering.py --postgres"


class Row(NamedTuple):
    """A row of the table.

    Attributes:
        what: is judged.
        asked: the figure to reach.
        tests: that hold it, as pytest takes them.
        figure: measures it here, or None.
        command: of a bench of its own, or "".
    """

    what: str
    asked: str
    tests: tuple[str, ...] = ()
    figure: Callable[[], str] | None = None
    command: str = ""


def worked_day() -> str:
    """Scores of the worked day, as it falls and at best."""
    from tanzhe.meters.hours.matching import Storage, match, score
    from tanzhe.meters.hours.storage import best
    from tanzhe.meters.hours.tables import read_hours
    from tanzhe.tables.files import read_grids

    file = Path(str(files("tanzhe.data").joinpath("example/hours.csv")))
    held = read_hours(read_grids(file)[0])
    storage = Storage(30_000, 30_000, 54_000, 0.9)
    arrays = held.load, held.direct, held.contract
    told = score(match(*arrays, storage), grid_free=held.grid_free)
    top = score(best(*arrays, storage)).score
    return f"score {told.score:.4f}, deficit hours {told.deficit_hours}, LP {top:.4f}"


def ingot() -> str:
    """The footprint of the made-up ingot."""
    from tanzhe.api.footprints.studies import product_footprint

    file = Path(str(files("tanzhe.data").joinpath("example/ingot.yaml")))
    return f"{product_footprint(file).per_unit:.4f} kgCO2e/kg"


def tasks() -> str:
    """Tasks and bodies of the Yunnan document, where it is at hand."""
    from tanzhe.api.reports.policy import read_policy
    from tanzhe.tracking.gathering import policy_items

    seed = ROOT.parent / "shared" / "seeds" / "yunnan_zero_carbon_parks_2025_987.txt"
    if not seed.exists():
        return "the document is not at hand"
    items = [one for one in policy_items(read_policy(seed)) if one.kind == "task"]
    with_bodies = sum(bool(one.lead or one.others or one.implement) for one in items)
    return f"{len(items)} tasks, {with_bodies} with bodies"


ROWS = (
    Row("samples 00-12", "every fault by kind, file, row", ("tests/meters/test_samples.py",)),
    Row("generated park", "all 20 kinds, <= 1 false alarm a meter-year, ledger to the kWh",
        ("tests/meters/test_bench.py",), command=METERING),
    Row("import; month by firm; memory", ">= 1 M rows/s; <= 100 ms; <= 1 GB; PostgreSQL the same",
        ("tests/meters/test_postgres.py",), command=METERING),
    Row("killed import; twice; any order", "nothing half, same bytes",
        ("tests/meters/test_store.py",)),
    Row("worked day; LP", "every number; .8273", ("tests/meters/test_hours.py",), worked_day,
        "python bench/storage.py --peer PYTHON"),
    Row("storage and shifting", "least cost", ("tests/parks/test_plan_hours.py",), None,
        "python bench/storage.py --peer PYTHON"),
    Row("certificates", "3 faults, 2 idle, no Wh twice",
        ("tests/meters/test_hours.py", "-k", "certificates or watt_hour")),
    Row("tracing", "1e-9 on 200 networks", ("tests/meters/test_tracing.py",)),
    Row("footprint", "6.5299; 27 of 27",
        ("tests/footprints/test_ingot.py", "tests/footprints/pact"), ingot),
    Row("PACT server", "call-backs 13 and 14.B", ("tests/footprints/server",), None,
        "conformance service: docs/parks/footprints.md"),
    Row("QR", "changed byte, other key, cut code: exit 1", ("tests/footprints/test_seal.py",)),
    Row("board", "transitions, 15 tasks, ICS, XLSX", ("tests/tracking",), tasks),
    Row("report", "annex 2 in order, each number of the account",
        ("tests/reports/test_park_word.py", "tests/reports/test_park_english.py")),
)  # fmt: skip


def tested(row: Row) -> str:
    """How many tests of a row pass."""
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *row.tests],
        cwd=ROOT, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTEST_ADDOPTS": "-o console_output_style=classic -rA"},
    )  # fmt: skip
    passed = sum(line.startswith("PASSED") for line in done.stdout.splitlines())
    failed = sum(
        line.startswith(("FAILED tests", "ERROR tests")) for line in done.stdout.splitlines()
    )
    skipped = sum(line.startswith("SKIPPED") for line in done.stdout.splitlines())
    told = f"{passed} tests pass" + (f", {failed} fail" if failed else "")
    told += f", {skipped} skipped" if skipped else ""
    return f"{told} ({time.perf_counter() - began:.0f} s)"


def main() -> None:
    """Run the rows and print a table."""
    parser = argparse.ArgumentParser(description="Each row a platform is judged by.")
    parser.add_argument("--only", default="", help="rows whose name holds this word")
    only = parser.parse_args().only
    print(f"{platform.machine()}, Python {platform.python_version()}, {date.today()}\n")
    print("| row | asked | tests | figure | command |\n|---|---|---|---|---|")
    for row in (one for one in ROWS if only in one.what):
        figure = row.figure() if row.figure else "-"
        told = f"{row.what} | {row.asked} | {tested(row)} | {figure} | {row.command or '-'}"
        print(f"| {told} |", flush=True)


if __name__ == "__main__":
    main()
