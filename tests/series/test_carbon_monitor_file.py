from datetime import date
from pathlib import Path

import pytest

from series import cmfile
from tanzhe.errors import InputError
from tanzhe.series.calendar import monthly
from tanzhe.series.carbon_monitor import carbon_monitor_series, is_carbon_monitor

REAL = Path(__file__).parents[3] / "shared/data/carbon_monitor/china_daily_vintage2023-02.csv.gz"


def refused(path: Path, lines: list[str], head: str = cmfile.HEAD) -> InputError:
    cmfile.write(path, lines, head)
    with pytest.raises(InputError) as caught:
        carbon_monitor_series(path, "CN-YN", "industry")
    return caught.value


def test_a_file_is_read(tmp_path: Path) -> None:
    path = cmfile.write(tmp_path / "cm.csv.gz", cmfile.rows())
    series = carbon_monitor_series(path, "CN-YN", "industry")
    assert (series.frequency, series.unit, series.source) == ("day", "MtCO2", "carbon-monitor")
    assert (series.periods[0], series.periods[-1]) == ("2020-01-01", "2022-12-31")
    assert {peer.region for peer in series.peers} == {"CN-NM", "CN-GS"}
    assert series.provisional_from == "2022-11-01"
    assert series.vintage == "to 2022-12-31"


def test_older_form_with_timestamp(tmp_path: Path) -> None:
    lines = [line + "1546300800" for line in cmfile.rows()]
    path = cmfile.write(tmp_path / "cm.csv", lines, "state,date,sector,value,timestamp")
    assert len(carbon_monitor_series(path, "CN-YN", "aviation")) == 1096


def test_vintage_of_the_download_beside_it(tmp_path: Path) -> None:
    path = cmfile.write(tmp_path / "cm.csv", cmfile.rows())
    (tmp_path / "cm.json").write_text('{"vintage": "2026-10-02"}', encoding="utf-8")
    assert carbon_monitor_series(path, "CN-YN", "industry").vintage == "2026-10-02"


def test_changed_file_is_read_again(tmp_path: Path) -> None:
    path = cmfile.write(tmp_path / "cm.csv", cmfile.rows(value=lambda _: 1.0))
    first = carbon_monitor_series(path, "CN-YN", "industry")
    cmfile.write(path, cmfile.rows(value=lambda _: 2.25))
    second = carbon_monitor_series(path, "CN-YN", "industry")
    assert (first.values[0], second.values[0]) == (1.0, 2.25)
    assert first.sha256 != second.sha256


def test_php_warning_is_refused(tmp_path: Path) -> None:
    head = "<br /><b>Warning</b>: Undefined array key"
    error = refused(tmp_path / "cm.csv", ["in /var/www/html/API"], head)
    assert "PHP" not in error.said() and "Warning" in error.said()
    assert not is_carbon_monitor(tmp_path / "cm.csv")


def test_all_faults_at_once(tmp_path: Path) -> None:
    lines = cmfile.rows()
    lines[0] = "Atlantis,01/01/2020,Industry,0.5,"
    lines[1] = "Yunnan,31/02/2020,Industry,0.5,"
    lines[2] = "Yunnan,03/01/2020,Magic,0.5,"
    lines[3] = "Yunnan,04/01/2020,Industry,lots,"
    lines[4] = "Yunnan,05/01/2020,Industry,inf,"
    said = refused(tmp_path / "cm.csv", lines).said("en")
    for word in ("Atlantis", "31/02/2020", "Magic", "lots", "inf"):
        assert word in said


def test_duplicates_and_gaps(tmp_path: Path) -> None:
    lines = cmfile.rows()
    del lines[40]
    lines.append(lines[10])
    said = refused(tmp_path / "cm.csv", lines).said("en")
    assert "stands twice" in said
    assert "missing" in said
    assert "2020-02-10" in said


def test_empty_truncated_and_missing(tmp_path: Path) -> None:
    assert "no rows" in refused(tmp_path / "a.csv", []).said("en")
    whole = cmfile.write(tmp_path / "b.csv.gz", cmfile.rows()).read_bytes()
    (tmp_path / "b.csv.gz").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(InputError):
        carbon_monitor_series(tmp_path / "b.csv.gz", "CN-YN", "industry")
    with pytest.raises(InputError, match="no such file"):
        carbon_monitor_series(tmp_path / "none.csv", "CN-YN", "industry")


def test_unfolding_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = cmfile.write(tmp_path / "cm.csv.gz", cmfile.rows())
    monkeypatch.setattr("tanzhe.series.carbon_monitor.LARGEST_BYTES", path.stat().st_size + 10)
    with pytest.raises(InputError, match="unfolds"):
        carbon_monitor_series(path, "CN-YN", "industry")


def test_region_not_in_the_file(tmp_path: Path) -> None:
    path = cmfile.write(tmp_path / "cm.csv", cmfile.rows())
    with pytest.raises(InputError, match="CN-NM"):
        carbon_monitor_series(path, "CN-BJ", "industry")


def test_nation_is_the_sum_where_the_file_has_none(tmp_path: Path) -> None:
    path = cmfile.write(tmp_path / "cm.csv", cmfile.rows())
    nation = carbon_monitor_series(path, "CN", "industry")
    assert (nation.values[0], nation.peers) == (1.5, ())
    assert [note.code for note in nation.notes] == ["sum_of_provinces"]


def test_months_of_days(tmp_path: Path) -> None:
    path = cmfile.write(tmp_path / "cm.csv", cmfile.rows(date(2020, 1, 5), 400, value=lambda _: 1))
    months = monthly(carbon_monitor_series(path, "CN-YN", "industry"))
    assert months.periods[:2] == ("2020-02", "2020-03")
    assert months.values[:2] == (None, 31.0)  # the first four days of January are missing
    assert months.values[-1] is None
    assert months.notes[-1].code == "daily_to_months"
    assert {len(peer) for peer in months.peers} == {len(months)}
    assert months.merged and all(peer.merged for peer in months.peers)


@pytest.mark.skipif(not REAL.is_file(), reason="Carbon Monitor's file is not in ../shared")
def test_the_real_file_is_read() -> None:
    series = carbon_monitor_series(REAL, "CN-YN", "industry")
    assert (len(series), len(series.peers), series.vintage) == (1461, 30, "2023-02")


@pytest.mark.parametrize("way", ["%Y-%m-%d", "%Y/%m/%d", "%m/%d/%Y"])
def test_dates_as_resaved(tmp_path: Path, way: str) -> None:
    lines = cmfile.rows(value=lambda day: day.day)
    again = [",".join([a, f"{date(int(d[6:]), int(d[3:5]), int(d[:2])):{way}}", *rest])
             for a, d, *rest in (line.split(",") for line in lines)]  # fmt: skip
    path = cmfile.write(tmp_path / "cm.csv", again)
    series = carbon_monitor_series(path, "CN-YN", "industry")
    assert (series.periods[0], series.periods[-1]) == ("2020-01-01", "2022-12-31")
    assert series.values[:3] == (1.0, 2.0, 3.0)
