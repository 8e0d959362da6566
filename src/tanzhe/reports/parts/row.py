"""An episode as a row of the summary, with the cause that may be named there."""

from typing import NamedTuple

from tanzhe.errors import Words
from tanzhe.model import Episode, Episodes, EventEffect, LinkedEvent, PowerShare
from tanzhe.model.evidence import EdgeName
from tanzhe.reports.facts.findings import Findings
from tanzhe.reports.facts.ledger import Ledger, said
from tanzhe.reports.facts.tree import Block
from tanzhe.reports.parts.effect import enter_measured, measured_of
from tanzhe.reports.parts.episode import (
    amount_slots,
    enter_depth,
    enter_number,
    enter_span,
    episode_marks,
)
from tanzhe.reports.parts.evidence import best_reason, reasons_of
from tanzhe.reports.parts.power import enter_part
from tanzhe.reports.words.numbers import confidence_words
from tanzhe.reports.words.power import MOST, leading, push_option
from tanzhe.reports.words.subject import enter_sector


class Cause(NamedTuple):
    """What may be named as a cause in a row, with its measured effect."""

    reason: LinkedEvent
    measured: EventEffect | None
    edge: EdgeName


def cause_of(findings: Findings, one: Episode) -> Cause | None:
    """The best cause of an episode's begin, else of its end; what may be chance is none.

    Nor does a measured effect make it one: whatever happened in its months was measured with it.
    """
    begun = findings.evidence_for(one.id)
    if begun is not None and (reason := best_reason(begun)) is not None:
        effect = measured_of(findings, reason.event.id, way=one.depth_percent)
        return Cause(reason, effect, "begin")
    ended = findings.evidence_for(one.id, "end")
    if ended is None or one.end is None or one.family == "month":
        return None
    best = best_reason(ended)
    return None if best is None else Cause(best, None, "end")


def main_push(findings: Findings, one: Episode) -> PowerShare | None:
    """Of thermal power, what brought most of an episode: water, demand, another source."""
    changes = () if findings.power is None else findings.power.changes
    for change in changes:
        if change.episode == one.id and change.thermal * one.depth_percent > 0:
            first = next(iter(leading(change)), None)
            return first if first is not None and (first.share or 0.0) >= MOST else None
    return None


def episode_row(
    ledger: Ledger, findings: Findings, found: Episodes, number: int, one: Episode
) -> Block:
    """An episode as a row of the summary: when, what, how deep, how much, why, how sure."""
    cause, searched = cause_of(findings, one), findings.evidence_for(one.id)
    told: dict[str, str] = {}
    if cause is not None:
        event, effect = cause.reason.event, cause.measured
        told["cause"] = ledger.enter(
            "name", event.id, Words(event.name, event.name_en or event.name)
        )
        if effect is not None:
            told["measured"] = enter_measured(ledger, effect)
            told["measured_of"] = enter_sector(ledger, effect.product)
    push = None if cause else main_push(findings, one)
    if push is not None:
        told["push_share"] = enter_part(ledger, push.share or 0.0)
    marks = {
        **episode_marks(found, one),
        "push": push_option(findings.power, push) if findings.power and push else "",
        "grade": cause.reason.link.grade if cause else "none",
        "edge": cause.edge if cause else "begin",
        "moment": cause.reason.link.moment if cause else "begin",
        "searched": "no" if searched is None else "yes",
        "chance": "yes" if searched and reasons_of(searched) else "no",
    }
    return Block(
        kind="table",
        about="row",
        sentences=(
            said(
                "row",
                marks,
                number=enter_number(ledger, number),
                span=enter_span(ledger, found.series, one),
                percent=enter_depth(ledger, one),
                amount=amount_slots(ledger, found, one).get("value", ""),
                sure=ledger.enter(
                    "number", one.probability, confidence_words(one.probability), unit="%"
                ),
                **told,
            ),
        ),
    )
