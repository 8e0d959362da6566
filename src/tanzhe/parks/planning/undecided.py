"""Indicators that a plan does not decide, and what each of them needs."""

from collections.abc import Sequence

from tanzhe.model.park import Assessment
from tanzhe.model.told import Told
from tanzhe.parks.terms import KINDS, STATUSES


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


_LEFT_TO_DO = {
    "missing": Told("须补数据，方案不能代填", "add the data, which no plan fills in"),
    "undefined": Told("须由主管部门明确口径", "the authority must define it"),
    "excused": Told("须附说明", "it needs its explanation"),
    "not_met": Told(
        "可附理由说明，或用 --guiding 一并达到", "explain it, or meet it too with --guiding"
    ),
}
