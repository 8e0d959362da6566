"""One file per family of checks; each takes a report and tells the `Verdicts`.

A new check is a file with the function `check_<file>`. Its parameters say what it needs:
`verdicts`, and `report`; `item` or `at`, one item or sentence (beside the items too) after another;
`today`; `other`, a second report; `held`, documents at hand; `points`, the turning points of the
series. It runs where these are given, and no list names it.
"""

from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from inspect import signature

from tanzhe.audits.records import ReportText, Verdicts
from tanzhe.registries import attribute, modules

Check = Callable[..., None]


@cache
def checks() -> Mapping[str, tuple[Check, frozenset[str]]]:
    """Every check by the name of its file, with what it needs."""
    found = {}
    for module in modules(__name__):
        check = getattr(import_module(f"{__name__}.{module}"), f"check_{module}", None)
        if check is not None:
            found[module] = (check, frozenset(signature(check).parameters))
    return found


def run_checks(report: ReportText, verdicts: Verdicts, **given: object) -> None:
    """Run every check whose needs are given.

    Args:
        report: as read.
        verdicts: where findings go.
        given: by the name of the parameter; what is None or empty is not given.
    """
    there = {"report": report, "verdicts": verdicts, **{k: v for k, v in given.items() if v}}
    sentences = attribute(__name__, "sentences", "sentences_in")
    for check, needs in checks().values():
        each: list[dict[str, object]] = [{}]
        if "item" in needs:
            each = [{"item": item} for item in report.items]
        elif "at" in needs:
            each = [{"at": at} for at in sentences(report)]
        for one in each:
            if needs <= there.keys() | one.keys():
                check(**{name: one[name] if name in one else there[name] for name in needs})
