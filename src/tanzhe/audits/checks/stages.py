"""How far a thing is: planned, under construction or running; said otherwise elsewhere."""

import re

from tanzhe.audits.checks.progress import is_progress_told
from tanzhe.audits.claims.compare import stage_of, stages_in
from tanzhe.audits.claims.read import claim_of
from tanzhe.audits.lines.links import slug_of
from tanzhe.audits.records import Item, ReportText, Verdicts
from tanzhe.audits.words import Notion, notion_in, notions, said
from tanzhe.errors import Words

_ISSUED = re.compile(r"印发|发布|正式|出台|实施|施行|生效")
# 开工 of a thing that runs already; with a date of its own it may have come later.
_ALREADY_RUNNING = re.compile(r"已经?[^，。；\d]{0,8}(?:投产|投运|投入运[行营]|建成|竣工)")
_RUNNING_AHEAD = re.compile(
    r"(?:预计|计划|力争|拟|将|有望|争取)[^，。；]{0,16}(?:投产|投运|建成|竣工|投入运)"
)


def check_stages(report: ReportText, verdicts: Verdicts) -> None:
    """Stages of all items."""
    for point in report.points:
        for item in point.items:
            told = is_progress_told(item, claim_of(item, point), verdicts)
            if not told:
                _label_against_words(item, verdicts)
    for item in report.items:
        _stage_field(item, verdicts)
        _draft(item, verdicts)
        _slug(item, verdicts)


def _stage_field(item: Item, verdicts: Verdicts) -> None:
    """A field for the stage that holds something else."""
    for one in item.of("stage"):
        if one.value and not stages_in(one.value) and re.search(r"\d{4}", one.value):
            verdicts.wrong(
                "stage_confusion", one.line,
                Words(
                    f"“{one.label}”填的是“{one.value[:20]}”，没有说是立项、开工还是投产",
                    f"“{one.label}” holds “{one.value[:20]}” and no stage",
                ),
                item=item, field=one.label,
            )  # fmt: skip


def _label_against_words(item: Item, verdicts: Verdicts) -> None:
    """投产时间 of a thing that the title or text calls under construction, or the reverse."""
    labels = [(one, notion_in("stages", one.label)) for one in item.of("date", "stage")]
    title = notion_in("stages", item.title)
    rest = "。".join(
        f.value for f in item.fields if f.role in ("content", "scale", "effect", "text")
    )
    for one, stage in labels:
        other = title if title and stage and title is not stage else None
        if other and stage:
            _tell(item, one.line, one.label, f"{one.label}", stage, item.title, other, verdicts)
            return
    told = stage_of(item)
    if told and told[0].id == "started" and (early := _ALREADY_RUNNING.search(rest)):
        running = notions("stages")[3]
        _tell(item, told[2], None, told[1], told[0], early[0], running, verdicts)
        return
    if told is None or told[0].id != "running" or _done(rest):
        return
    ahead = _RUNNING_AHEAD.search(rest)
    building = [s for s in stages_in(rest) if s.rank in (2, 3)]
    if ahead:
        _tell(item, told[2], None, told[1], told[0], ahead[0], notions("stages")[2], verdicts)
    elif building and re.search(r"正在|在建|尚未|拟建", rest):
        words = building[0].words.search(rest)
        _tell(
            item, told[2], None, told[1], told[0], words[0] if words else "", building[0], verdicts
        )


def _done(text: str) -> bool:
    return any(
        not _RUNNING_AHEAD.search(text[max(0, m.start() - 20) : m.end()])
        for m in re.finditer(r"投产|投运|建成|竣工", text)
    )


def _tell(
    item: Item, line: int, field: str | None, words: str, stage: Notion, others: str,
    other: Notion, verdicts: Verdicts,
) -> None:  # fmt: skip
    verdicts.wrong(
        "stage_confusion", line,
        Words(
            f"“{words[:24]}”说的是{stage.zh}，“{others[:30]}”说的是{other.zh}",
            f"“{words[:24]}” says {stage.id}, “{others[:30]}” says {other.id}",
        ),
        severity="error", item=item, field=field,
    )  # fmt: skip


def _draft(item: Item, verdicts: Verdicts) -> None:
    """A draft told as issued."""
    labels = " ".join(link.label for link in item.links)
    slugs = " ".join(slug_of(link.url) for link in item.links)
    texts = [(item.line, item.text), *((x.line, x.label) for x in item.links)]
    draft = next(((n, m) for n, t in texts if (m := notions("stages")[0].words.search(t))), None)
    in_slug = re.search(r"(?:^|[-_/])(?:draft|zqyjg|yjzj)(?:$|[-_/])", slugs)
    dates = " ".join(f"{f.label}{f.value}" for f in item.of("date"))
    issued = _ISSUED.search(re.sub(r"征求意见稿?.{0,4}(?:发布|印发)", "", item.title + dates))
    named = notion_in("stages", item.title + labels)
    if not issued or (draft is None and not in_slug):
        return
    words = draft[1][0] if draft else (in_slug[0] if in_slug else "")
    if named is None or draft is not None:
        verdicts.wrong(
            "stage_confusion", draft[0] if draft else item.line,
            Words(
                f"“{words}”还是草案，条目却写成“{issued[0]}”",
                f"“{words}” is a draft, the item says “{issued[0]}”",
            ),
            severity="error", item=item,
        )  # fmt: skip


def _slug(item: Item, verdicts: Verdicts) -> None:
    """The address says another stage than the item."""
    told = stage_of(item)
    if told is None or told[0].rank < 2:
        return
    for link in item.links:
        slug = slug_of(link.url)
        other = next((s for s in notions("stages") if s.slugs and s.slugs.search(slug)), None)
        if other is None or other is told[0] or said("slug_attain", slug):
            continue
        _tell(item, told[2], None, told[1], told[0], slug[-60:], other, verdicts)
        return
