"""Years that moved much: what the change consists of, and whether an episode tells it."""

from statistics import median

from tanzhe.errors import Words
from tanzhe.model import Episode, EventEffect, Total
from tanzhe.reports.facts.findings import Findings
from tanzhe.reports.facts.ledger import Ledger, said
from tanzhe.reports.facts.selection import LEAST_POINTS, told_episodes
from tanzhe.reports.facts.tree import Block, Sentence
from tanzhe.reports.parts.effect import enter_measured
from tanzhe.reports.parts.episode import direction_of, enter_number
from tanzhe.reports.parts.peak import has_two_levels
from tanzhe.reports.parts.standing import enter_months, enter_size
from tanzhe.reports.words.numbers import points_words
from tanzhe.reports.words.subject import enter_sector

# A year is asked about that moved by so many percent, and so far from the usual growth.
MUCH, BEYOND_USUAL = 5.0, 7.0
MOST_YEARS = 3
MOST_EVENTS = 3


def large_years(findings: Findings) -> list[Total]:
    """The years whose growth is far from the usual, the largest of them, by year.

    None where unit or definition changed on the way: what they moved by is that.
    """
    if has_two_levels(findings.series):
        return []
    whole = [one for one in findings.standing.years if one.whole and one.growth_percent is not None]
    if len(whole) < 3:
        return []
    usual = median(one.growth_percent or 0.0 for one in whole)
    far = sorted(whole, key=lambda one: -abs((one.growth_percent or 0.0) - usual))
    found = [
        one
        for one in far
        if abs(one.growth_percent or 0.0) >= MUCH
        and abs((one.growth_percent or 0.0) - usual) >= BEYOND_USUAL
    ]
    return sorted(found[:MOST_YEARS], key=lambda one: one.first)


def year_moves(ledger: Ledger, findings: Findings) -> tuple[Block, ...]:
    """For each such year its products, the episode that tells it or that none does, its events."""
    return tuple(_year(ledger, findings, one) for one in large_years(findings))


def _year(ledger: Ledger, findings: Findings, total: Total) -> Block:
    growth = total.growth_percent or 0.0
    numbers = _episodes_of(findings, total.first[:4], growth)
    marks = {
        "direction": direction_of(growth),
        "told": "yes" if numbers else "no" if findings.found is not None else "open",
        "power": "yes" if _has_power(findings, total.first[:4]) else "no",
    }
    return Block(
        kind="list",
        about="year_move",
        sentences=(
            said(
                "year_move",
                marks,
                year=enter_months(ledger, findings.series, total),
                growth=enter_size(ledger, growth),
                number=[enter_number(ledger, number) for number in numbers],
            ),
            *_products(ledger, findings, total),
            *_events(ledger, findings, total, growth),
        ),
    )


def _has_power(findings: Findings, year: str) -> bool:
    """Whether the balance of power tells what moved the year."""
    changes = () if findings.power is None else findings.power.changes
    return any(one.of == "year" and one.periods[0][:4] == year for one in changes)


def _episodes_of(findings: Findings, year: str, growth: float) -> list[int]:
    """Numbers of the episodes that moved the year: of its sign in it, or one that ended before."""
    found = told_episodes(findings.found)
    return [number for number, one in enumerate(found, 1) if _moved(one, year, growth)]


def _moved(one: Episode, year: str, growth: float) -> bool:
    before, began = str(int(year) - 1), one.begin[:4]
    if one.depth_percent * growth > 0:
        return began == year or (began == before and (one.end is None or one.end[:4] >= year))
    return one.end is not None and began <= before <= one.end[:4] <= year


def _products(ledger: Ledger, findings: Findings, total: Total) -> list[Sentence]:
    """What each product contributed; none where a month of either year is not published."""
    series, year = findings.series, total.first[:4]
    at = {
        y: [i for i, p in enumerate(series.periods) if p[:4] == y]
        for y in (year, str(int(year) - 1))
    }
    if len(series.parts) < 2 or len({len(places) for places in at.values()}) > 1:
        return []
    sums: dict[str, tuple[float, float]] = {}
    for part in series.parts:
        values = [[part.values[i] for i in at[y]] for y in (year, str(int(year) - 1))]
        if any(value is None for those in values for value in those):
            return []
        now, then = (sum(value or 0.0 for value in those) for those in values)
        sums[part.product] = (now, then)
    base = sum(then for _, then in sums.values())
    if not base:
        return []
    points = {product: 100 * (now - then) / base for product, (now, then) in sums.items()}
    large = sorted(points.items(), key=lambda pair: -abs(pair[1]))
    return [
        said(
            "driver",
            {"direction": direction_of(size)},
            product=enter_sector(ledger, product),
            points=ledger.enter("number", size, points_words(size), unit="percentage points"),
        )
        for product, size in large
        if abs(size) >= LEAST_POINTS
    ]


def _events(ledger: Ledger, findings: Findings, total: Total, growth: float) -> list[Sentence]:
    """The events of the year whose measured effect has its sign."""
    found = () if findings.effects is None else findings.effects.effects
    year = total.first[:4]
    of_year = [one for one in found if one.event.date[:4] == year and _had(one, growth)]
    first = sorted(of_year, key=lambda one: one.event.date)[:MOST_EVENTS]
    return [
        said(
            "year_event",
            {},
            event=ledger.enter(
                "name",
                f"effect {one.event.id}",
                Words(one.event.name, one.event.name_en or one.event.name),
            ),
            product=enter_sector(ledger, one.product),
            measured=enter_measured(ledger, one),
        )
        for one in first
    ]


def _had(one: EventEffect, growth: float) -> bool:
    return one.verdict == "effect" and one.effect is not None and one.effect.percent * growth > 0
