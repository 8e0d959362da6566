"""The effect of one event on one series: from its months to sizes, p-value and verdict."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from tanzhe.effects.alone import conformal_p
from tanzhe.effects.checks import checks_of, donors_of
from tanzhe.effects.correction import Span
from tanzhe.effects.events import NATION, alike_elsewhere, busy_periods, national_periods
from tanzhe.effects.expected import expected_path, gap_of
from tanzhe.effects.gaps import Side
from tanzhe.effects.panel import SIDES, Answer
from tanzhe.effects.placebo import Signs, Size, combined_p, rows_of, size
from tanzhe.effects.question import Question, question
from tanzhe.effects.reasons import (
    CUT,
    DATA_END,
    FAULTY,
    FEW_DONORS,
    NATIONAL,
    OPEN_END,
    OUTSIDE,
    STATES_SIZE_BEFORE,
    THREE_PERIODS,
    TOO_EARLY,
    UNPUBLISHED,
    WHOLE_NATION,
    YEARLY_SHARES,
    ZERO_MONTHS,
)
from tanzhe.effects.settings import FEWEST_OWN_PLACEBOS, LEAST_OF_WINDOW, LONGEST, SURE
from tanzhe.effects.verdict import judged
from tanzhe.errors import Fault, InputError, Words
from tanzhe.model import (
    Amount,
    AskedEvent,
    EffectSize,
    Event,
    EventEffect,
    Manifest,
    ManifestInput,
    Note,
    Series,
    new_manifest,
)
from tanzhe.model.effect import EffectBasis
from tanzhe.periods import Month
from tanzhe.series.companions import faulty_periods
from tanzhe.series.estimate import SOURCE
from tanzhe.series.yearly_shares import shared_years
from tanzhe.threads import one_thread


class Window(NamedTuple):
    """The periods that are measured.

    Attributes:
        start: position of the first.
        length: how many, one to six.
        cut: whether the event lasts longer.
        open: whether the data end before the months that are to be measured.
    """

    start: int
    length: int
    cut: bool
    open: bool


@one_thread
def event_effect(
    series: Series,
    event: AskedEvent,
    first: Month,
    last: Month,
    *,
    national: bool = False,
    catalogue: Iterable[Event] = (),
    notes: Sequence[Note] = (),
    refused: Note | None = None,
) -> EventEffect:
    """What an event did to a series, as far as the figures can tell.

    Args:
        series: months with January and February merged, or twelve a year; with peers.
        event: what is asked, and which way it is expected to move the series.
        first: first month of the event.
        last: last month; the first six periods are measured.
        national: whether it hits every region, so that the own past is the answer.
        catalogue: known events: regions hit alike are no donors, national periods no placebos.
        notes: to be told with the answer.
        refused: why the event is no cause of this series; nothing is measured then.

    Returns:
        Sizes against the own past and over the others with intervals, a p-value that pays for the
        choice, a verdict, and checks. How often it is right: docs/effects/effects.md.

    Raises:
        InputError: days or years, or negative values.
    """
    _refuse(series)
    catalogue = tuple(catalogue)
    window = _window(series, first, last)
    if refused is not None or window is None:
        months = (str(first), str(last))
        return _unmeasured(series, event, months, (refused or OUTSIDE, *_unasked(notes)))
    periods = series.periods[window.start : window.start + window.length]
    if (reason := _unusable(series, periods)) is not None:
        return _unmeasured(series, event, (periods[0], periods[-1]), (reason, *_unasked(notes)))
    asked = question(
        series,
        window.start,
        window.length,
        event.sign,
        national=national,
        alike=alike_elsewhere(catalogue, series, periods, event.sign),
        national_periods=national_periods(catalogue, series),
        busy=busy_periods(catalogue, series),
    )
    found = _answer(asked)
    if found is None:
        return _unmeasured(series, event, (periods[0], periods[-1]), (TOO_EARLY, *_unasked(notes)))
    told = [
        *notes,
        *([CUT] if window.cut else []),
        *([DATA_END] if window.open else []),
        *_about(asked, national),
        *(note for note in series.notes if note.code == "level_doubt"),
    ]
    told += [STATES_SIZE_BEFORE] if found.lasting else []
    return _told(series, event, asked, found, catalogue, tuple(told))


def _unasked(notes: Sequence[Note]) -> list[Note]:
    """Without what is said of the length of a window that is not measured."""
    return [note for note in notes if note not in (THREE_PERIODS, OPEN_END)]


class _Found(NamedTuple):
    """Sizes of both answers from the side that counts, and how unusual they are.

    Attributes:
        own: against the own past.
        excess: over the others.
        p_value: in the direction stated.
        p_against: in the other one.
        after: the half year after the window.
        lasting: whether the change lasts.
        placebos: how many windows it was ranked among.
        spread: quantiles .2 and .95 of the placebos, in units of noise.
    """

    own: Size
    excess: Size | None
    p_value: float
    p_against: float | None
    after: Size | None
    lasting: bool | None
    placebos: int
    spread: tuple[float, float]


def _answer(asked: Question) -> _Found | None:
    """Measure: which side counts depends on whether the change lasts."""
    signs = asked.signs
    ranked = _p_value(asked, signs)
    own = _sizes(asked, "own")
    if ranked is None or not own:
        return None
    p_value, placebos = ranked
    excess = _sizes(asked, "excess")
    basis = own if asked.basis == "own" or not excess else excess
    seen: Side = "around" if "around" in basis else "before"
    against = _p_value(asked, (-signs[0],)) if len(signs) == 1 else None
    after, lasting = None, None
    if "before" in basis:
        after, lasting = _after(asked, basis["before"], basis.get("around"))
    if lasting:
        seen = "before"
    return _Found(
        own=own.get(seen) or next(iter(own.values())),
        excess=(excess.get(seen) or next(iter(excess.values()))) if excess else None,
        p_value=p_value,
        p_against=against[0] if against else None,
        after=after,
        lasting=lasting,
        placebos=placebos,
        spread=_spread(asked, seen),
    )


def _p_value(asked: Question, signs: Signs) -> tuple[float, int] | None:
    """The p-value and among how many placebos; of a lone short series among all its own times."""
    found = combined_p(asked.rows, asked.start, signs, asked.known, asked.away)
    short = found is not None and found[1] < FEWEST_OWN_PLACEBOS
    if short and len(asked.panel.regions) == 1:
        sign = signs[0] if len(signs) == 1 else 0
        return conformal_p(asked, sign), asked.panel.periods
    return found


def _sizes(asked: Question, answer: Answer) -> dict[Side, Size]:
    found = {
        side: size(asked.rows, answer, side, asked.start, asked.signs, asked.known, asked.away)
        for side in SIDES
    }
    return {side: one for side, one in found.items() if one is not None}


def _spread(asked: Question, side: Side) -> tuple[float, float]:
    own = asked.rows.own[asked.basis, side]
    ts = asked.known.of(asked.rows.panel[asked.basis, side].t, own.t, asked.away)
    low, high = np.quantile(ts, [0.2, 0.95])
    return float(low), float(high)


def _after(asked: Question, before: Size, around: Size | None) -> tuple[Size | None, bool | None]:
    """The half year after the window against what was before, and whether the change lasts.

    A lasting change is among what both sides know as usual: where that makes the size smaller than
    the months before allow, it lasts as well.
    """
    later = Span(asked.window.length + 1, LONGEST)
    rows = rows_of(asked.panel, asked.region, later, asked.donors)
    way = (1,) if before.log > 0 else (-1,)
    found = size(rows, asked.basis, "before", asked.start, way, asked.known, asked.away)
    if found is None:
        return None, None
    half = before.log / 2
    still = way[0] * found.log >= abs(half)
    unusual = found.p_value <= SURE or _excludes_nought(found, way[0])
    if still and (unusual or (around is not None and _shrunk(before, around, way[0]))):
        return found, True
    # Of a fall by 98 percent half the log is one by 86: back is what lost half of the percentage.
    weaker = found.low > np.log1p(np.expm1(before.log) / 2) if before.log < 0 else found.high < half
    return found, False if weaker else None


def _excludes_nought(found: Size, way: int) -> bool:
    return (found.low if way > 0 else -found.high) > 0


def _shrunk(before: Size, around: Size, way: int) -> bool:
    """Whether the size from both sides is smaller than the interval from before allows."""
    return way * around.log < (before.low if way > 0 else -before.high)


def _told(
    series: Series,
    event: AskedEvent,
    asked: Question,
    found: _Found,
    catalogue: Sequence[Event],
    notes: tuple[Note, ...],
) -> EventEffect:
    basis: EffectBasis = asked.basis if found.excess is not None else "own"
    counted = found.own if basis == "own" or found.excess is None else found.excess
    checks = checks_of(asked, series, event, catalogue, counted, found.own)
    verdict, reasons = judged(
        asked, found.p_value, found.p_against, counted, found.excess, checks, found.placebos
    )
    window = series.periods[asked.start : asked.start + asked.window.length]
    own = _sized(series, asked, found.own)
    excess = _sized(series, asked, found.excess) if found.excess else None
    low, high = found.spread
    smallest = 100 * (1 - np.exp(-(high - low) * counted.noise))
    return EventEffect(
        event=event,
        region=series.region,
        product=series.sector,
        window=(window[0], window[-1]),
        effect=own if counted is found.own or excess is None else excess,
        basis=basis,
        own=own,
        excess=excess,
        p_value=round(found.p_value, 4),
        p_against=None if found.p_against is None else round(found.p_against, 4),
        verdict=verdict,
        lasting=found.lasting,
        after=_sized(series, asked, found.after, later=True) if found.after else None,
        donors=donors_of(asked),
        left_out=asked.left_out,
        smallest_tellable_percent=round(float(smallest), 1),
        checks=checks,
        expected=expected_path(series, asked, counted),
        series=series.model_copy(update={"peers": (), "reference": None}),
        notes=(*reasons, *notes),
        manifest=_manifest(series, event),
    )


def _sized(series: Series, asked: Question, found: Size, *, later: bool = False) -> EffectSize:
    """Percent, and what was there less what was expected, added up period by period.

    Args:
        series: what was measured, in its own unit.
        asked: the question.
        found: the mean gap, in logs, with its interval.
        later: of the periods after the event in place of its own.
    """
    end = asked.start + asked.window.length
    place = slice(end + 1, end + 1 + LONGEST) if later else slice(asked.start, end)
    there, gap = series.array[place], gap_of(asked, found)[place]
    # Where the gap differs from month to month the mean one would take too much from the deepest.
    apart = np.nan_to_num(gap - np.nanmean(gap))
    ends = [found.log, found.low, found.high]
    percents = [round(float(100 * np.expm1(one)), 2) for one in ends]
    amounts = [float(f"{np.nansum(there * -np.expm1(-apart - one)):.4g}") for one in ends]
    return EffectSize(
        percent=percents[0],
        percent_interval=(percents[1], percents[2]),
        amount=Amount(value=amounts[0], interval=(amounts[1], amounts[2]), unit=series.unit),
        p_value=round(found.p_value, 4),
    )


def _about(asked: Question, national: bool) -> list[Note]:
    """What changes how the answer should be read."""
    if asked.panel.regions == (NATION,):
        return [WHOLE_NATION]
    if len(asked.panel.regions) == 1:
        return [FEW_DONORS]
    return [NATIONAL] if national or asked.basis == "own" else []


def _window(series: Series, first: Month, last: Month) -> Window | None:
    """Positions of the event's periods; None outside the data."""
    names = [_period(series, first), _period(series, last)]
    if names[0] not in series.periods or names[1] < names[0]:
        return None
    start = series.periods.index(names[0])
    end = sum(period <= names[1] for period in series.periods)
    length = end - start
    open_ = names[1] > series.periods[-1] and length < LONGEST
    return Window(start, min(length, LONGEST), length > LONGEST, open_)


def _period(series: Series, month: Month) -> str:
    merged = series.merged and month.month == 1
    return str(month.next()) if merged else str(month)


def _unusable(series: Series, periods: Sequence[str]) -> Note | None:
    """Why the figures of the window cannot be used, or None."""
    if two := [note for note in series.notes if note.code == "level_jump"]:
        return two[0]
    values = dict(zip(series.periods, series.array, strict=True))
    least = LEAST_OF_WINDOW * len(periods)
    if sum(values[period] > 0 for period in periods) < least:
        zeros = any(note.code == "zeros_not_published" for note in series.notes)
        return ZERO_MONTHS if zeros and not any(values[one] > 0 for one in periods) else UNPUBLISHED
    if not shared_years(series).isdisjoint(period[:4] for period in periods):
        return YEARLY_SHARES
    if series.source != SOURCE:
        return None
    faults = faulty_periods(series.region, series.sector, series)
    return FAULTY if sum(period not in faults for period in periods) < least else None


def _refuse(series: Series) -> None:
    if series.frequency != "month" or (series.array < 0).any():
        raise InputError(
            Fault(
                what=Words(
                    "只能测算月度序列，且不能有负值；年度数据看不出事件的作用",
                    "Effects are measured on months without negative values; years are too coarse "
                    "to show what an event did",
                ),
                where=f"{series.source} {series.region} {series.sector}",
                do=Words("请提供月度或日度数据", "Provide monthly or daily data"),
            )
        )


def _unmeasured(
    series: Series, event: AskedEvent, window: tuple[str, str], notes: tuple[Note, ...]
) -> EventEffect:
    return EventEffect(
        event=event,
        region=series.region,
        product=series.sector,
        window=window,
        effect=None,
        basis="excess",
        own=None,
        excess=None,
        p_value=None,
        verdict="cannot_tell",
        series=series.model_copy(update={"peers": (), "reference": None}),
        notes=notes,
        manifest=_manifest(series, event),
    )


def _manifest(series: Series, event: AskedEvent) -> Manifest:
    inputs = [ManifestInput(name=series.source, sha256=series.sha256)]
    return new_manifest(inputs, {"event": event.id or event.name, "sign": event.sign})
