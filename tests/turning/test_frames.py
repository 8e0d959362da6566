"""Frames that people pass to `saturate`: read as they mean it, or refused with every reason."""

from decimal import Decimal

import numpy as np
import pandas as pd
import pyarrow
import pytest

from tanzhe.errors import InputError
from tanzhe.turning import saturate


def made(units: int = 6, periods: int = 20, jump: float = 6.0) -> pd.DataFrame:
    rng = np.random.default_rng(0)
    rows = [
        (f"u{i}", 2000 + t, rng.normal() + jump * (i == 2 and t >= 8), rng.normal())
        for i in range(units)
        for t in range(periods)
    ]
    return pd.DataFrame(rows, columns=["unit", "time", "y", "x"])


FRAME = made()
MONTHS = [f"{year}-{month:02d}" for year in (2020, 2021) for month in range(1, 11)]


def as_read(frame: object, **options: object) -> list[tuple[object, ...]]:
    fit = saturate(frame, outcome="y", alpha=0.001, **options)  # type: ignore[arg-type]
    return list(fit.breaks[["unit", "time"]].itertuples(index=False, name=None))


SAME = {
    "text": FRAME.assign(y=FRAME.y.astype(str)),
    "categories": FRAME.assign(unit=FRAME.unit.astype("category"), y=FRAME.y.astype("category")),
    "decimals": FRAME.assign(y=[Decimal(str(v)) for v in FRAME.y]),
    "nullable": FRAME.convert_dtypes(),
    "arrow columns": FRAME.convert_dtypes(dtype_backend="pyarrow"),
    "arrow table": pyarrow.Table.from_pandas(FRAME),
    "one index label for all": FRAME.set_index(pd.Index([0] * len(FRAME))),
    "rows of a unit upside down": FRAME.iloc[::-1],
    "a column nobody asked for, twice": pd.concat([FRAME, FRAME[["x"]]], axis=1),
}


@pytest.mark.parametrize("name", SAME)
def test_the_same_numbers_in_other_clothes(name: str) -> None:
    assert as_read(SAME[name]) == [("u2", 2008)]


def test_times_keep_their_kind() -> None:
    days = pd.to_datetime(FRAME.time.astype(str)).dt.tz_localize("Asia/Shanghai")
    assert as_read(FRAME.assign(time=days)) == [("u2", pd.Timestamp("2008", tz="Asia/Shanghai"))]
    months = FRAME.assign(time=[MONTHS[t - 2000] for t in FRAME.time])
    assert as_read(months) == [("u2", "2020-09")]


def test_ordered_categories_give_the_order_of_periods() -> None:
    names = [f"period {chr(ord('z') - i)}" for i in range(20)]
    told = pd.Categorical([names[t - 2000] for t in FRAME.time], categories=names, ordered=True)
    assert as_read(FRAME.assign(time=told)) == [("u2", names[8])]


def test_one_control_may_be_one_name() -> None:
    many, one = (saturate(FRAME, outcome="y", controls=c) for c in (["x"], "x"))
    pd.testing.assert_frame_equal(many.coefficients, one.coefficients)
    assert "x" in one.coefficients.name.tolist()
    none = saturate(FRAME, outcome="y", controls=None)  # type: ignore[arg-type]
    assert "x" not in none.coefficients.name.tolist()


def spoilt(**columns: object) -> pd.DataFrame:
    return FRAME.assign(**columns)


FIFTH = FRAME.index == 5
REFUSED: dict[str, tuple[object, str]] = {
    "no frame": (FRAME.to_dict("list"), "Not a data frame but dict"),
    "nothing": (None, "NoneType"),
    "no rows": (FRAME.iloc[:0], "no rows"),
    "names in the index": (FRAME.set_index(["unit", "time"]), "reset_index"),
    "outcome twice": (pd.concat([FRAME, FRAME[["y"]]], axis=1), "Several columns"),
    "unit twice": (pd.concat([FRAME, FRAME[["unit"]]], axis=1), "Several columns"),
    "unit empty": (spoilt(unit=FRAME.unit.where(FRAME.unit != "u1", None)), "unit, 20, 21"),
    "unit no name": (spoilt(unit=[[u] for u in FRAME.unit]), "120 cells"),
    "time empty": (spoilt(time=FRAME.time.where(~FIFTH)), r"\[time, 5\] 1 cells"),
    "time not a time": (
        spoilt(time=pd.to_datetime(FRAME.time.astype(str)).where(~FIFTH)),
        r"\[time, 5\]",
    ),
    "time infinite": (spoilt(time=FRAME.time.astype(float).where(~FIFTH, np.inf)), "infinite"),
    "time mixed": (spoilt(time=FRAME.time.astype(object).where(~FIFTH, "x")), "int, str"),
    "time without zeros": (spoilt(time=(FRAME.time - 1995).astype(str)), "order of periods"),
    "year last": (spoilt(time=[f"Q{t % 4 + 1} {t}" for t in FRAME.time]), "order of periods"),
    "names of months": (spoilt(time=[chr(t - 1900) for t in FRAME.time]), "order of periods"),
    "one word": (spoilt(y=FRAME.y.astype(str).where(~FIFTH, "a")), r"\[y, 5\] 1 values"),
    "dates as outcome": (spoilt(y=pd.Timestamp("2020")), "120 values"),
    "complex": (spoilt(y=FRAME.y + 1j), "120 values"),
    "beyond all numbers": (spoilt(y=[10**400] * len(FRAME)), "120 values"),
    "missing, nullable": (spoilt(y=FRAME.y.astype("Float64").where(~FIFTH)), r"\[y, 5\]"),
    "several rows": (pd.concat([FRAME, FRAME[:3]]), "u0 2000, u0 2001, u0 2002"),
}


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("robust", [False, True])
def test_what_cannot_be_a_panel_is_refused(name: str, robust: bool) -> None:
    frame, says = REFUSED[name]
    with pytest.raises(InputError, match=says):
        saturate(frame, outcome="y", robust=robust)  # type: ignore[arg-type]


def test_the_outcome_is_nothing_else() -> None:
    with pytest.raises(InputError, match="also a control"):
        saturate(FRAME, outcome="y", controls=["x", "y"])


def test_the_season_may_be_the_period() -> None:
    """A cycle longer than the series: nothing is left in the published search."""
    with pytest.raises(InputError, match="no room"):
        saturate(FRAME, outcome="y", season="time")
    seasons = (FRAME.time % 4).astype(float)
    with pytest.raises(InputError, match=r"\[s, 5\]"):
        saturate(FRAME.assign(s=seasons.where(~FIFTH)), outcome="y", season="s")


OPTIONS = [
    {"alpha": 0.0},
    {"alpha": 1.0},
    {"alpha": float("nan")},
    {"alpha": "0.01"},
    {"level": 0.0},
    {"level": 2.0},
    {"max_block": 0},
    {"max_block": 2.5},
    {"effects": "both"},
    {"steps": False},
]


@pytest.mark.parametrize("options", OPTIONS)
@pytest.mark.parametrize("robust", [False, True])
def test_impossible_options_are_refused(options: dict[str, object], robust: bool) -> None:
    with pytest.raises(InputError, match=next(iter(options))):
        saturate(FRAME, outcome="y", robust=robust, **options)  # type: ignore[arg-type]


def test_every_fault_is_told_at_once() -> None:
    frame = FRAME.assign(x=FRAME.x.where(~FIFTH), unit=FRAME.unit.where(FRAME.index != 7))
    with pytest.raises(InputError) as told:
        saturate(frame, outcome="y", controls=["x"], alpha=2.0, max_block=0, effects="both")  # type: ignore[arg-type]
    assert [fault.where for fault in told.value.faults] == [
        "effects", "alpha", "max_block", "x, 5", "unit, 7",
    ]  # fmt: skip
    assert all(f.what.zh and f.what.en and f.do.zh and f.do.en for f in told.value.faults)


@pytest.mark.parametrize("level", [0.0, 1e6])
def test_a_step_without_any_noise_is_the_only_one(level: float) -> None:
    """Rounding is no noise: what remains after an exact fit must not be tested."""
    step = 3.0 * ((FRAME.unit == "u2") & (FRAME.time >= 2008))
    own = FRAME.unit.str[1:].astype(float) * 1.5 + (FRAME.time - 2000) ** 2 * 0.1
    for y in (step + level, step + own + level):
        fit = saturate(FRAME.assign(y=y), outcome="y")
        assert fit.breaks[["unit", "time", "half_width"]].values.tolist() == [["u2", 2008, 0]]
        assert fit.breaks.coefficient[0] == pytest.approx(3.0, abs=1e-8)


@pytest.mark.parametrize("robust", [False, True])
def test_nothing_moves_and_nothing_is_noise(robust: bool) -> None:
    fit = saturate(FRAME.assign(y=7.0), outcome="y", robust=robust)
    assert (len(fit.breaks), fit.sigma2) == (0, 0.0)


@pytest.mark.parametrize("units", [2, 3])
@pytest.mark.parametrize("periods", [3, 4, 6])
@pytest.mark.parametrize("alpha", [0.01, 0.3, 0.999])
def test_small_panels_are_searched_or_refused(units: int, periods: int, alpha: float) -> None:
    for options in ({}, {"impulses": True, "effects": "none"}, {"max_block": 10**6}):
        try:
            fit = saturate(made(units, periods), outcome="y", alpha=alpha, **options)  # type: ignore[arg-type]
        except InputError as error:
            assert error.faults
            continue
        assert np.isfinite(fit.coefficients.standard_error).all() and fit.sigma2 > 1e-20


@pytest.mark.parametrize("where", [1999, 2010, 2020])
def test_a_period_of_one_unit_alone_tells_the_robust_search_nothing(where: int) -> None:
    """Its period effect explains it, whatever it is; the others are judged as if it was not."""
    without = FRAME[FRAME.time != where]
    alone = FRAME[(FRAME.unit == "u0") & (FRAME.time == 2003)].assign(time=where)
    found = []
    for size in (0.0, 1e6):
        fit = saturate(pd.concat([without, alone.assign(y=size)]), outcome="y", robust=True)
        assert ["u2", 2008] in fit.breaks[["unit", "time"]].values.tolist()
        found.append(fit.breaks)
    pd.testing.assert_frame_equal(*found)


def test_odd_but_possible_panels_are_searched() -> None:
    """Half of the rows gone, units that never meet, a unit seen once."""
    halves = FRAME[(FRAME.unit < "u3") == (FRAME.time < 2010)]
    once = FRAME[(FRAME.unit != "u1") | (FRAME.time == 2005)]
    for frame in (FRAME.sample(70, random_state=1), halves, once):
        for robust in (False, True):
            fit = saturate(frame, outcome="y", robust=robust)
            assert np.isfinite(fit.breaks.coefficient.to_numpy(float)).all()


def test_days_of_many_provinces_are_refused_before_memory_ends() -> None:
    days = pd.DataFrame({"unit": "a", "time": range(10_001), "y": 1.0})
    with pytest.raises(InputError, match="goes up to 10000"):
        saturate(pd.concat([days, days.assign(unit="b")]), outcome="y")
    long = pd.concat([days[:421].assign(unit=name) for name in "abc"])
    with pytest.raises(InputError, match="goes up to 420"):
        saturate(long, outcome="y", robust=True)
