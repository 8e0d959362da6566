"""The board's days as a calendar (iCalendar, RFC 5545) that office programs take."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from tanzhe.errors import Language
from tanzhe.tracking.items import KINDS, STATUSES, Item
from tanzhe.tracking.lights import due_of

LONGEST_LINE = 75  # octets, RFC 5545 3.1
WARNED_BEFORE = "-P7D"


def calendar(items: Iterable[Item], today: date, language: Language = "zh") -> bytes:
    """All items with a day, each an event of that day; what was cancelled says so.

    Args:
        items: of the board.
        today: which decides the next day of what repeats yearly.
        language: of kinds and states.

    Returns:
        UTF-8 with CRLF; no line is longer than 75 octets and no character is cut. The UID of an
        item stays, its SEQUENCE grows with every change, so a calendar updates what it has.
    """
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//tanzhe//board//ZH", "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
    ]  # fmt: skip
    for item in items:
        lines += _event(item, today, language)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in folded_line(line)).encode()


def _event(item: Item, today: date, language: Language) -> Iterator[str]:
    day = due_of(item, today)
    if day is None:
        return
    changed = datetime.fromisoformat(item.updated_at)
    about = [
        f"{KINDS[item.kind].said(language)} {item.number} {STATUSES[item.status].said(language)}",
        item.lead, item.person, item.text, item.document,
    ]  # fmt: skip
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(item.id)}@tanzhe"
    yield f"SEQUENCE:{item.changes}"
    yield f"DTSTAMP:{changed:%Y%m%dT%H%M%SZ}"
    yield f"LAST-MODIFIED:{changed:%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"  # exclusive
    yield f"SUMMARY:{escaped(' '.join(part for part in (item.park, item.title) if part))}"
    told = "\n".join(part.strip() for part in about if part.strip())
    yield f"DESCRIPTION:{escaped(told)}"
    yield f"CATEGORIES:{KINDS[item.kind].said(language)}"
    yield "STATUS:CANCELLED" if item.status == "cancelled" else "STATUS:CONFIRMED"
    yield "TRANSP:TRANSPARENT"
    if item.rhythm == "yearly":
        yield "RRULE:FREQ=YEARLY"
    if item.status not in ("done", "cancelled"):
        yield "BEGIN:VALARM"
        yield "ACTION:DISPLAY"
        yield f"DESCRIPTION:{escaped(item.title)}"
        yield f"TRIGGER:{WARNED_BEFORE}"
        yield "END:VALARM"
    yield "END:VEVENT"


def escaped(text: str) -> str:
    r"""A text value: backslash, semicolon, comma and line breaks escaped, control signs left out.

    Example:
        >>> escaped("a,b;c\\d\ne")
        'a\\,b\\;c\\\\d\\ne'
    """
    plain = text.replace("\\", "\\\\").replace(";", r"\;").replace(",", r"\,")
    plain = plain.replace("\r\n", "\n").replace("\r", "\n").replace("\n", r"\n")
    return "".join(sign for sign in plain if sign == "\t" or (ord(sign) >= 32 and sign != "\x7f"))


def folded_line(line: str) -> Iterator[str]:
    """A line in pieces of at most 75 octets; all but the first begin with a blank.

    Example:
        >>> [len(part.encode()) for part in folded_line("碳" * 50)]
        [75, 73, 4]
    """
    piece, size = "", 0
    for sign in line:
        width = len(sign.encode())
        if size + width > LONGEST_LINE:
            yield piece
            piece, size = " ", 1
        piece += sign
        size += width
    yield piece
