"""Labels of fields in any wording, and the role each plays."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from tanzhe import bundled
from tanzhe.audits.records import Role
from tanzhe.audits.spans import dates_in, places_in
from tanzhe.text import read_bodies

_FIELD = re.compile(
    r"^(?P<b>\*\*|__)?(?P<label>[^*_:：｜\[\]()（）|《》。，；\n]{1,24}?)(?:\*\*|__)?\s*"
    r"(?P<colon>[:：｜])\s*(?:\*\*|__)?\s*(?P<value>.*)$"
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
    for row in bundled.rows("tanzhe.audits.data", "labels.csv"):
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
    words = re.sub(r"[\s_]+", " ", label).strip().lower()
    plain = re.sub(r"[\s*_]|[（(].*?[)）]", "", label).lower() or words
    whole, inside = _table()
    for name in (plain, words, re.sub(r"\s*(?:\d{1,3}|[一二三四五六七八九十]{1,2})$", "", words)):
        if name in whole:
            return whole[name]
    if len(plain) > 12:
        return None
    return next((role for word, role in inside if word in plain), None)


RECURS = 3  # a line start that comes back so often is a label, also in words nobody listed


def guessed_role(values: Sequence[str]) -> Role:
    """The role a label plays, by what most of its values are.

    Example:
        >>> guessed_role(["2021年9月", "2021年"]), guessed_role(["全省", "曲靖市"])
        ('date', 'place')
    """
    kinds: Counter[Role] = Counter()
    for value in values:
        plain = value.strip()
        if re.fullmatch(r"(?:\*\*)?[^*]{2,60}\*\*", plain):
            kinds["name"] += 1
        elif "://" in plain or "](" in plain:
            kinds["source"] += 1
        elif any(len(s.text) >= 0.6 * len(plain) for s in dates_in(plain)):
            kinds["date"] += 1
        elif len(plain) <= 24 and any(b.end == len(plain) for b in read_bodies(plain)):
            kinds["actor"] += 1
        elif len(plain) <= 12 and (places_in(plain) or plain.startswith(("全省", "全市", "全区"))):
            kinds["place"] += 1
    if kinds and kinds.most_common(1)[0][1] * 2 >= len(values):
        return kinds.most_common(1)[0][0]
    return "content"


SIGNED = re.compile(
    r"(?P<sign>[\U0001F300-\U0001FAFF\u2600-\u27BF])[\ufe0f\u200d]*\s*(?P<rest>\S.*)$"
)


def worded(line: str) -> str:
    """A line that a picture leads as label and value: 🗓 2021年9月 is 🗓：2021年9月.

    Example:
        >>> worded("🗓 2021年9月"), worded("📍地点：贵阳")
        ('🗓：2021年9月', '地点：贵阳')
    """
    match = SIGNED.match(line)
    if not match:
        return line
    labelled = re.match(r"[^：:]{1,12}[：:]", match["rest"])
    return match["rest"] if labelled else f"{match['sign']}：{match['rest']}"


def recurring_labels(lines: Sequence[str]) -> dict[str, Role]:
    """Labels nobody listed that come back through a report, with the role each plays."""
    values: dict[str, list[str]] = {}
    again: Counter[str] = Counter()
    last = ""
    for line in lines:
        found = read_label(worded(re.sub(r"^\s*(?:[-*+•·]\s+)?", "", line)))
        if found and found.role is None and found.value and len(found.label) <= 10:
            values.setdefault(found.label, []).append(found.value)
            again[found.label] += found.label == last
        last = found.label if found else last if not line.strip() else ""
    return {
        label: guessed_role(many)
        for label, many in values.items()
        if len(many) >= RECURS and 2 * again[label] < len(many)  # a list of its own is no field
    }


def bullet_fields(lines: Sequence[str]) -> dict[str, Role]:
    """Labels of bullets that are fields of one item, not items: they come back list after list.

    Args:
        lines: of a report.

    Returns:
        Each such label with its role; the one that leads its lists names the item.

    Example:
        >>> one = ["- 事由：限产", "- 何时：2021年9月", "- 详情：停窑20天", ""]
        >>> bullet_fields(one * 2)
        {'事由': 'name', '何时': 'date', '详情': 'content'}
    """
    lists = [found for found in _bullet_lists(lines) if len(found) >= RECURS]
    values: dict[str, list[str]] = {}
    leads: Counter[str] = Counter()
    for found in lists:
        leads[found[0].label] += 1
        for one in found:
            values.setdefault(one.label, []).append(one.value)
    roles: dict[str, Role] = {}
    for label, many in values.items():
        if len(many) >= LEAST_LISTS:
            role = role_of(label) or guessed_role(many)
            named = role in ("content", "name") and 2 * leads[label] > len(many)
            roles[label] = "name" if named else role
    return roles if "name" in roles.values() and len(roles) >= RECURS else {}


def listed_fields(lines: Sequence[str]) -> dict[int, Role]:
    """Bullets with a label nobody knows that stand among fields of one item.

    Args:
        lines: of a report.

    Returns:
        Line numbers with the role each plays: in a list of bullets with labels of their own, at
        least two and half of which are known as fields, the others are fields too.

    Example:
        >>> listed_fields(["### 限产", "- 时间：2021年9月", "- 依据：《方案》", "- 来源：省政府"])
        {3: 'content'}
    """
    found: dict[int, Role] = {}
    run: list[tuple[int, Labelled | None]] = []
    for number, line in enumerate([*lines, "end"], 1):
        bullet = re.match(r"[-*+•·]\s+(?!\*\*)(\S.*)$", line)
        if bullet:
            run.append((number, read_label(bullet[1])))
        elif line[:1].strip():  # blank and nested lines stand within a list
            found |= _unknown_fields(run)
            run = []
    return found


def _unknown_fields(run: Sequence[tuple[int, Labelled | None]]) -> dict[int, Role]:
    labels = [one for _, one in run if one is not None and len(one.label) <= LONGEST_LABEL]
    known = [one for one in labels if one.role not in (None, "name", "point")]
    distinct = len({one.label for one in labels}) == len(run)
    if not distinct or len(known) < LEAST_KNOWN or 2 * len(known) < len(run):
        return {}
    return {n: guessed_role([one.value]) for n, one in run if one is not None and one.role is None}


LONGEST_LABEL = 10  # letters
LEAST_KNOWN = 2  # labels of fields in a list, from which its others are fields too
LEAST_LISTS = 2  # lists with the same label, from which it is that of a field


def _bullet_lists(lines: Sequence[str]) -> list[list[Labelled]]:
    """Runs of bullets with plain labels; a run ends where a label comes back."""
    runs: list[list[Labelled]] = [[]]
    held: set[str] = set()  # labels of the last run
    for line in lines:
        bullet = re.match(r"\s*[-*+•·]\s+(?!\*\*)(\S.*)$", line)
        found = read_label(bullet[1]) if bullet else None
        if found is None or len(found.label) > 10:
            runs.append([])
            held = set()
            continue
        if found.label in held:
            runs.append([])
            held = set()
        runs[-1].append(found)
        held.add(found.label)
    return runs


def read_label(text: str, known: Mapping[str, Role] | None = None) -> Labelled | None:
    """A line as label and value, or None when it is a sentence or an address.

    Args:
        text: the line.
        known: roles of labels of this report that the table does not hold.

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
    role = role_of(label) or (known or {}).get(label)
    bold = bool(match["b"]) or "**" in text.split(match["colon"])[0]
    return Labelled(label=label, value=match["value"].strip(), role=role, bold=bold)
