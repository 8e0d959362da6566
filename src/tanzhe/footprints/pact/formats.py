"""Texts of the PACT data model: decimals, times, identifiers; JSON Schema does not look at them."""

import re
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from tanzhe.errors import Words

# Beyond this a number is a slip of the keyboard, and summing it takes for ever.
_LONGEST = 60
_DECIMAL = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?")
_TIME = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.I)
_URN = re.compile(r"urn:[a-z0-9][a-z0-9-]{0,31}:\S+", re.I)
_URI = re.compile(r"[a-z][a-z0-9+.-]*:\S+", re.I)


def wrong(what: Words, do: Words) -> PydanticCustomError:
    """A fault of one field, in both languages, for pydantic to collect."""
    return PydanticCustomError(
        "pact", "{en}", {"zh": what.zh, "en": what.en, "do_zh": do.zh, "do_en": do.en}
    )


def decimal_of(text: object) -> Decimal | None:
    """The number of a plain decimal text, or None.

    Example:
        >>> decimal_of("6.5299"), decimal_of("6.5e0"), decimal_of(6.5)
        (Decimal('6.5299'), None, None)
    """
    if isinstance(text, str) and len(text) <= _LONGEST and _DECIMAL.fullmatch(text):
        return Decimal(text)
    return None


def time_of(text: object) -> datetime | None:
    """The moment of an RFC 3339 text, or None; a leap second is the second after.

    Example:
        >>> time_of("2025-12-31T16:00:00Z").year, time_of("2025-12-31")
        (2025, None)
    """
    if not isinstance(text, str) or not _TIME.fullmatch(text):
        return None
    try:
        found = datetime.fromisoformat(text.upper().replace(":60", ":59"))
        return found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def is_uuid(text: object) -> bool:
    """Whether a text is a UUID."""
    return isinstance(text, str) and _UUID.fullmatch(text) is not None


def is_urn(text: object) -> bool:
    """Whether a text is a URN of RFC 8141."""
    return isinstance(text, str) and _URN.fullmatch(text) is not None


def _decimal(text: str) -> str:
    if decimal_of(text) is None:
        raise wrong(
            Words(f"“{text[:40]}”不是十进制数字文本", f"“{text[:40]}” is no plain decimal"),
            Words(
                '请写成 "6.5299" 的样子，不用指数和千分位', 'Write it like "6.5299", no exponent'
            ),
        )
    return text


def _time(text: str) -> str:
    if time_of(text) is None:
        raise wrong(
            Words(f"“{text[:40]}”不是带时区的日期时间", f"“{text[:40]}” is no time with a zone"),
            Words("请写成 2025-12-31T16:00:00Z 的样子", "Write it like 2025-12-31T16:00:00Z"),
        )
    return text


def _uuid(text: str) -> str:
    if not is_uuid(text):
        raise wrong(
            Words(f"“{text[:40]}”不是 UUID", f"“{text[:40]}” is no UUID"),
            Words("请用 UUID，如程序导出的那样", "Use a UUID such as the program makes"),
        )
    return text


def _urn(text: str) -> str:
    if not is_urn(text):
        raise wrong(
            Words(f"“{text[:40]}”不是 URN", f"“{text[:40]}” is no URN"),
            Words("请写成 urn:pact:… 的样子", "Write it like urn:pact:..."),
        )
    return text


def _uri(text: str) -> str:
    if not _URI.fullmatch(text):
        raise wrong(
            Words(f"“{text[:40]}”不是网址", f"“{text[:40]}” is no address"),
            Words("请写成 https://… 的样子", "Write it like https://..."),
        )
    return text


DecimalText = Annotated[str, AfterValidator(_decimal)]
TimeText = Annotated[str, AfterValidator(_time)]
UuidText = Annotated[str, AfterValidator(_uuid)]
UrnText = Annotated[str, AfterValidator(_urn)]
UriText = Annotated[str, AfterValidator(_uri)]
