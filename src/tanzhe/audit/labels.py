"""Labels of fields in any wording, and the role each plays."""

import re
from dataclasses import dataclass
from functools import cache

from tanzhe.audit.records import Role
from tanzhe.audit.words import rows

_FIELD = re.compile(
    r"^(?P<b>\*\*|__)?(?P<label>[^*_:：\[\]()（）|《》。，；\n]{1,24}?)(?:\*\*|__)?\s*"
    r"(?P<colon>[:：])\s*(?:\*\*|__)?\s*(?P<value>.*)$"
)


@dataclass(frozen=True, kw_only=True)
class Labelled:
    """A line of the form label: value.

    Attributes:
        label: as written.
        value: what follows.
        role: known role, or None.
        bold: whether the label is bold.
    """

    label: str
    value: str
    role: Role | None
    bold: bool


@cache
def _table() -> tuple[dict[str, Role], tuple[tuple[str, Role], ...]]:
    whole: dict[str, Role] = {}
    inside: list[tuple[str, Role]] = []
    for row in rows("labels.csv"):
        for word in row["words"].split(";"):
            role: Role = row["role"]  # type: ignore[assignment]
            if row["how"] == "is":
                whole.setdefault(word.lower(), role)
            else:
                inside.append((word.lower(), role))
    return whole, tuple(inside)


@cache
def role_of(label: str) -> Role | None:
    """The role of a label, or None when nobody knows it.

    Example:
        >>> role_of("官方来源"), role_of("研究周期"), role_of("啥事儿"), role_of("重点项目")
        ('source', 'date', 'name', None)
    """
    plain = re.sub(r"[\s*_]|[（(].*?[)）]", "", label).lower() or label.strip().lower()
    whole, inside = _table()
    if plain in whole or label.strip().lower() in whole:
        return whole.get(plain) or whole[label.strip().lower()]
    if len(plain) > 12:
        return None
    return next((role for word, role in inside if word in plain), None)


def read_label(text: str) -> Labelled | None:
    """A line as label and value, or None when it is a sentence or an address.

    Example:
        >>> read_label("**发生时间**：2021年9月").role
        'date'
    """
    match = _FIELD.match(text.strip())
    if not match:
        return None
    label = match["label"].strip()
    if not label or label.lower() in ("http", "https", "ftp") or match["value"].startswith("//"):
        return None
    if re.fullmatch(r"[\d\s年月日.-]+", label):
        return None
    bold = bool(match["b"]) or "**" in text.split(match["colon"])[0]
    return Labelled(label=label, value=match["value"].strip(), role=role_of(label), bold=bold)
