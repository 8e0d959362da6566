"""Where a series stands, as sentences and rows: years, changes, products, regions."""

from tanzhe.errors import Words
from tanzhe.model import Change, Series, Total
from tanzhe.numerals import spoken
from tanzhe.reports.facts.findings import Findings
from tanzhe.reports.facts.ledger import Ledger, said
from tanzhe.reports.facts.tree import Block, Sentence
from tanzhe.reports.parts.episode import direction_of
from tanzhe.reports.parts.peak import peak_sentences
from tanzhe.reports.words.dates import day_words, span_words
from tanzhe.reports.words.numbers import amount_words, count_words, percent_words
from tanzhe.reports.words.subject import enter_region, enter_sector, measure_of, subject_slots

# Of the nation the largest provinces are named.
MOST_REGIONS = 5
THERMAL = "thermal_power_generation"
# Below this a change is none to speak of.
FLAT = 0.05


def enter_share(ledger: Ledger, value: float) -> str:
    """The fact of a share in percent."""
    return ledger.enter("number", value, percent_words(value, digits=1), unit="%")


def enter_signed(ledger: Ledger, value: float | None) -> str:
    """The fact of a change for a table, with its sign; empty where it is not known."""
    if value is None:
        return ""
    words = percent_words(value, signed=True)
    return ledger.enter("number", value, words, unit="%")


def enter_size(ledger: Ledger, value: float) -> str:
    """The fact of the size of a change, for words that say up or down."""
    words = percent_words(value)
    return ledger.enter("number", value, words, unit="%")


def way(value: float | None) -> str:
    """Up, down, flat or not known."""
    if value is None:
        return "none"
    return "flat" if abs(value) < FLAT else direction_of(value)


def enter_amount(ledger: Ledger, value: float, unit: str) -> str:
    """The fact of an amount."""
    return ledger.enter("number", value, amount_words(value, unit), unit=unit)


def enter_months(ledger: Ledger, series: Series, total: Total) -> str:
    """The fact of a year or of twelve months; a calendar year is called by its number."""
    first, last = total.first, total.last
    year = first[:4] == last[:4] and (len(last) == 4 or (total.whole and last[5:7] == "12"))
    words = day_words(first[:4]) if year else span_words(series, first, last)
    return ledger.enter("date", f"{first}/{last}", words)


def latest(ledger: Ledger, findings: Findings) -> list[Sentence]:
    """The last twelve months: level, change on the year before, share and rank."""
    total = findings.standing.latest
    if total is None:
        return []
    marks = {
        "direction": way(total.growth_percent),
        "reach": findings.standing.reach or "none",
        "frequency": findings.series.frequency,
        "measure": measure_of(findings.series),
        "calendar": "yes" if len(total.last) == 4 or total.last[5:7] == "12" else "no",
    }
    return [
        said(
            "latest",
            marks,
            span=enter_months(ledger, findings.series, total),
            **_place(ledger, findings, total, signed=False),
            **subject_slots(ledger, findings.series),
        )
    ]


def _place(ledger: Ledger, findings: Findings, total: Total, *, signed: bool) -> dict[str, str]:
    """Slots of a total: what is not known stays empty."""
    told: dict[str, str] = {}
    if total.value is not None:
        told["value"] = enter_amount(ledger, total.value, findings.standing.unit)
    if total.growth_percent is not None:
        enter = enter_signed if signed else enter_size
        told["growth"] = enter(ledger, total.growth_percent)
    if total.share_percent is not None:
        told["share"] = enter_share(ledger, total.share_percent)
    for slot, number in (("rank", total.rank), ("of", total.of)):
        if number is not None:
            told[slot] = ledger.enter("number", number, count_words(number))
    return told


def change(ledger: Ledger, one: Change) -> Sentence:
    """How far it has moved since a year, and at what rate."""
    state = "none" if one.plan is None else "completed" if one.completed else "current"
    marks = {"direction": way(one.percent), "period": state}
    plan = None
    if one.plan is not None and 10 < one.plan < 20:
        plan = Words(f"“{spoken(one.plan)}五”", f"the {one.plan}th Five-Year Plan")
    rate = percent_words(one.percent_per_year, digits=1, signed=True)
    return said(
        "change",
        marks,
        since=ledger.enter("date", one.since, day_words(one.since)),
        until=ledger.enter("date", one.until, day_words(one.until[:4])) if one.completed else "",
        percent=enter_size(ledger, one.percent),
        rate=ledger.enter("number", one.percent_per_year, rate, unit="%"),
        plan=ledger.enter("name", f"plan {one.plan}", plan) if plan else "",
    )


def standing_section(ledger: Ledger, findings: Findings) -> Block:
    """Level, changes, years, products, regions, peak."""
    return Block(
        kind="section",
        about="standing",
        notes=ledger.refer(findings.series.notes),
        sentences=(
            *peak_sentences(ledger, findings),
            *_basket(ledger, findings),
        ),
        blocks=(
            *_years(ledger, findings),
            *_products(ledger, findings),
            *_regions(ledger, findings),
        ),
    )


def _basket(ledger: Ledger, findings: Findings) -> list[Sentence]:
    """Which products the estimate covers."""
    parts = findings.series.parts
    if not parts or parts[0].factor is None:
        return []
    if [part.product for part in parts] == [THERMAL]:
        return [said("basket", {"power": "yes"})]
    names = [enter_sector(ledger, part.product) for part in parts]
    marks = {"one": "yes" if len(parts) == 1 else "no"}
    return [said("basket", marks, product=names)]


def _years(ledger: Ledger, findings: Findings) -> tuple[Block, ...]:
    """One row a year; a part of a year at the end stands with its months."""
    return tuple(
        Block(
            kind="table",
            about="year",
            sentences=(
                said(
                    "year",
                    {"whole": "yes" if total.whole else "no"},
                    year=enter_months(ledger, findings.series, total),
                    **_place(ledger, findings, total, signed=True),
                ),
            ),
        )
        for total in findings.standing.years
    )


def _products(ledger: Ledger, findings: Findings) -> tuple[Block, ...]:
    """One row a product; none where there is one only."""
    products, unit = findings.standing.products, findings.standing.unit
    if len(products) < 2:
        return ()
    since = findings.standing.changes[0].since if findings.standing.changes else None
    year = ledger.enter("date", since, day_words(since)) if since else ""
    return tuple(
        Block(
            kind="table",
            about="product_row",
            sentences=(
                said(
                    "product_row",
                    product=enter_sector(ledger, one.product),
                    value=enter_amount(ledger, one.value, unit),
                    share=enter_share(ledger, one.share_percent),
                    growth=enter_signed(ledger, one.growth_percent),
                    change=enter_signed(ledger, one.change_percent),
                    since=year,
                ),
            ),
        )
        for one in products
    )


def _regions(ledger: Ledger, findings: Findings) -> tuple[Block, ...]:
    """The largest provinces of the nation; a province has its rank instead."""
    members = findings.standing.members
    if not members or findings.series.region in {member.region for member in members}:
        return ()
    rows = tuple(
        said(
            "region_row",
            region=enter_region(ledger, member.region),
            value=enter_amount(ledger, member.value, findings.standing.unit),
            share=enter_share(ledger, member.share_percent),
        )
        for member in members[:MOST_REGIONS]
    )
    return (Block(kind="list", about="regions", sentences=rows),)
