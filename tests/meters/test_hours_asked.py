"""Tables of hours with large units, registers, shares of another size, and sun at night."""

from datetime import datetime, timedelta

import pytest
from cli.asked import tanzhe

from tanzhe.errors import InputError
from tanzhe.meters.hours.tables import read_hours
from tanzhe.tables.grid import Grid

DAY = datetime(2025, 6, 21)
SUN = [20.0 if 8 <= at % 24 < 18 else 0.0 for at in range(48)]


def table(heads: list[str], *columns: list[float], shift: int = 0) -> Grid:
    """48 hours, named and filled so."""
    times = [f"{DAY + timedelta(hours=at + shift):%Y-%m-%dT%H:%M}+08:00" for at in range(48)]
    rows: list[tuple[object, ...]] = [("时间", *heads)]
    rows += [(time, *figures) for time, *figures in zip(times, *columns, strict=True)]
    return Grid("h.csv", "", True, list(range(1, len(rows) + 1)), rows, "CSV ,")


@pytest.mark.parametrize(
    ("head", "size"),
    [
        ("负荷(万kWh)", 1e4), ("负荷(万千瓦时)", 1e4), ("负荷(亿度)", 1e8), ("负荷(千kWh)", 1e3),
        ("负荷(MWh)", 1e3), ("负荷(千瓦时)", 1.0), ("负荷(kW)", 1.0), ("负荷(吉瓦时)", 1e6),
    ],
)  # fmt: skip
def test_large_units_are_read_whole(head: str, size: float) -> None:
    found = read_hours(table([head, "光伏(kWh)"], [4.0, 5.0] * 24, SUN))
    assert found.load.sum() == pytest.approx(216 * size)
    assert found.direct.sum() == pytest.approx(400)


def test_a_register_is_no_load() -> None:
    growing = [1000.0 + 40 * at for at in range(48)]
    with pytest.raises(InputError, match="像是累计示数"):
        read_hours(table(["负荷(MWh)", "光伏(MWh)"], growing, SUN))
    assert read_hours(table(["负荷(MWh)"], [40.0] * 48)).load.sum() == pytest.approx(1_920_000)


@pytest.mark.parametrize(
    ("head", "share", "asked"),
    [
        ("grid_cfe_percent", 35.0, False),
        ("grid_cfe_percent", 0.35, True),
        ("grid_cfe", 0.35, False),
        ("grid_cfe", 35.0, True),
    ],
)
def test_shares_of_another_size_are_asked(head: str, share: float, asked: bool) -> None:
    grid = table(["负荷(MWh)", head], [40.0] * 48, [share] * 48)
    if asked:
        with pytest.raises(InputError, match="看不出是百分数还是比例"):
            read_hours(grid)
    else:
        found = read_hours(grid).grid_free
        assert found is not None and found[0] == pytest.approx(0.35)


def test_sun_at_night_is_asked() -> None:
    heads = ["负荷(MWh)", "光伏(MWh)"]
    with pytest.raises(InputError, match="夜里"):
        read_hours(table(heads, [40.0] * 48, SUN, shift=-8))
    assert read_hours(table(heads, [40.0] * 48, SUN)).direct.sum() == pytest.approx(400_000)
    direct = table(["负荷(MWh)", "专线(MWh)"], [40.0] * 48, SUN, shift=-8)
    assert read_hours(direct).direct.sum() == pytest.approx(400_000)  # wind blows at night


@pytest.mark.parametrize(
    ("asked", "zh", "en"),
    [
        (("--storage", "30000"), "容量,效率，如 30000,30000,54000,0.9", "Write charge,discharge"),
        (("--shift", "0.2"), "用逗号分开的数，如 0.2,0.1", "parted by commas, e.g. 0.2,0.1"),
        (("--storage-cost", "a,b"), "用逗号分开的数，如 60,100,0.9", "commas, e.g. 60,100,0.9"),
    ],
)
def test_wrong_numbers_are_told_in_one_language_with_an_example(
    asked: tuple[str, str], zh: str, en: str
) -> None:
    for language, words, others in (("zh", zh, en), ("en", en, zh)):
        done = tanzhe("meters", "hours", "h.csv", *asked, "--lang", language)
        assert done.returncode == 2 and asked[1] in done.stderr
        assert words in done.stderr and others not in done.stderr
