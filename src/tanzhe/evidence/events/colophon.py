"""What a document says of itself: days of signing, issue, effect and posting, and its office."""

from tanzhe.evidence.events.passages import (
    StatedDay,
    effective_day,
    posted_day,
    printed_line,
    quote,
    signed_day,
)
from tanzhe.evidence.events.readings import bodies_in
from tanzhe.model import EventBody, EventDate
from tanzhe.model.evidence import DateKind

Stated = tuple[tuple[DateKind, StatedDay | None], ...]


def _dates(sha256: str, text: str, kinds: Stated) -> tuple[EventDate, ...]:
    return tuple(
        EventDate(
            kind=kind,
            date=stated.day.isoformat(),
            precision="day",
            status="verified",
            quote=quote(sha256, text, stated.start, stated.end),
        )
        for kind, stated in kinds
        if stated
    )


def own_dates(sha256: str, text: str) -> tuple[EventDate, ...]:
    """Signing and posting of a document, kept as two kinds of date."""
    return _dates(sha256, text, (("signed", signed_day(text)), ("posted", posted_day(text))))


def policy_dates(sha256: str, text: str) -> tuple[EventDate, ...]:
    """Days a policy says of itself: in force from, issued on, signed and posted on.

    Example:
        >>> text = "自2021年2月1日起施行。生态环境部办公厅2021年1月5日印发"
        >>> [(one.kind, one.date) for one in policy_dates("0" * 64, text)]
        [('effective', '2021-02-01'), ('issued', '2021-01-05')]
    """
    printed = printed_line(text)
    issued = printed[0] if printed else None
    kinds: Stated = (("effective", effective_day(text)), ("issued", issued))
    return (*_dates(sha256, text, kinds), *own_dates(sha256, text))


def issuing_office(sha256: str, text: str) -> tuple[EventBody, ...]:
    """The office that issued a document, from the last line of the print."""
    printed = printed_line(text)
    if printed is None:
        return ()
    _, start, end = printed
    return tuple(
        EventBody(
            name=span.name,
            status="verified",
            quote=quote(sha256, text, start + span.start, start + span.end),
        )
        for span in bodies_in(text[start:end])[-1:]
    )
