"""One turning point as sentences."""

from tanzhe.model import Driver, Series, TurningPoint
from tanzhe.reports.dates import period_words, span_words
from tanzhe.reports.ledger import Ledger, said
from tanzhe.reports.numbers import (
    amount_words,
    confidence_words,
    count_words,
    effect_digits,
    percent_words,
    points_words,
    share_words,
)
from tanzhe.reports.subject import enter_sector, measure_of, subject_slots
from tanzhe.reports.tree import Sentence

# A contribution that prints as zero tells nothing.
LEAST_POINTS = 0.05
MOST_DRIVERS = 5
LEADING_DRIVERS = 2


def direction_of(value: float) -> str:
    """Up, down or none."""
    return "down" if value < 0 else "up" if value > 0 else "none"


def is_straddling(point: TurningPoint) -> bool:
    """Whether the effect's interval holds both signs, or does not hold the effect's own."""
    low, high = sorted(point.effect.percent_interval)
    return not (low > 0 or high < 0) or direction_of(low) != direction_of(point.effect.percent)


def point_marks(series: Series, point: TurningPoint) -> dict[str, str]:
    """The closed choices that the words about a point depend on."""
    return {
        "kind": point.kind,
        "band": point.band,
        "scope": point.scope,
        "direction": "none" if is_straddling(point) else direction_of(point.effect.percent),
        "measure": measure_of(series),
        "frequency": series.frequency,
    }


def headline(ledger: Ledger, series: Series, point: TurningPoint) -> Sentence:
    """When it turned, and what led."""
    leaders = [
        driver
        for driver in shown_drivers(point)
        if direction_of(driver.percentage_points) == direction_of(point.effect.percent)
        and not is_straddling(point)
    ]
    return said(
        "headline",
        point_marks(series, point),
        date=ledger.enter("date", point.date, period_words(series, point.date)),
        leader=[enter_sector(ledger, one.product) for one in leaders[:LEADING_DRIVERS]],
        **subject_slots(ledger, series),
    )


def interval(ledger: Ledger, series: Series, point: TurningPoint) -> Sentence:
    """When it may have turned."""
    first, last = point.interval
    words = span_words(series, first, last)
    return said(
        "interval",
        {"exact": "yes" if first == last else "no", "frequency": series.frequency},
        span=ledger.enter("date", f"{first}/{last}", words),
        level=ledger.enter("number", point.level, share_words(point.level), unit="%"),
    )


def confidence(ledger: Ledger, series: Series, point: TurningPoint) -> Sentence:
    """How surely it turned."""
    words = confidence_words(point.confidence)
    return said(
        "confidence",
        point_marks(series, point),
        value=ledger.enter("number", point.confidence, words, unit="%"),
    )


def effect(ledger: Ledger, series: Series, point: TurningPoint) -> Sentence:
    """How much it moved; ends of the interval by size, or signed when they straddle zero."""
    percent = point.effect.percent
    open_sign = is_straddling(point)
    digits = effect_digits(percent)
    ends = sorted(point.effect.percent_interval, key=lambda end: end if open_sign else abs(end))
    ids = [
        ledger.enter("number", end, percent_words(end, digits=digits, signed=open_sign), unit="%")
        for end in (percent, *ends)
    ]
    mt = point.effect.mt_per_year
    told = mt is not None and not open_sign
    return said(
        "effect",
        point_marks(series, point),
        percent=ids[0],
        low=ids[1],
        high=ids[2],
        level=ledger.enter("number", point.level, share_words(point.level), unit="%"),
        mt=ledger.enter("number", mt, amount_words(mt), unit="MtCO2") if mt and told else "",
    )


def pulse_end(ledger: Ledger, series: Series, point: TurningPoint) -> list[Sentence]:
    """When a pulse ended; nothing for steps, slopes, and a pulse that lasts to the end."""
    if point.until is None:
        return []
    until = ledger.enter("date", point.until, period_words(series, point.until))
    return [said("pulse_end", point_marks(series, point), until=until)]


def shown_drivers(point: TurningPoint) -> list[Driver]:
    """The drivers that are large enough to tell."""
    large = [d for d in point.drivers if abs(d.percentage_points) >= LEAST_POINTS]
    return large[:MOST_DRIVERS]


def drivers(ledger: Ledger, point: TurningPoint) -> list[Sentence]:
    """What each product contributed."""
    return [
        said(
            "driver",
            {"direction": direction_of(driver.percentage_points)},
            product=enter_sector(ledger, driver.product),
            points=ledger.enter(
                "number",
                driver.percentage_points,
                points_words(driver.percentage_points),
                unit="percentage points",
            ),
        )
        for driver in shown_drivers(point)
    ]


def seeming_size(ledger: Ledger, point: TurningPoint) -> str:
    """The signed size of an edge that is no turning point; it has no interval worth telling."""
    percent = point.effect.percent
    words = percent_words(percent, digits=effect_digits(percent), signed=True)
    return ledger.enter("number", percent, words, unit="%")


def peers(ledger: Ledger, point: TurningPoint) -> list[Sentence]:
    """How many other regions moved the same way; nothing where none was compared."""
    if not point.regions_compared:
        return []
    counts = (point.regions_compared, point.regions_alike)
    compared, alike = (ledger.enter("number", n, count_words(n)) for n in counts)
    return [said("peers", compared=compared, alike=alike)]


def full_sentences(ledger: Ledger, series: Series, point: TurningPoint) -> tuple[Sentence, ...]:
    """Everything about a point of the main list."""
    return (
        headline(ledger, series, point),
        effect(ledger, series, point),
        *pulse_end(ledger, series, point),
        confidence(ledger, series, point),
        interval(ledger, series, point),
        *peers(ledger, point),
        *drivers(ledger, point),
    )


def short_sentences(ledger: Ledger, series: Series, point: TurningPoint) -> tuple[Sentence, ...]:
    """What a list of weak signals or of products tells of a point."""
    return (
        headline(ledger, series, point.model_copy(update={"drivers": ()})),
        effect(ledger, series, point),
        *pulse_end(ledger, series, point),
        confidence(ledger, series, point),
        interval(ledger, series, point),
        *peers(ledger, point),
    )
