"""The pictures: valid, self-contained, legible, true to their figures, labels never overlapping."""

import re
from itertools import combinations, pairwise
from math import sin
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.made import (
    DIP,
    FALL,
    PEERS,
    episode,
    episodes,
    findings,
    month,
    peak_of,
    series,
    with_parts,
    yunnan,
)
from reports.made_products import drawn_effect
from tanzhe.model import ExpectedPeriod, Growth, Series
from tanzhe.periods import Month
from tanzhe.reports import render
from tanzhe.reports.charts import drawing, standalone
from tanzhe.reports.charts.axes import Frame, index_of, mean_months, ticks, year_starts
from tanzhe.reports.charts.badges import badges
from tanzhe.reports.charts.lanes import text_width
from tanzhe.reports.charts.parts import rows_of
from tanzhe.reports.charts.path import path
from tanzhe.reports.charts.ranks import named, ranks, reach
from tanzhe.reports.charts.sums import label_boxes, sums
from tanzhe.reports.charts.window import window

SIZES = [False, True]


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
    assert not re.search(r"\bnan\b|\binf\b", svg)
    return ElementTree.fromstring(svg)


def frame(count: int = 99, width: float = 720.0) -> Frame:
    return Frame(width=width, count=count, top=0, height=100, low=0, high=10)


@pytest.mark.parametrize("narrow", SIZES)
@pytest.mark.parametrize(
    ("count", "frequency"),
    [(1, "month"), (44, "month"), (400, "month"), (1500, "day"), (26, "year")],
)
def test_the_path_works_for_short_and_long_series(count: int, frequency: str, narrow: bool) -> None:
    made = months(count, frequency=frequency)
    at = made.periods[count // 2]
    found = episodes(made, episode(at), episode(at, 9.0, (4.0, 11.0)))
    root = drawn(path(made, found, title="图", narrow=narrow))
    assert root.attrib["role"] == "img" and root.attrib["aria-label"].startswith("图")
    assert drawn(path(made, None, title="图", narrow=narrow)) is not None


def test_a_path_of_nothing_but_holes_is_drawn() -> None:
    empty = months(44).model_copy(update={"values": (None,) * 44})
    assert drawn(path(empty, None, title="空", narrow=False)) is not None


def test_a_hole_in_the_data_is_a_hole_in_the_line() -> None:
    made = months(44).model_copy(update={"values": (*([1.0] * 20), None, *([2.0] * 23))})
    line = re.search(r'class="tz-line" d="([^"]+)"', path(made, None, title="图", narrow=False))
    assert line is not None and line[1].count("M") == 2


def test_levels_start_at_zero() -> None:
    assert ticks([90.0, 100.0])[0] == 0.0 and ticks([-5.0, 3.0])[0] <= -5.0


def test_the_merged_period_is_drawn_as_the_mean_of_its_months() -> None:
    made = series().model_copy(update={"values": (2.0,) * 99})
    halves = mean_months(made, made.values)
    assert halves[0] == 1.0 and halves[1] == 2.0


def test_an_episode_is_shaded_over_its_life_and_numbered_by_whose_it_is() -> None:
    made = series()
    svg = path(made, episodes(made, DIP, FALL), title="图", narrow=False)
    spans = re.findall(
        r'class="tz-span tz-down( tz-lasting)?" x="[^"]+" y="[^"]+" width="([^"]+)"', svg
    )
    step = frame().step
    assert [bool(lasting) for lasting, _ in spans] == [False, True]
    assert float(spans[0][1]) == pytest.approx(2 * step, abs=0.1)
    assert float(spans[1][1]) == pytest.approx((99 - made.periods.index("2021-09")) * step, abs=0.1)
    assert svg.count('<rect class="tz-badge') == 1 and svg.count('<circle class="tz-badge') == 1
    assert re.findall(r'class="tz-number"[^>]*>(\d)<', svg) == ["1", "2"]
    assert svg.count("tz-sign") == 2 and "−14%，少326万吨" in svg
    narrow = path(made, episodes(made, DIP, FALL), title="图", narrow=True)
    assert "少326万吨" not in narrow and re.findall(r'tz-number"[^>]*>(\d)<', narrow) == ["1", "2"]


def test_rises_point_up_and_faults_are_hatched() -> None:
    made = series()
    up = episode("2019-05", 9.0, (4.0, 12.0))
    fault = episode("2017-05", 30.0, (20.0, 40.0), scope="data", shape="month", end="2017-06")
    svg = path(made, episodes(made, fault, up), title="图", narrow=False)
    assert "tz-sign tz-up" in svg and "tz-sign tz-down" not in svg
    assert svg.count("tz-fault") == 1 and re.findall(r'tz-number"[^>]*>(\d)<', svg) == ["1"]


@settings(max_examples=200)
@given(
    st.lists(
        st.tuples(st.floats(0, 720), st.text("少0123万吨，−%", max_size=14), st.floats(-60, 60)),
        max_size=12,
    ),
    st.sampled_from([380.0, 720.0]),
)
def test_badges_and_words_never_stand_on_each_other(places, width) -> None:
    made = [(min(x, width), text, size) for x, text, size in places]
    placed = badges(made, first=0, last=width)
    assert len(placed) == len(made)
    boxes = [box for one in placed for box in (one.box, one.words) if box]
    assert not any(a.overlaps(b) for a, b in combinations(boxes, 2))
    for one, other in combinations(placed, 2):
        for leader, box in ((one.leader, other.words), (other.leader, one.words)):
            assert box is None or not leader.overlaps(box)
    assert all(box.left >= -0.01 and box.right <= width + 0.01 for box in boxes)


def test_words_fit_where_there_is_room() -> None:
    placed = badges([(100, "−14%，少326万吨", 14), (500, "−12%", 12)], first=0, last=720)
    assert all(one.text for one in placed) and {one.lane for one in placed} == {0}
    edge = badges([(700, "−14%，少326万吨", 14)], first=0, last=720)[0]
    assert edge.text and edge.left < edge.x


@pytest.mark.parametrize("narrow", SIZES)
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("shift", [-90, -60, -30, -3, 0])
def test_the_two_labels_of_the_sums_never_overlap(narrow, language, shift) -> None:
    of = series()
    at = len(of) - 1 + shift
    values = tuple(5.0 + (3.0 if at - 11 <= i <= at else 0.0) + i / 1000 for i in range(len(of)))
    peak = peak_of(of.model_copy(update={"values": values}))
    assert peak is not None
    drawn(sums(peak, title="图", language=language, narrow=narrow))
    width = 380.0 if narrow else 720.0
    plot = Frame(width=width, count=len(of), top=30, height=130, low=0, high=120)
    (_, one), (_, other) = label_boxes(peak, plot, language)
    assert not one.overlaps(other)
    assert min(one.left, other.left) >= 0 and max(one.right, other.right) <= width


def test_sums_mark_the_largest() -> None:
    peak = yunnan().peak
    assert peak is not None
    svg = sums(peak, title="图", narrow=False)
    assert svg.count("tz-peak") == 1 and "最高1.06亿吨，2021年8月" in svg


def test_bars_of_contributions_add_up() -> None:
    rows = rows_of(FALL, "zh")
    parts, total = rows[:-1], rows[-1]
    assert parts[0][1] == 0.0 and parts[-1][2] == pytest.approx(total[2])
    assert all(a[2] == b[1] for a, b in pairwise(parts))


def test_regions_are_dots_and_the_own_one_is_named() -> None:
    found = findings(episodes(with_parts(series(peers=PEERS)), DIP))
    beside = found.alongside
    assert beside is not None and len(beside.regions) == 4
    svg = ranks(beside, "CN-YN", title="图", narrow=False)
    assert svg.count("<circle") == 4 and svg.count("tz-own") == 1 and "云南" in svg


@settings(max_examples=100)
@given(
    st.lists(st.floats(-90, 300), min_size=2, max_size=31),
    st.sampled_from([380.0, 720.0]),
    st.sampled_from(["zh", "en"]),
)
def test_names_of_regions_never_overlap(percents, width, language) -> None:
    codes = ["CN-YN", "CN-SC", "CN-GZ", "CN-GX", "CN-NM", "CN-XJ"] + [
        f"第{i}园区" for i in range(31)
    ]
    regions = tuple(
        Growth(region=code, value=1.0 + i, percent=p)
        for i, (code, p) in enumerate(zip(codes, sorted(percents), strict=False))
    )
    low, high = reach(regions, "CN-YN")
    assert low <= regions[0].percent and low < 0 < high
    from tanzhe.model import Alongside

    beside = Alongside(first="2020-02", last="2020-03", regions=regions)
    placed = named(
        beside, "CN-YN", lambda v: (min(max(v, low), high) - low) / (high - low) * width, width,
        language,
    )  # fmt: skip
    assert placed[0][0].startswith("云南" if language == "zh" else "Yunnan")
    assert not any(a.overlaps(b) for (*_, a), (*_, b) in combinations(placed, 2))
    assert all(box.left >= 0 and box.right <= width for *_, box in placed)


def test_a_january_stands_in_the_merged_period_of_its_year() -> None:
    made = series()
    assert index_of(made, "2021-01") == index_of(made, "2021-02") == made.periods.index("2021-02")


def test_a_standalone_picture_needs_no_style_sheet() -> None:
    svg = standalone(drawing("path", yunnan(), title="图", language="zh").wide)
    root = drawn(svg)
    assert not re.search(r"<style|class=|var\(|url\(|@media|--tz", svg)
    shapes = [one for one in root.iter() if one.tag.split("}")[1] in ("path", "line", "circle")]
    assert shapes and all({"fill", "stroke"} & set(one.attrib) for one in shapes)


@given(st.lists(st.floats(-1e6, 1e9, allow_nan=False), min_size=1, max_size=20))
def test_ticks_hold_the_values(values: list[float]) -> None:
    marks = ticks(values)
    assert marks[0] <= min(values) + 1e-6 * abs(min(values)) + 1e-9
    assert marks[-1] >= max(values) - 1e-6 * abs(max(values)) - 1e-9
    assert 2 <= len(marks) <= 9 and marks == sorted(marks) and 0.0 in marks


@pytest.mark.parametrize("width", [380.0, 720.0])
@pytest.mark.parametrize("count", [3, 44, 400, 1200])
def test_years_on_the_axis_have_room_and_stay_inside(count: int, width: float) -> None:
    made, plot = months(count), frame(count, width)
    places = [plot.x(index) for index, _ in year_starts(made, plot)]
    assert all(b - a >= text_width("0000", 13) for a, b in pairwise(places))
    assert all(x + text_width("0000", 13) / 2 <= width for x in places)


def test_a_picture_has_its_numbers_as_a_table() -> None:
    found = yunnan()
    table = drawing("path", found, title="图", language="zh").table
    assert len(table) == len(found.series) + 1 and table[0] == (
        "时间", "实际", "应有水平", "范围下端", "范围上端",
    )  # fmt: skip
    parts = drawing("parts", found, title="图", language="zh").table
    assert parts[-1] == ("合计", "−17.8")


def test_page_asks_nobody_for_anything() -> None:
    html = render(yunnan(), "plain", "html")
    told = re.sub(r"(<t[dh][^>]*>)[^<]*", r"\1", html)  # an address in a cell is text
    outside = re.sub(r'<a href="[^"]*"', "", told).replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"https?://|@import|url\(|<script|<link|<img|<iframe", outside)
    assert 'lang="zh-Hans"' in html and "default-src 'none'" in html
    assert html.count("<h1>") == 1 and html.count('<details class="annex">') == 1
    assert html.index("<details class=") < html.index("文件校验值")


def test_odd_months_have_a_span_of_one() -> None:
    made = series()
    svg = path(made, episodes(made, month("2020-06")), title="图", narrow=False)
    span = re.search(r'class="tz-span[^>]*width="([^"]+)"', svg)
    assert span is not None and float(span[1]) == pytest.approx(frame().step, abs=0.1)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("narrow", SIZES)
@pytest.mark.parametrize("first", [0, 2, 7, 11])
def test_the_words_of_a_window_keep_off_its_flag_and_stay_inside(first, narrow, language) -> None:
    made = drawn_effect()
    periods = [one for one in made.series.periods if one.startswith("2021")]
    expected = tuple(
        ExpectedPeriod(period=one, value=50.0, interval=(40.0, 60.0) if at >= first else None)
        for at, one in enumerate(periods)
    )
    begin = periods[min(first, len(periods) - 1)]
    found = made.model_copy(update={"expected": expected, "window": (begin, periods[-1])})
    svg = drawn(window(found, title="图", language=language, narrow=narrow))
    flag = next(one for one in svg.iter() if one.get("class") == "tz-flag")
    left = float(flag.attrib["x"])
    words = [one for one in svg.iter() if one.get("class") == "tz-word"]
    assert words and "%" in (words[0].text or "")
    for one in words:
        start = float(one.attrib["x"])
        end = start + text_width(one.text or "", 13)
        assert end <= left or start >= left + 19
        assert start >= 0 and end <= (380 if narrow else 720)
