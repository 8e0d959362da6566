"""An audit as a page for reading: Markdown, or one HTML file without outside parts."""

import re
from html import escape

from tanzhe.audit.records import Audit, Finding, Passed
from tanzhe.audit.understanding import LEAST_UNDERSTOOD
from tanzhe.audit.words import rows
from tanzhe.errors import Language, Words

_SEVERITY = {
    "error": Words("错误", "error"), "warning": Words("存疑", "warning"),
    "note": Words("提示", "note"),
}  # fmt: skip
_T = {
    "heading": Words("报告核查", "Audit of a report"),
    "none": Words("没有发现问题。", "Nothing was found wrong."),
    "unread": Words("版式没有读懂，没有核查。", "The layout was not understood; not judged."),
    "whole": Words("全篇", "The whole report"),
    "line": Words("第 {} 行", "line {}"),
    "right": Words("核对无误的字段", "Fields that are right"),
    "sum": Words(
        "条目 {items} 条，发现问题 {findings} 处，核对无误的字段 {passed} 个。",
        "{items} items, {findings} findings, {passed} fields checked and right.",
    ),
    "note": Words(
        "只凭文字、网址和所给材料判断；没有列出的不等于已经证实。",
        "Judged from the text, the addresses and what was given; what is not listed is not proven.",
    ),
    "kind": Words("问题", "Finding"), "count": Words("处", "Count"),
    "why": Words("说明", "Why"),
}  # fmt: skip
_STYLE = """body{font:16px/1.6 system-ui,"Noto Sans CJK SC",sans-serif;
max-width:60rem;margin:2rem auto;
padding:0 1rem;color:#1a1a1a;background:#fff}h2{border-bottom:1px solid #ccc;margin-top:2rem}
li{margin:.3rem 0}.error b{color:#a30000}.warning b{color:#8a5a00}.note b{color:#555}
.right{color:#1d5e20}table{border-collapse:collapse}td,th{border:1px solid #ccc;padding:.2rem .6rem}
@media(prefers-color-scheme:dark){body{color:#eee;background:#161616}.error b{color:#ff8a80}
.warning b{color:#ffca66}.note b{color:#bbb}.right{color:#8fd694}}"""


def kind_name(kind: str, language: Language = "zh") -> str:
    """What a kind of finding is called.

    Example:
        >>> kind_name("url_missing"), kind_name("url_missing", "en")
        ('没有网址', 'no address')
    """
    row = next(r for r in rows("kinds.csv") if r["kind"] == kind)
    return row[language]


def _safe(text: str) -> str:
    """Words of a stranger's report, inert in Markdown and HTML."""
    plain = re.sub(r"\s+", " ", text)
    return re.sub(r"([\\`*_\[\]#|~])", r"\\\1", escape(plain, quote=False))


def _groups(audit: Audit, language: Language) -> list[tuple[str, list[Finding], list[str]]]:
    """Heading, findings and passed checks: the whole report first, then item by item."""
    known = {item.id for item in audit.items}
    whole = [f for f in audit.findings if f.item not in known]
    groups: list[tuple[str, list[Finding], list[str]]] = []
    if whole:
        groups.append((_T["whole"].said(language), whole, []))
    by_item: dict[str, list[Finding]] = {}
    for found in audit.findings:
        by_item.setdefault(found.item or "", []).append(found)
    right: dict[str, list[Passed]] = {}
    for check in audit.passed:
        right.setdefault(check.item, []).append(check)
    for item in audit.items:
        passed: list[str] = []
        for one in right.get(item.id, ()):
            words = f"{one.field}（{one.zh}）" if language == "zh" else f"{one.field} ({one.en})"
            if words not in passed:
                passed.append(words)
        wrong = by_item.get(item.id, [])
        if wrong or passed:
            line = _T["line"].said(language).format(item.line)
            groups.append((f"{item.id}　{item.title}（{line}）", wrong, passed))
    return groups


def _sum(audit: Audit, language: Language) -> str:
    return _T["sum"].said(language).format(
        items=len(audit.items), findings=len(audit.findings), passed=len(audit.passed)
    )  # fmt: skip


def _nothing(audit: Audit) -> Words:
    """What an audit without findings says: nothing wrong, or nothing judged."""
    return _T["none" if audit.understood >= LEAST_UNDERSTOOD else "unread"]


def audit_markdown(audit: Audit, language: Language = "zh") -> str:
    """An audit as Markdown; words of the report are escaped."""
    out = [f"# {_T['heading'].said(language)}：{_safe(audit.title or audit.name)}", ""]
    out += [_sum(audit, language), "", _T["note"].said(language), ""]
    out += [f"> {_safe(note.said(language))}\n" for note in audit.notes]
    if audit.findings:
        kind, count = _T["kind"].said(language), _T["count"].said(language)
        out += [f"| {kind} | {count} |", "|---|---:|"]
        out += [f"| {kind_name(k, language)} `{k}` | {n} |" for k, n in audit.by_kind.items()]
        out.append("")
    else:
        out += [_nothing(audit).said(language), ""]
    for heading, wrong, passed in _groups(audit, language):
        out += [f"## {_safe(heading)}", ""]
        for one in wrong:
            where = _T["line"].said(language).format(one.line)
            told = f"{_SEVERITY[one.severity].said(language)}·{kind_name(one.kind, language)}"
            field = f"（{_safe(one.field)}）" if one.field else ""
            out.append(f"- **{told}**，{where}{field}：{_safe(one.said(language))}")
        if passed:
            out.append(f"- {_T['right'].said(language)}：{_safe('；'.join(passed))}")
        out.append("")
    return "\n".join(out).rstrip() + "\n"


def audit_html(audit: Audit, language: Language = "zh") -> str:
    """An audit as one HTML page without scripts and outside parts; all words are escaped."""
    title = escape(audit.title or audit.name)
    heading = _T["heading"].said(language)
    body = [f"<h1>{heading}：{title}</h1>", f"<p>{_sum(audit, language)}</p>"]
    body.append(f"<p>{_T['note'].said(language)}</p>")
    body += [f"<p>{escape(note.said(language))}</p>" for note in audit.notes]
    if audit.findings:
        kind, count = _T["kind"].said(language), _T["count"].said(language)
        body.append(f"<table><tr><th>{kind}</th><th>{count}</th></tr>")
        body += [
            f"<tr><td>{kind_name(k, language)}</td><td>{n}</td></tr>"
            for k, n in audit.by_kind.items()
        ]
        body.append("</table>")
    else:
        body.append(f"<p>{_nothing(audit).said(language)}</p>")
    for head, wrong, passed in _groups(audit, language):
        body += [f"<h2>{escape(head)}</h2>", "<ul>"]
        body += [_html_finding(one, language) for one in wrong]
        if passed:
            right = _T["right"].said(language)
            body.append(f'<li class="right">{right}：{escape("；".join(passed))}</li>')
        body.append("</ul>")
    lang = "zh-CN" if language == "zh" else "en"
    return (
        f'<!doctype html>\n<html lang="{lang}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        f"style-src 'unsafe-inline'\"><title>{heading}：{title}</title><style>{_STYLE}</style>"
        f"</head><body>\n{chr(10).join(body)}\n</body></html>\n"
    )


def _html_finding(one: Finding, language: Language) -> str:
    where = _T["line"].said(language).format(one.line)
    told = f"{_SEVERITY[one.severity].said(language)}·{kind_name(one.kind, language)}"
    field = f"（{escape(one.field)}）" if one.field else ""
    words = escape(one.said(language))
    return f'<li class="{one.severity}"><b>{told}</b>，{where}{field}：{words}</li>'
