from datetime import date
from pathlib import Path

import pytest

from series import cmfile
from tanzhe.model import Series
from tanzhe.series.calendar import monthly
from tanzhe.series.carbon_monitor import carbon_monitor_series
from tanzhe.series.checks import against_reference, check, check_jumps, check_sum, check_vintage
from tanzhe.series.nbs import nbs_series

REAL = Path(__file__).parents[3] / "shared/data/carbon_monitor/china_daily_vintage2023-02.csv.gz"


def power(tmp_path: Path, name: str, broken_from: int = 9999, scale: float = 1.0) -> Path:
    """Yunnan's power as its own thermal generation says, tripled from a year on."""
    truth = nbs_series("CN-YN", "power")
    level = {
        p: (v or 0) / (60 if p.endswith("-02") else 30)
        for p, v in zip(truth.periods, truth.values, strict=True)
    }

    def value(day: date) -> float:
        key = f"{day.year}-{max(day.month, 2):02d}"
        return scale * level[key] * (3 if day.year >= broken_from else 1)

    rows = cmfile.rows(states=["Yunnan"], sectors=["Power"], value=value)
    return cmfile.write(tmp_path / name, rows)


def codes(path: Path, previous: Path | None = None) -> list[str]:
    return [finding.code for finding in check(path, previous)]


def test_sound_file_has_only_the_provisional_note(tmp_path: Path) -> None:
    assert codes(power(tmp_path, "a.csv")) == ["provisional"]


def test_defect_shows_against_the_second_source(tmp_path: Path) -> None:
    found = [f for f in check(power(tmp_path, "b.csv", 2022)) if f.code == "second_source"]
    assert [(f.region, f.period, f.severity) for f in found] == [("CN-YN", "2022-02", "warning")]
    assert found[0].words.zh and found[0].words.en


def test_vintages(tmp_path: Path) -> None:
    old, new = power(tmp_path, "old.csv"), power(tmp_path, "new.csv", scale=1.3)
    assert "vintage_level" in codes(new, old)
    assert "vintage_shape" not in codes(new, old)
    assert "vintage_shape" in codes(power(tmp_path, "bent.csv", 2022), old)


def test_reference_is_attached_for_power_only(tmp_path: Path) -> None:
    path = cmfile.write(tmp_path / "c.csv", cmfile.rows())
    one = against_reference(carbon_monitor_series(path, "CN-YN", "power"))
    assert one.reference is not None and one.reference.source == "nbs-output"
    assert all(peer.reference is not None for peer in one.peers)
    months = monthly(one)
    assert months.reference is not None and months.reference.frequency == months.frequency
    industry = carbon_monitor_series(path, "CN-YN", "industry")
    assert against_reference(industry).reference is None


def plain(values: tuple[float | None, ...], region: str = "X") -> Series:
    return Series(
        region=region,
        sector="industry",
        unit="t",
        frequency="year",
        periods=tuple(str(1990 + i) for i in range(len(values))),
        values=values,
        source="x",
        vintage="x",
        sha256="x",
    )


def test_jump_that_stays() -> None:
    assert [f.period for f in check_jumps(plain((1.0,) * 8 + (6.0,) * 8))] == ["1998"]
    assert check_jumps(plain((1.0,) * 8 + (6.0,) + (1.0,) * 8)) == []
    assert check_jumps(plain((0.0,) * 16)) == []


def test_sum_of_provinces() -> None:
    parts = (plain((1.0, 2.0)), plain((3.0, 4.0)))
    assert check_sum(plain((4.0, 6.0)), parts) == []
    assert check_sum(plain((4.0, 7.0)), parts)[0].period == "1991"


def test_gaps_are_told() -> None:
    assert [f.code for f in check(plain((1.0, None, 2.0)))] == ["not_published"]


def test_nothing_in_common_is_no_finding() -> None:
    assert check_vintage(plain((1.0,)), plain((None,))) == []


def test_built_in_source() -> None:
    found = {(f.code, f.region, f.period) for f in check("nbs-output")}
    assert ("revised_output", "CN-NM", "2017-02") in found
    assert ("not_published", "CN-GZ", "2021-11") in found
    assert not any(code == "impossible_jump" for code, _, _ in found)


def test_user_table(tmp_path: Path) -> None:
    def saved(name: str, scale: float) -> Path:
        lines = ["date,value,region,sector"]
        for i in range(36):
            month = f"{2020 + i // 12}-{i % 12 + 1:02d}"
            jump = 8 if i >= 20 else 1
            value = scale * (30 + i**3 % 37)
            lines += [f"{month},{value},云南,工业", f"{month},{value * jump},甘肃,工业"]
        path = tmp_path / name
        path.write_text("\n".join(lines), encoding="utf-8")
        return path

    new, old = saved("new.csv", 2.0), saved("old.csv", 1.0)
    found = {(f.code, f.region) for f in check(new, old)}
    assert found == {
        ("impossible_jump", "CN-GS"),
        ("vintage_level", "CN-YN"),
        ("vintage_level", "CN-GS"),
    }


@pytest.mark.skipif(not REAL.is_file(), reason="Carbon Monitor's file is not in ../shared")
def test_yunnan_power_2021_is_a_data_defect() -> None:
    found = {(f.code, f.region, f.period) for f in check(REAL)}
    assert ("second_source", "CN-YN", "2021-02") in found
    assert not any(code == "second_source" and region == "CN-HE" for code, region, _ in found)
