"""A comparison as lines for a terminal, at most a hundred columns wide."""

from collections.abc import Iterator

from tanzhe.cli.shared.aligned import aligned, shortened
from tanzhe.cli.shared.language import of_documents, told
from tanzhe.parks.compare import Comparison, ParkState
from tanzhe.parks.terms import SOURCES, VERDICTS
from tanzhe.places import place_of
from tanzhe.reports.products.parkcomparison import OUTLOOKS

_NAME = 22  # columns of a park's name


def compare_summary(result: Comparison) -> str:
    """States, gaps by source, risk with reasons, missing evidence, projects, notes."""
    parts = [
        _head(result),
        _states(result),
        _gaps(result),
        _risks(result),
        _missing(result),
        _projects(result),
        _notes(result),
    ]
    return "\n\n".join(part for part in parts if part)


def _head(result: Comparison) -> str:
    met = sum(one.core is True for one in result.latest)
    parks, rules = len(result.outlooks), result.rules
    lines = [
        told(
            f"{parks} 个园区，{met} 个达到核心指标（{rules}）",
            f"{parks} parks, {met} of them meet the core indicator ({rules})",
        )
    ]
    if result.review is not None:
        name, date = result.review.name, result.review.date
        lines.append(told(f"下一次评估：{name}，{date}", f"Next review: {name}, {date}"))
    return "\n".join(lines)


def _states(result: Comparison) -> str:
    language = of_documents()
    risks = {
        (o.region, o.name, o.year): OUTLOOKS[o.expected.outlook].said(language)
        for o in result.outlooks
    }
    rows = [
        (
            told("园区", "park"), told("省份", "region"), told("年度", "year"), "tCO2/tce",
            told("限值", "limit"), told("超限 tCO2", "above tCO2"), told("直供", "direct"),
            told("缺", "lacks"), told("结论", "verdict"), told("评估", "review"),
        )
    ]  # fmt: skip
    for one in result.states:
        place = place_of(one.region)
        risk = risks.get((one.region, one.name, one.year), "")
        where = told(place.zh, place.en) if place else one.region
        rows.append((*_numbers(one, where), risk))
    return "\n".join(aligned(rows, right=[3, 4, 5, 6, 7]))


def _numbers(one: ParkState, place: str) -> tuple[str, str, str, str, str, str, str, str, str]:
    return (
        shortened(one.name, _NAME),
        place,
        str(one.year),
        "—" if one.emission_per_energy is None else f"{one.emission_per_energy:.4f}",
        "—" if one.limit is None else f"{one.limit:g}",
        "—" if one.gap_tco2 is None else f"{one.gap_tco2:,.0f}",
        "—" if one.direct_share is None else f"{one.direct_share:.0%}",
        str(len(one.missing)),
        VERDICTS[one.verdict].said(of_documents()),
    )


def _gaps(result: Comparison) -> str:
    above = [one for one in result.latest if one.gap_tco2]
    if not above:
        return ""
    names = [one.said(of_documents()) for one in SOURCES.values()]
    rows = [(told("超限来源（tCO2）", "where the gap is (tCO2)"), *names)]
    for one in above:
        parts = (f"{one.gap_by_source.get(source, 0.0):+,.0f}" for source in SOURCES)
        rows.append((shortened(one.name, _NAME), *parts))
    return "\n".join(aligned(rows, right=range(1, len(rows[0]))))


def _risks(result: Comparison) -> str:
    lines, language = [], of_documents()
    for one in result.outlooks:
        outlook = OUTLOOKS[one.expected.outlook]
        why = [reason.said(language) for reason in one.expected.reasons]
        why += [
            told(
                f"{p.year} 年预计 {p.value:.4f}（{p.how}）",
                f"{p.value:.4f} expected in {p.year} ({p.how.en})",
            )
            for p in one.expected.projections
        ]
        lines.append(told(f"  {one.name}：{outlook.zh}", f"  {one.name}: {outlook.en}"))
        lines += [f"    · {line}" for line in why]
    head = told("评估时的风险：", "Risk at the review:")
    return "\n".join([head, *lines, result.definition.said(language)])


def _missing(result: Comparison) -> str:
    lines = []
    for one in result.latest:
        count = len(one.evidence)
        lines += [told(f"  {one.name}：{count} 项", f"  {one.name}: {count}")] if count else []
        lines += [
            told(f"    · {lack.where}：{lack.what}", f"    · {lack.where}: {lack.what.en}")
            for lack in one.evidence
        ]
    head = told("还缺的凭证和数据：", "Proof and data that are missing:")
    return "\n".join([head, *lines]) if lines else ""


def _projects(result: Comparison) -> str:
    if not result.projects:
        return ""
    rows = [
        (
            told("园区", "park"), told("项目", "project"), told("单位", "owner"),
            told("内容", "content"), told("投资（万元）", "10,000 yuan"), told("时间", "period"),
            told("减排 tCO2", "cut tCO2"),
        )
    ]  # fmt: skip
    for one in result.projects:
        project = one.project
        rows.append(
            (
                shortened(one.park, 14),
                shortened(project.name, 16),
                shortened(project.owner, 12),
                shortened(project.content, 12),
                "—" if project.investment is None else f"{project.investment:,.10g}",
                shortened(project.period, 14),
                "—" if project.abatement is None else f"{project.abatement:,.0f}",
            )
        )
    return "\n".join(aligned(rows, right=[4, 6]))


def _notes(result: Comparison) -> str:
    head = told("说明：", "Notes:")
    return "\n".join([head, *_numbered(result)]) if result.notes else ""


def _numbered(result: Comparison) -> Iterator[str]:
    for number, note in enumerate(result.notes, 1):
        yield f"  {number}. {note.said(of_documents())}"
