"""The chart: valid, self-contained, legible, with gaps where there is nothing."""

import re
from itertools import combinations, pairwise
from math import sin
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.made import point, series, yunnan
from tanzhe.model import Series
from tanzhe.periods import Month
from tanzhe.reports import render
from tanzhe.reports.axes import Frame, ticks, year_starts
from tanzhe.reports.chart import chart, label_boxes
from tanzhe.reports.lanes import lanes_of, text_width
from tanzhe.reports.selection import apart_points, main_points, weak_points


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


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(0, 399), max_size=25), st.sampled_from(["zh", "en"]))
def test_labels_never_overlap(at: list[int], language: str) -> None:
    made = months(400)
    points = [point(made.periods[i], scope="national" if i % 2 else "province") for i in at]
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
    ]
    shapes = set()
    for one in variants:
        root = chart(made, [one], title="图")
        path = re.findall(r'<path class="tz-(?!line|level)[^"]*" d="([^"]+)"', root)[0]
        shapes.add((path, root.count('tz-frame"')))
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
    shown = (*main_points(found), *weak_points(found), *apart_points(found))
    assert all(point.date[:4] in html for point in shown)
    assert html.count('<th scope="row">') >= len(found.points.series)
