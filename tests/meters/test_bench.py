"""The made-up park of the bench, small: every planted fault is found, no number is lost."""

import sys
from pathlib import Path

import pytest

from tanzhe.api.meters import add_readings, check_readings, firm_months
from tanzhe.meters.store import Store

BENCH = Path(__file__).parents[2] / "bench"


def test_every_planted_fault_is_found_and_no_number_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", [str(BENCH), *sys.path])
    import metering as bench  # type: ignore[import-not-found]

    park = bench.make_park(tmp_path, 62, 59, seed=3)
    assert sorted(one.kind for one in park.planted) == sorted(bench.KINDS)
    store = Store(tmp_path / "store")
    *_, added = add_readings(store, [park.tree, park.readings])
    source = added.source
    assert source is not None and source.rows == park.rows
    assert source.rows == source.stored + source.aside + source.repeated
    found = [one.model_dump() for one in check_readings(store)]
    missed, false = bench.judged(park, found)
    assert missed == [] and false == []
    # What the firms used adds up to what the main meter received, which is true to the kWh.
    months = firm_months(store, ["2025-01", "2025-02"])
    main = sum(one.amount for one in months) / 1_000_000
    assert main == pytest.approx(park.energy["MAIN"], abs=0.5)
