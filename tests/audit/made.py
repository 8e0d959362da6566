"""Small reports for single checks."""

from datetime import date

from tanzhe.audits.checks.documents import Held
from tanzhe.audits.layout.read import read_layout
from tanzhe.audits.records import Audit, ReportText
from tanzhe.audits.report import audit_report

TODAY = date(2026, 11, 21)


def text_of(
    *,
    title: str = "贵州省工业碳排放转折点说明",
    point: str = "转折点：2021年9月（可信度70%）",
    name: str = "《贵州省有序用电方案》印发",
    when: str = "2021年9月10日",
    place: str = "贵阳、遵义",
    scale: str = "压减负荷120万千瓦",
    effect: str = "减少电解铝产量3万吨",
    source: str = "[贵州省能源局](http://nyj.guizhou.gov.cn/zwgk/202109/t20210913_1.html)",
    label: str = "来源",
    after: str = "",
) -> str:
    """A report of one item in which everything is right unless said otherwise."""
    return (
        f"# {title}\n\n分析时间：2025年1月5日\n\n## {point}\n\n1. **事件名称**：{name}\n"
        f"   - **时间**：{when}\n   - **地点**：{place}\n   - **规模**：{scale}\n"
        f"   - **影响**：{effect}\n   - **{label}**：{source}\n{after}"
    )


def read(text: str, name: str = "report.md") -> ReportText:
    return read_layout(name, text.splitlines())


def audited(text: str, against: str | None = None, held: tuple[Held, ...] = ()) -> Audit:
    other = read(against, "other.md") if against is not None else None
    return audit_report(read(text), against=other, held=held, today=TODAY)


def kinds(text: str, **more: str) -> set[str]:
    return {f.kind for f in audited(text, more.get("against")).findings}
