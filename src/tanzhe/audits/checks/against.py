"""Two reports on the same events: facts that changed on the way."""

from tanzhe.audits.claims.alike import Alike
from tanzhe.audits.claims.compare import addresses, differences, likeness
from tanzhe.audits.claims.read import claim_of
from tanzhe.audits.records import Item, Point, ReportText, Verdicts
from tanzhe.errors import Words

ALIKE = 0.45  # likeness of names under the same turning point
Placed = tuple[Item, Point]


def _pairs(report: ReportText, other: ReportText) -> list[tuple[Placed, Placed]]:
    """Items of two reports that tell of one event: by address, then by name."""
    mine = [(i, p) for p in report.points for i in p.items]
    theirs = [(i, p) for p in other.points for i in p.items]
    cited, known = ([addresses(i) for i, _ in side] for side in (mine, theirs))
    index = Alike(i for i, _ in theirs)
    places = {id(i): b for b, (i, _) in enumerate(theirs)}
    scored = []
    for a, (one, point) in enumerate(mine):
        for two in index.near(one):
            b = places[id(two)]
            its = theirs[b][1]
            shared = bool(cited[a] & known[b])
            same_point = point.id[:7] == its.id[:7] and bool(point.id)
            name = likeness(one.title, two.title)
            score = 2.0 * shared + name + 0.5 * same_point
            if (shared and (same_point or name >= 0.3)) or name >= (ALIKE if same_point else 0.7):
                scored.append((score, -a, -b))
    used: tuple[set[int], set[int]] = (set(), set())
    pairs = []
    for _, a, b in sorted(scored, reverse=True):
        if a not in used[0] and b not in used[1]:
            used[0].add(a)
            used[1].add(b)
            pairs.append((mine[-a], theirs[-b]))
    return sorted(pairs, key=lambda pair: pair[0][0].line)


def check_against(report: ReportText, other: ReportText, verdicts: Verdicts) -> None:
    """Every event that both reports tell, fact by fact."""
    for (one, point), (two, its) in _pairs(report, other):
        found = differences(one, point, two, its)
        for each in found:
            verdicts.wrong(
                "fact_diff_between_reports", each.line,
                Words(
                    f"与 {other.name} 第 {each.other_line} 行“{two.title[:20]}”不同："
                    f"{each.words.zh}",
                    f"differs from {other.name}, line {each.other_line} “{two.title[:20]}”: "
                    f"{each.words.en}",
                ),
                severity="error", item=one, field=each.field,
                against=f"{other.name}:{each.other_line}",
            )  # fmt: skip
        _date_lost(one, point, two, its, other.name, verdicts)
        if not found:
            verdicts.right(
                one, one.line, "对照",
                Words(
                    f"与 {other.name} 第 {two.line} 行没有出入",
                    f"agrees with {other.name}, line {two.line}",
                ),
            )  # fmt: skip


def _date_lost(
    one: Item, point: Point, two: Item, its: Point, name: str, verdicts: Verdicts
) -> None:
    mine, theirs = claim_of(one, point), claim_of(two, its)
    if mine.days is None and theirs.days is not None and theirs.fine:
        verdicts.wrong(
            "fact_diff_between_reports", one.line,
            Words(
                f"{name} 第 {theirs.line} 行写明“{theirs.days.text}”，这里没有时间",
                f"{name}, line {theirs.line}, says “{theirs.days.text}”; here there is no date",
            ),
            severity="note", item=one, against=f"{name}:{theirs.line}",
        )  # fmt: skip
