"""The mid-term evaluation as tables of data: parks, targets, tasks."""

from tanzhe.errors import Words
from tanzhe.reports.pages.datatables import DataTable
from tanzhe.reports.products.datasets import column
from tanzhe.tracking.lights import light
from tanzhe.tracking.midterm import MidTerm


def parks_table(found: MidTerm) -> DataTable:
    """A row a park."""
    return DataTable(
        name="parks",
        title=Words("园区", "Parks"),
        columns=(
            column("park", "园区", "Park"),
            column("year", "年度", "Year", "integer"),
            column("emission_per_energy", "单位能耗碳排放", "Emissions per energy", "number",
                   "tCO2/tce"),
            column("limit", "限值", "Limit", "number", "tCO2/tce"),
            column("projects", "项目", "Projects", "integer"),
            column("done", "完成", "Done", "integer"),
            column("investment", "计划投资", "Investment", "number", "10,000 yuan"),
            column("invested", "完成投资", "Invested", "number", "10,000 yuan"),
            column("missing", "缺材料", "Missing", "integer"),
            column("risk", "风险", "Risk"),
        ),
        rows=tuple(
            (one.name, one.state.year if one.state else None,
             one.state.emission_per_energy if one.state else None,
             one.state.limit if one.state else None, one.works.projects, one.works.done,
             one.works.investment, one.works.invested, len(one.missing), one.risk.en)
            for one in found.parks
        ),
    )  # fmt: skip


def aims_table(found: MidTerm) -> DataTable:
    """A row a target."""
    return DataTable(
        name="targets",
        title=Words("目标", "Targets"),
        columns=(
            column("id", "编号", "Id"), column("title", "目标", "Target"),
            column("wanted", "目标值", "To be reached", "number"), column("unit", "单位", "Unit"),
            column("by", "到", "By"), column("now", "最近一年", "Last year", "number"),
            column("until", "数据至", "Data to"),
            column("probability", "可能性", "Probability", "number"),
            column("outlook", "判断", "Outlook"),
        ),
        rows=tuple(
            (one.item.id, one.item.title, one.wanted, one.item.unit, one.item.by, one.now,
             one.until, one.probability, one.outlook)
            for one in found.aims
        ),
    )  # fmt: skip


def tasks_table(found: MidTerm) -> DataTable:
    """A row a task."""
    return DataTable(
        name="tasks",
        title=Words("任务", "Tasks"),
        columns=(
            column("id", "编号", "Id"), column("number", "序号", "Number"),
            column("title", "任务", "Task"), column("lead", "牵头", "Lead"),
            column("due", "时限", "Due"), column("progress", "进度", "Progress", "number", "%"),
            column("status", "状态", "Status"), column("light", "灯", "Light"),
        ),
        rows=tuple(
            (one.id, one.number, one.title, one.lead, str(one.due or ""), one.progress,
             one.status, light(one, found.today))
            for one in found.tasks
        ),
    )  # fmt: skip
