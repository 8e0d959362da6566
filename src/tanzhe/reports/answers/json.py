"""Results as the JSON that the interface promises."""

from collections.abc import Iterable

from pydantic import JsonValue

from tanzhe.errors import Language
from tanzhe.evidence.events.verified import verified_share
from tanzhe.model import (
    Episode,
    Event,
    EventBody,
    EventDate,
    EventEffect,
    EventPlace,
    EventQuantity,
    Evidence,
    LinkedEvent,
    PeakStatus,
    PowerSystem,
    Series,
    Standing,
    TurningPoint,
    TurningPoints,
    Unread,
)
from tanzhe.reports.facts.findings import Findings
from tanzhe.reports.parts.event import PRINTABLE
from tanzhe.reports.parts.evidence import facts_of, shown_of
from tanzhe.trees import picked

Json = dict[str, JsonValue]


def turns_json(points: TurningPoints, language: Language = "zh") -> Json:
    """What `tanzhe turns --json` prints.

    Args:
        points: turning points of one series.
        language: of the notes.
    """
    return {
        "series": series_json(points.series),
        "turning_points": [_point(point, language) for point in points],
        **_found(points, language),
        "manifest": points.manifest.model_dump(mode="json"),
    }


def _found(points: TurningPoints, language: Language) -> Json:
    """The episodes that the points are, and whether the series has peaked or why none can say."""
    found, missing = points.found, points.peak_missing
    return {
        "episodes": []
        if found is None
        else [episode_json(one, language) for one in found.episodes],
        "peak": peak_json(points.peak) if points.peak else None,
        **({"peak_missing": missing.said(language)} if missing else {}),
        "smallest_tellable_percent": None if found is None else found.smallest_tellable_percent,
    }


def episode_json(one: Episode, language: Language) -> Json:
    """An episode, with its tonnes where it has some."""
    tree: Json = one.model_dump(mode="json", exclude={"amount", "contributions", "notes"})
    carbon = one.amount.unit == "MtCO2"
    return {
        **tree,
        "mt": one.amount.value if carbon else None,
        "mt_interval": list(one.amount.interval) if carbon else None,
        "amount": one.amount.model_dump(mode="json"),
        "contributions": [driver.model_dump(mode="json") for driver in one.contributions],
        "notes": [note.said(language) for note in one.notes],
    }


def peak_json(peak: PeakStatus) -> Json:
    """The judgement of a peak without series and manifest."""
    told = picked(
        peak, "status", "month", "month_interval", "change_percent", "change_interval",
        "slope_percent_per_year", "slope_interval", "record_stands", "years_since", "trend_test",
    )  # fmt: skip
    told["mann_kendall"] = told.pop("trend_test")
    return {**told, "notes": [note.code for note in peak.notes]}


def report_json(findings: Findings, language: Language = "zh") -> Json:
    """What `tanzhe report --format json` prints: standing, peak, episodes, turns, evidence.

    Each turning point has the evidence for its start and what was searched; each episode that for
    its start and its end. Calendar and data points were not searched for: they have no evidence
    and an empty search whose window is null.
    """
    points, found = findings.points, findings.found
    return {
        "series": series_json(findings.series),
        "standing": standing_json(findings.standing),
        "peak": None if findings.peak is None else peak_json(findings.peak),
        "episodes": [] if found is None else [_told(findings, e, language) for e in found.episodes],
        "products": [
            {
                "sector": one.series.sector,
                "episodes": [_told(findings, e, language) for e in one.episodes],
            }
            for one in findings.products
        ],
        "smallest_tellable_percent": None if found is None else found.smallest_tellable_percent,
        "effects": None
        if findings.effects is None
        else [_effect(one) for one in findings.effects.effects],
        "power": None if findings.power is None else power_json(findings.power, language),
        "turning_points": [
            {
                **_point(point, language),
                **_evidence(_evidence_of(findings, point), language),
            }
            for point in points or ()
        ],
        "manifest": _manifest(findings),
    }


def _effect(one: EventEffect) -> Json:
    """A measured effect in short; `tanzhe effect` has its checks and donors."""
    size = one.effect
    return {
        "event": one.event.id,
        "date": one.event.date,
        "product": one.product,
        "expected": one.event.sign,
        "percent": None if size is None else size.percent,
        "percent_interval": None if size is None else list(size.percent_interval),
        "p_value": one.p_value,
        "verdict": one.verdict,
    }


def power_json(system: PowerSystem, language: Language = "zh") -> Json:
    """What `tanzhe power --json` prints: generation, consumption, exchange, and what moved it."""
    tree: Json = system.model_dump(mode="json", exclude={"notes"})
    return {**tree, "notes": [note.said(language) for note in system.notes]}


def standing_json(standing: Standing) -> Json:
    """Where a series stands."""
    tree: Json = standing.model_dump(mode="json", exclude={"frequency"})
    return tree


def _told(findings: Findings, one: Episode, language: Language) -> Json:
    """An episode with the evidence for its start and its end."""
    around: Json = {}
    for edge in ("begin", "end"):
        evidence = next(
            (e for e in findings.evidence if e.point == one.id and e.edge == edge), None
        )
        around[edge] = None if evidence is None else _evidence(evidence, language)
    return {**episode_json(one, language), "around": around}


def _evidence_of(findings: Findings, point: TurningPoint) -> Evidence | None:
    moved = point.scope in ("province", "national")
    return findings.evidence_for(point.id) if moved else None


def _manifest(findings: Findings) -> Json:
    """The manifest of the run, with where reasons were looked for."""
    manifest: Json = findings.manifest.model_dump(mode="json")
    searches = [one.searched for one in findings.evidence]
    share = verified_share(linked.event for one in findings.evidence for linked in shown_of(one))
    sources: list[JsonValue] = [*sorted({name for one in searches for name in one.sources})]
    return {
        **manifest,
        "sources": sources,
        "verified": {**picked(share, "verified", "catalogued", "printed"), "share": share.share},
        "documents_read": max((one.documents_read for one in searches), default=0),
        "window": [min(s.first for s in searches), max(s.last for s in searches)]
        if searches
        else None,
    }


def series_json(series: Series) -> Json:
    """What a series is, without its values."""
    told = picked(series, "region", "sector", "unit", "frequency", "source", "vintage", "sha256")
    return {**told, "first": series.periods[0], "last": series.periods[-1]}


def _point(point: TurningPoint, language: Language) -> Json:
    told = picked(
        point, "id", "date", "interval", "level", "confidence", "band", "kind", "scope", "until"
    )
    return {
        **told,
        "single": point.single is not None,
        "effect": picked(point.effect, "percent", "percent_interval", "mt_per_year"),
        **picked(point, "drivers"),
        "notes": [note.said(language) for note in point.notes],
    }


def _evidence(evidence: Evidence | None, language: Language) -> Json:
    if evidence is None:
        nothing: Json = {
            "queries": [], "sources": [], "documents_read": 0, "from": None, "to": None,
            "unread": [],
        }  # fmt: skip
        return {"evidence": [], "searched": nothing}
    what = evidence.searched
    searched: Json = {
        **picked(what, "queries", "sources", "documents_read"),
        "from": what.first,
        "to": what.last,
        "unread": [_unread(one, language) for one in what.unread],
    }
    facts = facts_of(evidence)
    return {"evidence": [_linked(one, language) for one in facts], "searched": searched}


def _unread(one: Unread, language: Language) -> Json:
    where: Json = {"address": one.address} if one.address else {"file": one.file}
    return {**where, "reason": one.reason if language == "zh" else one.reason_en}


def _linked(linked: LinkedEvent, language: Language) -> Json:
    link = picked(linked.link, "grade", "p_value", "lag_months")
    return {**_event(linked.event, language), "link": link}


def _event(event: Event, language: Language) -> Json:
    """An event; fields that are neither verified nor catalogued are not printed."""
    english = language == "en"
    return {
        "id": event.id,
        "name": (event.name_en if english else None) or event.name,
        **picked(event, "kind", "stage"),
        "dates": _printable(event.dates, "kind", "date", "precision", "status"),
        "places": _printable(event.places, "code", "name", "status"),
        "bodies": _printable(event.bodies, "name", "status"),
        "quantities": _printable(event.quantities, "what", "value", "unit", "as_stated", "status"),
        "summary": (event.summary_en if english else None) or event.summary,
        **picked(event, "status", "quotes"),
        "sources": [
            picked(one, "url", "publisher", "tier", "published", "sha256") for one in event.sources
        ],
    }


def _printable(
    held: Iterable[EventDate | EventPlace | EventBody | EventQuantity], *fields: str
) -> list[JsonValue]:
    return [picked(one, *fields) for one in held if one.status in PRINTABLE]
