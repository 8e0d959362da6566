"""What is said of made-up panels, whose truth is known, and of the built-in data."""

import numpy as np
import pytest

from tanzhe.api.series.effects import effect, event_effects
from tanzhe.api.series.turning import load
from tanzhe.errors import InputError, UnknownName
from tanzhe.model import EventEffect, Series
from tanzhe.places import neighbours, provinces
from tanzhe.reports.answers.effect import (
    effect_answer,
    effect_lines,
    effects_answer,
    effects_notes,
    effects_rows,
)

PERIODS = [f"{y}-{m:02d}" for y in range(2015, 2025) for m in range(2, 13)]


def panel(
    put_in: float = 0.0,
    *,
    at: str = "2021-05",
    months: int = 3,
    regions: int = 16,
    noise: float = 0.05,
    seed: int = 1,
    everywhere: float = 0.0,
    lasts: bool = False,
) -> Series:
    """Regions with a season, a common walk, AR(1) noise; an effect in logs in the first."""
    rng = np.random.default_rng(seed)
    periods = len(PERIODS)
    season = 0.2 * np.sin(2 * np.pi * np.arange(periods) / 11)
    common = 0.02 * rng.normal(size=periods).cumsum()
    logs = np.empty((regions, periods))
    for region in range(regions):
        own = np.zeros(periods)
        for t in range(1, periods):
            own[t] = 0.4 * own[t - 1] + noise * rng.normal()
        logs[region] = 4 + rng.normal() + season * rng.uniform(0.5, 1.5) + common + own
    start = PERIODS.index(at)
    stop = periods if lasts else start + months
    logs[0, start:stop] += put_in
    logs[:, start : start + months] += everywhere
    members = [
        Series(
            region=f"某市{region}", sector="某产品", unit="万吨", frequency="month", merged=True,
            periods=tuple(PERIODS), values=tuple(np.exp(row).tolist()), source="x.csv", vintage="",
            sha256="0" * 64,
        )
        for region, row in enumerate(logs)
    ]  # fmt: skip
    return members[0].model_copy(update={"peers": tuple(members[1:])})


def asked(series: Series, sign: str | None = "down", until: str = "2021-07") -> EventEffect:
    return effect(series, date="2021-05", until=until, words="限产", sign=sign)  # type: ignore[arg-type]


def test_an_effect_put_in_is_found_with_its_size() -> None:
    found = asked(panel(np.log(0.75)))
    assert found.verdict == "effect" and found.basis == "excess"
    assert found.effect is not None and found.p_value is not None
    low, high = found.effect.percent_interval
    assert low < -25 < high < 0
    assert found.effect.amount.value < 0 and found.effect.amount.unit == "万吨"
    assert found.lasting is False
    passed = {check.name: check.passed for check in found.checks}
    assert passed["placebo_in_space"] and passed["anticipation"] and passed["others_moved"]
    assert sum(donor.weight for donor in found.donors) == pytest.approx(1, abs=0.05)


@pytest.mark.parametrize("everywhere", [False, True])
def test_the_expected_path_lies_off_by_the_size_that_is_told(everywhere: bool) -> None:
    given = panel(np.log(0.75), regions=5 if everywhere else 16)  # five: the own past counts
    found = asked(given)
    assert found.effect is not None and found.basis == ("own" if everywhere else "excess")
    assert found.expected[0].period == "2020-05" and found.expected[-1].period == "2022-02"
    actual = dict(zip(given.periods, given.array, strict=True))
    inside = [one for one in found.expected if one.interval is not None]
    assert [one.period for one in inside] == ["2021-05", "2021-06", "2021-07"]
    for put in (lambda one: one.value, lambda one: one.interval[1], lambda one: one.interval[0]):
        log = np.mean([np.log(actual[one.period] / put(one)) for one in inside])
        told = 100 * np.expm1(log)
        ends = (found.effect.percent, *found.effect.percent_interval)
        assert any(told == pytest.approx(end, abs=0.01) for end in ends)
    less = sum(actual[one.period] - one.value for one in inside)
    assert found.effect.amount.value == pytest.approx(less, rel=1e-3)
    # Without the event it would have been what was made before a quarter was taken off.
    made = [actual[one.period] / 0.75 for one in inside]
    assert np.mean([one.value for one in inside]) == pytest.approx(np.mean(made), rel=0.08)


def test_nothing_put_in_is_no_effect() -> None:
    verdicts = [asked(panel(seed=seed)).verdict for seed in range(1, 9)]
    assert verdicts.count("effect") + verdicts.count("contradicted") <= 2
    assert "no_effect_visible" in verdicts


def test_the_other_direction_contradicts() -> None:
    assert asked(panel(np.log(1.4)), "down").verdict == "contradicted"
    assert asked(panel(np.log(1.4)), "up").verdict == "effect"
    assert asked(panel(np.log(1.4)), None).verdict == "effect"


def test_the_province_that_an_event_of_all_hit_least_contradicts_nothing() -> None:
    found = effect(load("内蒙古", "industry"), event="cn-nm-2020-01-level-1")
    assert found.basis == "own" and found.effect is not None and found.excess is not None
    assert found.excess.percent_interval[0] > 0  # the others fell by 16 %
    assert found.effect.percent_interval[0] < 0 < found.effect.percent_interval[1]
    assert found.verdict == "no_effect_visible"


def test_what_lasts_is_said_to_last_with_its_full_size() -> None:
    every = [asked(panel(np.log(0.7), lasts=True, seed=seed)) for seed in range(1, 7)]
    assert all(found.verdict == "effect" for found in every)
    told = [found.effect.percent for found in every if found.lasting is True and found.effect]
    assert len(told) >= 5 and not any(found.lasting is False for found in every)
    assert np.mean(told) == pytest.approx(-30, abs=4)


def test_an_event_in_the_last_months_says_that_the_data_end() -> None:
    found = effect(panel(), date=PERIODS[-1], sign="down")
    assert "data_end" in [note.code for note in found.notes]
    assert found.window == (PERIODS[-1], PERIODS[-1])
    assert "data_end" not in [note.code for note in asked(panel()).notes]


def test_what_regions_that_never_moved_together_all_had_is_not_the_excess_of_one() -> None:
    """A later level of its own makes loadings on the others' growth chance: one way is far off."""
    rng = np.random.default_rng(7)
    months = np.arange(len(PERIODS))
    logs = 0.02 * months / 11 + rng.normal(0, 0.03, (12, len(PERIODS)))
    logs[:, PERIODS.index("2021-05") : PERIODS.index("2021-08")] += np.log(0.6)
    logs[0, PERIODS.index("2022-05") :] += np.log(0.75)
    plain = panel(regions=12)
    members = [
        one.model_copy(update={"values": tuple(np.exp(row).tolist())})
        for one, row in zip((plain, *plain.peers), logs, strict=True)
    ]
    found = asked(members[0].model_copy(update={"peers": tuple(members[1:])}))
    assert found.verdict == "cannot_tell" and "others_moved_too" in [n.code for n in found.notes]
    assert found.excess is not None and abs(found.excess.percent) < 6


@pytest.mark.parametrize("alone", [True, False])
@pytest.mark.parametrize("lasts", [True, False])
def test_the_interval_holds_what_was_put_in_whether_it_lasts_or_passes(
    alone: bool, lasts: bool
) -> None:
    held = 0
    for seed in range(1, 5):  # 90 % intervals: one of four may miss
        series = panel(np.log(0.7), lasts=lasts, noise=0.02, seed=seed)
        found = asked(series.model_copy(update={"peers": ()}) if alone else series)
        assert found.effect is not None
        low, high = found.effect.percent_interval
        held += low < -30 < high < 0
        assert (found.lasting is True) is lasts
        assert ("size_before" in {note.code for note in found.notes}) is lasts
        assert ("仍未恢复" in "\n".join(effect_lines(found))) is lasts
    assert held >= 3


def test_shares_are_of_the_direction_they_name() -> None:
    found = asked(panel(np.log(0.6)), "up")
    text = "\n".join(effect_lines(found))
    assert found.verdict == "contradicted" and found.p_against is not None
    assert found.p_against <= 0.05 and "朝相反方向偏离" in text and "99%以上" not in text
    assert {check.name: check.passed for check in found.checks}["leave_one_out"]


def test_what_happened_everywhere_is_not_the_events() -> None:
    found = asked(panel(everywhere=np.log(0.6)))
    assert found.own is not None and found.excess is not None
    assert found.own.percent < -25 and abs(found.excess.percent) < 12
    assert found.verdict == "cannot_tell"
    assert found.notes[0].code == "others_moved_too"
    assert {c.name: c.passed for c in found.checks}["others_moved"] is False
    risen = asked(panel(everywhere=np.log(1.6)))
    assert risen.verdict == "cannot_tell"


def test_a_lone_series_has_its_own_past_only_and_says_so() -> None:
    found = asked(panel(np.log(0.6)).model_copy(update={"peers": ()}))
    assert found.verdict == "effect" and found.basis == "own" and found.excess is None
    assert "few_donors" in {note.code for note in found.notes}
    few = panel(np.log(0.6), regions=8)  # seven donors
    assert asked(few).basis == "own"
    assert asked(panel(np.log(0.6), regions=9)).basis == "excess"


def test_outside_the_data_too_early_or_unpublished_cannot_be_told() -> None:
    series = panel()
    late = effect(series, date="2026-05", sign="down")
    assert (late.verdict, late.notes[0].code, late.effect) == ("cannot_tell", "outside_data", None)
    early = effect(series, date="2015-06", sign="down")
    assert (early.verdict, early.notes[0].code) == ("cannot_tell", "too_early")
    at = PERIODS.index("2021-05")
    values = (*series.values[:at], None, None, *series.values[at + 2 :])
    gone = asked(series.model_copy(update={"values": values}))
    assert (gone.verdict, gone.notes[0].code) == ("cannot_tell", "unpublished")


def test_the_last_months_are_measured_from_before_alone() -> None:
    found = effect(panel(np.log(0.6), at="2024-10"), date="2024-10", until="2024-12", sign="down")
    assert found.verdict == "effect" and found.lasting is None


def test_years_are_refused() -> None:
    years = Series(
        region="某国", sector="total", unit="MtCO2", frequency="year",
        periods=("2019", "2020", "2021"), values=(1.0, 2.0, 3.0), source="x.csv", vintage="",
        sha256="0" * 64,
    )  # fmt: skip
    with pytest.raises(InputError, match="月度"):
        effect(years, date="2020-05")


def test_the_unit_changes_nothing_but_the_amount() -> None:
    series = panel(np.log(0.75))
    scaled = series.model_copy(
        update={
            "values": tuple(v * 1000 for v in series.values if v is not None),
            "peers": tuple(
                p.model_copy(update={"values": tuple(v * 1000 for v in p.values if v is not None)})
                for p in series.peers
            ),
        }
    )
    one, other = asked(series), asked(scaled)
    assert one.effect is not None and other.effect is not None
    assert other.effect.percent == pytest.approx(one.effect.percent, abs=0.02)
    assert other.p_value == one.p_value
    assert other.effect.amount.value == pytest.approx(1000 * one.effect.amount.value, rel=0.01)


def test_the_order_of_the_regions_changes_nothing() -> None:
    series = panel(np.log(0.75))
    turned = series.model_copy(update={"peers": series.peers[::-1]})
    left = {"manifest", "series"}
    assert asked(series).model_dump(exclude=left) == asked(turned).model_dump(exclude=left)


def test_shanghai_2022_in_words_and_json() -> None:
    found = effect(load("上海", "水泥"), date="2022-04", until="2022-05", words="封控", sign="down")
    assert found.verdict == "effect" and found.effect is not None
    assert found.effect.percent < -80
    text = "\n".join(effect_lines(found))
    for word in ("预期下降", "应有水平", "有作用", "万吨"):
        assert word in text
    for word in ("p值", "置信", "脉冲", "阶跃", "后验"):
        assert word not in text
    assert "an effect" in "\n".join(effect_lines(found, "en"))
    tree = effect_answer(found)
    assert tree["window"] == ["2022-04", "2022-05"]
    assert set(tree["effect"]) >= {"percent", "percent_interval", "mt", "mt_interval"}  # type: ignore[arg-type]


def test_an_event_of_another_industry_is_no_cause() -> None:
    steel = next(event for event in _chronicle() if event.industries == ("steel",) and _asks(event))
    region = steel.places[0].code
    found = effect(load(region, "水泥"), event=steel.id)
    assert found.verdict == "cannot_tell" and found.effect is None
    assert found.notes[0].code == "other_industry"


def test_an_unknown_event_and_a_wrong_month_are_refused() -> None:
    with pytest.raises(UnknownName):
        effect("云南", "水泥", event="no-such-event")
    named = next(event for event in _chronicle() if event.name == "三亚静态管理")
    by_name = effect("海南", "水泥", event=named.name)
    assert by_name.event.id == named.id
    with pytest.raises(InputError, match="2021-05"):
        effect("云南", "水泥", date="五月")
    with pytest.raises(InputError, match="--event"):
        effect("云南", "水泥")


def test_all_events_of_a_province() -> None:
    found = event_effects("上海", ["水泥"])
    assert all(one.product == "cement" and one.p_value is not None for one in found.effects)
    assert found.by_chance == pytest.approx(
        sum(0.05 if one.event.sign == "either" else 0.1 for one in found.effects), abs=0.051
    )
    assert len(effects_rows(found)) == len(found) + 1
    assert effects_notes(found)[0].startswith(f"共测算{len(found)}项")
    assert effects_answer(found)["region"] == "CN-SH"


def _chronicle():  # type: ignore[no-untyped-def]
    from tanzhe.evidence.chronicle import chronicle

    return chronicle()


def _asks(event) -> bool:  # type: ignore[no-untyped-def]
    from tanzhe.evidence.links.window import begun

    one = begun(event)
    provincial = len(event.places) == 1 and event.places[0].code != "CN"
    return (
        provincial and event.kind != "statistic" and event.direction == "down"
        and one.precision in ("day", "month") and event.instrument == "production_limit"
        and "2019" <= one.date < "2024"
    )  # fmt: skip


def test_borders_are_symmetric_and_of_all_provinces() -> None:
    codes = {place.iso for place in provinces()}
    assert {iso for iso in codes if neighbours(iso)} == codes
    assert all(iso in neighbours(other) for iso in codes for other in neighbours(iso))
    assert set(neighbours("CN-BJ")) == {"CN-TJ", "CN-HE"}


def test_pig_iron_stands_beside_steel() -> None:
    found = effect(load("山东", "粗钢"), date="2021-07", until="2021-11", sign="down")
    said = {check.name: check for check in found.checks}
    assert "生铁" in said["companion"].zh and said["companion"].passed is True
    assert "相邻" in said["neighbours"].zh


@pytest.mark.parametrize("share", [1, -1])
def test_a_total_of_the_other_sign_is_not_told(share: int) -> None:
    """Lower by a third and more in all is no answer: the share is told alone."""
    found = asked(panel(np.log(0.6)))
    assert found.own is not None and found.own.amount.value < 0
    amount = found.own.amount.model_copy(update={"value": share * found.own.amount.value})
    own = found.own.model_copy(update={"amount": amount})
    lines = effect_lines(found.model_copy(update={"own": own, "excess": None}))
    (line,) = [line for line in lines if "与自身应有水平相比" in line]
    assert "低" in line and ("累计少" in line) is (share > 0) and "累计多" not in line
