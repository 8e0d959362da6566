"""Documents, standards and registered parks as lines for a terminal."""

from collections.abc import Iterator, Sequence

from tanzhe.cli.lines.rules import clean
from tanzhe.errors import Words
from tanzhe.rulebook.documents import RuleDocument
from tanzhe.rulebook.energy_standards import EnergyStandard
from tanzhe.rulebook.park_register import RegisteredPark
from tanzhe.rulebook.support import SUPPORT
from tanzhe.terms import words_of

_STATES = words_of("cli.register.states")
_DATES = {"signed": "成文", "published": "公布", "reported": "见报"}
_SCOPES = {
    "whole": Words("整体", "whole"),
    "part": Words("园中园", "part"),
    None: Words("范围没有读到", "scope not read"),
}
_ELECTRICITY = {
    "calorific": "电力按当量值折标",
    "equivalence": "电力按等价值折标",
    "unknown": "电力折标口径没有读到",
}


def document_lines(found: Sequence[RuleDocument]) -> list[str]:
    """Documents; of several only the head, of one everything known and not known."""
    lines = [line for one in found for line in _head(one)]
    if len(found) == 1:
        lines += _details(found[0])
    return [clean(line) for line in lines]


def _head(one: RuleDocument) -> Iterator[str]:
    state = _STATES[one.state]
    number = f" {one.number}" if one.number else ""
    yield f"{one.id}  {one.title}{number}［{state.zh} {state.en}］"
    yield f"    {one.issuer}，{_DATES[one.date_kind]} {one.date}"


def _details(one: RuleDocument) -> Iterator[str]:
    yield from (f"    知道 known：{said}" for said in one.known)
    yield from (f"    不知道 not known：{said}" for said in one.unknown)
    yield f"    读自 seen：{one.seen}"
    if one.address:
        yield f"    {one.address}"


def standard_lines(found: Sequence[EnergyStandard]) -> list[str]:
    """Standards on energy of products, one a line, of a single one everything."""
    lines = [
        f"{one.title}  公布 {one.published}，施行 {one.in_force_from or '没有读到'}"
        for one in found
    ]
    if len(found) == 1:
        lines += _of_standard(found[0])
    return [clean(line) for line in lines]


def _of_standard(one: EnergyStandard) -> Iterator[str]:
    if one.replaces:
        yield f"    代替：{'、'.join(one.replaces)}"
    if one.names:
        yield f"    产品：{'、'.join(one.names)}"
    basis = f"（{one.electricity_basis}）" if one.electricity_basis else ""
    yield f"    {_ELECTRICITY[one.electricity]}{basis}"
    if one.note:
        yield f"    注：{one.note}"
    yield f"    依据：{SUPPORT[one.confidence].zh}；读自{one.read_in}"


def park_lines(found: Sequence[RegisteredPark]) -> list[str]:
    """Parks, list by list, with the words on where each list was read."""
    lines: list[str] = []
    for title in dict.fromkeys(one.list for one in found):
        rows = [one for one in found if one.list == title]
        first = rows[0]
        lines.append(
            f"《{title}》{first.number}，{first.published}［{SUPPORT[first.confidence].zh}］"
        )
        lines += [_park_line(one) for one in rows]
        lines += [f"    读自 seen：{first.seen}", f"    {first.address}"]
    return [clean(line) for line in lines] or ["没有登记的零碳园区 No park on the lists held"]


def _park_line(one: RegisteredPark) -> str:
    zh, en = one.places
    scope = _SCOPES[one.scope]
    period = f"{one.start}—{one.end or '?'}"
    return f"  {one.name}  {zh} {en}，{one.city}  {scope.zh} {scope.en}  {period}"
