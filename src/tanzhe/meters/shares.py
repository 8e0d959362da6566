"""What passed a meter at the edge of the park, shared out among the firms behind it.

A firm's part is what its own meters counted less those of other firms behind them; the firm of
the meter at the edge has what is left, its own use and the losses. The parts add up to the meter
to the last digit. Common power made right behind the same meter mixes with what it received: then
each supply is shared out by what the firms used. A firm's own source there counts for that firm.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tanzhe.errors import Words
from tanzhe.meters.balance import SOURCES
from tanzhe.meters.tree import Tree


class Shares(NamedTuple):
    """The parts of firms, millionths of the unit, or why there are none.

    Attributes:
        parts: by firm, in order of name, the firm of the edge first.
        meters: the meters each part rests on, by firm.
        mixed: whether the parts are by proportion, because supplies mix behind the meter.
        why: why the amount is not shared out, or None.
    """

    parts: dict[str, int]
    meters: dict[str, tuple[str, ...]]
    mixed: bool = False
    why: Words | None = None


def firms_behind(tree: Tree, chain: Sequence[str]) -> list[str]:
    """Firms of a meter at the edge and of all meters behind it, its own first."""
    own = _firm(tree, chain[0])
    others = {_firm(tree, name) for name in _behind(tree, chain)}
    return [own, *sorted(others - {own})]


def shares(
    tree: Tree, chain: Sequence[str], amount: int, energy: Mapping[str, int | None]
) -> Shares:
    """What each firm had of a supply that comes in at a meter at the edge, or right behind it.

    Args:
        tree: all meters.
        chain: the meter, and those that took its place.
        amount: of the supply to be shared out, millionths: what passed the meter, or what a
            common source behind it made.
        energy: what every meter counted over the same time; None where it is not known whole.
    """
    inner = [name for name in _behind(tree, chain) if not tree.of(name)[-1].supply]
    beside = [name for name in _behind(tree, chain) if _made_beside(tree, name, chain)]
    sent = [n for n in tree.names if _parent(tree, n) in chain and _supply(tree, n) == "exported"]
    # What a firm meters within itself takes no part: it may be gone without a word here.
    between = [name for name in inner if _firm(tree, name) != _firm(tree, _parent(tree, name))]
    unknown = [n for n in (*chain, *between, *beside, *sent) if energy.get(n) is None]
    if unknown:
        told = "、".join(unknown[:4])
        return _none(Words(f"{told} 的读数不完整", f"{told}: readings are not whole"))
    held = {name: one for name, one in energy.items() if one is not None}
    top = _firm(tree, chain[0])
    pool = sum(held[name] for name in (*chain, *beside))
    used = {top: pool - sum(held[name] for name in sent)}
    meters: dict[str, list[str]] = {top: list(chain)}
    for name in (one for one in beside if _firm(tree, one) != top):
        used[_firm(tree, name)] = used.get(_firm(tree, name), 0) - held[name]
    for name in between:
        firm, above = _firm(tree, name), _firm(tree, _parent(tree, name))
        used[firm] = used.get(firm, 0) + held[name]
        used[above] = used.get(above, 0) - held[name]
        meters.setdefault(firm, []).append(name)
    if low := [firm for firm, one in used.items() if one < 0]:
        told = "、".join(low)
        return _none(
            Words(
                f"{told} 的下级表之和多于上级表",
                f"{told}: meters behind count more than the parent",
            )
        )
    mixed = bool(sent) or any(_firm(tree, name) == top for name in beside)
    parts = _apportioned(amount, used) if mixed else used
    order = [top, *sorted(set(parts) - {top})]
    return Shares(
        {firm: parts[firm] for firm in order},
        {firm: tuple(meters.get(firm, ())) for firm in order},
        mixed=mixed,
    )


def network_of(tree: Tree, name: str, chains: Sequence[Sequence[str]]) -> Sequence[str]:
    """The meter at the edge whose firms a supply serves: its own, or that of a common source."""
    if _supply(tree, name) in SOURCES:
        for chain in chains:
            if _parent(tree, name) in chain and _firm(tree, chain[0]) == _firm(tree, name):
                return chain
    return next(chain for chain in chains if name in chain)


def _none(why: Words) -> Shares:
    return Shares({}, {}, why=why)


def _firm(tree: Tree, name: str) -> str:
    return tree.of(name)[-1].firm


def _parent(tree: Tree, name: str) -> str:
    return tree.of(name)[-1].parent


def _supply(tree: Tree, name: str) -> str | None:
    return tree.of(name)[-1].supply


def _made_beside(tree: Tree, name: str, chain: Sequence[str]) -> bool:
    """Whether a source feeds the same network right behind the meter."""
    return _parent(tree, name) in chain and _supply(tree, name) in SOURCES


def _behind(tree: Tree, chain: Sequence[str]) -> list[str]:
    """All meters behind these, those behind a source left out: they count another supply."""
    found: list[str] = []
    waiting = list(chain)
    while waiting:
        for name in tree.children(waiting.pop()):
            if name in found or name in chain:
                continue
            found.append(name)
            if not _supply(tree, name):
                waiting.append(name)
    return sorted(found)


def _apportioned(amount: int, used: Mapping[str, int]) -> dict[str, int]:
    """An amount by the proportion of what was used, whole, adding up exactly.

    Example:
        >>> _apportioned(100, {"a": 1, "b": 1, "c": 1})
        {'a': 34, 'b': 33, 'c': 33}
    """
    total = sum(used.values())
    if total <= 0:
        return {firm: amount if at == 0 else 0 for at, firm in enumerate(used)}
    parts = {firm: amount * one // total for firm, one in used.items()}
    rest = amount - sum(parts.values())
    largest = sorted(used, key=lambda firm: -(amount * used[firm] % total))
    for firm in largest[:rest]:
        parts[firm] += 1
    return parts
