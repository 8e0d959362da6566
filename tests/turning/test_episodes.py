"""Episodes: the search against full enumeration, made-up events, and the built-in data."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from tanzhe.api.series.episode import episodes
from tanzhe.api.series.turning import load
from tanzhe.errors import InputError, Language
from tanzhe.model import Amount, Episode, Episodes, Part, Series
from tanzhe.reports.answers.episode import episode_lines, episodes_json, sentence, tellable
from tanzhe.series.contributions import contributions
from tanzhe.series.nbs import nbs_panel
from tanzhe.turning.calendar import Calendar, Floats
from tanzhe.turning.episodes.beam import search, sizes_of, variances
from tanzhe.turning.episodes.engine import Judged, judge
from tanzhe.turning.episodes.find import judged_panel
from tanzhe.turning.episodes.noise import Regular, regular, remembered, whitened
from tanzhe.turning.episodes.prepare import is_searchable
from tanzhe.turning.episodes.records import episodes_of
from tanzhe.turning.episodes.runs import neighbours_joined, runs
from tanzhe.turning.episodes.settings import BEND, DEFAULT, SHAPES, EpisodeSettings
from tanzhe.turning.episodes.shapes import shapes
from tanzhe.turning.episodes.told import Told
from tanzhe.turning.noise import Noise


def calendar(periods: int) -> Calendar:
    return Calendar(tuple((np.arange(periods) % 11).tolist()), (0.0,) * periods, 11)


def noise(seed: int, count: int, periods: int, rho: float = 0.4) -> Floats:
    draws = np.random.default_rng(seed)
    moves = draws.standard_normal((count, periods + 50))
    out = np.zeros_like(moves)
    for t in range(1, periods + 50):
        out[:, t] = rho * out[:, t - 1] + moves[:, t]
    season = draws.normal(0, 0.15, (count, 11))[:, np.arange(periods) % 11]
    return np.asarray(0.04 * out[:, 50:] + season)


def of_periods(logs: Floats) -> Series:
    """A series of one's own, merged months from 2014 on."""
    months = [f"{y}-{m:02d}" for y in range(2014, 2025) for m in range(2, 13)][: len(logs)]
    values = tuple(float(v) for v in 30 * np.exp(logs))
    return Series(
        region="甲市", sector="industry", unit="万吨CO2", frequency="month", merged=True,
        periods=tuple(months), values=values, source="x.csv", vintage="", sha256="",
    )  # fmt: skip


def kind(told: Told) -> str:
    return SHAPES[int(told.run.shares.argmax())]


SMALL = EpisodeSettings(ramps=(3,), rectangles=(2, 4), triangles=(3,), fadings=(0.6, 0.8))


def test_the_evidence_is_that_of_the_whole_normal_distribution() -> None:
    """A set's evidence by rank one changes, against determinant and inverse of the covariance."""
    draws = np.random.default_rng(3)
    n = 33
    logs = draws.normal(0, 0.1, n)
    logs[[5, 20]] = np.nan
    loud = np.exp(draws.normal(0, 0.2, n))
    base = regular(calendar(n), Regular(1.7, 0.1, 3.0), SMALL)
    white = whitened(logs, calendar(n), loud, Noise(0.6), base, SMALL)
    rates = np.log(np.array(SMALL.rates) * n / 100)
    sets = search(white, rates, SMALL)
    known = np.flatnonzero(np.isfinite(logs))
    noise_part = loud[:, None] * remembered(n, Noise(0.6)) * loud[None, :]
    prior = variances(white.shapes, SMALL)
    found = white.shapes
    for row in np.argsort(-sets.evidence)[:20]:
        members = sets.members[row][sets.members[row] >= 0]
        covariance = (noise_part + base)[np.ix_(known, known)]
        places = 0.0
        for member, width in zip(members, sets.widths[row], strict=False):
            shape = found.columns(np.array([member]))[known, 0]
            covariance = covariance + prior[width, member] * np.outer(shape, shape)
            places -= np.log(found.positions[found.kind[member]]) + np.log(2)
        y = logs[known] - logs[known].mean()
        _, determinant = np.linalg.slogdet(covariance)
        squares = y @ np.linalg.solve(covariance, y) + len(known) * SMALL.floor**2 / 2
        exact = -0.5 * determinant - 0.5 * (len(known) - 1) * np.log(squares) + places
        assert sets.evidence[row] == pytest.approx(exact, abs=1e-6)


def test_sets_of_two_are_found_as_by_full_enumeration() -> None:
    draws = np.random.default_rng(5)
    n = 26
    logs = draws.normal(0, 0.05, n)
    logs[8:] -= 0.4
    logs[18] += 0.5
    base = regular(calendar(n), Regular(1.0, 0.0, 3.0), SMALL)
    white = whitened(logs, calendar(n), np.ones(n), Noise(0.2), base, SMALL)
    rates = np.log(np.array(SMALL.rates) * n / 100)
    sets = search(white, rates, SMALL)
    found, prior = white.shapes, variances(white.shapes, SMALL)
    total = sets.evidence + sets.counts @ rates
    each = rates[found.kind] - np.log(found.positions[found.kind]) - np.log(2)
    rows = white.rows(np.arange(len(found.kind)))
    gram, best = rows @ rows.T, -np.inf
    for first, second in product((0, 1), repeat=2):
        # Evidence of every pair at once: determinant and inverse of two by two matrices.
        one = np.diag(gram)[:, None] + 1 / prior[first][:, None]
        two = np.diag(gram)[None, :] + 1 / prior[second][None, :]
        determinant = one * two - gram**2
        a, b = white.scores[:, None], white.scores[None, :]
        taken = (a**2 * two - 2 * a * b * gram + b**2 * one) / determinant
        left = white.values @ white.values - taken + white.floor
        volume = np.log(determinant * prior[first][:, None] * prior[second][None, :])
        logs = white.log_constant - 0.5 * volume - 0.5 * (n - 1) * np.log(left)
        logs += each[:, None] + each[None, :]
        np.fill_diagonal(logs, -np.inf)
        best = max(best, float(logs.max()))
    two_events = (sets.members >= 0).sum(axis=1) == 2
    assert total[two_events].max() == pytest.approx(best, abs=1e-8)
    top = sets.members[two_events][np.argmax(total[two_events])][:2]
    assert {int(found.begin[m]) for m in top} == {8, 18}


def test_shapes_begin_peak_and_end_where_they_say() -> None:
    found = shapes(40, 11, Noise(0.75), DEFAULT)
    columns = found.columns(np.arange(len(found.kind)))
    assert (columns.max(axis=0) > 0).all() and columns.min() > -1e-12
    for k in np.flatnonzero(found.kind != BEND)[::37]:
        column = columns[:, k]
        assert column[: found.begin[k]].max(initial=0) == 0
        assert column[found.begin[k]] > 0
        assert column[found.full[k]] == pytest.approx(column.max())
        assert column[found.end[k] :] == pytest.approx(0)


def test_sizes_shrink_to_the_truth() -> None:
    logs = noise(1, 1, 80)[0]
    logs[40:] -= 0.5
    base = regular(calendar(80), Regular(1.7, 0.1, 3.0), DEFAULT)
    white = whitened(logs, calendar(80), np.ones(80), Noise(0.4), base, DEFAULT)
    rates = np.log(np.array(DEFAULT.rates) * 0.8)
    sets = search(white, rates, DEFAULT)
    best = int(np.argmax(sets.evidence + sets.counts @ rates))
    (sizes,) = sizes_of(white, sets, np.array([best]), DEFAULT)
    place = int(np.abs(sizes.mean).argmax())
    assert white.shapes.begin[sizes.members[place]] == 40
    assert abs(sizes.mean[place] + 0.5) < 2.5 * sizes.spread[place]


@pytest.fixture(scope="module")
def panel() -> list[list[Told]]:
    """Fourteen made-up regions; what happens in the first ones is known."""
    logs = noise(7, 14, 99)
    logs[0, 50:] += np.log(0.7)  # a lasting fall
    logs[1, 60:64] += np.log(0.65)  # four months
    logs[2, 70] += np.log(0.6)  # one month
    logs[3, 40:] += np.log(0.7) * np.clip((np.arange(59) + 1) / 5, 0, 1)  # five months down
    logs[:, 20:22] += np.log(0.75)  # everybody, two months
    logs[4, 20:22] += np.log(0.6)  # one of them more
    judged = judge([f"R{i}" for i in range(14)], logs, calendar(99))
    return [judged.told(i) for i in range(14)]


def at(told: list[Told], begin: int, reach: int = 1) -> Told:
    found = [t for t in told if abs(t.run.period - begin) <= reach]
    assert found, [(t.run.period, kind(t)) for t in told]
    return found[0]


def test_a_lasting_fall_is_a_step_and_has_no_end(panel: list[list[Told]]) -> None:
    told = at(panel[0], 50)
    assert (told.run.sign, told.life.end, told.is_month) == (-1, None, False)
    assert kind(told) in ("step", "ramp")
    low, _, high = told.life.depth
    assert low < np.log(0.7) < high


def test_four_months_end_after_four_months(panel: list[list[Told]]) -> None:
    told = at(panel[1], 60)
    assert told.life.end is not None and abs(told.life.end - 64) <= 1
    assert kind(told) == "pulse" and not told.is_month


def test_one_month_is_called_a_month(panel: list[list[Told]]) -> None:
    told = at(panel[2], 70)
    assert told.is_month and told.life.end in (71, 72)


def test_a_slide_is_followed_to_its_end(panel: list[list[Told]]) -> None:
    told = at(panel[3], 40, reach=3)
    assert told.run.sign == -1 and told.life.end is None
    assert told.life.path[60] == pytest.approx(np.log(0.7), abs=0.12)


def test_what_all_had_is_told_of_all_and_of_one_as_more(panel: list[list[Told]]) -> None:
    shared = [at(told, 20) for told in panel]
    assert all(told.shared is not None for told in shared)
    loading = [told.shared.mean for told in shared if told.shared]
    assert int(np.argmax(loading)) == 4


@pytest.mark.parametrize("deeper", [0, 1])
def test_one_shock_of_all_in_two_depths_is_told_once(deeper: int) -> None:
    logs = noise(11, 14, 99, 0.3) * 0.6
    logs[:, 40:43] += np.log(0.85)
    logs[:, 40 + deeper] += np.log(0.85)
    judged = judge([f"R{i}" for i in range(14)], logs, calendar(99))
    for i in range(14):
        near = [t for t in judged.told(i) if 38 <= t.run.period <= 44 and t.run.sign < 0]
        assert len(near) == 1, (i, [(t.run.period, kind(t)) for t in near])


def test_neighbouring_runs_of_one_sign_are_one_and_distant_ones_two() -> None:
    logs = noise(7, 1, 99) * 0.5
    for begin in (30, 60):
        logs[0, begin : begin + 3] += np.log(0.6)
    judged = judge(["x"], logs, calendar(99))
    tables = judged.tables(0)
    found = runs(tables, 99, DEFAULT, DEFAULT.told)
    assert [run.period for run in neighbours_joined(tables, found)] == [30, 60]
    (first, second) = (run for run in found if run.period in (30, 60))
    moved = replace(second, period=32, first=32, last=32, spans=((32, 32),))
    (one,) = neighbours_joined(tables, [moved, first])
    assert (one.period, one.spans) == (30, (*first.spans, (32, 32)))


def test_quiet_regions_are_told_nothing_else(panel: list[list[Told]]) -> None:
    others = [t for told in panel[5:] for t in told if not t.shared]
    assert len(others) <= 2


def test_a_trend_that_stops_is_a_bend_and_never_a_step() -> None:
    stopped = 0
    for seed in range(4):
        logs = noise(seed + 20, 1, 117, 0.3)[0] * 0.25
        logs += np.log(1.05) * np.minimum(np.arange(117), 60) / 11
        told = judge(["x"], logs[None], calendar(117)).told(0)
        stopped += any(kind(t) == "bend" and abs(t.run.period - 60) <= 4 for t in told)
        assert not any(kind(t) in ("step", "ramp") for t in told)
    assert stopped >= 3


@pytest.mark.parametrize("years", [12, 15, 19])
def test_yearly_growth_that_stops_is_its_end_and_no_climb(years: int) -> None:
    right = 0
    for seed in range(6):
        logs = np.random.default_rng(seed).normal(0, 0.015, years)
        logs += 0.08 * np.minimum(np.arange(years), years // 2)
        told = judge(["x"], logs[None], Calendar((0,) * years, (0.0,) * years, 1)).told(0)
        assert {(kind(t), t.run.sign) for t in told if not t.is_month} <= {("bend", -1)}
        right += any(abs(t.run.period - years // 2 - 1) <= 2 for t in told if not t.is_month)
    assert right >= 4


def test_steady_growth_is_no_episode() -> None:
    for seed, growth in enumerate((0.1, 0.2, 0.3)):
        logs = noise(seed + 40, 1, 110, 0.3)[0] * 0.5 + np.log(1 + growth) * np.arange(110) / 11
        told = judge(["x"], logs[None], calendar(110)).told(0)
        assert [t for t in told if not t.is_month] == []


@pytest.fixture(scope="module")
def cement() -> dict[str, Episodes]:
    """Episodes of a few provinces of one panel that is judged once."""
    panel = {r: s for r, s in nbs_panel("cement").items() if r != "CN" and is_searchable(s)}
    judged = judged_panel(list(panel.values()))
    wanted = ("CN-SH", "CN-HB", "CN-YN")
    return {
        region: episodes_of(judged, i, series)
        for i, (region, series) in enumerate(panel.items())
        if region in wanted
    }


def test_the_lockdown_and_the_epidemic_are_told_of_shanghai(cement: dict[str, Episodes]) -> None:
    own = {e.begin: e for e in cement["CN-SH"].episodes}
    lockdown, epidemic = own["2022-04"], own["2020-02"]
    assert (lockdown.end, lockdown.shape, lockdown.scope) == ("2022-06", "pulse", "province")
    assert lockdown.depth_percent < -80 and lockdown.band == "established"
    assert lockdown.amount.value < 0 and lockdown.amount.interval[1] < 0
    assert epidemic.scope == "national" and epidemic.of == 31
    assert epidemic.loading is not None and epidemic.excess_percent is not None


def test_what_could_not_be_seen_names_no_months_of_years(cement: dict[str, Episodes]) -> None:
    months = cement["CN-SH"]
    yearly = months.series.model_copy(update={"frequency": "year"})
    years = months.model_copy(update={"series": yearly})
    words: tuple[tuple[Language, str], ...] = (("zh", "三个月"), ("en", "three months"))
    for language, said in words:
        assert said in tellable(months, language)[0] and said not in tellable(years, language)[0]


def test_the_epidemic_was_deepest_in_hubei(cement: dict[str, Episodes]) -> None:
    for province in cement.values():
        epidemic = next(e for e in province.episodes if e.begin == "2020-02")
        assert epidemic.scope == "national" and epidemic.depth_percent < -20
        assert epidemic.end in ("2020-04", "2020-05")
    hubei = next(e for e in cement["CN-HB"].episodes if e.begin == "2020-02")
    assert hubei.rank is not None and hubei.rank <= 2
    assert hubei.excess_percent is not None and hubei.excess_percent < -10


def test_the_expected_path_runs_where_nothing_happened(cement: dict[str, Episodes]) -> None:
    shanghai = cement["CN-SH"]
    values, expected = shanghai.series.array, np.array(shanghai.expected)
    low, high = np.array(shanghai.expected_low), np.array(shanghai.expected_high)
    before = slice(20, 50)  # before 2020
    inside = (values[before] > low[before]) & (values[before] < high[before])
    assert inside.mean() > 0.75
    place = shanghai.series.periods.index("2022-04")
    assert values[place] < 0.3 * expected[place]


def test_lines_and_json_say_the_same_in_both_languages(cement: dict[str, Episodes]) -> None:
    shanghai = cement["CN-SH"]
    zh, en = episode_lines(shanghai), episode_lines(shanghai, "en")
    assert len(zh) == len(en)
    assert not any("一" <= c <= "鿿" for line in en for c in line)
    assert any("2022年4月" in line for line in zh) and any("April 2022" in line for line in en)
    for word in ("脉冲", "阶跃", "转折点"):
        assert not any(word in line for line in zh)
    told = episodes_json(shanghai)["episodes"]
    assert isinstance(told, list) and len(told) == len(shanghai.episodes)
    keys = {"id", "begin", "begin_interval", "depth_percent", "depth_interval", "deepest", "end",
            "mt", "mt_interval", "probability", "band", "shape", "shape_probability", "scope",
            "excess_percent", "rank", "of", "contributions", "notes"}  # fmt: skip
    assert all(isinstance(one, dict) and keys <= set(one) for one in told)


def made_industry() -> tuple[Series, list[float]]:
    """Two products of 60 and 40 a month; from 2020-03 on one loses 20 for three months."""
    periods = tuple(f"{y}-{m:02d}" for y in (2018, 2019, 2020) for m in range(2, 13))
    low = {"2020-03", "2020-04", "2020-05"}
    cement = tuple(40.0 if p in low else 60.0 for p in periods)
    steel = tuple(41.0 if p in low else 40.0 for p in periods)
    series = Series(
        region="某省", sector="industry", unit="MtCO2", frequency="month", merged=True,
        periods=periods, values=tuple(a + b for a, b in zip(cement, steel, strict=True)),
        source="x", vintage="", sha256="0" * 64,
        parts=(Part(product="cement", values=cement), Part(product="crude_steel", values=steel)),
    )  # fmt: skip
    return series, [100.0] * len(periods)


def made_episode(depth: float) -> Episode:
    return Episode(
        id="x", begin="2020-03", begin_interval=("2020-03", "2020-03"), level=0.9,
        probability=0.9, band="established", shape="pulse", shape_probability=0.9,
        deepest="2020-03", depth_percent=depth, depth_interval=(depth - 3, depth + 3),
        end="2020-06", amount=Amount(value=-57.0, interval=(-60, -50), unit="MtCO2"),
        scope="province",
    )  # fmt: skip


def test_contributions_add_up_to_the_depth() -> None:
    series, expected = made_industry()
    first, second = contributions(series, made_episode(-19.0), expected)
    assert (first.product, first.percentage_points) == ("cement", -20.0)
    assert (second.product, second.percentage_points) == ("crude_steel", 1.0)
    told = contributions(series, made_episode(-9.5), expected)
    assert sum(d.percentage_points for d in told) == pytest.approx(-9.5)


def test_contributions_are_silent_where_the_figures_say_otherwise() -> None:
    series, expected = made_industry()
    assert contributions(series, made_episode(20.0), expected) == ()
    assert contributions(series, made_episode(-90.0), expected) == ()
    assert (
        contributions(series.model_copy(update={"parts": ()}), made_episode(-19.0), expected) == ()
    )


def test_the_unit_changes_nothing() -> None:
    logs = noise(7, 10, 77)
    logs[0, 30:33] += np.log(0.6)
    one, other = (judge([str(i) for i in range(10)], logs + shift, calendar(77)).told(0)
                  for shift in (0.0, 5.0))  # fmt: skip
    assert [(t.run.period, t.run.first, t.run.last, kind(t)) for t in one] == [
        (t.run.period, t.run.first, t.run.last, kind(t)) for t in other
    ]
    assert [t.probability for t in one] == pytest.approx([t.probability for t in other], abs=1e-6)


def test_what_begins_in_a_gap_is_sure_to_begin_in_it() -> None:
    """A year without figures: once .56 and in the middle of it, all places there being alike."""
    logs = noise(4, 1, 66, rho=0.0)[0]
    logs[35:] += np.log(1.5)
    logs[24:35] = np.nan
    judged = judge(["x"], logs[None], calendar(66))
    (told,) = (t for t in judged.told(0) if not t.is_month)
    assert told.probability > 0.9
    assert (told.run.first, told.run.last) == (35, 35)
    months = tuple(f"{2019 + k // 11}-{k % 11 + 2:02d}" for k in range(66))
    values = tuple(None if np.isnan(v) else float(np.exp(v)) for v in logs)
    series = Series(
        region="甲", sector="用电", unit="万千瓦时", frequency="month", merged=True,
        periods=months, values=values, source="made", sha256="0" * 64, vintage="made",
    )  # fmt: skip
    one = next(e for e in episodes_of(judged, 0, series).episodes if e.family != "month")
    assert one.begin_interval == (months[24], months[35])


def test_a_step_on_a_steep_trend_is_all_that_is_told_of_a_lone_series() -> None:
    """A trend that is steeper throughout begins nowhere, least of all in the last month."""
    logs = 0.3 * noise(6, 1, 99)[0] + 0.04 / 11 * np.arange(99)
    logs[62:] -= 0.22
    told = judge(["x"], logs[None], calendar(99)).told(0)
    assert [(t.run.period, t.run.sign) for t in told if not t.is_month] == [(62, -1)]


@pytest.mark.parametrize("count", [3, 12])
def test_the_order_of_the_members_changes_nothing(count: int) -> None:
    logs = noise(9, count, 77) * np.exp(np.random.default_rng(9).normal(0, 0.5, count))[:, None]
    logs[1, 40:] -= 0.4
    names = [str(i) for i in range(count)]
    first = judge(names, logs, calendar(77))
    turned = np.random.default_rng(3).permutation(count)
    other = judge([names[i] for i in turned], logs[turned], calendar(77))
    assert (other.panel.chosen, other.panel.chosen_apart) == (
        first.panel.chosen, first.panel.chosen_apart
    )  # fmt: skip
    for k, i in enumerate(turned):
        one, two = first.told(int(i)), other.told(k)
        assert [(t.run.period, t.run.sign, t.is_month) for t in one] == [
            (t.run.period, t.run.sign, t.is_month) for t in two
        ]
        assert [t.probability for t in one] == pytest.approx([t.probability for t in two])


def test_the_last_period_is_not_said_to_be_back() -> None:
    logs = noise(70, 1, 99, 0.3)[0] * 0.3
    logs[-1] += np.log(1.6)
    series = of_periods(logs)
    (one,) = [e for e in episodes(series).episodes if e.begin == series.periods[-1]]
    assert one.shape == "unclear" and one.end is None
    assert "single_month" not in [note.code for note in one.notes]


def test_a_table_of_cities_shares_among_itself_and_not_with_the_nation() -> None:
    rows = noise(71, 10, 99, 0.3) * 0.4
    rows[:, 60:63] += np.log(0.6)
    made = [of_periods(row).model_copy(update={"region": f"{i}市"}) for i, row in enumerate(rows)]
    found = episodes(made[0].model_copy(update={"peers": tuple(made[1:])}))
    (one,) = [e for e in found.episodes if e.scope == "national"]
    said = sentence(found, one)
    assert "表中多数地区共有" in said.zh and "全国" not in said.zh
    assert "shared by most regions of the table" in said.en and "nation" not in said.en


@pytest.mark.parametrize(
    ("lasting", "lives", "shape", "note"),
    [
        (0.55, 3, None, None),
        (0.45, 1, "unclear", "unclear_shape"),
        (0.2, 1, "month", "single_month"),
        (0.2, 3, "unclear", "unclear_shape"),
    ],
)
def test_a_month_that_may_as_well_last_is_of_no_known_kind(
    lasting: float, lives: int, shape: str | None, note: str | None
) -> None:
    series = load("上海", "水泥")
    judged = judged_panel([series, *series.peers])
    real = judged.told(0)[0]

    class Unsure(Judged):
        def told(self, i: int) -> list[Told]:
            run = replace(real.run, anything=0.6, lasting=lasting)
            life = replace(real.life, end=real.run.period + lives)
            return [replace(real, run=run, life=life, shared=None)]

    one = episodes_of(Unsure(**vars(judged)), 0, series).episodes[0]
    codes = {each.code for each in one.notes} & {"unclear_shape", "single_month"}
    assert codes == ({note} if note else set())
    assert one.shape == shape if shape else one.family != "month"
    assert one.probability == (0.6 if shape else 0.55)


@pytest.mark.parametrize(("since", "short"), [("2022-01", False), ("2022-03", True)])
def test_less_than_three_years_is_said(since: str, short: bool) -> None:
    found = episodes(load("上海", "水泥", since=since).model_copy(update={"peers": ()}))
    assert ("short_series" in {note.code for note in found.notes}) is short


def test_too_short_a_series_is_refused() -> None:
    series: Series = load("云南", "工业", since="2023-06")
    with pytest.raises(InputError, match="22"):
        episodes(series)


@pytest.mark.parametrize("region", ["甘肃", "内蒙古", "云南", "江苏"])
def test_the_expected_path_is_the_level_of_what_came(region: str) -> None:
    """Under a near walk the path of Gansu once stood at twice its figures."""
    series = load(region, "industry")
    found = episodes(series)
    first = [e.begin for e in found.episodes if e.family != "month"]
    before = series.periods.index(min(first, default=series.periods[-1]))
    values, path = series.array[:before], np.array(found.expected[:before], dtype=float)
    assert 0.9 < np.nanmean(values) / np.nanmean(path) < 1.1
    edges = np.array(found.expected_high[:before]) / np.array(found.expected_low[:before])
    assert np.nanmean(edges) < 1.6
