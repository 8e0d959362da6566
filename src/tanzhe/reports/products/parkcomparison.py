"""Parks side by side as a page: who meets the core indicator, gaps, risk, proof, projects."""

from functools import partial

from tanzhe.errors import Language, Words
from tanzhe.parks.assessment.outlook import Outlook
from tanzhe.parks.compare import Comparison, ParkState, comparison_json
from tanzhe.parks.terms import SOURCES
from tanzhe.reports.facts.tree import Place
from tanzhe.reports.pages.blocks import Align
from tanzhe.reports.pages.draft import Draft, clean
from tanzhe.reports.pages.page import Page
from tanzhe.reports.pages.places import row_place
from tanzhe.reports.park.words import MISSING, region_words
from tanzhe.reports.products.parktables import comparison_table, comparison_values
from tanzhe.reports.products.parkwords import (
    amount_cell,
    number_cell,
    source_words,
    verdict_words,
)
from tanzhe.reports.words.escape import one_line
from tanzhe.terms import words_of

# The page of each result, by the name of its class.
PAGES = {"Comparison": "comparison_page"}

_RIGHT: Align = "right"
_NUMBERS = (_RIGHT,) * 6
OUTLOOKS: dict[Outlook, Words] = words_of("reports.parkcomparison.outlooks")


def comparison_page(result: Comparison, language: Language = "zh") -> Page:
    """A comparison as a page.

    Args:
        result: from `compare`.
        language: of our words; names of parks and indicators stand as they are.
    """
    result = clean(result)
    draft = Draft(language, Words("零碳园区对照", "Zero-carbon parks side by side"))
    table = comparison_table(result)
    _head(draft, result)
    _states(draft, result)
    _gaps(draft, result)
    _risks(draft, result)
    _missing(draft, result)
    _projects(draft, result)
    if result.notes:
        draft.section(Words("说明", "Notes"))
        draft.count([Words(note.zh, note.en) for note in result.notes])
    return draft.page(
        product="comparison",
        about=result.rules,
        made=result.moment,
        answer=partial(comparison_json, result, language),
        tables=[table],
        values=comparison_values(result),
        scenario=result.rules,
    )


def _head(draft: Draft, result: Comparison) -> None:
    parks, met = len(result.outlooks), sum(one.core is True for one in result.latest)
    every, good = draft.same(parks, str(parks)), draft.same(met, str(met))
    draft.say(
        Words(
            f"{every} 个园区，{good} 个达到核心指标（{result.rules}）。",
            f"{every} parks, {good} of them meet the core indicator ({result.rules}).",
        )
    )
    if result.review is not None:
        name, date = one_line(result.review.name), result.review.date
        draft.say(Words(f"下一次评估：{name}，{date}。", f"Next review: {name}, {date}."))


def _states(draft: Draft, result: Comparison) -> None:
    table = comparison_table(result)
    risks = {(o.region, o.name, o.year): OUTLOOKS[o.expected.outlook] for o in result.outlooks}
    rows = []
    for at, one in enumerate(result.states):
        risk = risks.get((one.region, one.name, one.year), Words("", ""))
        rows.append([*_row(draft, one, row_place(table, at)), risk.said(draft.language)])
    draft.section(Words("各园区", "The parks"))
    draft.table(
        Words("核心指标和结论", "Core indicator and verdict"),
        [Words("园区", "Park"), Words("省份", "Region"), Words("年度", "Year"),
         Words("tCO2/tce", "tCO2/tce"), Words("限值", "Limit"), Words("超限 tCO2", "Above, tCO2"),
         Words("直供", "Direct"), Words("缺", "Lacking"), Words("结论", "Verdict"),
         Words("评估", "Review")],
        rows,
        align=("left", "left", *_NUMBERS, "left", "left"),
    )  # fmt: skip


def _row(draft: Draft, one: ParkState, place: Place) -> list[str]:
    def told(value: float | None, text: str, unit: str = "") -> str:
        return MISSING if value is None else draft.same(value, text, unit=unit, place=place)

    ratio, limit, gap, direct = one.emission_per_energy, one.limit, one.gap_tco2, one.direct_share
    return [
        one_line(one.name),
        region_words(one.region).said(draft.language),
        str(one.year),
        told(ratio, f"{ratio or 0:.4f}", "tCO2/tce"),
        told(limit, f"{limit or 0:g}", "tCO2/tce"),
        told(gap, f"{gap or 0:,.0f}", "tCO2"),
        told(direct, f"{direct or 0:.0%}"),
        told(len(one.missing), str(len(one.missing))),
        verdict_words(one.verdict).said(draft.language),
    ]


def _gaps(draft: Draft, result: Comparison) -> None:
    above = [one for one in result.latest if one.gap_tco2]
    draft.table(
        Words("超限来源", "Where the gap is"),
        [Words("园区", "Park"), *(source_words(source) for source in SOURCES)],
        [
            [one_line(one.name), *(number_cell(draft, one.gap_by_source.get(source, 0.0), "tCO2")
                                   for source in SOURCES)]
            for one in above
        ],
        align=("left", *_NUMBERS[: len(SOURCES)]),
        unit=Words("单位：tCO2", "in tCO2"),
    )  # fmt: skip


def _risks(draft: Draft, result: Comparison) -> None:
    draft.section(Words("评估时的风险", "Risk at the review"))
    for one in result.outlooks:
        outlook, name = OUTLOOKS[one.expected.outlook], one_line(one.name)
        draft.say(Words(f"{name}：{outlook.zh}", f"{name}: {outlook.en}"))
        reasons = one.expected.reasons
        lines = [Words(one_line(reason.zh), one_line(reason.en)) for reason in reasons]
        for p in one.expected.projections:
            value = draft.same(p.value, f"{p.value:.4f}", unit="tCO2/tce")
            how = Words(one_line(p.how.zh), one_line(p.how.en))
            lines.append(
                Words(f"{p.year} 年预计 {value}（{how.zh}）", f"{p.year}: {value} ({how.en})")
            )
        draft.count(lines, ordered=False)
    draft.say(one_line(result.definition.said(draft.language)), "small")


def _missing(draft: Draft, result: Comparison) -> None:
    lacking = [one for one in result.latest if one.evidence]
    if not lacking:
        return
    draft.section(Words("还缺的凭证和数据", "Proof and data that are missing"))
    for one in lacking:
        count = draft.same(len(one.evidence), str(len(one.evidence)))
        name = one_line(one.name)
        draft.say(Words(f"{name}：{count} 项", f"{name}: {count}"))
        draft.count(
            [
                Words(
                    f"{one_line(e.where)}：{one_line(e.what.zh)}",
                    f"{one_line(e.where)}: {one_line(e.what.en)}",
                )
                for e in one.evidence
            ],
            ordered=False,
        )


def _projects(draft: Draft, result: Comparison) -> None:
    if result.projects:
        draft.section(Words("建设项目", "Projects"))
    draft.table(
        Words("各园区填报的建设项目", "Projects stated by the parks"),
        [Words("园区", "Park"), Words("项目", "Project"), Words("单位", "Owner"),
         Words("内容", "Content"), Words("投资（万元）", "Investment (10,000 yuan)"),
         Words("时间", "Period"), Words("减排 tCO2", "Cut, tCO2")],
        [
            [one_line(p.park), one_line(p.project.name), one_line(p.project.owner) or MISSING,
             one_line(p.project.content) or MISSING, amount_cell(draft, p.project.investment),
             one_line(p.project.period) or MISSING, amount_cell(draft, p.project.abatement)]
            for p in result.projects
        ],
        align=("left", "left", "left", "left", "right", "left", "right"),
    )  # fmt: skip
