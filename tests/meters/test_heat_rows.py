"""Heat and steam at the edge of a park: what each meter gives the ledger, and what is asked."""

from pathlib import Path

import pytest

from tanzhe.api.meters.readings import add_readings, meter_ledger
from tanzhe.errors import InputError
from tanzhe.meters.store import Store

HEAD = "表号,企业,能源品种,单位,上级表,倍率,热力来源,发电类型,每吨折热"
YEAR = ["2025-01-01 00:00", *(f"2025-{month:02d}-01 00:00" for month in range(2, 13)),
        "2026-01-01 00:00"]  # fmt: skip


def ledger_of(folder: Path, *meters: str) -> list[dict[str, object]]:
    (folder / "list.csv").write_text("\n".join([HEAD, *meters]) + "\n", encoding="utf-8")
    names = [one.split(",")[0] for one in meters]
    rows = [f"{name},{time},{100 * at}" for name in names for at, time in enumerate(YEAR)]
    (folder / "readings.csv").write_text("\n".join(["meter,time,reading", *rows]), encoding="utf-8")
    store = Store(folder / "store")
    add_readings(store, [folder / "list.csv", folder / "readings.csv"])
    return [one.row for one in meter_ledger(store, 2025).rows]


@pytest.mark.parametrize(
    ("meter", "expected"),
    [
        ("H,园区,热力,GJ,,1,外购,化石能源,", ("in", 1200.0, True)),
        ("H,园区,热力,GJ,,1,外购,余热,", ("in", 1200.0, False)),
        ("H,园区,热力,GJ,,1,外供,化石能源,", ("out", 1200.0, True)),
        ("S,园区,蒸汽,t,,1,外购,化石能源,2.7", ("in", 3240.0, True)),
    ],
)
def test_heat_that_crosses_the_edge_gives_a_row(
    tmp_path: Path, meter: str, expected: tuple[str, float, bool]
) -> None:
    (row,) = ledger_of(tmp_path, meter)
    assert (row["direction"], row["gj"], row["fossil"]) == (expected[0], pytest.approx(expected[1]),
                                                            expected[2])  # fmt: skip


def test_heat_the_park_makes_itself_is_not_counted_twice(tmp_path: Path) -> None:
    rows = ledger_of(
        tmp_path, "H,园区,热力,GJ,,1,自产,,", "H1,甲,热力,GJ,H,1,,,", "G,园区,天然气,Nm3,,1,,,"
    )
    assert [one["id"] for one in rows] == ["meter-G"]


def test_what_nobody_said_is_asked_and_never_taken_for_fossil(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        ledger_of(
            tmp_path, "A,园区,热力,GJ,,1,,,", "B,园区,热力,GJ,,1,外购,,",
            "C,园区,蒸汽,t,,1,外购,余热,", "D,园区,蒸汽,t,,1,,,",
        )  # fmt: skip
    asked = [(one.where, one.do.en.split("column ")[1].split()[0].rstrip(":")) for one in
             caught.value.faults]  # fmt: skip
    assert asked == [("A", "heat"), ("B", "generation"), ("C", "gj_per_t"), ("D", "heat")]
