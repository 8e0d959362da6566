"""Indicators that a plan does not decide, and what each of them needs."""

from collections.abc import Sequence

from tanzhe.model.park import Assessment
from tanzhe.model.told import Told
from tanzhe.parks.terms import KINDS, STATUSES
from tanzhe.terms import told_of


def undecided(after: Assessment, decided: Sequence[str]) -> tuple[Told, ...]:
    """What the plan leaves to others: data, words of the authority, written explanations."""
    found = []
    for one in after.indicators:
        if one.status == "met" or one.id in decided or one.threshold is None:
            continue
        kind, state, last = KINDS[one.kind], STATUSES[one.status], _LEFT_TO_DO[one.status]
        found.append(
            Told(
                f"{kind}“{one.name}”{state}：{last}",
                f"{kind.en} “{one.name.en}” {state.en}: {last.en}",
            )
        )
    return tuple(found)


_LEFT_TO_DO = told_of("parks.undecided.left_to_do")
