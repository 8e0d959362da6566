"""The store: all or none, each file once, any order, no row lost, readings never changed."""

import itertools
from pathlib import Path

import pytest

from tanzhe.api.meters.readings import (
    add_readings,
    check_readings,
    correct,
    firm_months,
    meter_ledger,
)
from tanzhe.errors import InputError, Words
from tanzhe.meters import adding
from tanzhe.meters.clock import instant, said_time
from tanzhe.meters.ledger import months_of
from tanzhe.meters.rows import MICRO
from tanzhe.meters.store import Source, Store, read_part, remarks

HEAD = "meter,firm,carrier,unit,parent,multiplier,digits,decimals,capacity_kW,from,to,supply"
LIST = f"""{HEAD},generation
M,园区,electricity,kWh,,10,6,2,10000,2025-01-01,,grid,
A,甲,electricity,kWh,M,1,6,2,10000,2025-01-01,,,
B,乙,electricity,kWh,M,1,6,2,10000,2025-01-01,,,
"""


def hourly(meter: str, first: int, hours: int, start: float, gain: float) -> list[str]:
    """An hour a row from a day of January 2025 on."""
    begin = instant("2025-01-01") or 0
    rows = []
    for k in range(hours):
        told = said_time(begin + 3600 * (first + k))
        rows.append(f"{meter},{told},{start + gain * k:.2f}")
    return rows


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    path = tmp_path / "list.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def file_of(folder: Path, name: str, rows: list[str]) -> Path:
    path = folder / name
    path.write_text("\n".join(["meter,time,reading", *rows]) + "\n", encoding="utf-8")
    return path


def bytes_of(store: Store) -> dict[str, bytes]:
    """Readings of each month as they lie on the disk."""
    return {name: store.path(file).read_bytes() for name, file in store.manifest.months.items()}


def test_the_same_bytes_whatever_the_order_and_twice_changes_nothing(
    tmp_path: Path, tree: Path
) -> None:
    parts = [
        file_of(tmp_path, "a.csv", hourly("A", 0, 400, 100, 2)),
        file_of(tmp_path, "b.csv", hourly("A", 399, 500, 898, 2)),  # its first row is in a.csv too
        file_of(tmp_path, "c.csv", hourly("B", 0, 900, 5, 1)),
    ]
    seen = []
    for number, order in enumerate(itertools.permutations(parts)):
        store = Store(tmp_path / f"store{number}")
        add_readings(store, [tree])
        for one in order:
            add_readings(store, [one])
        seen.append(bytes_of(store))
        sources = store.manifest.sources
        assert sum(one.stored for one in sources) == 1799
        assert sum(one.repeated for one in sources) == 1
        assert all(one.rows == one.stored + one.aside + one.repeated for one in sources)
        before = store.manifest
        assert all(one.again for one in add_readings(store, parts))
        assert store.manifest == before
    assert all(one == seen[0] for one in seen)


def test_a_run_that_is_killed_leaves_the_store_as_it_was(
    tmp_path: Path, tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path / "store")
    add_readings(store, [tree, file_of(tmp_path, "a.csv", hourly("A", 0, 100, 0, 1))])
    before = {p: p.read_bytes() for p in store.folder.rglob("*") if p.is_file()}

    class Killed(BaseException):
        pass

    def killed(*_: object) -> None:
        raise Killed

    more = file_of(tmp_path, "b.csv", hourly("A", 100, 100, 100, 1))
    for point in ("finish", "commit"):
        with monkeypatch.context() as held:
            if point == "finish":
                held.setattr(adding.Intake, "finish", killed)
            else:
                held.setattr(Store, "commit", killed)
            with pytest.raises(Killed):
                add_readings(Store(store.folder), [more])
        left = Store(store.folder)
        assert left.manifest == store.manifest
        assert all(path.read_bytes() == held_bytes for path, held_bytes in before.items())
    add_readings(store, [more])
    assert sum(one.stored for one in store.manifest.sources) == 200


def test_all_faults_at_once_and_nothing_is_added(tmp_path: Path, tree: Path) -> None:
    store = Store(tmp_path / "store")
    good = file_of(tmp_path, "good.csv", hourly("A", 0, 10, 0, 1))
    unknown = file_of(tmp_path, "unknown.csv", ["X,2025-01-01 00:00,1", "Y,2025-01-01 00:00,1"])
    times = file_of(tmp_path, "times.csv", ["A,2025-13-01,1", "A,2025-01-01,1", "A,morgen,2"])
    wide = file_of(tmp_path, "wide.csv", ["A,2025-01-01,1,234", "A,2025-01-02,2"])
    with pytest.raises(InputError) as caught:
        add_readings(store, [tree, good, unknown, times, wide, tmp_path / "none.csv"])
    told = [one.said("en") for one in caught.value.faults]
    assert [("unknown.csv" in one, "times.csv" in one, "wide.csv" in one) for one in told].count(
        (False, False, False)
    ) == 1  # none.csv
    assert sum("unknown.csv" in one for one in told) == 2
    assert [one for one in told if "times.csv 第 2 行" in one or "times.csv 第 4 行" in one]
    assert sum("wide.csv 第 2 行" in one for one in told) == 1
    assert store.manifest.sources == () and store.manifest.tree == ()


def test_a_month_carries_its_coverage_and_nothing_is_filled(tmp_path: Path, tree: Path) -> None:
    store = Store(tmp_path / "store")
    whole = hourly("A", 0, 745, 0, 2)
    gap = [*whole[:100], *whole[200:]]  # a gap between two readings loses no energy
    late = hourly("B", 10, 735, 0, 1)  # no reading at the month's first instant
    add_readings(store, [tree, file_of(tmp_path, "a.csv", gap), file_of(tmp_path, "b.csv", late)])
    held = {one.firm: one for one in firm_months(store, ["2025-01"])}
    assert (held["甲"].amount, held["甲"].complete) == (1488 * MICRO, True)
    assert not held["乙"].complete and held["乙"].amount == 734 * MICRO
    assert held["乙"].coverage == pytest.approx(734 / 744)
    (found,) = [one for one in check_readings(store) if one.kind == "gap"]
    assert found.count == 100


def test_late_rows_make_their_month_anew(tmp_path: Path, tree: Path) -> None:
    store = Store(tmp_path / "store")
    rows = hourly("A", 0, 745, 0, 2)
    add_readings(store, [tree, file_of(tmp_path, "a.csv", rows[1:])])
    assert not firm_months(store, ["2025-01"])[0].complete
    (added,) = add_readings(store, [file_of(tmp_path, "b.csv", rows[:1])])
    assert added.source is not None and added.source.late == 1
    held = {one.firm: one for one in firm_months(store, ["2025-01"])}
    assert held["甲"].complete and held["甲"].amount == 1488 * MICRO


def test_a_correction_is_a_row_of_its_own(tmp_path: Path, tree: Path) -> None:
    store = Store(tmp_path / "store")
    first, second = hourly("A", 0, 372, 500, 2), hourly("A", 372, 373, 0, 2)
    add_readings(store, [tree, file_of(tmp_path, "a.csv", [*first, *second])])
    before = bytes_of(store)
    assert [one.kind for one in check_readings(store)] == ["reset"]
    assert not firm_months(store, ["2025-01"])[0].complete
    with pytest.raises(InputError) as caught:
        correct(store, "Z", "x", "2025-01-16", "energy", who="", why="")
    assert len(caught.value.faults) == 5
    correct(store, "A", "2025-01-16 11:00", "2025-01-16 12:00", "energy", value=2.5,
            who="李四", why="换表，止码 1244.5", document="换表单 7")  # fmt: skip
    held = {one.firm: one for one in firm_months(store, ["2025-01"])}
    assert held["甲"].complete and held["甲"].amount == (742 + 2.5 + 744) * MICRO
    assert bytes_of(store) == before
    assert store.manifest.corrections[0].who == "李四"


def test_a_year_of_ledger_rows_equals_the_registers_to_the_kwh(tmp_path: Path, tree: Path) -> None:
    store = Store(tmp_path / "store")
    days = [f"M,{month}-01 00:00,{100 + 12_345.67 * k:.2f}"
            for k, month in enumerate([*months_of(2025), "2026-01"])]  # fmt: skip
    add_readings(store, [tree, file_of(tmp_path, "m.csv", days)])
    base = {"name": "示例", "region": "云南", "equivalence_kgce_per_kwh": 0.3}
    made = meter_ledger(store, 2025, base)
    (row,) = made.rows
    assert row.row["kwh"] == pytest.approx(12 * 123_456.7) and row.missing == ()
    assert row.edges[0].endswith("（m.csv 第 2 行）") and row.edges[1].endswith(
        "（m.csv 第 14 行）"
    )
    assert made.tree["electricity"][0]["supply"] == "grid" and made.tree["region"] == "云南"
    missing = meter_ledger(store, 2026, base).rows[0]
    assert missing.row["kwh"] is None and len(missing.missing) == 12


def test_supply_that_nobody_said_is_asked(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    path = tmp_path / "list.csv"
    path.write_text(LIST.replace(",grid,", ",,").replace("A,甲", "E,园区").replace(",M,1,", ",,1,"),
                    encoding="utf-8")  # fmt: skip
    add_readings(store, [path, file_of(tmp_path, "m.csv", ["M,2025-01-01,1", "M,2025-02-01,2"])])
    with pytest.raises(InputError) as caught:
        meter_ledger(store, 2025)
    assert [one.where for one in caught.value.faults] == ["B", "E", "M"]


def test_a_list_with_faults_is_refused_with_all_of_them(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        "meter,firm,carrier,unit,multiplier,from,to\n"
        "A,甲,电力,m3,1,2025-01-01,\nB,,电力,kWh,0,昨天,\nC,丙,石油,kWh,x,2025-02-01,2025-01-01\n",
        encoding="utf-8",
    )
    with pytest.raises(InputError) as caught:
        add_readings(Store(tmp_path / "store"), [path])
    where = [one.where.split(" row ")[-1] for one in caught.value.faults]
    assert where == ["2, unit", "3, firm", "3, from", "3, multiplier", "4, carrier",
                     "4, multiplier", "4, to"]  # fmt: skip


def test_gb18030_semicolons_and_parquet_are_read(tmp_path: Path, tree: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = hourly("A", 0, 5, 0, 1)
    text = "\n".join(["表号;抄表时间;示数（kWh）", *(row.replace(",", ";") for row in rows)])
    old = tmp_path / "old.csv"
    old.write_bytes(text.encode("gb18030"))
    cells = [row.split(",") for row in hourly("B", 0, 5, 0, 1)]
    table = {"meter": [c[0] for c in cells], "time": [c[1] for c in cells],
             "reading": [float(c[2]) for c in cells]}  # fmt: skip
    pq.write_table(pa.table(table), tmp_path / "b.parquet")
    store = Store(tmp_path / "store")
    added = add_readings(store, [tree, old, tmp_path / "b.parquet"])
    assert [one.source.stored for one in added if one.source] == [5, 5]
    part = read_part(store.path(store.manifest.months["2025-01"]))
    assert part.rows.value.tolist() == [k * MICRO for k in range(5)] * 2
    assert list(remarks(store)) == []


def test_what_was_told_is_kept_in_each_language(tmp_path: Path, tree: Path) -> None:
    rows = ["表号,时间,电量(kWh)", "B,2025-03-01 00:00,3", "B,2025-03-01 01:00,4", "合计,,7"]
    (tmp_path / "a.csv").write_text("\n".join(rows), encoding="utf-8")
    add_readings(Store(tmp_path / "store"), [tree, tmp_path / "a.csv"])
    kept = Store(tmp_path / "store").manifest.sources[-1].told
    assert Words("合计行没有计入：第 4 行", "totals left out: rows 4") in kept
    assert all(one.en.isascii() and not one.zh.isascii() for one in kept)


def test_what_an_earlier_version_told_is_read() -> None:
    held = {"id": "a", "name": "a.csv", "form": "long", "added": "", "rows": 1, "stored": 1,
            "aside": 0, "repeated": 0, "told": ["按示数读 read as registers"]}  # fmt: skip
    (told,) = Source.model_validate(held).told
    assert told.zh == told.en == "按示数读 read as registers"
