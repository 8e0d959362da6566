"""Checks of an effect one by one, of made measurements, each limit on both sides."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from tanzhe.effects import checks
from tanzhe.effects.panel import Measured

PER_YEAR, START, LENGTH = 11, 70, 3
REGIONS = ["CN-YN", "CN-GZ", "CN-SC", "CN-GX", "CN-XZ", *(f"某市{n}" for n in range(25))]


def asked(
    t: list[float] | None = None,
    *,
    own: float = 0.0,
    earlier: float = 0.0,
    placebos: list[float] | None = None,
    donors: tuple[int, ...] | None = None,
    signs: tuple[int, ...] = (-1,),
    start: int = START,
) -> Any:
    """A question whose regions lie so many deviations off in the window, with a noise of a tenth.

    Args:
        t: of each region; the first is the one asked.
        own: of the one asked, with its own donors.
        earlier: the same one window before.
        placebos: what `known` gives.
        donors: rows it is compared with.
        signs: directions stated.
        start: of the window.
    """
    rows = np.full((100, len(t or [0.0] * 6)), 0.0)
    rows[start] = t or [0.0] * 6
    noise = np.full(rows.shape, 0.1)
    single = np.full(100, np.nan if earlier is None else 0.0)
    single[start] = own
    single[start - LENGTH] = earlier
    panel = Measured(rows * noise, noise)
    alone = Measured(single * 0.1, np.full(100, 0.1))
    keys = [(answer, side) for answer in ("own", "excess") for side in ("around", "before")]
    known = SimpleNamespace(of=lambda panel, own, away: np.array(placebos or [0.0]))
    return SimpleNamespace(
        panel=SimpleNamespace(regions=REGIONS[: rows.shape[1]], per_year=PER_YEAR, periods=100),
        region=0, start=start, window=SimpleNamespace(length=LENGTH), signs=signs, basis="own",
        donors=donors, known=known, away=None,
        rows=SimpleNamespace(panel=dict.fromkeys(keys, panel), own=dict.fromkeys(keys, alone)),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("regions", "before", "passed"),
    [(31, 2, True), (31, 3, False), (30, 2, True), (30, 3, False), (29, 1, True), (29, 2, False),
     (9, 0, True), (9, 1, False), (10, 0, True), (10, 1, False)],
)  # fmt: skip
@pytest.mark.parametrize("way", [-1, 1])
def test_first_tenth_of_the_regions(regions: int, before: int, passed: bool, way: int) -> None:
    """Of thirty regions the third; of fewer than twenty the first alone."""
    t = [0.0, *[2.0 * way] * before, *[0.5 * way] * (min(regions, 30) - before - 1)]
    if regions == 31:
        t = [*t[:30], float("nan")]
    one = checks._in_space(asked(t, own=way * 1.0), way)
    assert one.passed is passed
    assert f"在{min(regions, 30)}个地区中" in one.zh and f"居第{before + 1}" in one.zh
    ties = checks._in_space(asked([0.0, way * 1.0, way * 0.5], own=way * 1.0), way)
    assert "居第1" in ties.zh


@pytest.mark.parametrize(("middle", "moved"), [(1.0, False), (1.001, True), (-5.0, False)])
@pytest.mark.parametrize("way", [-1, 1])
def test_others_moved_beyond_one_deviation(middle: float, moved: bool, way: int) -> None:
    t = [9.0, way * middle, way * middle, way * 9.0, -9.0 * way, float("nan")]
    one = checks._others_moved(asked(t), way)
    assert one.passed is not moved
    size = 100 * np.expm1(0.1 * way * middle)
    assert f"{size:+.1f}%".replace("-", "−") in one.zh


@pytest.mark.parametrize(("middle", "moved"), [(1.0, False), (1.001, True), (-5.0, False)])
@pytest.mark.parametrize("way", [-1, 1])
def test_neighbours_that_moved_the_other_way(middle: float, moved: bool, way: int) -> None:
    t = [9.0, *[-way * middle] * 4, 9.0 * way]  # the last is no neighbour
    one = checks._neighbours(asked(t), way)
    assert one is not None and one.passed is not moved
    assert "相邻4省" in one.zh
    assert checks._neighbours(asked(t, donors=(5,)), way) is None


@pytest.mark.parametrize(
    ("earlier", "quiet"), [(1.9, True), (1.901, False), (-1.9, True), (-1.901, False)]
)
def test_the_months_before_are_unusual_beyond_nineteen_in_twenty(
    earlier: float, quiet: bool
) -> None:
    placebos = [(-1.0) ** n * n / 10 for n in range(21)]  # nineteen in twenty are within 1.9
    one = checks._anticipation(asked(earlier=earlier, placebos=placebos))
    assert one.passed is quiet
    assert f"{100 * np.expm1(0.1 * earlier):+.1f}%".replace("-", "−") in one.zh


def test_without_months_before_nothing_is_said_of_them() -> None:
    assert checks._anticipation(asked(start=LENGTH)).passed is True
    assert checks._anticipation(asked(start=LENGTH - 1, earlier=float("nan"))).passed is None
    assert checks._anticipation(asked(earlier=float("nan"))).passed is None


@pytest.mark.parametrize(("p", "passed"), [(0.1, True), (0.101, False)])
def test_in_time_one_in_ten(monkeypatch: pytest.MonkeyPatch, p: float, passed: bool) -> None:
    monkeypatch.setattr(checks, "conformal_p", lambda asked, way: p)
    stated, either = (checks._in_time(asked(signs=signs), -1) for signs in ((-1,), (-1, 1)))
    assert stated.passed is either.passed is passed
    assert "朝预期方向" in stated.zh and "朝预期方向" not in either.zh


def gaps_of(values: dict[tuple[int, ...], float]) -> Any:
    """Gaps of nothing but the window's, by the donors that are left."""

    def alone(asked: Any, rows: list[int]) -> Any:
        gap = np.full((2, 1, 1, 100), 0.0)
        gap[1, 0, 0, START : START + LENGTH] = values.get(tuple(rows), 0.0)
        # A level of the year before, which is no part of the answer, and another before that.
        gap[1, 0, 0] += 0.5
        gap[1, 0, 0, : START - PER_YEAR] = 5.0
        gap[1, 0, 0, START + LENGTH :] = -5.0
        weights = np.full((1, 1, 1 + len(rows)), 0.0)
        weights[0, 0, 1:] = [0.5, 0.4, 0.1, 0.0999, 0.004][: len(rows)]
        return SimpleNamespace(donors=gap, weights=weights)

    return alone


@pytest.mark.parametrize(
    ("left", "passed"), [(0.125, True), (0.1249, False), (-0.1, False), (0.9, True)]
)
@pytest.mark.parametrize("way", [-1, 1])
def test_half_is_left_without_any_heavy_donor(
    monkeypatch: pytest.MonkeyPatch, left: float, passed: bool, way: int
) -> None:
    values = {
        (1, 2, 3, 4, 5): way * 0.25, (2, 3, 4, 5): way * 0.25, (1, 3, 4, 5): way * 0.25,
        (1, 2, 4, 5): way * left, (1, 2, 3, 5): 9.0, (1, 2, 3, 4): 9.0,
    }  # fmt: skip
    monkeypatch.setattr(checks, "alone", gaps_of(values))
    one = checks._leave_one_out(asked(), way)
    assert one.passed is passed
    # The light donors, whose absence would change it, are not left out.
    assert f"{100 * np.expm1(9.0):.1f}" not in one.zh
    assert [d.region for d in checks.donors_of(asked())] == REGIONS[1:5]
    assert [d.weight for d in checks.donors_of(asked())] == [0.5, 0.4, 0.1, 0.1]


def test_nothing_measured_is_no_effect_that_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "alone", gaps_of({}))
    assert checks._leave_one_out(asked(), 1).passed is False


@pytest.mark.parametrize(
    ("left", "known", "share", "passed"),
    [(0.5, 55, 0.75, True), (1.0, 55, 0.0, False), (2.0, 55, 0.0, False), (0.5, 3, 0.75, True),
     (0.5, 2, 0.0, False)],
)  # fmt: skip
def test_what_the_donors_explain_of_five_years(
    monkeypatch: pytest.MonkeyPatch, left: float, known: int, share: float, passed: bool
) -> None:
    own = np.full((1, 1, 100), np.nan)
    gap = np.full((2, 1, 1, 100), np.nan)
    first = START - 5 * PER_YEAR
    wave = np.where(np.arange(known) % 2 == 0, 1.0, -1.0)
    own[0, 0, first : first + known] = wave
    gap[1, 0, 0, first : first + known] = left * wave
    own[0, 0, first - 1], gap[1, 0, 0, first - 1] = 50.0, -50.0  # older than five years
    own[0, 0, START:], gap[1, 0, 0, START:] = 50.0, -50.0  # the window itself
    monkeypatch.setattr(checks, "alone", lambda asked, rows: SimpleNamespace(own=own, donors=gap))
    one = checks._fit_before(asked())
    assert one.passed is passed and f"{share:.0%}" in one.zh


@pytest.mark.parametrize(
    ("t", "agrees"), [(1.0, True), (0.999, None), (0.05, None), (0.0, False), (-2.0, False)]
)
@pytest.mark.parametrize("way", [-1, 1])
def test_the_raw_material_moves_along(
    monkeypatch: pytest.MonkeyPatch, t: float, agrees: bool | None, way: int
) -> None:
    periods = [f"{2015 + n // 11}-{n % 11 + 2:02d}" for n in range(100)]
    seen = {}

    class Alone:
        def __init__(self, regions: Any, logs: Any, per_year: int) -> None:
            seen["logs"] = logs
            assert per_year == PER_YEAR

        def measured(self, side: str, answer: str, window: Any) -> Any:
            lacking = side == "around"  # so near the end that only the past can tell
            found = np.full((100, 1), np.nan if lacking else 0.0)
            found[START] = np.nan if lacking else way * t
            return Measured(found * 0.1, np.full(found.shape, 0.1))

    made = np.array([0.5] * 99 + [0.0])
    other = SimpleNamespace(periods=periods, array=made)
    monkeypatch.setattr(checks, "nbs_series", lambda region, name, of: other)
    monkeypatch.setattr(checks, "output_of", lambda sha256: None)
    monkeypatch.setattr(checks, "Panel", Alone)
    series: Any = SimpleNamespace(sector="crude_steel", region="CN-HE", sha256="", periods=periods)
    one = checks._companion(asked(), series, way)
    assert one is not None and one.passed is agrees
    if t:
        assert f"{100 * np.expm1(0.1 * way * t):+.1f}%".replace("-", "−") in one.zh
    assert np.isnan(seen["logs"][0, 99]) and seen["logs"][0, 0] == pytest.approx(np.log(0.5))
    elsewhere: Any = SimpleNamespace(**{**vars(series), "periods": ["1999-02"] * 100})
    assert checks._companion(asked(), elsewhere, way) is None


@pytest.mark.parametrize(
    ("directions", "sign", "passed"),
    [
        ((), "down", True), (("down",), "down", False), (("up",), "down", True),
        (("up",), "either", False), (("up", "up", "down"), "down", False),
        (("up",) * 4, "down", True),
    ],
)  # fmt: skip
def test_other_events_of_the_window(
    monkeypatch: pytest.MonkeyPatch, directions: tuple[str, ...], sign: str, passed: bool
) -> None:
    periods = [str(n) for n in range(100)]
    others = tuple(
        SimpleNamespace(name=f"事件{n}", name_en=f"event {n}" if n else None, direction=way)
        for n, way in enumerate(directions)
    )

    def others_in(catalogue: Any, series: Any, window: Any, own: Any) -> Any:
        assert (list(window), own) == (periods[START : START + LENGTH], "mine")
        return others

    monkeypatch.setattr(checks, "others_in", others_in)
    series: Any = SimpleNamespace(periods=periods)
    event: Any = SimpleNamespace(id="mine", sign=sign)
    one = checks._other_events(asked(), series, event, others or (event,))
    assert one.passed is passed
    if not others:
        assert "没有其他相关事件" in one.zh
        assert checks._other_events(asked(), series, event, ()).passed is None
        return
    names = "、".join(f"事件{n}" for n in range(min(3, len(others))))
    assert one.zh == f"同期还有{len(others)}件相关事件：{names}{'等' if len(others) > 3 else ''}"
    assert one.en.endswith(" and others") is (len(others) > 3)
    assert "事件0" in one.en  # which has no English name


@pytest.mark.parametrize("signs", [(-1,), (1,), (-1, 1)])
@pytest.mark.parametrize("counted", [-0.2, 0.2])
@pytest.mark.parametrize("own", [-0.1, 0.1])
def test_which_way_each_check_looks(
    monkeypatch: pytest.MonkeyPatch, signs: tuple[int, ...], counted: float, own: float
) -> None:
    seen: dict[str, Any] = {}
    for name in ("_in_time", "_in_space", "_leave_one_out", "_others_moved", "_neighbours"):
        monkeypatch.setattr(checks, name, lambda asked, way, name=name: seen.update({name: way}))
    for name in ("_anticipation", "_fit_before", "_other_events"):
        monkeypatch.setattr(checks, name, lambda *given: None)
    sizes: Any = [SimpleNamespace(log=one) for one in (counted, own)]
    series: Any = SimpleNamespace(source="x.csv", sector="cement")
    one: Any = asked(signs=signs)
    assert checks.checks_of(one, series, SimpleNamespace(), (), *sizes) == ()  # type: ignore[arg-type]
    stated = signs[0] if len(signs) == 1 else int(np.sign(counted))
    assert seen == {
        "_in_time": stated, "_in_space": stated, "_neighbours": stated,
        "_leave_one_out": np.sign(counted), "_others_moved": np.sign(own),
    }  # fmt: skip
    seen.clear()
    alone: Any = asked([0.0], signs=signs)
    checks.checks_of(alone, series, SimpleNamespace(), (), *sizes)  # type: ignore[arg-type]
    assert seen == {"_in_time": stated}
