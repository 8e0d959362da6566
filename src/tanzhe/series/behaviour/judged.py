"""One judgement of a finished series: taken as it is, changed with a note, or refused."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from tanzhe.errors import Words
from tanzhe.model import Note, Series
from tanzhe.notes import note_of
from tanzhe.series.behaviour import regular, words
from tanzhe.series.behaviour.accumulated import cumulative_year, differenced
from tanzhe.series.behaviour.figures import MOST_APART, Figures
from tanzhe.series.behaviour.january import with_january
from tanzhe.series.behaviour.meters import NEVER_FALLS, is_running, never_falls, unrolled
from tanzhe.series.behaviour.mixed import mixed_words, mixed_years
from tanzhe.series.behaviour.slips import slipped
from tanzhe.series.behaviour.smoothed import MEANS, ROLLING, is_rolling, may_be_means

# From this share on, negative values are no corrections: changes or growth rates have both signs.
BOTH_SIGNS = 0.10
# 9999 and the like, standing at least twice and this many times above everything else.
PLACEHOLDER_BEYOND = 3.0
NAMED = 6

ZEROS = "zeros_not_published"
AS_TOLD = note_of("figures_as_told")
NOT_CUMULATIVE = note_of("not_cumulative")
LINE = note_of("straight_line")

ADJUSTED = note_of("seasonally_adjusted")
MAY_BE_MEANS = Note(code="may_be_means", zh=f"{MEANS.zh}。", en=f"{MEANS.en}.")

# Notes that say that figures are not what a table of monthly totals holds.
JUDGED = frozenset(
    {
        "cumulative_differenced", "running_differenced", "not_cumulative", "straight_line",
        "not_measured", "another_unit", "placeholder", "january_in_february",
        "register_rolled_over", "never_falls", "power_to_days", "readings_set_back",
        "intervals_missing",
        ZEROS, ADJUSTED.code, MAY_BE_MEANS.code,
    }
)  # fmt: skip


def behaved(
    series: Series,
    names: Sequence[str] = (),
    lines: Mapping[str, int] | None = None,
    *,
    as_levels: bool = False,
) -> Series:
    """A series whose figures are one total a period, or a refusal.

    Args:
        series: as read from a table; days, months or years.
        names: name of the value column, and its unit.
        lines: row of each period in the file.
        as_levels: a person said that each figure is the total of its period: nothing is
            differenced, refused or set apart for what it looks like, and a note says so.

    Returns:
        The series as it is; differences of cumulative figures and of meter readings; without
        zeros, placeholders and a few defective rows, which a note names. Each change has a note.

    Raises:
        InputError: growth rates, shares, changes; annual figures spread over months,
            interpolated or copied ones, a unit that changes on the way. With the row.

    Example:
        >>> s = Series(region="X", sector="y", unit="1", frequency="month", source="t.csv",
        ...     vintage="", sha256="", periods=("2021-03", "2021-04"), values=(3.0, 0.0))
        >>> behaved(s).values, behaved(s).notes[0].code
        ((3.0, None), 'zeros_not_published')
    """
    words.refuse_rates(names, series.source)
    figures = Figures(series, lines or {})
    figures = _with(figures, _signed(figures))
    figures = _with(figures, _without_placeholders(figures))
    if as_levels:
        series = with_january(figures)
        return series.model_copy(update={"notes": (*series.notes, AS_TOLD)})
    if regular.is_line(figures):
        return figures.series.model_copy(update={"notes": (*figures.series.notes, LINE)})
    figures = _with(figures, _within_years(figures, names))
    figures = _with(figures, _measured(figures))
    figures = _with(figures, _gained(figures, names))
    figures = _with(figures, _remarked(figures, names))
    figures = _with(figures, with_january(figures))
    return _in_one_unit(figures)


def _remarked(figures: Figures, names: Sequence[str]) -> Series:
    """With what should be known of figures that are taken as they are."""
    series, adjusted = figures.series, words.adjusted_word(names)
    changed = adjusted or any(note.code.endswith("differenced") for note in series.notes)
    notes = [
        *([ADJUSTED] if adjusted else []),
        *([MAY_BE_MEANS] if not changed and may_be_means(figures) else []),
    ]
    return series.model_copy(update={"notes": (*series.notes, *notes)}) if notes else series


def _with(figures: Figures, series: Series) -> Figures:
    return replace(figures, series=series)


def _signed(figures: Figures) -> Series:
    """Negative values refused, zeros left empty."""
    series, x = figures.series, figures.values
    negative = np.flatnonzero(x < 0)
    if len(negative):
        first = series.periods[negative[0]]
        count, all_ = len(negative), int(np.isfinite(x).sum())
        if count > BOTH_SIGNS * all_:
            what = Words(
                f"{all_} 个数值中有 {count} 个为负：像是增减量或增速，不是排放量",
                f"{count} of {all_} values are negative: changes or growth rates, no level",
            )
            do = Words("请改用数量列", "Use the column of quantities")
        else:
            what = Words(
                f"有 {count} 个负值，首个为 {x[negative[0]]:g}",
                f"{count} values are negative, the first is {x[negative[0]]:g}",
            )
            do = Words(
                "排放须为正数；请更正，没有数据请留空",
                "Emissions must be positive: correct it, or leave it empty if unknown",
            )
        raise figures.fault(first, what, do)
    if not (x == 0).any():
        return series
    values = tuple(None if v == 0 else v for v in series.values)
    zero = np.flatnonzero(x == 0).tolist()
    some = _named(figures, zero)
    note = Note(
        code=ZEROS,
        zh=f"有 {len(zero)} 期数值为零（{some}），按未公布或停产处理，留空，不参与判断；"
        "停产本身不作为变动列出。",
        en=f"{len(zero)} periods have the value zero ({some}): not published or stopped. They are "
        "left empty, and a stop itself is not listed as a change.",
    )
    return series.model_copy(update={"values": values, "notes": (*series.notes, note)})


def _without_placeholders(figures: Figures) -> Series:
    """Without 9999 and the like where it stands for nothing."""
    x = figures.values
    nines = np.array([v > 9 and set(f"{v:.10g}") == {"9"} for v in x.tolist()])
    others = x[np.isfinite(x) & ~nines]
    if not len(others):
        return figures.series
    nines &= x > PLACEHOLDER_BEYOND * others.max()
    if nines.sum() < 2:
        return figures.series
    what = Words("数值由 9 组成、远高于其他各期，是缺失标记", "nines far above all others: a mark")
    return _apart(figures, np.flatnonzero(nines).tolist(), "placeholder", what)


def _within_years(figures: Figures, names: Sequence[str]) -> Series:
    """Differences where figures are cumulative within years."""
    series, said = figures.series, words.says_cumulative(names)
    year = cumulative_year(figures, said=said)
    if year is not None:
        return differenced(figures, year)
    runs_on = never_falls(unrolled(figures))
    adding, others = mixed_years(figures)
    if adding and not runs_on:
        first = next(p for p in series.periods if p.startswith(adding[0]))
        do = Words(
            "请全部换成当月值（或全部换成累计数）；若确为各月总量，请加 --figures level",
            "Give single months throughout, or cumulative figures throughout; add --figures level "
            "if each is the total of its month",
        )
        raise figures.fault(first, mixed_words(adding, others), do)
    if said and not runs_on:
        return series.model_copy(update={"notes": (*series.notes, NOT_CUMULATIVE)})
    return series


def _gained(figures: Figures, names: Sequence[str]) -> Series:
    """Differences where figures are readings of a meter."""
    series, said = figures.series, words.says_running(names)
    if any(note.code == "cumulative_differenced" for note in series.notes):
        return series
    runs_on = unrolled(figures)
    if is_running(runs_on, said=said or words.says_cumulative(names)):
        return _measured(_with(figures, differenced(runs_on, None)))
    if said and series.frequency != "year":
        what = Words(
            "列名称读数，但数值时升时降，不是连续累加的表计读数",
            "The column is called readings, but its figures rise and fall: no meter runs so",
        )
        do = Words(
            "换表或倍率变动请先换算成各期用量；若确为各期用量，请加 --figures level",
            "Give what was used in each period where meters were changed; add --figures level if "
            "these are",
        )
        raise figures.fault(series.periods[0], what, do)
    if not never_falls(figures) and is_rolling(figures):
        do = Words(
            "请改用当月值；若确为各月总量，请加 --figures level",
            "Give single months; add --figures level if each is the total of its month",
        )
        raise figures.fault(series.periods[0], ROLLING, do)
    if never_falls(figures):
        return series.model_copy(update={"notes": (*series.notes, NEVER_FALLS)})
    return series


def _measured(figures: Figures) -> Series:
    """Without what was never measured; refused where that is much."""
    for defect in regular.defects(figures):
        if defect.whole or len(defect.at) > MOST_APART * len(figures.series):
            where = figures.series.periods[defect.at[0]]
            some = _named(figures, defect.at)
            what = Words(f"{defect.what.zh}（{some}）", f"{defect.what.en} ({some})")
            do = Words(
                "这样的数据无从判断各期的转折；请换用逐期统计的数据，"
                "若确为逐期统计，请加 --figures level",
                "Nothing can be said of single periods; use figures measured for each, or add "
                "--figures level if they were",
            )
            raise figures.fault(where, what, do)
        figures = _with(figures, _apart(figures, defect.at, "not_measured", defect.what))
    return figures.series


def _in_one_unit(figures: Figures) -> Series:
    """Without values in another unit; refused where they are many."""
    slip = slipped(figures)
    if not slip.at:
        return figures.series
    power = 10.0 ** slip.power[0]
    times = Words(f"{power:,g} 倍", f"{power:,g} times")
    what = Words(
        f"数值约为其他各期的 {times.zh}，像是单位或小数点不同",
        f"about {times.en} the others, as if in another unit",
    )
    if len(slip.at) <= MOST_APART * len(figures.series):
        return _apart(figures, slip.at, "another_unit", what)
    first = figures.series.periods[slip.at[0]]
    some = _named(figures, slip.at)
    do = Words(
        "请把全表换算成同一单位；若确系增减，请加 --figures level",
        "Convert the table to one unit; if it really moved so, add --figures level",
    )
    raise figures.fault(first, Words(f"{what.zh}（{some}）", f"{what.en} ({some})"), do)


def _apart(figures: Figures, at: Sequence[int], code: str, what: Words) -> Series:
    """The series with some periods left empty, and a note that names them."""
    series, out = figures.series, set(at)
    some = _named(figures, at)
    note = Note(
        code=code,
        zh=f"以下各期已留空，不参与判断（{some}）：{what.zh}。",
        en=f"These periods are left empty ({some}): {what.en}.",
    )
    values = tuple(None if i in out else v for i, v in enumerate(series.values))
    return series.model_copy(update={"values": values, "notes": (*series.notes, note)})


def _named(figures: Figures, at: Sequence[int]) -> str:
    """Periods with their rows; the first and last where they are many."""
    periods = [figures.series.periods[i] for i in at]
    shown = periods if len(periods) <= NAMED else [periods[0], "…", periods[-1]]
    rows = figures.lines
    return ", ".join(f"{p} [{rows[p]}]" if p in rows else p for p in shown)
