"""Whether a park stands on an official list of zero-carbon parks, and what that list says."""

from collections.abc import Iterator

from tanzhe.errors import Words
from tanzhe.model import Note
from tanzhe.model.park import ParkYear
from tanzhe.rulebook.park_register import RegisteredPark, recognised

_SCOPES = {
    "whole": Words("园区整体", "the whole park"),
    "part": Words("园中园（园区的一部分）", "a part of the park"),
    None: Words("没有读到", "not read"),
}


def registered_notes(park: ParkYear) -> Iterator[Note]:
    """A note for each list a park is on: period, scope, document, and how sure the match is.

    Args:
        park: name and region are looked up.
    """
    found, certain = recognised(park.name, park.region)
    for one in found:
        scope = _SCOPES[one.scope]
        match = (
            Words("", "")
            if certain
            else Words(
                f"（按简称对应“{one.name}”，请确认是同一园区）",
                f" (matched by short name with “{one.name}”: make sure it is the same)",
            )
        )
        ask = (
            Words(
                "；核算边界应与名单所列范围一致", ", which the boundary of the account must match"
            )
            if one.scope == "part"
            else Words("", "")
        )
        yield Note(
            code=f"registered.{one.level}",
            zh=f"“{park.name}”在《{one.list}》（{one.number}，{one.published}）中{match.zh}："
            f"建设期 {_period(one).zh}，范围为{scope.zh}{_outside(one, park.year).zh}{ask.zh}。"
            f"名单为{_hand(one).zh}。",
            en=f"“{park.name}” is on the list 《{one.list}》 ({one.number}, "
            f"{one.published}){match.en}: "
            f"{_period(one).en}, {scope.en}{_outside(one, park.year).en}{ask.en}; {_hand(one).en}.",
        )


def _period(one: RegisteredPark) -> Words:
    return Words(
        f"{one.start}—{one.end or '（没有读到）'}", f"{one.start} to {one.end or '(not read)'}"
    )


def _outside(one: RegisteredPark, year: int) -> Words:
    if year < one.start:
        return Words(f"，{year} 年在建设期之前", f", {year} lies before it")
    if one.end is not None and year > one.end:
        return Words(f"，{year} 年在建设期满之后", f", {year} lies after it")
    return Words("", "")


def _hand(one: RegisteredPark) -> Words:
    if one.confidence == "corroborated":
        return Words("两处公开副本互相印证，没有与官方原文核对", "two copies agree")
    return Words("二手", "second-hand")
