"""Addresses: missing, cut off, dated otherwise, or standing behind several claims."""

from tanzhe.audits.claims.read import claim_of, moved, window_of
from tanzhe.audits.lines.links import host_of, is_home, same_address, url_days
from tanzhe.audits.records import Days, Field, Item, Link, Point, ReportText, Verdicts
from tanzhe.errors import Words

MOST_NAMED = 6  # lines named in an explanation
BEFORE, AFTER = 2, 3  # months a page may be older or newer than what it tells


def check_urls(report: ReportText, verdicts: Verdicts) -> None:
    """All checks of the form of addresses."""
    for point in report.points:
        for item in point.items:
            _missing(item, point, verdicts)
            for link in item.links:
                _broken(item, point, link, verdicts)
                _dated(item, point, link, verdicts)
        for link in point.links:
            _broken(None, point, link, verdicts)
            _dated(None, point, link, verdicts)
    _same(report, verdicts)


def field_of(item: Item, link: Link) -> Field | None:
    """The field of an item that a link stands in."""
    return next((f for f in item.fields if any(x is link for x in f.links)), None)


def _label(item: Item | None, link: Link) -> str | None:
    one = field_of(item, link) if item else None
    return one.label if one and one.label else None


def _missing(item: Item, point: Point, verdicts: Verdicts) -> None:
    pages = [link for link in item.links if link.url or link.broken]
    if pages and all(is_home(link.url) and not link.broken for link in pages):
        home = pages[0]
        words = Words(
            f"“{home.url[:60]}”只是网站首页，没有指到说这件事的那一页",
            f"“{home.url[:60]}” is a home page, not the page that tells of it",
        )
        verdicts.wrong("url_missing", home.line, words, item=item, field=_label(item, home))
        return
    if pages or item.cited:
        return
    sources = item.of("source")
    line = sources[0].line if sources else item.line
    if point.links:
        words = Words(
            f"本节的链接没有注明属于哪一条，“{item.title[:30]}”查不到来源",
            f"the links of this section name no item; “{item.title[:30]}” has no source of its own",
        )
    elif sources:
        words = Words(
            f"来源“{sources[0].value[:40]}”没有网址", f"“{sources[0].value[:40]}” has no address"
        )
    else:
        words = Words(f"“{item.title[:30]}”没有来源网址", f"“{item.title[:30]}” has no address")
    field = sources[0].label if sources else None
    verdicts.wrong("url_missing", line, words, item=item, field=field)


def _broken(item: Item | None, point: Point, link: Link, verdicts: Verdicts) -> None:
    if link.broken:
        verdicts.wrong(
            "url_truncated", link.line,
            Words(f"网址不完整：{link.broken.zh}", f"incomplete address: {link.broken.en}"),
            severity="error", item=item, point=point, field=_label(item, link),
        )  # fmt: skip


def _claimed(item: Item | None, point: Point) -> tuple[Days | None, bool]:
    """The date an address must agree with; True when it is only that of the turning point."""
    if item is not None:
        days = claim_of(item, point).days
        if days is not None:
            return days, False
    return point.days, True


def _dated(item: Item | None, point: Point, link: Link, verdicts: Verdicts) -> None:
    posted = url_days(link.url)
    days, only_point = _claimed(item, point)
    if link.posted and posted and not link.broken:
        _posted(item, point, link, posted, link.posted, verdicts)
    if posted is None or days is None or link.broken or (only_point and link.cited):
        return
    if only_point:
        first, last = window_of(days)
    else:
        first = moved(days.first.replace(day=1), -BEFORE)
        last = moved(days.last, AFTER, end=True)
    late = posted.first > last and not link.cited  # a reference may look back
    if posted.last < first or late:
        what = f"转折点 {point.id} 的窗口" if only_point else f"所称的“{days.text}”"
        en = f"the window of {point.id}" if only_point else f"the stated “{days.text}”"
        verdicts.wrong(
            "url_date_conflict", link.line,
            Words(
                f"网址里的日期“{posted.text}”（{posted.first}）与{what}不符",
                f"the date “{posted.text}” ({posted.first}) in the address does not agree with "
                f"{en}",
            ),
            severity="error" if not only_point else "warning",
            item=item, point=point, field=_label(item, link),
        )  # fmt: skip
    elif item is not None and not only_point and not link.cited and _next_year(posted, days):
        verdicts.wrong(
            "url_date_conflict", link.line,
            Words(
                f"网址写的是 {posted.first.year} 年，所称的“{days.text}”在前一年，不是当时发布的",
                f"the address is of {posted.first.year}, “{days.text}” of the year before",
            ),
            severity="note", item=item, point=point, field=_label(item, link),
        )  # fmt: skip
    elif item is not None and not only_point and posted.precision != "year":
        verdicts.right(
            item, link.line, _label(item, link) or "网址",
            Words(
                f"网址日期“{posted.text}”与所称时间相合",
                f"the date “{posted.text}” in the address agrees with the time stated",
            ),
        )  # fmt: skip


APART = 14  # days from which a page of the next year was not put up with the event


def _next_year(posted: Days, days: Days) -> bool:
    """Whether an address names only a year, and that is the year after the day claimed."""
    later = (posted.first - days.last).days
    return posted.precision == "year" and days.precision == "day" and later > APART


def _posted(
    item: Item | None, point: Point, link: Link, posted: Days, told: Days, verdicts: Verdicts
) -> None:
    """The day a reference gives for itself against the date in its address."""
    first, last = moved(told.first.replace(day=1), -1), moved(told.last, 1, end=True)
    if posted.last < first or posted.first > last:
        verdicts.wrong(
            "url_date_conflict", link.line,
            Words(
                f"这条文献写的日期是“{told.text}”，网址里却是“{posted.text}”",
                f"the reference is dated “{told.text}”, its address “{posted.text}”",
            ),
            severity="error", item=item, point=point,
        )  # fmt: skip


def _same(report: ReportText, verdicts: Verdicts) -> None:
    """One address behind several items."""
    uses: dict[str, list[tuple[Item | None, Point, Link]]] = {}
    for point in report.points:
        for one in point.items:
            for link in one.links:
                _note(uses, one, point, link)
        for link in point.links:
            _note(uses, None, point, link)
    for used in uses.values():
        claims = {item.id if item else f"{point.id}:{link.line}" for item, point, link in used}
        if len(claims) < 2 or (
            all(x.cited for _, _, x in used) and (len({point.id for _, point, _ in used}) < 2)
        ):  # a reference may bear several sentences on one turning point
            continue
        lines = sorted({x.line for _, _, x in used})[: MOST_NAMED + 1]
        for item, point, link in used:
            others = [line for line in lines if line != link.line][:MOST_NAMED]
            where = "、".join(map(str, others))
            if not others:
                continue
            verdicts.wrong(
                "same_url_multiple_claims", link.line,
                Words(
                    f"同一网址还用作第 {where} 行另外的内容的来源，未必每一条都是它说的",
                    f"the same address also stands behind other claims in lines {where}",
                ),
                item=item, point=point, field=_label(item, link),
            )  # fmt: skip


def _note(
    uses: dict[str, list[tuple[Item | None, Point, Link]]],
    item: Item | None, point: Point, link: Link,
) -> None:  # fmt: skip
    if link.url and not link.broken and host_of(link.url):
        uses.setdefault(same_address(link.url), []).append((item, point, link))
