"""The difference of two runs, told: in a terminal, as Markdown, as JSON."""

from collections.abc import Iterator, Sequence
from typing import Any

from tanzhe.errors import Language, Words
from tanzhe.runs.difference import Change, Difference, Kind
from tanzhe.runs.words import episode_words, peak_words, series_words
from tanzhe.terms import words_of

KINDS: dict[Kind, Words] = words_of("runs.difference_page.kinds")
MARKDOWN_SIGNS = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_[]<>|#"})


def difference_lines(found: Difference, language: Language, most: int | None = None) -> list[str]:
    """The difference for a terminal.

    Args:
        found: two runs compared.
        language: zh or en.
        most: lines of each kind; None for all.
    """
    lines = [_about(found).said(language)]
    for kind, changes in _by_kind(found):
        lines.append(f"{KINDS[kind].said(language)}（{len(changes)}）" if language == "zh"
                     else f"{KINDS[kind].said(language)} ({len(changes)})")  # fmt: skip
        lines += [f"  {change_words(one).said(language)}" for one in changes[:most]]
        if most is not None and len(changes) > most:
            more = len(changes) - most
            lines.append(f"  {Words(f'…… 其余 {more} 项', f'… {more} more').said(language)}")
    return lines


def difference_markdown(found: Difference, language: Language) -> str:
    """The difference as Markdown, whole; names of others steer nothing in it."""
    title = Words("两次运行的差异", "What moved between two runs").said(language)
    parts = [f"# {title}", _about(found).said(language).translate(MARKDOWN_SIGNS)]
    for kind, changes in _by_kind(found):
        parts.append(f"## {KINDS[kind].said(language)}")
        told = (change_words(one).said(language) for one in changes)
        parts.append("\n".join(f"* {one.translate(MARKDOWN_SIGNS)}" for one in told))
    return "\n\n".join(parts) + "\n"


def difference_json(found: Difference, language: Language) -> dict[str, Any]:
    """The difference for programs."""
    return {
        "before": _run(found, "before"),
        "after": _run(found, "after"),
        "series": found.series,
        "inputs": list(found.inputs),
        "summary": {kind: found.count(kind) for kind in KINDS},
        "changes": [
            {**one.model_dump(mode="json"), "words": change_words(one).said(language)}
            for one in found.changes
        ],
    }


def _run(found: Difference, which: str) -> dict[str, Any]:
    manifest = found.before if which == "before" else found.after
    return {
        "id": manifest.id, "tanzhe": manifest.tanzhe, "engine": manifest.engine,
        "vintage": manifest.vintage, "finished": manifest.made.finished,
    }  # fmt: skip


def _by_kind(found: Difference) -> Iterator[tuple[Kind, Sequence[Change]]]:
    for kind in KINDS:
        changes = [one for one in found.changes if one.kind == kind]
        if changes:
            yield kind, changes


def _about(found: Difference) -> Words:
    before, after = found.before, found.after
    zh = [f"共有 {found.series} 个相同的序列，{len(found.changes)} 处不同"]
    en = [f"{found.series} series in both, {len(found.changes)} changes"]
    if found.inputs:
        names = "、".join(found.inputs[:5]), ", ".join(found.inputs[:5])
        zh.append(f"输入不同：{names[0]}")
        en.append(f"inputs that differ: {names[1]}")
    if before.vintage != after.vintage:
        zh.append(f"数据版本 {before.vintage} → {after.vintage}")
        en.append(f"vintage {before.vintage} -> {after.vintage}")
    if before.engine != after.engine:
        zh.append("计算代码不同，变化可能来自代码")
        en.append("the code differs, and changes may come from it")
    return Words("；".join(zh) + "。", "; ".join(en) + ".")


def change_words(one: Change) -> Words:
    """One change in a line."""
    row = one.after or one.before
    assert row is not None
    name = series_words(row)
    if one.kind in ("series_new", "series_gone"):
        return name
    if one.kind in ("judged", "not_judged"):
        return Words(f"{name.zh}{_why(row, 'zh')}", f"{name.en}{_why(row, 'en')}")
    told = peak_words if one.kind == "peak" else episode_words
    before = None if one.before is None else told(one.before)
    after = None if one.after is None else told(one.after)
    if before is None or after is None:
        only = after or before
        assert only is not None
        fresh = Words("（新月份里）", " (in new months)") if one.fresh else Words("", "")
        return Words(f"{name.zh}：{only.zh}{fresh.zh}", f"{name.en}: {only.en}{fresh.en}")
    return Words(f"{name.zh}：{before.zh} → {after.zh}", f"{name.en}: {before.en} -> {after.en}")


def _why(row: dict[str, Any], language: str) -> str:
    why = (row[f"why_{language}"] or "").splitlines()
    return (f"：{why[0]}" if language == "zh" else f": {why[0]}") if why else ""
