from pathlib import Path

import pytest

from series import cmfile
from tanzhe.errors import InputError, UnknownName
from tanzhe.series.nbs import nbs_series
from tanzhe.series.sources import data_sources, load_series
from tanzhe.series.span import chosen, cut


def test_built_in_by_any_name() -> None:
    assert load_series("滇", "Industry") == load_series("CN-YN", "工业")
    assert load_series("云南", "水泥").sector == "cement"


def test_span_of_the_built_in_source() -> None:
    series = load_series("云南", "工业", since="2019-01", until="2021-01")
    assert (series.periods[0], series.periods[-1]) == ("2019-02", "2020-12")
    assert {len(peer) for peer in series.peers} == {len(series)}
    assert "caustic_soda" in [part.product for part in series.parts]


@pytest.mark.parametrize(
    ("since", "until", "said"),
    [
        ("2020", None, "YYYY-MM"),
        ("2020-00", "x", "YYYY-MM"),
        ("2010-01", None, "outside"),
        (None, "2030-01", "outside"),
        ("2021-05", "2020-05", "Nothing between"),
    ],
)
def test_bad_spans(since: str | None, until: str | None, said: str) -> None:
    with pytest.raises(InputError, match=said):
        load_series("云南", "工业", since=since, until=until)


def test_unknown_names() -> None:
    with pytest.raises(UnknownName):
        load_series("月南岛国", "工业")
    with pytest.raises(InputError, match="carbon-monitor"):
        load_series("云南", "地面交通")
    with pytest.raises(InputError, match="fetch"):
        load_series("云南", "工业", "carbon-monitor")


def test_header_decides(tmp_path: Path) -> None:
    path = cmfile.write(tmp_path / "anything.txt", cmfile.rows())
    series = load_series("云南", "电力", path, since="2021-02", until="2022-11")
    assert series.source == "carbon-monitor"
    assert (series.periods[0], series.periods[-1]) == ("2021-02-01", "2022-11-30")
    assert series.reference is not None
    assert {len(p) for p in series.peers} == {len(series)}


def test_own_table(tmp_path: Path) -> None:
    path = tmp_path / "园区.csv"
    rows = [f"{y}-{m:02d},{y - 2000 + m}" for y in (2020, 2021) for m in range(1, 13)]
    path.write_text("date,value\n" + "\n".join(rows), encoding="utf-8")
    series = load_series("某园区", "工业", str(path), since="2020-03")
    assert (series.source, series.periods[0], series.region) == ("园区.csv", "2020-03", "某园区")


def test_sources_are_described() -> None:
    for source in data_sources():
        for words in (source.what, source.coverage, source.terms):
            assert words.zh and words.en
    assert data_sources()[0].built_in


def test_chosen_on_years() -> None:
    assert chosen(("2018", "2019", "2020"), "2019-01", "2020-06", merged=False) == (1, 3)


def test_cut_without_span_is_the_series_itself() -> None:
    series = nbs_series("CN-YN", "power")
    assert cut(series, None, None) is series
