"""Parents and children hour by hour: what goes in and what comes out below, losses between."""

import math
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from tanzhe.errors import Words
from tanzhe.meters.findings import Finding, finding
from tanzhe.meters.settling import MeterMonth, Stretch
from tanzhe.meters.tree import Tree

# A loss below minus one per cent or above five in an hour is told: judgement, from the usual
# losses of a park's network (one to three per cent).
LEAST, MOST = -0.01, 0.05
HOUR = 3600
SOURCES = ("grid", "direct", "onsite", "green_trade", "nuclear_trade")
# An hour in which less than this share of the usual flows says nothing about losses.
_IDLE = 0.02
_APART = 6  # hours between two wrong ones that still are one stretch
Whole = NDArray[np.int64]


def balance_findings(
    tree: Tree, made: Sequence[MeterMonth], window: tuple[int, int]
) -> Iterator[Finding]:
    """Hours in which a parent and its children differ too far, told as stretches.

    Only hours of which all meters are known count; a source behind a parent (a roof's power) adds
    to what goes in.
    """
    months = {one.meter: one for one in made}
    hours = {one.meter: hourly(one.stretches, window) for one in made}
    parents = sorted({one.parent for one in tree.meters if one.parent})
    count = (window[1] - window[0]) // HOUR
    begins = window[0] + HOUR * np.arange(count)
    for parent in parents:
        if parent not in months:
            continue
        energy, known = hours[parent]
        inflow, outflow, good = energy.copy(), np.zeros(count, np.int64), known.copy()
        any_child = np.zeros(count, bool)
        for child in tree.children(parent):
            alive = _alive(tree, child, begins)
            if child not in hours:
                good &= ~alive
                continue
            amount, sure = hours[child]
            source = tree.of(child)[-1].supply in SOURCES
            good &= sure | ~alive
            any_child |= alive & ~np.full(count, source)
            if source:
                inflow += np.where(alive, amount, 0)
            else:
                outflow += np.where(alive, amount, 0)
        good &= any_child
        digits = math.hypot(*(_digit(tree, name) for name in (parent, *tree.children(parent))))
        yield from _told(parent, begins, inflow, outflow, good, digits)


def _digit(tree: Tree, meter: str) -> int:
    """The last digit of a meter after its multiplier, millionths: what rounding can hide."""
    one = tree.of(meter)[-1]
    places = 6 - (2 if one.decimals is None else one.decimals)
    return round(float(10**places) * one.multiplier)


def hourly(one: Stretch, window: tuple[int, int]) -> tuple[Whole, NDArray[np.bool_]]:
    """Energy of each hour of a window, and whether all of it is known."""
    count = (window[1] - window[0]) // HOUR
    begin, end, energy, known = one
    inside = known & (end - begin <= HOUR) & (begin >= window[0]) & (end <= window[1])
    place = (begin[inside] - window[0]) // HOUR
    same = (end[inside] - window[0] - 1) // HOUR == place
    place, lasted, amount = place[same], (end - begin)[inside][same], energy[inside][same]
    total, covered = np.zeros(count, np.int64), np.zeros(count, np.int64)
    np.add.at(total, place, amount)
    np.add.at(covered, place, lasted)
    return total, covered == HOUR


def _alive(tree: Tree, meter: str, begins: Whole) -> NDArray[np.bool_]:
    """Hours in which a meter counts."""
    found = np.zeros(len(begins), bool)
    for one in tree.of(meter):
        found |= (begins >= one.begins) & (begins < (one.ends or np.iinfo(np.int64).max))
    return found


def _told(
    parent: str,
    begins: Whole,
    inflow: Whole,
    outflow: Whole,
    good: NDArray[np.bool_],
    digits: float,
) -> Iterator[Finding]:
    usual = float(np.median(inflow[good])) if good.any() else 0.0
    enough = good & (inflow > _IDLE * usual) & (inflow > 0)
    lost = inflow - outflow
    wrong = enough & ((lost < LEAST * inflow - digits) | (lost > MOST * inflow + digits))
    at = np.flatnonzero(wrong)
    cuts = np.flatnonzero((np.diff(at) > _APART) | (np.diff(np.sign(lost[at])) != 0)) + 1
    for run in np.split(at, cuts):
        if not len(run):
            continue
        share = float(lost[run].sum() / inflow[run].sum())
        shown = lost[run].sum() / 1e6
        told = Words(
            f"{len(run)} 小时线损 {100 * share:.1f} %（{shown:,.1f}）",
            f"{len(run)} hours with a loss of {100 * share:.1f} % ({shown:,.1f})",
        )
        yield finding("balance", parent, begins[run[0]], begins[run[-1]] + HOUR, told=told,
                      count=len(run))  # fmt: skip


def losses(
    tree: Tree, totals: Mapping[str, int | None], parent: str
) -> tuple[int | None, int | None]:
    """What goes in at a parent and what comes out at its children over a time; None: not known."""
    inflow = totals.get(parent)
    outflow: int | None = 0
    for child in tree.children(parent):
        amount = totals.get(child)
        if tree.of(child)[-1].supply in SOURCES:
            inflow = None if inflow is None or amount is None else inflow + amount
        else:
            outflow = None if outflow is None or amount is None else outflow + amount
    return inflow, outflow
