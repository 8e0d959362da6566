"""A policy document on the terminal, in Chinese."""

from collections.abc import Iterator

from tanzhe.model.policy import (
    Deadline,
    DeadlineKind,
    Goal,
    PolicyDocument,
    PolicyIndicator,
    PolicyStatus,
    Task,
)

_STATUS: dict[PolicyStatus, str] = {
    "issued": "政策文件（已印发）",
    "draft": "征求意见稿或草案",
    "news": "关于政策的报道或解读，不是政策本身",
    "other": "不是政策文件",
}
_DUE: dict[DeadlineKind, str] = {
    "effective": "施行",
    "expires": "有效期",
    "review": "评估",
    "report": "报送",
    "comment": "征求意见",
    "completion": "完成",
}
_DATES = {
    "signed": "成文",
    "issued": "印发",
    "effective": "施行",
    "posted": "发布",
    "ended": "废止",
}
_SIGNS = {">=": "≥", "<=": "≤", "==": "=", ">": ">", "<": "<", "at_least_level": "达到或优于"}
_DUTIES = {"mandatory": "必须达到", "excusable": "可说明理由"}
_MOST = 60  # letters of a quote on one line


def policy_page(policy: PolicyDocument) -> str:
    """Everything that was read, for a person at a terminal."""
    return "\n".join(_lines(policy))


def _short(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= _MOST else plain[: _MOST - 1] + "…"


def _lines(policy: PolicyDocument) -> Iterator[str]:
    yield policy.title.words if policy.title else "（未读出标题）"
    yield f"判断：{_STATUS[policy.status]}。{policy.reason.zh}"
    for name, stated in (
        ("文号", policy.document_numbers),
        ("发文机关", policy.issuers),
        ("主送机关", policy.addressees),
    ):
        if stated:
            yield f"{name}：{'；'.join(one.words for one in stated)}"
    if policy.dates:
        yield "日期：" + "；".join(f"{_DATES.get(d.kind, d.kind)} {d.date}" for d in policy.dates)
    yield from _part("目标", [_goal(one) for one in policy.goals])
    yield from _part(
        "任务", [line for one in policy.tasks for line in _task(one)], len(policy.tasks)
    )
    yield from _part("指标", [_indicator(one) for one in policy.indicators])
    yield from _part(
        "指标类型",
        [
            f"{t.name}：{_DUTIES.get(t.duty or '', '未写明')}（{_short(t.text)}）"
            for t in policy.indicator_types
        ],
    )
    yield from _part(
        "定义", [f"{d.name}：{_short(d.text)}{_annex(d.annex)}" for d in policy.definitions]
    )
    yield from _part("时限与评估", [_deadline(one) for one in policy.deadlines])
    yield from _part(
        "所引文件",
        [
            (f"《{c.title}》" if c.title else "") + (f"（{c.number}）" if c.number else "")
            for c in policy.cited_documents
        ],
    )
    yield from _part("附件", [one.name for one in policy.annexes])
    yield from _part("注意", [note.zh for note in policy.notes])


def _part(name: str, lines: list[str], count: int | None = None) -> Iterator[str]:
    if lines:
        yield ""
        yield f"{name}（{len(lines) if count is None else count}）"
        yield from (f"  {line}" for line in lines)


def _number(value: float) -> str:
    return f"{value:,.10g}"


def _annex(name: str) -> str:
    return f"〔{name.split(' ')[0]}〕" if name else ""


def _by(one: Goal) -> str:
    year, _, month = (one.by or "").partition("-")
    return f"{year}年{int(month)}月 " if month else (f"{year}年 " if year else "")


def _goal(one: Goal) -> str:
    by = _by(one)
    if one.value is None:
        return f"{by}{_short(one.metric)}"
    change = {"down": "下降", "up": "提高", None: ""}[one.change]
    base = f"比{one.base_year}年" if one.base_year else ""
    high = f"至{_number(one.high)}" if one.high is not None else ""
    sign = _SIGNS.get(one.operator or "", "")
    about = "左右" if one.about else ""
    return f"{by}{one.metric} {base}{change}{sign}{_number(one.value)}{high}{one.unit}{about}"


def _task(one: Task) -> Iterator[str]:
    yield f"{one.number} {one.heading}"
    for role in ("牵头", "负责", "配合", "具体落实"):
        names = [body.name for body in one.responsible_bodies if body.role == role]
        if names:
            yield f"    {role}：{'、'.join(names)}"


def _indicator(one: PolicyIndicator) -> str:
    kind = f"[{one.kind}] " if one.kind else ""
    condition = f"（{one.condition}）" if one.condition else ""
    year = f" {one.by_year}年" if one.by_year else ""
    note = f" 注：{one.note}" if one.note else ""
    note += _annex(one.annex)
    if one.value is None:
        return f"{kind}{one.name}{year}：{one.requirement}{condition}{note}"
    change = {"down": "下降", "up": "提高", None: ""}[one.change] if one.value >= 0 else ""
    change = "" if change and change in one.name else change
    high = f"–{_number(one.high)}" if one.high is not None else ""
    sign = _SIGNS.get(one.operator or "", "")
    return (
        f"{kind}{one.name}{year} "
        f"{change}{sign}{_number(one.value)}{high}{one.unit}{condition}{note}"
    )


def _deadline(one: Deadline) -> str:
    day = f"（{one.date}）" if one.date else ""
    after = f"；{_short(one.consequence)}" if one.consequence else ""
    return f"{_DUE[one.kind]}：{one.when}{day} {_short(one.span.text)}{after}"
