"""What else must hold if an event is to be the cause: each check with what it found."""

from collections.abc import Sequence

import numpy as np

from tanzhe.effects.alone import alone, conformal_p, donor_rows, side_of
from tanzhe.effects.events import others_in
from tanzhe.effects.panel import Panel
from tanzhe.effects.placebo import Size
from tanzhe.effects.question import Question
from tanzhe.effects.settings import SURE
from tanzhe.effects.weights import Floats
from tanzhe.errors import InputError, Words
from tanzhe.model import AskedEvent, Donor, EffectCheck, Event, Series
from tanzhe.model.effect import CheckName
from tanzhe.places import neighbours
from tanzhe.sectors import sector_of
from tanzhe.series.companions import MADE_FROM
from tanzhe.series.estimate import SOURCE
from tanzhe.series.nbs import nbs_series
from tanzhe.series.output import output_of

# A donor of less weight changes little when it is left out.
HEAVY_DONOR = 0.1
# Others moved the same way where their median lies so many standard deviations off.
MOVED = 1.0
# Of the answer so much at least is left when any one donor goes.
MOST_OF_IT = 0.5


def checks_of(
    asked: Question,
    series: Series,
    event: AskedEvent,
    catalogue: Sequence[Event],
    counted: Size,
    own: Size,
) -> tuple[EffectCheck, ...]:
    """All checks of one measured effect.

    Args:
        asked: the question.
        series: what was measured.
        event: what was asked.
        catalogue: known events.
        counted: size of the answer that counts.
        own: size against the own past.
    """
    way = asked.signs[0] if len(asked.signs) == 1 else 1 if counted.log > 0 else -1
    found: list[EffectCheck | None] = [_in_time(asked, way), _anticipation(asked)]
    if len(asked.panel.regions) > 1:
        found += [
            _in_space(asked, way),
            _leave_one_out(asked, 1 if counted.log > 0 else -1),
            _fit_before(asked),
            _others_moved(asked, 1 if own.log > 0 else -1),
            _neighbours(asked, way),
        ]
    found.append(_other_events(asked, series, event, catalogue))
    if series.source == SOURCE and series.sector in MADE_FROM:
        found.append(_companion(asked, series, way))
    return tuple(one for one in found if one is not None)


def donors_of(asked: Question) -> tuple[Donor, ...]:
    """The synthetic control's mix, heaviest first; what weighs next to nothing is left out."""
    rows, mix = _mix(asked)
    named = [
        Donor(region=asked.panel.regions[row], weight=round(float(weight), 3))
        for row, weight in zip(rows, mix, strict=True)
        if weight >= 0.005
    ]
    return tuple(sorted(named, key=lambda donor: -donor.weight))


def _mix(asked: Question) -> tuple[list[int], Floats]:
    rows = donor_rows(asked)
    if not rows:
        return [], np.zeros(0)
    return rows, alone(asked, rows).weights[0, 0, 1:]


def _check(name: CheckName, passed: bool | None, words: Words) -> EffectCheck:
    return EffectCheck(name=name, passed=passed, zh=words.zh, en=words.en)


def _signed(percent: float) -> str:
    return f"{percent:+.1f}%".replace("-", "−") if round(percent, 1) else "0.0%"


def _in_time(asked: Question, way: int) -> EffectCheck:
    """Conformal: the window against the same series' other windows, nothing assumed of others."""
    p = conformal_p(asked, way)
    share = f"{100 * p:.0f}%"
    towards = _towards(asked)
    return _check(
        "placebo_in_time",
        p <= 2 * SURE,
        Words(
            f"另一种检验（只与本地各时段相比）：有{share}的时段{towards.zh}偏离得一样多",
            f"by another test, of its own past alone, {share} of other times lie as far off"
            f"{towards.en}",
        ),
    )


def _towards(asked: Question) -> Words:
    """The direction that is counted, where one was stated."""
    if len(asked.signs) > 1:
        return Words("", "")
    return Words("朝预期方向", " in the direction expected")


def _in_space(asked: Question, way: int) -> EffectCheck:
    t = asked.rows.panel["excess", side_of(asked)].t[asked.start].copy()
    t[asked.region] = asked.rows.own["excess", side_of(asked)].t[asked.start]
    known = np.isfinite(t)
    towards = _towards(asked)
    rank = int((way * t[known] > way * t[asked.region]).sum()) + 1
    of = int(known.sum())
    return _check(
        "placebo_in_space",
        rank <= max(1, of // 10),
        Words(
            f"同期在{of}个地区中，与其他地区之差按波动折算后{towards.zh}居第{rank}",
            f"rank {rank} of {of} regions in the same window{towards.en}, in units of each one's "
            "noise",
        ),
    )


def _leave_one_out(asked: Question, way: int) -> EffectCheck:
    """The synthetic control's gap in the window, each heavy donor left out in turn."""
    rows, mix = _mix(asked)
    heavy = [row for row, weight in zip(rows, mix, strict=True) if weight >= HEAVY_DONOR]
    whole = _window_gap(asked, rows)
    without = [_window_gap(asked, [row for row in rows if row != left]) for left in heavy]
    sizes = [100 * float(np.expm1(one)) for one in (*without, whole)]
    low, high = _signed(min(sizes)), _signed(max(sizes))
    steady = all(one * way >= MOST_OF_IT * whole * way for one in without)
    return _check(
        "leave_one_out",
        bool(steady and whole * way > 0),
        Words(
            f"只与对照地区的组合相比，逐一去掉主要对照地区，结果在{low}至{high}之间",
            f"against the mix of donors alone, leaving out each heavy one gives {low} to {high}",
        ),
    )


def _window_gap(asked: Question, donors: Sequence[int]) -> float:
    gap = alone(asked, donors).donors[1, 0, 0]
    window = gap[asked.start : asked.start + asked.window.length]
    before = gap[max(0, asked.start - asked.panel.per_year) : asked.start]
    return float(np.nanmean(window) - np.nanmean(before))


def _fit_before(asked: Question) -> EffectCheck:
    """How much of the series' own movement the donors explain before the window."""
    found = alone(asked, donor_rows(asked))
    past = slice(max(0, asked.start - 5 * asked.panel.per_year), asked.start)
    own, gap = found.own[0, 0, past], found.donors[1, 0, 0, past]
    known = np.isfinite(own) & np.isfinite(gap)
    share = 1 - float(np.var(gap[known]) / np.var(own[known])) if known.sum() > 2 else 0.0
    return _check(
        "fit_before",
        share > 0,
        Words(
            f"事件之前，其他地区的走势能解释本地波动的{max(share, 0):.0%}",
            f"before, the donors explain {max(share, 0):.0%} of its own movement",
        ),
    )


def _anticipation(asked: Question) -> EffectCheck:
    """The same measurement one window earlier."""
    earlier = asked.start - asked.window.length
    found = asked.rows.own[asked.basis, "before"]
    if earlier < 0 or not np.isfinite(found.t[earlier]):
        words = Words("事件之前的月份太少，看不出是否提前变化", "too few months before to see it")
        return _check("anticipation", None, words)
    ts = np.abs(asked.known.of(asked.rows.panel[asked.basis, "before"].t, found.t, asked.away))
    limit = float(np.quantile(ts, 1 - SURE))
    quiet = bool(np.abs(found.t[earlier]) <= limit)
    size = _signed(100 * float(np.expm1(found.error[earlier])))
    zh, en = ("在正常范围内", "as usual") if quiet else ("已经异常", "already unusual")
    return _check(
        "anticipation",
        quiet,
        Words(
            f"紧接之前的{asked.window.length}期偏离{size}，{zh}",
            f"the {asked.window.length} periods just before lie {size} off, {en}",
        ),
    )


def _others_moved(asked: Question, way: int) -> EffectCheck:
    """Whether the donors moved the same way against their own past."""
    side = side_of(asked)
    rows = donor_rows(asked)
    ts = asked.rows.panel["own", side].t[asked.start, rows]
    errors = asked.rows.panel["own", side].error[asked.start, rows]
    known = np.isfinite(ts)
    middle, size = float(np.median(ts[known])), 100 * float(np.expm1(np.median(errors[known])))
    moved = middle * way > MOVED
    zh, en = ("没有明显同向变化", "no clear movement the same way")
    if moved:
        zh, en = ("同向变化明显", "they moved the same way")
    return _check(
        "others_moved",
        not moved,
        Words(
            f"其他地区同期的中位数为{_signed(size)}，{zh}",
            f"median of the others in the same window {_signed(size)}, {en}",
        ),
    )


def _neighbours(asked: Question, way: int) -> EffectCheck | None:
    """Whether the provinces around moved the other way: production may have gone there."""
    side = side_of(asked)
    around = set(neighbours(asked.panel.regions[asked.region]))
    rows = [row for row in donor_rows(asked) if asked.panel.regions[row] in around]
    found = asked.rows.panel["excess", side]
    ts, errors = found.t[asked.start, rows], found.error[asked.start, rows]
    known = np.isfinite(ts)
    if not known.any():
        return None
    moved = float(np.median(ts[known])) * -way > MOVED
    size = 100 * float(np.expm1(np.median(errors[known])))
    zh, en = ("没有接替的迹象", "no sign of taking over")
    if moved:
        zh, en = ("反向变化，产量可能转移了过去", "the other way: output may have gone there")
    return _check(
        "neighbours",
        not moved,
        Words(
            f"相邻{int(known.sum())}省同期扣除各地共有变化后的中位数为{_signed(size)}，{zh}",
            f"median of {int(known.sum())} neighbours over the others {_signed(size)}, {en}",
        ),
    )


def _companion(asked: Question, series: Series, way: int) -> EffectCheck | None:
    """Whether the product it goes with, pig iron beside steel, moved the same way."""
    name = MADE_FROM[series.sector]
    try:
        other = nbs_series(series.region, name, of=output_of(series.sha256))
    except InputError:
        return None
    window = series.periods[asked.start]
    if window not in other.periods:
        return None
    values = np.log(np.where(other.array > 0, other.array, np.nan))
    single = Panel((series.region,), values[None, :], asked.panel.per_year)
    at = other.periods.index(window)
    found = [single.measured(side, "own", asked.window) for side in ("around", "before")]
    measured = [one for one in found if np.isfinite(one.t[at, 0])]
    if not measured:
        return None
    t, error = float(measured[0].t[at, 0]), float(measured[0].error[at, 0])
    product = sector_of(name)
    words = Words(product.zh, product.en) if product else Words(name, name)
    size = _signed(100 * float(np.expm1(error)))
    agrees = True if t * way >= MOVED else False if t * way <= 0 else None
    return _check(
        "companion",
        agrees,
        Words(f"{words.zh}同期偏离自身应有水平{size}", f"{words.en} lay {size} off its own level"),
    )


def _other_events(
    asked: Question, series: Series, event: AskedEvent, catalogue: Sequence[Event]
) -> EffectCheck:
    window = series.periods[asked.start : asked.start + asked.window.length]
    others = others_in(catalogue, series, window, event.id)
    same = [one for one in others if event.sign == "either" or one.direction == event.sign]
    if not others:
        words = Words("大事记中同期没有其他相关事件", "no other catalogued event in the window")
        return _check("other_events", True if catalogue else None, words)
    zh = "、".join(one.name for one in others[:3]) + ("等" if len(others) > 3 else "")
    en = ", ".join(one.name_en or one.name for one in others[:3])
    more = " and others" if len(others) > 3 else ""
    return _check(
        "other_events",
        not same,
        Words(f"同期还有{len(others)}件相关事件：{zh}", f"{len(others)} other events: {en}{more}"),
    )
