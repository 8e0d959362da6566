"""The same event told twice, and what the two tellings disagree on."""

from tanzhe.audits.claims.alike import Alike
from tanzhe.audits.claims.compare import (
    different_dates,
    different_numbers,
    different_stages,
    is_same_event,
    large_numbers,
    likeness,
)
from tanzhe.audits.claims.read import claim_of, window_at
from tanzhe.audits.records import Item, Point, ReportText, Verdicts
from tanzhe.audits.words import notion_in
from tanzhe.errors import Words

UNLIKE = 0.4  # of `likeness`, below which two names are those of two things


def check_repeats(report: ReportText, verdicts: Verdicts) -> None:
    """Duplicates, each against its first telling."""
    firsts = Alike()
    points = {id(item): point for point in report.points for item in point.items}
    for item in report.items:
        first = next((f for f in firsts.near(item) if is_same_event(f, item)), None)
        if first is None:
            firsts.add(item)
            continue
        _told_again(first, item, verdicts)
        _other_thing(first, item, verdicts)
        for one in different_numbers(item, first):
            verdicts.wrong(
                "self_contradiction", one.line,
                Words(
                    f"与第 {one.other_line} 行所说的同一件事不一致：{one.words.zh}",
                    f"does not agree with line {one.other_line}: {one.words.en}",
                ),
                severity="error", item=item, field=one.field,
            )  # fmt: skip
        _dates(points[id(first)], points[id(item)], first, item, verdicts)
        stages = different_stages(item, first)
        if stages:
            verdicts.wrong(
                "stage_confusion", stages.line,
                Words(
                    f"与第 {stages.other_line} 行同一件事{stages.words.zh}",
                    f"the same thing as in line {stages.other_line}: {stages.words.en}",
                ),
                item=item,
            )  # fmt: skip


def _dates(point: Point, its: Point, first: Item, item: Item, verdicts: Verdicts) -> None:
    mine = claim_of(item, its)
    theirs = claim_of(first, point)
    dates = different_dates(mine, theirs)
    words: Words | None = None
    if dates:
        words = Words(
            f"与第 {dates.other_line} 行同一件事的{dates.words.zh}",
            f"the same thing as in line {dates.other_line} is {dates.words.en}",
        )
    elif theirs.days is None and mine.days and mine.fine and (window := window_at(point)):
        begin, end = window
        if mine.days.last < begin or mine.days.first > end:
            words = Words(
                f"同一件事第 {first.line} 行放在转折点 {point.id} 下，"
                f"这里的时间却是“{mine.days.text}”",
                f"line {first.line} puts it under {point.id}, here it is dated “{mine.days.text}”",
            )
    if words:
        field = mine.field.label if mine.field else None
        verdicts.wrong("self_contradiction", mine.line, words, item=item, field=field)


def _told_again(first: Item, item: Item, verdicts: Verdicts) -> None:
    apart = first.point != item.point
    where = Words(f"（转折点 {first.point}）", f" ({first.point})") if apart else Words("", "")
    verdicts.wrong(
        "duplicate_item", item.line,
        Words(
            f"“{item.title[:30]}”与第 {first.line} 行“{first.title[:30]}”{where.zh}是同一件事",
            f"“{item.title[:30]}” is the same as “{first.title[:30]}”{where.en} in line "
            f"{first.line}",
        ),
        item=item,
    )  # fmt: skip


def _other_thing(first: Item, item: Item, verdicts: Verdicts) -> None:
    """One large amount in one city, told of two things of different names."""
    shared = large_numbers(first) & large_numbers(item)
    sectors = [notion_in("sectors", one.title + one.text) for one in (first, item)]
    other = None not in sectors and sectors[0] is not sectors[1]
    if shared and other and likeness(first.title, item.title) < UNLIKE:
        verdicts.wrong(
            "self_contradiction", item.line,
            Words(
                f"同一笔数，第 {first.line} 行写“{first.title[:20]}”，这里写“{item.title[:20]}”",
                f"the same amount is “{first.title[:20]}” in line {first.line}, "
                f"“{item.title[:20]}” here",
            ),
            item=item,
        )  # fmt: skip
