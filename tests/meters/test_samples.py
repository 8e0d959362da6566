"""Samples of every form: what is wrong in each is found, by kind and row, and nothing else."""

import csv
from pathlib import Path

import numpy as np
import pytest

from tanzhe.api.meters.readings import add_readings, check_readings, firm_months
from tanzhe.errors import InputError
from tanzhe.meters.clock import said_time
from tanzhe.meters.findings import Finding
from tanzhe.meters.forms import messages
from tanzhe.meters.forms.messages import read_messages
from tanzhe.meters.store import Store

SAMPLES = Path(__file__).parent / "samples"
TREE = SAMPLES / "00_meter_tree.csv"
# A fault of the truth file by our kind; the time is that of the first touched reading.
KINDS = {
    "gap": "gap", "register_reset": "reset", "roll_over": "roll_over",
    "duplicate_same": "duplicate", "duplicate_conflicting": "conflict",
    "out_of_order": "out_of_order", "stuck": "stuck", "spike_single_reading": "spike",
    "jump_kept": "jump", "runs_backwards": "backwards",
    "multiplier_changed_from_here": "multiplier", "unit_Wh_for_kWh": "unit",
    "clock_drift_1min_per_reading": "clock", "utc_for_local_from_here": "utc",
    "sentinel_minus_one": "sentinel", "sentinel_zero": "sentinel",
    "flagged_bad_by_source": "flagged", "not_a_number": "text", "year_mistyped": "future",
    "interval_length_changes": "interval_length",
}  # fmt: skip


def checked(folder: Path, *files: Path, **options: object) -> list[Finding]:
    store = Store(folder)
    add_readings(store, files, **options)  # type: ignore[arg-type]
    return check_readings(store)


def told(found: list[Finding]) -> list[tuple[str, str, str, int]]:
    return [(one.kind, one.meter, said_time(one.begin), one.line) for one in found]


@pytest.fixture
def faults_tree(tmp_path: Path) -> Path:
    rows = ["meter,firm,carrier,unit,digits,decimals,capacity_kW,from"]
    for number in range(1, 21):
        size = "5,1" if number == 3 else "6,2"
        rows.append(f"F{number:02d},示例,electricity,kWh,{size},100,2025-01-01")
    path = tmp_path / "tree.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


def test_each_of_twenty_faults_is_found_once_and_nothing_else(
    tmp_path: Path, faults_tree: Path
) -> None:
    file = SAMPLES / "12_faults.csv"
    found = checked(tmp_path / "store", faults_tree, file)
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    with (SAMPLES / "12_faults_truth.csv").open(encoding="utf-8-sig") as held:
        truth = {row["meter"]: row for row in csv.DictReader(held)}
    assert sorted(one.meter for one in found) == sorted(truth)
    for one in found:
        row = truth[one.meter]
        assert one.kind == KINDS[row["kind"]], row
        if row["where"] != "whole series":
            assert said_time(one.begin) == row["where"], row
        assert lines[one.line - 1].startswith(one.meter)
        assert one.file == "12_faults.csv"


@pytest.mark.parametrize(
    ("file", "options", "expected"),
    [
        (
            "01_myems_tbl_energy_value.csv",
            {"names": {"17": "E-100"}},
            [
                ("gap", "E-100", "2025-03-01 00:30", 8),
                ("duplicate", "E-100", "2025-03-01 01:15", 11),
                ("flagged", "E-100", "2025-03-01 01:45", 13),
            ],
        ),
        (
            "02_myems_offline_meter.xlsx",
            {},
            [("text", "S-10", "2025-02-14 00:00", 4),
             ("no_such_day", "W-10", "2025-02-28 00:00", 3)],
        ),
        (
            "03_load_curve_96.csv",
            {},
            [
                ("empty", "E-110", "2025-03-02 10:00", 3),
                ("empty", "E-110", "2025-03-02 10:15", 3),
                ("spike", "E-110", "2025-03-03 12:30", 4),
            ],
        ),
        (
            "05_dlms_profile.csv",
            {"meter": "E-110"},
            [("flagged", "E-110", "2025-03-01 01:15", 8),
             ("clock_set", "E-110", "2025-03-01 02:04", 11)],
        ),
        (
            "06_dlt698_freeze.json",
            {"names": {"000000012345": "E-110"}},
            [("empty", "E-110", "2025-03-01 01:00", 4),
             ("backwards", "E-110", "2025-03-01 01:45", 7)],
        ),
        (
            "07_mqtt_json.jsonl",
            {},
            [
                ("out_of_order", "E-110", "2025-03-01 08:45", 7),
                ("duplicate", "E-110", "2025-03-01 09:00", 6),
                ("out_of_order", "E-110", "2025-03-01 09:00", 5),
                ("broken", "E-110", "2025-03-01 10:15", 13),
                ("empty", "E-110", "2025-03-01 10:15", 12),
                ("retained", "E-110", "2025-02-20 03:00", 9),
            ],
        ),
        (
            "08_sparkplug_decoded.jsonl",
            {},
            [
                ("empty", "E-120", "2025-03-01 09:30", 4),
                ("out_of_order", "E-120", "2025-03-01 09:30", 6),
                ("sequence", "E-120", "2025-03-01 09:45", 5),
                ("unborn", "E-120", "2025-03-01 10:00", 6),
                ("unborn", "E-120", "2025-03-01 10:15", 9),
            ],
        ),
        (
            "09_modbus_gateway.csv",
            {"names": {"GW02/11": "E-110"}},
            [
                ("timeout", "E-110", "2025-03-01 01:00", 6),
                ("roll_over", "E-110", "2025-03-01 01:15", 7),
                ("word_order", "E-110", "2025-03-01 01:45", 9),
            ],
        ),
        (
            "10_parent_children_hourly.csv",
            {},
            [("balance", "E-100", "2025-03-05 10:00", 12),
             ("balance", "E-100", "2025-03-05 20:00", 22)],
        ),
    ],
)  # fmt: skip
def test_every_form_is_read_and_its_faults_are_named(
    tmp_path: Path, file: str, options: dict[str, object],
    expected: list[tuple[str, str, str, int]],
) -> None:  # fmt: skip
    assert told(checked(tmp_path, TREE, SAMPLES / file, **options)) == expected


def test_a_reading_sheet_gives_the_month_and_bills_are_held_against_it(tmp_path: Path) -> None:
    """By hand: README of the samples."""
    store = Store(tmp_path)
    add_readings(store, [TREE, SAMPLES / "04_reading_sheet.xlsx", SAMPLES / "11_bills.csv"])
    months = firm_months(store)
    assert [one.firm for one in months if not one.complete] == ["屋顶光伏"]  # it has no readings
    amounts = {one.firm: one.amount for one in months if one.complete}
    assert amounts == {
        "云岭铝业（虚构）": 1_832_200_000_000,
        "公用设施": 44_150_000_000,
        "滇中硅材（虚构）": 908_100_000_000,
        "园区总表": 42_550_000_000,  # the loss: 2,827,000 less 2,784,450
    }
    found = check_readings(store)
    assert [(one.kind, one.meter, one.line) for one in found] == [
        ("bill", "E-120", 3), ("bill_period", "G-10", 6),
        ("stated", "E-130", 8), ("stated", "合计 total", 9),
    ]  # fmt: skip
    assert "差 +18,000" in found[0].zh and "按示数 2,784,450" in found[3].zh


def test_a_long_log_is_read_in_portions_as_in_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = (SAMPLES / "08_sparkplug_decoded.jsonl").read_text(encoding="utf-8").splitlines()
    (whole,) = read_messages(lines)
    monkeypatch.setattr(messages, "AT_ONCE", 3)
    parts = list(read_messages(lines))
    assert len(parts) > 2
    for name in ("time", "value", "line", "channel", "why"):
        joined = np.concatenate([getattr(one.rows, name) for one in parts])
        assert joined.tolist() == getattr(whole.rows, name).tolist()
    taken = iter("no message\n" for _ in range(1000))
    with pytest.raises(InputError, match="没有一条能读的消息"):
        list(read_messages(taken))
    assert sum(1 for _ in taken) > 900  # given up early
