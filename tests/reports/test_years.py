"""Years that moved much, data that ended long ago, and what few cases may claim."""

import pytest

from reports.made import (
    effect_of,
    effects,
    episode,
    episodes,
    findings,
    periods,
    power,
    series,
)
from tanzhe.errors import Language
from tanzhe.model import Series
from tanzhe.model.episode import Stability
from tanzhe.reports import Findings, render
from tanzhe.reports.parts.years import large_years
from tanzhe.reports.words.numbers import kept_words

FULL = ("raw", "plain", "formal")
# Totals of seven years in Mt; 2018 is a tenth below, 2019 comes back. Cement is one hundred a year
# but in 2018, when it is 85; the rest is steel.
TOTALS = {2015: 300, 2016: 303, 2017: 300, 2018: 270, 2019: 300, 2020: 303, 2021: 300}
CEMENT = {year: 85 if year == 2018 else 100 for year in TOTALS}


def yearly(totals: dict[int, float], cement: dict[int, float] | None = None) -> Series:
    """Months of equal value, eleven periods a year, with cement and steel as parts."""
    months = periods("2015-02", "2021-12")
    weight = [2 / 12 if month.endswith("-02") else 1 / 12 for month in months]
    values = [w * totals[int(m[:4])] for w, m in zip(weight, months, strict=True)]
    of_cement = [w * (cement or CEMENT)[int(m[:4])] for w, m in zip(weight, months, strict=True)]
    part = {"factor": 1.0, "factor_unit": "tCO2/t", "factor_source": "made"}
    parts = (
        {"product": "cement", "values": of_cement, **part},
        {
            "product": "crude_steel",
            "values": [v - c for v, c in zip(values, of_cement, strict=True)],
            **part,
        },
    )
    made = series()
    return Series.model_validate(
        {**dict(made), "periods": months, "values": values, "parts": parts,
         "provisional_from": None}
    )  # fmt: skip


def found(made: Series, *told, **other) -> Findings:
    return findings(episodes(made, *told), **other)


def text_of(one: Findings, register: str = "formal", language: Language = "zh") -> str:
    return str(render(one, register, "md", language))


def test_a_year_is_told_by_its_products_as_reckoned_by_hand() -> None:
    """(270 - 300) / 300 is -10 %; cement fell by 15, steel by 15: five points of it each."""
    one = found(yearly(TOTALS))
    assert [total.first[:4] for total in large_years(one)] == ["2018", "2019"]
    text = text_of(one)
    line = next(line for line in text.splitlines() if line.startswith("- 2018年比上年"))
    assert "2018年比上年下降10%" in line
    assert "水泥拉低5.0个百分点" in line and "粗钢拉低5.0个百分点" in line
    assert "未列入变动" in line
    back = next(line for line in text.splitlines() if line.startswith("- 2019年比上年"))
    # 30 of 270 is 11 %, 15 of 270 is 5.6 points.
    assert "增长11%" in back and "水泥拉高5.6个百分点" in back


@pytest.mark.parametrize("register", FULL)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_episode_that_tells_the_year_is_named(register: str, language: Language) -> None:
    one = episode("2018-02", -10.0, (-14.0, -6.0), shape="pulse", end="2019-02")
    text = text_of(found(yearly(TOTALS), one), register, language)
    lines = [line for line in text.splitlines() if line.startswith(("- 2018", "- 2019"))]
    assert len(lines) == 2  # the fall and the recovery are one episode
    for line in lines:
        assert ("见表中序号1" if language == "zh" else "See episode 1") in line


def test_a_rise_is_not_told_by_a_fall_within_it() -> None:
    one = episode("2019-05", -10.0, (-14.0, -6.0), shape="pulse", end="2021-05")
    text = text_of(found(yearly(TOTALS), one))
    line = next(line for line in text.splitlines() if line.startswith("- 2019年比上年"))
    assert "见表中序号" not in line


@pytest.mark.parametrize(
    ("totals", "told"),
    [
        # Five percent and more, seven points from the usual growth: on both sides of each.
        ({**TOTALS, 2018: 282, 2019: 300}, []),
        ({**TOTALS, 2018: 277, 2019: 300}, ["2018", "2019"]),
        ({year: 300 * 1.1 ** (year - 2015) for year in TOTALS}, []),
        (dict.fromkeys(TOTALS, 300), []),
    ],
)
def test_only_years_far_from_the_usual_are_asked_about(
    totals: dict[int, float], told: list[str]
) -> None:
    one = found(yearly(totals, dict.fromkeys(totals, 100)))
    assert [total.first[:4] for total in large_years(one)] == told


def test_at_most_three_years_are_told() -> None:
    wild = {year: 300 * (1.3 if year % 2 else 1.0) for year in TOTALS}
    assert len(large_years(found(yearly(wild, dict.fromkeys(wild, 100))))) == 3


def test_a_month_that_is_missing_leaves_products_out() -> None:
    made = yearly(TOTALS)
    first = made.parts[0]
    gap = tuple(
        None if p == "2018-05" else v for p, v in zip(made.periods, first.values, strict=True)
    )
    cut = made.model_copy(
        update={"parts": (first.model_copy(update={"values": gap}), made.parts[1])}
    )
    line = next(
        line for line in text_of(found(cut)).splitlines() if line.startswith("- 2018年比上年")
    )
    assert "水泥" not in line and "下降10%" in line


def test_measured_events_of_the_year_stand_with_it() -> None:
    measured = effects(
        effect_of("a", "限产", -9.0, "effect", date="2018-04-11"),
        effect_of("b", "别的年份", -9.0, "effect", date="2017-04-11"),
        effect_of("c", "看不出", -9.0, "cannot_tell", date="2018-05-11"),
        effect_of("d", "相反", 9.0, "effect", date="2018-06-11"),
    )
    text = text_of(found(yearly(TOTALS), effects=measured))
    line = next(line for line in text.splitlines() if line.startswith("- 2018年比上年"))
    assert "限产（水泥−9.0%）" in line
    assert all(name not in line for name in ("别的年份", "看不出", "相反"))


@pytest.mark.parametrize("register", [*FULL, "brief"])
def test_data_that_ended_long_ago_say_what_now_means(register: str) -> None:
    """Data to December 2021, made in November 2026: 59 months."""
    text = text_of(found(yearly(TOTALS)), register)
    assert "数据止于2021年12月，距编制时59个月" in text
    english = text_of(found(yearly(TOTALS)), register, "en")
    assert "The data end in December 2021, 59 months before this was made" in english


def test_fresh_data_and_a_report_as_of_a_month_do_not() -> None:
    made = yearly(TOTALS)
    asked = made.model_copy(update={"as_of": "2022-01"})
    assert "数据止于" not in text_of(found(asked))
    fresh = found(made)
    manifest = fresh.manifest.model_copy(update={"created": "2022-11-30T00:00:00+00:00"})
    assert "数据止于" not in text_of(fresh.model_copy(update={"manifest": manifest}))
    manifest = fresh.manifest.model_copy(update={"created": "2022-12-01T00:00:00+00:00"})
    assert "距编制时12个月" in text_of(fresh.model_copy(update={"manifest": manifest}))


@pytest.mark.parametrize(
    ("share", "zh", "en"),
    [
        (1.0, "全部", "all of them"),
        (0.9999, "有99%", "99% of them"),
        (0.805, "有80%", "80% of them"),
    ],
)
def test_all_of_few_is_no_hundred_percent(share: float, zh: str, en: str) -> None:
    assert kept_words(share) == (zh, en)


@pytest.mark.parametrize("register", FULL)
def test_a_kind_that_cannot_be_told_has_no_probability(register: str) -> None:
    """Of three kinds the likeliest may have one in a hundred: that number says nothing."""
    one = episode("2021-09", shape_probability=0.004).model_copy(
        update={"stability": Stability(kept=1.0, moved=0.0, rebanded=0.0, later=11, n=24)}
    )
    text = text_of(found(yearly({**TOTALS, 2018: 300}), one), register)
    assert ("不到1%" not in text and "难" in text) or "说不准" in text
    assert "24次" in text.replace("n=24", "24次") and "全部" in text and "100%" not in text


def test_events_close_in_time_are_not_added_up() -> None:
    near = effects(
        effect_of("a", "甲", -9.0, "effect", date="2018-04-11"),
        effect_of("b", "乙", -9.0, "effect", date="2018-07-11"),
    )
    text = text_of(found(yearly(TOTALS), effects=near))
    assert "时间相近的几件事分不开，数字不能相加" in text
    far = effects(
        effect_of("a", "甲", -9.0, "effect", date="2018-04-11"),
        effect_of("b", "乙", -9.0, "effect", date="2018-08-11"),
    )
    text = text_of(found(yearly(TOTALS), effects=far))
    assert "不能相加" not in text and "同时发生的其他事情也在其中" in text


def test_effects_on_power_say_that_water_is_in_them() -> None:
    measured = effects(effect_of("a", "甲", -9.0, "effect"))
    assert "没有扣除来水" not in text_of(found(yearly(TOTALS), effects=measured))
    assert "没有扣除来水" in text_of(found(yearly(TOTALS), effects=measured, power=power()))


def test_an_interval_that_holds_zero_is_explained_where_there_is_one() -> None:
    clear = effects(effect_of("a", "甲", -9.5, "effect"))
    assert "跨零" not in text_of(found(yearly(TOTALS), effects=clear))
    crossing = effects(effect_of("a", "甲", -8.5, "effect"))
    assert "也有区间跨零而判为有作用的" in text_of(found(yearly(TOTALS), effects=crossing))


@pytest.mark.parametrize(
    ("year", "numbers"),
    [("2018", "见表中序号1"), ("2019", "没有明显到可以判定的一段")],
)
def test_a_fall_within_a_year_does_not_raise_that_year(year: str, numbers: str) -> None:
    """A fall of March to June 2018 lowers 2018; one of 2019 that is over raises nothing."""
    totals = dict.fromkeys(TOTALS, 300.0) | {2018: 270.0, 2019: 320.0}
    begin = {"2018": "2018-03", "2019": "2019-03"}[year]
    made = yearly(totals)
    text = text_of(found(made, episode(begin, -12.0, (-16.0, -8.0), end=f"{year}-07")))
    line = next(one for one in text.splitlines() if one.startswith(f"- {year}年比上年"))
    assert numbers in line


@pytest.mark.parametrize(
    ("growth", "words"), [(1.03, "落到原有走势之下（总量仍高于此前）"), (0.97, "缓慢下滑")]
)
def test_what_still_grows_does_not_slide(growth: float, words: str) -> None:
    totals = {year: 300.0 * growth ** (year - 2015) for year in TOTALS}
    made = yearly(totals)
    told = episode("2018-02", -9.0, (-14.0, -4.0), shape="slide")
    assert words in text_of(found(made, told))
