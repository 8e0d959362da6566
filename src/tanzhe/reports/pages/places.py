"""Where the facts of a report come from: the row of its data, or the passage of a document."""

from collections.abc import Iterator, Mapping, Sequence

from tanzhe.reports.facts.findings import Findings
from tanzhe.reports.facts.selection import told_episodes
from tanzhe.reports.facts.tree import Block, Fact, Place, Report
from tanzhe.reports.pages.datatables import DataTable

# Which parts of a report are told from which table.
_TABLES = {
    "year": "years",
    "product_row": "products",
    "standing": "years",
    "summary": "series",
    "title": "series",
    "effect": "effects",
    "effects": "effects",
    "sums": "sums",
    "path": "series",
    "products": "episodes",
    "episodes": "episodes",
    "annex": "series",
}


def row_anchor(table: str, row: int | None = None) -> str:
    """The anchor of a table of data, or of one of its rows, from 0."""
    return f"t-{table}" if row is None else f"r-{table}-{row + 1}"


def row_place(table: DataTable, row: int | None = None) -> Place:
    """A table of data, or one of its rows, as a place."""
    zh, en = table.title.zh, table.title.en
    if row is not None:
        zh, en = f"{zh}，第{row + 1}行", f"{en}, row {row + 1}"
    return Place(zh=zh, en=en, row=row_anchor(table.name, row))


def places_of(
    report: Report, findings: Findings, tables: Sequence[DataTable]
) -> Mapping[str, Place]:
    """A place for each fact that a sentence holds; the most exact one where it stands in several.

    Args:
        report: with its facts.
        findings: what it tells.
        tables: the data behind it.
    """
    known = {table.name: table for table in tables}
    told = [one.id for one in told_episodes(findings.found)]
    found = dict(_events(report.facts, known.get("evidence")))
    general: dict[str, Place] = {}
    for block in report.blocks:
        for ids, place in _walk(block, known, told, None):
            target = found if place.row.startswith("r-") else general
            for fact in ids:
                target.setdefault(fact, place)
    return {**general, **found}


def _events(facts: Sequence[Fact], evidence: DataTable | None) -> Iterator[tuple[str, Place]]:
    """Names and addresses of events lead to their row, and on to the passage."""
    if evidence is None:
        return
    names = [column.name for column in evidence.columns]
    event, url = names.index("event"), names.index("url")
    rows: dict[object, int] = {}
    for at, row in enumerate(evidence.rows):
        rows.setdefault(row[event], at)
        if row[url] is not None:
            rows.setdefault(row[url], at)
    for fact in facts:
        if fact.kind in ("name", "address") and fact.value in rows:
            at = rows[fact.value]
            address = evidence.rows[at][url]
            web = isinstance(address, str) and address.startswith(("http://", "https://"))
            place = row_place(evidence, at)
            yield fact.id, place.model_copy(update={"url": address if web else ""})


def _walk(
    block: Block, known: Mapping[str, DataTable], told: Sequence[str], place: Place | None
) -> Iterator[tuple[set[str], Place]]:
    """The facts of a block's own sentences with their place, then those inside it."""
    table = known.get(_TABLES.get(block.about, ""))
    place = row_place(table) if table is not None else place
    if place is not None:
        yield _ids(block), place
    seen: dict[str, int] = {}
    for inner in block.blocks:
        at = seen.get(inner.about, 0)
        seen[inner.about] = at + 1
        yield from _walk(inner, known, told, _row(inner, at, known, told) or place)


def _ids(block: Block) -> set[str]:
    return {fact for sentence in block.sentences for ids in sentence.facts.values() for fact in ids}


def _row(
    block: Block, at: int, known: Mapping[str, DataTable], told: Sequence[str]
) -> Place | None:
    """The row that a part is told from: the episode, year or product of its position."""
    if block.about in ("episode", "row") and "episodes" in known and at < len(told):
        table = known["episodes"]
        rows = [row[0] for row in table.rows]
        return row_place(table, rows.index(told[at])) if told[at] in rows else None
    name = {"year": "years", "product_row": "products"}.get(block.about, "")
    if name in known and at < len(known[name].rows):
        return row_place(known[name], at)
    return None
