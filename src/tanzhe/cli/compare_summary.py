"""A comparison as lines for a terminal, at most a hundred columns wide."""

from collections.abc import Iterator

from tanzhe.cli.aligned import aligned, shortened
from tanzhe.parks import SOURCES, VERDICTS
from tanzhe.parks.assessment.outlook import Outlook
from tanzhe.parks.compare import Comparison, ParkState
from tanzhe.places import place_of

OUTLOOKS: dict[Outlook, str] = {
    "on_track": "正常",
    "relies_on_projects": "靠项目",
    "at_risk": "有风险",
    "no_threshold": "无门槛",
    "no_review": "无评估",
}
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
    met = sum(one.core is True for one in _latest(result))
    lines = [f"{len(result.outlooks)} 个园区，{met} 个达到核心指标（{result.rules}）"]
    if result.review is not None:
        lines.append(f"下一次评估：{result.review.name}，{result.review.date}")
    return "\n".join(lines)


def _latest(result: Comparison) -> list[ParkState]:
    keys = {(one.region, one.name, one.year) for one in result.outlooks}
    return [one for one in result.states if (one.region, one.name, one.year) in keys]


def _states(result: Comparison) -> str:
    risks = {(o.region, o.name, o.year): OUTLOOKS[o.expected.outlook] for o in result.outlooks}
    heads = ("园区", "省份", "年度", "tCO2/tce", "限值", "超限 tCO2", "直供", "缺", "结论", "评估")
    rows = [heads]
    for one in result.states:
        place = place_of(one.region)
        risk = risks.get((one.region, one.name, one.year), "")
        rows.append((*_numbers(one, place.zh if place else one.region), risk))
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
        VERDICTS[one.verdict],
    )


def _gaps(result: Comparison) -> str:
    above = [one for one in _latest(result) if one.gap_tco2]
    if not above:
        return ""
    rows = [("超限来源（tCO2）", *SOURCES.values())]
    for one in above:
        parts = (f"{one.gap_by_source.get(source, 0.0):+,.0f}" for source in SOURCES)
        rows.append((shortened(one.name, _NAME), *parts))
    return "\n".join(aligned(rows, right=range(1, len(rows[0]))))


def _risks(result: Comparison) -> str:
    lines = []
    for one in result.outlooks:
        told = [*one.expected.reasons]
        told += [f"{p.year} 年预计 {p.value:.4f}（{p.how}）" for p in one.expected.projections]
        lines += [f"  {one.name}：{OUTLOOKS[one.expected.outlook]}", *(f"    · {t}" for t in told)]
    return "\n".join(["评估时的风险：", *lines, result.definition])


def _missing(result: Comparison) -> str:
    lines = []
    for one in _latest(result):
        lines += [f"  {one.name}：{len(one.evidence)} 项"] if one.evidence else []
        lines += [f"    · {evidence.where}：{evidence.what}" for evidence in one.evidence]
    return "\n".join(["还缺的凭证和数据：", *lines]) if lines else ""


def _projects(result: Comparison) -> str:
    if not result.projects:
        return ""
    rows = [("园区", "项目", "单位", "内容", "投资（万元）", "时间", "减排 tCO2")]
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
    return "\n".join(["说明：", *_numbered(result)]) if result.notes else ""


def _numbered(result: Comparison) -> Iterator[str]:
    for number, note in enumerate(result.notes, 1):
        yield f"  {number}. {note.zh}"
