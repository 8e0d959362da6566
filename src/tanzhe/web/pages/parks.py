"""Zero-carbon parks: a workbook judged, its gap, its firms, what if, and the cheapest plan."""

from collections.abc import Callable
from typing import Annotated, NamedTuple

import anyio.to_thread
from fastapi import APIRouter, Form, Query, UploadFile
from fastapi.responses import RedirectResponse, Response

from tanzhe.api.parks.assessment import assess, read_source
from tanzhe.api.parks.office import rendered_report, template_bytes
from tanzhe.api.parks.plans import plan, plan_template
from tanzhe.api.parks.scenarios import Scenario, what_if
from tanzhe.api.rules.rulebook import list_rules
from tanzhe.errors import Language, Words
from tanzhe.model.park import Assessment
from tanzhe.model.plan import Plan
from tanzhe.operators import sign_words
from tanzhe.parks.assessment.outlook import core_of
from tanzhe.reports.products.parkplan import kind_of, price_words
from tanzhe.terms import words_of
from tanzhe.web.inbox import Held, Inbox
from tanzhe.web.jobs import Job
from tanzhe.web.pages import Page
from tanzhe.web.twins import OFFERED, Files, Made, makers_of
from tanzhe.web.view import Ask, Asking

router = APIRouter()
PAGE = Page(router=router, nav=Words("园区", "Parks"), home="/parks", order=70)
TITLE = Words("评过的园区", "Parks judged")
VERDICTS = {
    "met": ("ok", Words("达到", "Met")),
    "not_met": ("bad", Words("未达到", "Not met")),
    "cannot_judge": ("open", Words("无法判断", "Cannot be judged")),
    "not_applicable": ("none", Words("不适用", "Not applicable")),
}
STATES = {
    "met": ("ok", Words("达到", "met")), "not_met": ("bad", Words("未达到", "not met")),
    "missing": ("open", Words("数据缺失", "data missing")),
    "excused": ("warn", Words("不适用（附说明）", "excused with a reason")),
    "undefined": ("warn", Words("口径待定", "not defined by the document")),
}  # fmt: skip
SOURCES = words_of("web.parks.sources")
KINDS = words_of("web.parks.kinds")
PLANS = words_of("web.parks.plans")
LARGEST_SHARE = 100  # percent, of a slider
Percent = Annotated[int, Query(ge=0, le=LARGEST_SHARE)]


class Bar(NamedTuple):
    """One term of the account beside its part of the gap.

    Attributes:
        name: of the term.
        tco2: emitted.
        gap: above what its energy may emit at the limit, or None.
        at: where its bar begins, percent of the widest.
        width: of it, likewise.
    """

    name: Words
    tco2: float
    gap: float | None
    at: float
    width: float


def _inbox(ask: Ask) -> Inbox:
    return ask.inbox("parks")


def _measures(ask: Ask) -> Inbox:
    return ask.inbox("measures")


@router.get("/parks")
async def front(ask: Asking) -> Response:
    """Where a workbook is dropped; the template it is filled into."""
    if ask.form == "xlsx":
        content = await anyio.to_thread.run_sync(template_bytes)
        return ask.page("parks/front.html", Made("园区模板", {"xlsx": lambda _: content}))
    held = _inbox(ask).all()
    return ask.page(
        "parks/front.html", Files("parks", TITLE, held), current="/parks", held=held,
        sets=list_rules(ask.desk.workspace).rule_sets,
    )  # fmt: skip


@router.post("/parks")
async def drop(
    ask: Asking, file: UploadFile, rules: Annotated[str, Form(max_length=200)] = ""
) -> Response:
    """Keep the workbook; then its verdict."""
    held = await _inbox(ask).put(file, read_source)
    return RedirectResponse(ask.link("/parks", held.id, rules=rules), 303)


@router.post("/parks/{id}/drop")
async def forget(ask: Asking, id: str) -> Response:
    """Throw the workbook away."""
    _inbox(ask).drop(id)
    return RedirectResponse(ask.link("/parks"), 303)


@router.get("/parks/{id}")
async def park(
    ask: Asking,
    id: str,
    rules: Annotated[str, Query(max_length=200)] = "",
    direct: Percent = 0,
    fuel: Percent = 0,
    heat: Percent = 0,
) -> Response:
    """Verdict, gap, indicators, firms, what is missing, and what if."""
    held = _inbox(ask).of(id)
    result = await ask.ready(_judged(ask, held, rules))
    scenario = Scenario(direct=direct / 100, fuel=fuel / 100, heat=heat / 100)
    supposed = await anyio.to_thread.run_sync(
        lambda: what_if(result, scenario, rules=rules or None, workspace=ask.desk.workspace)
    )
    return ask.page(
        "parks/page.html", twin(held, result), current="/parks", held=held, result=result,
        rules=rules, verdicts=VERDICTS, states=STATES, bars=bars(result), limit=core_of(result),
        supposed=supposed, supposed_limit=core_of(supposed), operator_sign=sign_words,
        rule_title=title_of(ask, result.rules), kinds=KINDS, sources=SOURCES,
        shares={"direct": direct, "fuel": fuel, "heat": heat},
    )  # fmt: skip


@router.get("/parks/{id}/plan")
async def planned(
    ask: Asking,
    id: str,
    rules: Annotated[str, Query(max_length=200)] = "",
    measures: Annotated[str, Query(max_length=16)] = "",
    by: Annotated[str, Query(pattern=r"^(\d{4}-\d{2})?$")] = "",
) -> Response:
    """The cheapest measures that meet the limits; first the file they are written into."""
    held = _inbox(ask).of(id)
    workspace = ask.desk.workspace
    if ask.form == "yaml":
        text = await anyio.to_thread.run_sync(
            lambda: plan_template(held.path, rules=rules or None, workspace=workspace)
        )
        return ask.page("", Made(f"{held.path.stem}_措施", {"yaml": lambda _: text}))
    found: Plan | None = None
    chosen = _measures(ask).of(measures) if measures else None
    if chosen is not None:
        found = await ask.ready(_plan(ask, held, chosen, rules, by))
    forms = makers_of(found) if found is not None else {}
    return ask.page(
        "parks/plan.html", Made(f"{held.path.stem}_plan", forms), current="/parks", held=held,
        chosen=chosen, plan=found, rules=rules, by=by, verdicts=VERDICTS, plans=PLANS,
        kind_of=kind_of, price_words=price_words,
    )  # fmt: skip


@router.post("/parks/{id}/plan")
async def measure(
    ask: Asking,
    id: str,
    file: UploadFile,
    rules: Annotated[str, Form(max_length=200)] = "",
    by: Annotated[str, Form(pattern=r"^(\d{4}-\d{2})?$")] = "",
) -> Response:
    """Keep the filled file of measures; then the plan."""
    _inbox(ask).of(id)
    chosen = await _measures(ask).put(file)
    there = ask.link("/parks", id, "plan", rules=rules, measures=chosen.id, by=by)
    return RedirectResponse(there, 303)


def _judged(ask: Ask, held: Held, rules: str) -> Job[Assessment]:
    workspace = ask.desk.workspace
    return ask.work(
        ("park", held.id, rules), Words(f"评估 {held.name}", f"Judging {held.name}"),
        lambda _: assess(held.path, rules=rules or None, workspace=workspace),
    )  # fmt: skip


def _plan(ask: Ask, held: Held, measures: Held, rules: str, by: str) -> Job[Plan]:
    workspace = ask.desk.workspace
    return ask.work(
        ("plan", held.id, measures.id, rules, by),
        Words(f"规划 {held.name}", f"Plan of {held.name}"),
        lambda _: plan(
            held.path, measures.path, rules=rules or None, by=by or None, workspace=workspace
        ),
    )


def twin(held: Held, result: Assessment) -> Made:
    """An assessment in its other forms."""
    name = f"{held.path.stem}_{result.park.year}"

    def maker(form: str) -> Callable[[Language], bytes]:
        return lambda language: rendered_report(result, f".{form}", language=language)

    return Made(name, {form: maker(form) for form in (*OFFERED, "html")})


def bars(result: Assessment) -> list[Bar]:
    """The terms of the account, one after the other as a waterfall that adds up to the total."""
    told = result.emissions.model_dump()
    total = max(sum(max(told[name], 0.0) for name in SOURCES), 1e-9)
    made, at = [], 0.0
    for name, title in SOURCES.items():
        amount = told[name]
        begin = at + min(amount, 0.0)
        width = 100 * abs(amount) / total
        if amount:
            gap = result.gap_by_source.get(name)
            made.append(Bar(title, amount, gap, 100 * begin / total, width))
        at += amount
    return made


def title_of(ask: Ask, rules: str) -> str:
    """What a rule set is called, by its id; the id itself where the workspace does not list it."""
    listed = list_rules(ask.desk.workspace).rule_sets
    return next((one.title for one in listed if one.id == rules), rules)
