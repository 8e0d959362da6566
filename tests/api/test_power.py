"""Power with its episodes: explained by water where the balance says so, and only there."""

from tanzhe import Episodes, episodes, load, power
from tanzhe.reports.answers.power import power_lines, power_table


def with_code(found: Episodes, code: str) -> list[str]:
    return [e.begin for e in found.episodes if code in [note.code for note in e.notes]]


def test_thermal_power_that_answers_to_water_says_so() -> None:
    # The autumn flood of 2017 in Hubei.
    found = episodes(load("湖北", "火电"))
    assert with_code(found, "more_water") == ["2017-10"]
    (one,) = [e for e in found.episodes if e.begin == "2017-10"]
    assert one.explained_by_water is not None and one.explained_by_water >= 0.5


def test_where_water_hardly_matters_nothing_is_said() -> None:
    found = episodes(load("上海", "火电"))
    assert with_code(found, "less_water") == [] == with_code(found, "more_water")
    assert episodes(load("上海", "水泥")).episodes[0].explained_by_water is None


def test_a_span_is_told_with_years_beside_it() -> None:
    system = power("湖北", since="2022-08", until="2022-11")
    assert (system.periods[0], system.periods[-1]) == ("2022-08", "2022-11")
    assert {c.of for c in system.changes} <= {"span", "episode"}
    lines = power_lines(system)
    assert any(
        "比上年同期多发131亿千瓦时（+29%）；主要因为水电少发376（占90%）" in x for x in lines
    )
    english = power_lines(system, "en")
    assert any("mainly because hydropower was lower by 376 (90% of it)" in x for x in english)


def test_the_table_has_a_row_a_year_and_the_last_twelve_months() -> None:
    rows = power_table(power("全国"))
    assert rows[0][:3] == ("亿千瓦时", "火电", "水电")
    assert [row[0] for row in rows[-3:]] == ["2025", "2026年1月—7月", "2025年8月—2026年7月"]
    assert rows[-3][-1].startswith("太阳能多发3,342")
    # Consumption of 2023-02 is not published by province: no sum, and the year is marked.
    by_year = {row[0]: row for row in power_table(power("云南"))}
    assert by_year["2023"][-2].endswith("*") and "—" in by_year["2023"]
    assert by_year["2022"][1:5] == ("459", "3,039", "37", "2,390")


def test_what_is_said_of_spans() -> None:
    """A span that is an episode's life is told once; one that cannot be compared is no silence."""
    lines = power_lines(power("广东", since="2021-01", until="2021-12"))
    assert len([line for line in lines if line.startswith("2021年1月—12月")]) == 2
    assert power_lines(power("青海", since="2016-01", until="2016-03"))[0].startswith(
        "这一时段无法与此前比较"
    )
    years = power("内蒙古", since="2021-01", until="2022-12")
    assert [c.against for c in years.changes if c.of == "span"] == ["year_before"]
