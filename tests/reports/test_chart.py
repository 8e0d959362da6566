"""The chart: valid, self-contained, legible, with gaps where there is nothing."""

import re
from itertools import combinations, pairwise
from math import sin
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.made import odd, point, series, without_season, yunnan
from tanzhe.model import Series
from tanzhe.periods import Month
from tanzhe.reports import render
from tanzhe.reports.axes import Frame, adjusted_rates, index_of, ticks, year_starts
from tanzhe.reports.chart import chart, described, label_boxes
from tanzhe.reports.lanes import lanes_of, text_width
from tanzhe.reports.selection import charted_points
from tanzhe.reports.standalone import standalone


def months(count: int, *, frequency: str = "month") -> Series:
    made = series()
    if frequency == "year":
        periods = tuple(str(1990 + i) for i in range(count))
    elif frequency == "day":
        from datetime import date, timedelta

        periods = tuple(str(date(2019, 1, 1) + timedelta(days=i)) for i in range(count))
    else:
        periods = tuple(str(Month(1990, 1).next(i)) for i in range(count))
    values = tuple(5 + sin(i) if i % 17 else None for i in range(count))
    new = {"periods": periods, "values": values, "frequency": frequency, "merged": False}
    return made.model_copy(update={**new, "provisional_from": None})


def drawn(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


@pytest.mark.parametrize(
    ("count", "frequency"),
    [(1, "month"), (44, "month"), (400, "month"), (1500, "day"), (26, "year")],
)
def test_chart_works_for_short_and_long_series(count: int, frequency: str) -> None:
    made = months(count, frequency=frequency)
    at = made.periods[count // 2]
    svg = chart(made, [point(at), point(at, 9.0, (4.0, 11.0))], title="图")
    root = drawn(svg)
    assert root.attrib["role"] == "img"
    assert [child.tag.split("}")[1] for child in root][:2] == ["title", "desc"]
    assert not re.search(r"nan|inf", svg.split("</style>")[1])


def test_chart_of_nothing_but_holes_is_drawn() -> None:
    empty = months(44).model_copy(update={"values": (None,) * 44})
    assert drawn(chart(empty, [], title="空")) is not None


def test_a_hole_in_the_data_is_a_hole_in_the_line() -> None:
    made = months(44).model_copy(update={"values": (*([1.0] * 20), None, *([2.0] * 23))})
    line = re.search(r'class="tz-line" d="([^"]+)"', chart(made, [], title="图"))
    assert line is not None and line[1].count("M") == 2


def test_the_adjusted_series_is_the_main_line_and_the_series_stays_behind_it() -> None:
    made = series()
    smooth = without_season(made)
    plain = chart(made, [], title="图")
    svg = chart(made, [], title="图", adjusted=smooth)
    assert 'class="tz-raw"' not in plain and "季节调整后" not in plain
    assert svg.index('class="tz-raw"') < svg.index('class="tz-line"')
    assert "季节调整后" in svg and "原始" in svg
    assert svg.count("tz-dot") == svg.split("</style>")[0].count("tz-dot") + len(
        [v for v in smooth if v is not None]
    )
    line = r'class="tz-raw" d="([^"]+)"'
    published, main = re.search(line, svg), re.search(line.replace("raw", "line"), svg)
    assert published is not None and main is not None and published[1] != main[1]
    assert published[1].count("M") == main[1].count("M") == 2  # the hole is a hole in both


def test_adjusted_means_are_drawn_in_the_unit_of_the_axis() -> None:
    made = months(24).model_copy(update={"values": (30.4375,) * 24})
    assert adjusted_rates(made, (1.0,) * 24) == pytest.approx([30.4375] * 24)
    years = months(26, frequency="year")
    assert adjusted_rates(years, (1.0,) * 26) == [1.0] * 26
    assert adjusted_rates(made, ()) == adjusted_rates(made, (1.0,) * 5) == []


@pytest.mark.parametrize(("count", "frequency"), [(44, "month"), (1500, "day"), (26, "year")])
def test_an_adjusted_chart_works_for_short_and_long_series(count: int, frequency: str) -> None:
    made = months(count, frequency=frequency)
    at, later = made.periods[count // 2], made.periods[count // 2 + 3]
    points = [point(at, kind="pulse", until=later), odd("2019-05").model_copy(update={"date": at})]
    svg = chart(made, points, title="图", adjusted=made.values)
    assert drawn(svg) is not None and not re.search(r"nan|inf", svg.split("</style>")[1])


def test_levels_stand_on_the_adjusted_line() -> None:
    made = series().model_copy(update={"values": (8.0,) * 77})
    smooth = (1.0,) * 40 + (2.0,) * 37
    svg = chart(made, [point(made.periods[40])], title="图", adjusted=smooth)
    heights = re.findall(r'class="tz-level" x1="[^"]+" x2="[^"]+" y1="([^"]+)"', svg)
    assert len(set(heights)) == 2


def test_a_pulse_shades_its_span_and_an_odd_month_does_not() -> None:
    made = series()
    span = r'class="tz-span tz-down" x="([^"]+)" y="[^"]+" width="([^"]+)"'
    pulse = re.search(
        span, chart(made, [point("2020-02", kind="pulse", until="2020-04")], title="图")
    )
    step = (960 - 62 - 22) / 77
    assert pulse is not None and float(pulse[2]) == pytest.approx(2 * step, abs=0.1)
    alone = chart(made, [odd("2020-06")], title="图").split("</style>")[1]
    assert "tz-span" not in alone and "tz-band" not in alone and "tz-level" not in alone
    assert "tz-odd" in alone and "单期异常（不作转折点）" in alone
    assert "单月异常" in described(made, [odd("2020-06")], "zh")


def test_a_january_stands_in_the_merged_period_of_its_year() -> None:
    made = series()
    assert index_of(made, "2021-01") == index_of(made, "2021-02") == made.periods.index("2021-02")


def test_a_standalone_chart_needs_no_style_sheet() -> None:
    found = yunnan()
    points = charted_points(found)
    svg = standalone(chart(found.points.series, points, title="图", adjusted=found.points.adjusted))
    root = drawn(svg)
    assert root[2].attrib["fill"] == "#ffffff"
    assert not re.search(r"<style|class=|var\(|url\(|@media|--tz", svg)
    shapes = [one for one in root.iter() if one.tag.split("}")[1] in ("path", "line", "circle")]
    assert shapes and all({"fill", "stroke"} & set(one.attrib) for one in shapes)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(0, 399), max_size=25), st.sampled_from(["zh", "en"]))
def test_labels_never_overlap(at: list[int], language: str) -> None:
    made = months(400)
    points = [
        point(made.periods[i], scope="national" if i % 2 else "province", single=alone)
        for i in at
        for alone in [0.9 if i % 3 == 0 else None]
    ]
    boxes = label_boxes(made, points, language)  # type: ignore[arg-type]
    assert not any(one.overlaps(other) for one, other in combinations(boxes, 2))
    assert all(box.left >= 0 and box.right <= 960 for box in boxes)


@given(st.lists(st.tuples(st.floats(0, 900), st.floats(1, 90)), max_size=30))
def test_lanes_keep_spans_apart(made: list[tuple[float, float]]) -> None:
    spans = [(left, left + width) for left, width in made]
    lanes = lanes_of(spans, gap=1)
    for (one, lane), (other, next_lane) in combinations(zip(spans, lanes, strict=True), 2):
        assert lane != next_lane or one[1] < other[0] or other[1] < one[0]


def test_kinds_and_scopes_differ_by_shape() -> None:
    made = series()
    variants = [
        point("2019-05"),
        point("2019-05", 9.0, (4.0, 12.0)),
        point("2019-05", 1.0, (-4.0, 12.0)),
        point("2019-05", kind="slope"),
        point("2019-05", kind="pulse", until="2019-08"),
        point("2019-05", scope="calendar"),
        point("2019-05", scope="data"),
        point("2019-05", scope="national"),
        odd("2019-05"),
    ]
    shapes = set()
    for one in variants:
        root = chart(made, [one], title="图")
        path = re.findall(r'<path class="tz-(?!line|raw|level)([^"]*)" d="([^"]+)"', root)[0]
        shapes.add((path[1], "odd" in path[0], root.count('tz-frame"')))
    assert len(shapes) == len(variants)


@given(st.lists(st.floats(-1e6, 1e9, allow_nan=False), min_size=1, max_size=20))
def test_ticks_hold_the_values(values: list[float]) -> None:
    marks = ticks(values)
    assert marks[0] <= min(values) + 1e-6 * abs(min(values)) + 1e-9
    assert marks[-1] >= max(values) - 1e-6 * abs(max(values)) - 1e-9
    assert 2 <= len(marks) <= 9 and marks == sorted(marks)


@pytest.mark.parametrize("count", [3, 44, 400, 1200])
def test_years_on_the_axis_have_room(count: int) -> None:
    made = months(count)
    frame = Frame(count, 0, 0, 1)
    places = [frame.x(index) for index, _ in year_starts(made, frame)]
    assert all(b - a >= text_width("0000", 13) for a, b in pairwise(places))


def test_page_asks_nobody_for_anything() -> None:
    found = yunnan()
    html = render(found, "plain", "html")
    outside = re.sub(r'<a href="[^"]*"', "", html).replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"https?://|@import|url\(|<script|<link|<img|<iframe", outside)
    assert 'lang="zh-Hans"' in html and "default-src 'none'" in html
    assert html.count("<h1>") == 1
    assert all(point.date[:4] in html for point in charted_points(found))
    assert html.count('<th scope="row">') >= len(found.points.series)
