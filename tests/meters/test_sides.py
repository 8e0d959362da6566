"""Figures after the multiplier do not become so many times too high, nor others too low."""

import math
from pathlib import Path

import pytest

from meters.test_periods import month
from tanzhe.api.meters.readings import add_readings, open_store
from tanzhe.errors import InputError
from tanzhe.meters.rows import MICRO

LIST = (
    "表号,企业,能源品种,单位,CT变比,额定功率(kW)\n"
    "A,甲,电力,kWh,400/5,\nB,乙,电力,kWh,100/5,60\nC,丙,电力,kWh,,\n"
)
HOURS = [f"2025-03-{day:02d} {hour:02d}:00" for day in range(1, 32) for hour in range(24)]
MEAN = {"A": 120.0, "B": 30.0, "C": 20.0}  # kW of the primary side


def figures(meter: str, times: float = 1.0) -> list[float]:
    """What a meter counts in each hour of March."""
    wave = [1 + 0.5 * math.sin(at / 12 * math.pi) for at in range(len(HOURS))]
    return [round(MEAN[meter] * one * times, 4) for one in wave]


def table(meter: str, heading: str, times: float = 1.0) -> str:
    """A reading a row."""
    rows = zip(HOURS, figures(meter, times), strict=True)
    return "\n".join([f"表号,时间,{heading}", *(f"{meter},{at},{one}" for at, one in rows), ""])


def days(meter: str, times: float = 1.0) -> str:
    """A day a row, 96 mean powers across."""
    clocks = [f"{at // 4:02d}:{at % 4 * 15:02d}" for at in range(1, 97)]
    held = figures(meter, times)
    lines = [
        ",".join([meter, f"2025-03-{day + 1:02d}", "功率",
                  *(str(held[24 * day + at // 4]) for at in range(96))])
        for day in range(31)
    ]  # fmt: skip
    return "\n".join([f"表号,日期,类型,{','.join(clocks)}", *lines, ""])


def registers(meter: str, times: float = 1.0) -> str:
    """A register that grows."""
    rows, count = [], 1000.0
    for at, one in zip([*HOURS, "2025-04-01 00:00"], [*figures(meter, times), 0.0], strict=True):
        rows.append(f"{meter},{at},{count:.4f}")
        count += one
    return "\n".join(["表号,时间,示数", *rows, ""])


def used(folder: Path, text: str, firm: str, side: str = "") -> float:
    """What a firm used in March, kWh."""
    store = open_store(folder)
    (folder / "list.csv").write_text(LIST, encoding="utf-8")
    (folder / "figures.csv").write_text(text, encoding="utf-8")
    add_readings(store, [folder / "list.csv", folder / "figures.csv"], side=side)  # type: ignore[arg-type]
    return month(store, "2025-03")[firm].amount / MICRO


MARCH = {firm: sum(figures(meter)) for firm, meter in (("甲", "A"), ("乙", "B"), ("丙", "C"))}


@pytest.mark.parametrize(
    ("text", "firm"),
    [
        (table("A", "电量(kWh)"), "甲"),
        (table("A", "功率(kW)"), "甲"),
        (table("B", "功率(kW)"), "乙"),
        (days("A"), "甲"),
        (registers("B"), "乙"),  # its rated power is in the list
    ],
)
def test_figures_after_the_multiplier_are_asked_and_count_once(
    text: str, firm: str, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match="--side primary") as caught:
        used(tmp_path, text, firm)
    assert "是否已乘倍率" in str(caught.value) and "after the multiplier" in str(caught.value)
    assert used(tmp_path, text, firm, "primary") == pytest.approx(MARCH[firm], rel=1e-6)


@pytest.mark.parametrize(
    ("text", "firm"),
    [
        (table("A", "电量(kWh)", 1 / 80), "甲"),
        (table("A", "功率(kW)", 1 / 80), "甲"),
        (table("B", "功率(kW)", 1 / 20), "乙"),
        (days("A", 1 / 80), "甲"),
        (registers("A", 1 / 80), "甲"),
        (table("C", "电量(kWh)"), "丙"),  # no transformers: nothing to ask
        (table("A", "电量（已乘倍率）(kWh)"), "甲"),
        (table("A", "一次侧电量(kWh)"), "甲"),
        (table("A", "二次侧电量(kWh)", 1 / 80), "甲"),
    ],
)
def test_what_is_plain_is_not_asked(text: str, firm: str, tmp_path: Path) -> None:
    assert used(tmp_path, text, firm) == pytest.approx(MARCH[firm], rel=1e-4)


def test_a_register_faster_than_meters_are_is_told(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
    (tmp_path / "fast.csv").write_text(registers("A"), encoding="utf-8")
    (tmp_path / "slow.csv").write_text(registers("C"), encoding="utf-8")
    added = add_readings(store, [tmp_path / one for one in ("list.csv", "fast.csv", "slow.csv")])
    told = {one.file: one.source.told for one in added if one.source}
    (fast,) = told["fast.csv"]
    assert "走得比电能表能走的快" in fast.zh and "A（120 kW）" in fast.zh and "run" not in fast.zh
    assert "run faster than a meter can (4.2 kW): A (120 kW)" in fast.en and fast.en.isascii()
    assert told["slow.csv"] == ()


def test_what_was_said_is_believed(tmp_path: Path) -> None:
    assert used(tmp_path, table("A", "电量(kWh)"), "甲", "secondary") == pytest.approx(
        80 * MARCH["甲"], rel=1e-6
    )


def test_small_multipliers_leave_either_side_possible(tmp_path: Path) -> None:
    text = table("A", "电量(kWh)", 1 / 40)
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    (tmp_path / "l.csv").write_text(LIST.replace("400/5", "50/5"), encoding="utf-8")
    store = open_store(tmp_path)
    with pytest.raises(InputError, match=r"看不出数值是否已乘倍率：A（2\.97 kW）"):
        add_readings(store, [tmp_path / "l.csv", tmp_path / "a.csv"])
