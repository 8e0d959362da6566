"""A policy document as JSON, in the form the interface promises."""

from tanzhe.errors import Language
from tanzhe.model.policy import (
    CitedDocument,
    Deadline,
    Goal,
    Passage,
    PolicyDocument,
    PolicyIndicator,
    Stated,
    Task,
)

Json = dict[str, object]


def policy_json(policy: PolicyDocument, language: Language = "zh") -> Json:
    """A policy document as plain data.

    Every item has its `span` (start, end, text in the document as read); those of title, numbers
    and bodies stand in `spans`, in the order of the lists.
    """
    return {
        "is_policy": policy.is_policy,
        "status": policy.status,
        "reason": policy.reason.said(language),
        "title": policy.title.words if policy.title else "",
        "document_numbers": _words(policy.document_numbers),
        "issuers": _words(policy.issuers),
        "addressees": _words(policy.addressees),
        "date": policy.date,
        "dates": [one.model_dump() for one in policy.dates],
        "goals": [_goal(one) for one in policy.goals],
        "tasks": [_task(one) for one in policy.tasks],
        "indicators": [_indicator(one) for one in policy.indicators],
        "indicator_types": [one.model_dump() for one in policy.indicator_types],
        "definitions": [one.model_dump() for one in policy.definitions],
        "deadlines": [_deadline(one) for one in policy.deadlines],
        "cited_documents": [_cited(one) for one in policy.cited_documents],
        "annexes": [{"name": one.name, "span": _place(one.span)} for one in policy.annexes],
        "notes": [note.said(language) for note in policy.notes],
        "spans": {
            "title": _span(policy.title.span) if policy.title else None,
            "document_numbers": [_span(one.span) for one in policy.document_numbers],
            "issuers": [_span(one.span) for one in policy.issuers],
            "addressees": [_span(one.span) for one in policy.addressees],
        },
        "sha256": policy.sha256,
    }


def _words(stated: tuple[Stated, ...]) -> list[str]:
    return [one.words for one in stated]


def _span(passage: Passage) -> Json:
    return passage.model_dump()


def _place(passage: Passage) -> Json:
    """Where a long passage stands, without repeating its words."""
    return {"start": passage.start, "end": passage.end}


def _goal(one: Goal) -> Json:
    return {"quote": one.span.text, **one.model_dump()}


def _task(one: Task) -> Json:
    roles: dict[str, list[str]] = {}
    for body in one.responsible_bodies:
        roles.setdefault(body.role, []).append(body.name)
    return {
        "number": one.number,
        "heading": one.heading,
        "section": one.section,
        "text": one.text,
        "responsible_bodies": list(dict.fromkeys(b.name for b in one.responsible_bodies)),
        "roles": roles,
        "body_spans": [
            {"name": b.name, "role": b.role, "span": _span(b.span)} for b in one.responsible_bodies
        ],
        "span": _span(one.span),
    }


def _indicator(one: PolicyIndicator) -> Json:
    return one.model_dump()


def _deadline(one: Deadline) -> Json:
    return {"quote": one.span.text, **one.model_dump()}


def _cited(one: CitedDocument) -> Json:
    return one.model_dump()
