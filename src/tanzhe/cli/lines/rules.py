"""Rules and official numbers as lines for a terminal."""

from collections.abc import Iterable, Iterator

from tanzhe.api.rules.rulebook import RuleList
from tanzhe.model.rules import Authority, Checked, Condition, Indicator, ResolvedValue, RuleSet
from tanzhe.operators import sign_words
from tanzhe.rulebook import Table, measures
from tanzhe.rulebook.support import SUPPORT

_KINDS = {"core": "核心", "guiding": "引导", "characteristic": "特色", "other": "其他"}
_DUTIES = {"mandatory": "必须达到", "excusable": "可说明"}
_REGISTERS = {
    "documents": "规则所在的文件 {0} 份，其中线索 {1} 份（不作依据）",
    "energy_standards": "单位产品能耗限额标准 {0} 项，施行日期没有读到 {1} 项",
    "parks": "零碳园区 {0} 个，期限没有读到 {1} 个：tanzhe rules parks",
}
_FAMILIES = {"co2": "二氧化碳", "co2e": "碳足迹 CO2e", "energy": "能源", "rule": "规则"}


def list_lines(found: RuleList) -> list[str]:
    """Rule sets, then tables, each with how much of it is checked."""
    lines = ["指标体系 Rule sets"]
    for one in found.rule_sets:
        origin = "" if one.origin == "built_in" else "（本工作区）"
        lines.append(f"  {one.id}{origin}  {one.title}（{one.document}）")
        lines.append(f"      {one.indicators} 条，已核对 {one.checked} 条")
    lines += ["数表 Tables"]
    lines += [
        f"  {one.id}  {one.name}［{_FAMILIES[one.family]}］"
        f"{one.values} 个数，已核对 {one.checked} 个"
        for one in found.tables
    ]
    lines += ["名录 Registers"]
    lines += [
        f"  {one.id}  {_REGISTERS[one.id].format(one.entries, one.open)}" for one in found.registers
    ]
    lines += [f"未读入 not read: {clean(line)}" for line in found.unreadable]
    return [*lines, "查看 show: tanzhe rules show ID"]


def measure_lines() -> list[str]:
    """The vocabulary: identifier, usual name, unit."""
    return [f"{key}  {one.name}（{one.unit}）" for key, one in measures().items()]


def set_lines(rule_set: RuleSet) -> list[str]:
    """A rule set with the words of each indicator."""
    state = "草案，尚未复核" if rule_set.draft else "已启用"
    lines = [
        f"{rule_set.id}  {rule_set.title}［{state}］",
        f"  文件：《{rule_set.document.title}》{rule_set.document.number}",
        f"  地区：{rule_set.region}  印发：{rule_set.issued or '—'}",
        *_noted(rule_set.note),
    ]
    for one in rule_set.indicators:
        lines += _indicator_lines(one)
    for review in rule_set.reviews:
        lines += [f"  考核：{review.name} {review.date}", f"      原文：“{review.quote}”"]
        lines += [f"      后果：{review.consequence}"] if review.consequence else []
    return [clean(line) for line in lines]


def _indicator_lines(one: Indicator) -> Iterator[str]:
    sign = sign_words(one.operator).zh
    yield (
        f"  {one.id}  {_KINDS[one.kind]}  {one.name} {sign}{_digits(one.threshold)} {one.unit}"
        f"  {_DUTIES[one.duty]}"
    )
    if one.condition is not None:
        yield f"      适用：{_condition(one.condition)}"
    if one.by_year is not None:
        yield f"      目标年份：{one.by_year}"
    yield f"      所看的量：{one.measure or '（未对应）'}"
    yield f"      原文：{_words(one.authority)}"
    if one.definition:
        yield f"      定义：{one.definition}"
    yield f"      依据：{SUPPORT[one.confidence].zh}；{_checked(one.checked)}"
    yield from ("    " + line for line in _noted(one.note))


def _condition(condition: Condition) -> str:
    parts = []
    if condition.at_least is not None:
        parts.append(f"≥{_digits(condition.at_least)}")
    if condition.below is not None:
        parts.append(f"<{_digits(condition.below)}")
    return f"{condition.measure} {'，'.join(parts)} {condition.unit}"


def value_lines(found: ResolvedValue) -> list[str]:
    """One value with everything behind it."""
    value = found.value
    used = f"{value.used_from or '—'} 至 {value.used_to or '现行'}"
    lines = [
        f"{value.id}  {value.name}",
        f"  {found.year} 年的值：{_digits(value.value)} {value.unit}",
        f"  文件：《{value.authority.title}》{value.authority.number} {value.authority.place}",
        f"  原文：{_words(value.authority)}",
        f"  读自：{value.authority.read_in or '文件本身'}",
        f"  描述年份：{value.describes or '常数'}  公布：{value.authority.published or '—'}"
        f"{_signed(value.authority)}"
        f"  用于：{used}",
        f"  依据：{SUPPORT[value.confidence].zh}；{_checked(value.checked)}",
        *_noted(value.note),
        *(f"  提示：{note.zh}" for note in found.notes),
    ]
    return [clean(line) for line in lines]


def table_lines(found: Iterable[Table]) -> list[str]:
    """The values of tables, one a line."""
    lines: list[str] = []
    for table in found:
        lines += [f"{table.table}  {table.name}", *_noted(table.note)]
        for value in table.values:
            year = f" {value.describes}年" if value.describes else ""
            mark = "" if value.checked else f"  〔{SUPPORT[value.confidence].zh}，未核对〕"
            lines.append(
                f"  {value.id}  {value.name}{year}  {_digits(value.value)} {value.unit}{mark}"
            )
    return [clean(line) for line in lines]


def _signed(authority: Authority) -> str:
    return f"  成文：{authority.signed}" if authority.signed else ""


def _digits(number: float) -> str:
    return f"{number:.12g}"


def _words(authority: Authority) -> str:
    return f"“{authority.quote}”" if authority.quote else "（没有抄录）"


def _checked(checked: Checked | None) -> str:
    if checked is None:
        return "尚未与官方原文核对"
    return f"{checked.by} {checked.on}" + (f"（{checked.how}）" if checked.how else "")


def _noted(note: str) -> list[str]:
    return [f"  注：{note}"] if note else []


def clean(line: str) -> str:
    """A line without control characters: words of a file must not steer the terminal."""
    return "".join(sign if sign.isprintable() else " " for sign in line)
