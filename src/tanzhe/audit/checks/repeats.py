"""The same event told twice, and what the two tellings disagree on."""

from tanzhe.audit.claims import claim_of
from tanzhe.audit.compare import different_dates, different_numbers, different_stages, is_same_event
from tanzhe.audit.records import Item, ReportText, Verdicts
from tanzhe.errors import Words


def check_repeats(report: ReportText, verdicts: Verdicts) -> None:
    """Duplicates, each against its first telling."""
    firsts: list[Item] = []
    for item in report.items:
        first = next((f for f in firsts if item.title and is_same_event(f, item)), None)
        if first is None:
            firsts.append(item)
            continue
        _told_again(first, item, verdicts)
        for one in different_numbers(item, first):
            verdicts.wrong(
                "self_contradiction", one.line,
                Words(
                    f"与第 {one.other_line} 行所说的同一件事不一致：{one.words.zh}",
                    f"does not agree with line {one.other_line}: {one.words.en}",
                ),
                severity="error", item=item, field=one.field,
            )  # fmt: skip
        _dates(report, first, item, verdicts)
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


def _dates(report: ReportText, first: Item, item: Item, verdicts: Verdicts) -> None:
    dates = different_dates(
        claim_of(item, report.point_of(item)), claim_of(first, report.point_of(first))
    )
    if dates:
        verdicts.wrong(
            "self_contradiction", dates.line,
            Words(
                f"与第 {dates.other_line} 行同一件事的{dates.words.zh}",
                f"the same thing as in line {dates.other_line} is {dates.words.en}",
            ),
            severity="warning", item=item, field=dates.field,
        )  # fmt: skip


def _told_again(first: Item, item: Item, verdicts: Verdicts) -> None:
    where = "" if first.point == item.point else f"（转折点 {first.point}）"
    verdicts.wrong(
        "duplicate_item", item.line,
        Words(
            f"“{item.title[:30]}”与第 {first.line} 行“{first.title[:30]}”{where}是同一件事",
            f"“{item.title[:30]}” is the same as “{first.title[:30]}” in line {first.line}",
        ),
        item=item,
    )  # fmt: skip
