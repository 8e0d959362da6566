"""The board of tasks, projects and targets in a project folder, and what is made of it."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, get_args

from tanzhe.api.files.forms import ENDINGS, save
from tanzhe.api.files.handed import check_name, write_whole
from tanzhe.api.parks.assessment import assess
from tanzhe.api.parks.comparisons import compare
from tanzhe.api.series.turning import load
from tanzhe.disk import read_bounded
from tanzhe.errors import Fault, InputError, Language, Words, listed, refuse
from tanzhe.parks.compare import Comparison, Entered, compare_parks
from tanzhe.periods import today
from tanzhe.tracking.board import Board, Wanted, evidence_of
from tanzhe.tracking.calendar import calendar
from tanzhe.tracking.feed import feed
from tanzhe.tracking.items import GROUNDS, KINDS, Evidence, Item, Kind, Yearly, last_day
from tanzhe.tracking.midterm import MidTerm, review
from tanzhe.tracking.parks import judged_by_parks
from tanzhe.tracking.targets import Joined, judged, not_measured
from tanzhe.workspace import Workspace
from tanzhe.workspace.places import folder_of

FOLDER = "tracking"
LARGEST_EVIDENCE = 500_000_000  # bytes


def open_board(folder: str | Path | None = None) -> Board:
    """The board of a project folder.

    Args:
        folder: of the project; the default one when left out.
    """
    return Board(folder_of(folder) / FOLDER)


def add_item(board: Board, kind: Kind, title: str, who: str, fields: Mapping[str, Any]) -> Item:
    """Put one item on the board by hand.

    Args:
        board: of `open_board`.
        kind: task, project, target, review or finding.
        title: of the item.
        who: who does it.
        fields: others of `Item`.

    Raises:
        InputError: what is wrong, all at once.
    """
    faults = []
    if not title.strip():
        faults.append(_fault("没有写名称", "The title is missing", "请写名称", "Give a title"))
    if kind == "finding" and fields.get("ground") not in GROUNDS:
        names = listed(words.zh for words in GROUNDS.values())
        faults.append(
            _fault("没有写明是哪种情形", "The ground is not said", f"--ground：{names.zh}",
                   f"--ground: {', '.join(GROUNDS)}")
        )  # fmt: skip
    if kind == "finding" and not fields.get("park"):
        faults.append(_fault("没有写明园区", "The park is not said", "请加 --park", "Add --park"))
    refuse(faults)
    known = board.items()
    number = sum(one.kind == kind for one in known.values()) + 1
    while (id := f"{kind[0].upper()}{number:02d}") in known:
        number += 1
    by = str(fields.get("by") or "")
    blank = Item(id=id, kind=kind, title=title.strip(), due=last_day(by), due_words=by)
    try:
        item = Item.model_validate({**blank.model_dump(), **_with_day(fields)})
    except ValueError as error:
        raise InputError(
            _fault("有一项填法不对", f"A field is wrong: {error}", "请核对", "Check them")
        ) from error
    return board.add([item], who)[0]


def _fault(zh: str, en: str, do_zh: str, do_en: str) -> Fault:
    return Fault(Words(zh, en), Words(do_zh, do_en))


def set_item(
    board: Board,
    id: str,
    who: str,
    fields: Mapping[str, Any],
    *,
    evidence: Sequence[str | Path] = (),
    why: str = "",
) -> Item:
    """Change an item; what is not allowed is refused whole.

    Args:
        board: of `open_board`.
        id: of the item.
        who: who decides.
        fields: of `Item`, with new values.
        evidence: files that prove it; name and hash are kept, not the files.
        why: the reason.

    Raises:
        InputError: everything that is wrong, all at once.
    """
    items = board.items()
    added = tuple(_evidence(Path(one)) for one in evidence)
    told = _with_day(fields)
    if added and id in items:
        held = {one.sha256: one for one in (*items[id].evidence, *added)}
        told["evidence"] = [one.model_dump() for one in held.values()]
    changed = board.change([Wanted(id, told)], who, why)
    return changed[0] if changed else items[id]


def _with_day(fields: Mapping[str, Any]) -> dict[str, Any]:
    """A day that is written as documents write it (2026年底, 2027-06) is the last day of it."""
    due = fields.get("due")
    found = last_day(due) if isinstance(due, str) else None
    return {**fields, "due": found} if found else dict(fields)


def _evidence(path: Path) -> Evidence:
    do = Words("请检查佐证材料的路径", "Check the path of the evidence")
    return evidence_of(read_bounded(path, LARGEST_EVIDENCE, where=path.name, do=do), path.name)


def join_target(
    board: Board,
    id: str,
    who: str,
    *,
    region: str,
    sector: str,
    source: str = "",
    yearly: str = "sum",
    workspace: Workspace | None = None,
) -> Joined:
    """Join a target to a measured series, and say how probable it is that it is reached.

    Args:
        board: of `open_board`.
        id: of a target.
        who: who does it.
        region: of the series, as `load` takes it.
        sector: of the series.
        source: a source or a file of one's own; the built-in one when left out.
        yearly: how periods make the figure of a year: sum, mean or last.
        workspace: where downloaded sources are kept.

    Raises:
        InputError: no target, no such series, or a series without its base year.
    """
    _check_target(board, id)
    items = board.items()
    if yearly not in get_args(Yearly):
        do = Words("可用 sum、mean、last", "One of sum, mean, last")
        raise InputError.of(Words(f"没有“{yearly}”", f"No “{yearly}”"), do)
    told: dict[str, Any] = {"region": region, "sector": sector, "yearly": yearly}
    told |= {"indicator": "", "accounts": ()}
    told["source"] = str(Path(source).resolve()) if source and Path(source).exists() else source
    if id in items:  # what cannot be judged is not joined
        _joined(items[id].model_copy(update=told), workspace)
    changed = board.change([Wanted(id, told)], who)
    return _joined(changed[0] if changed else items[id], workspace)


def join_parks(
    board: Board,
    id: str,
    who: str,
    *,
    indicator: str,
    accounts: Sequence[str | Path],
    workspace: Workspace | None = None,
) -> Joined:
    """Join a target to an indicator of a park over its years, or to how many parks meet theirs.

    Args:
        board: of `open_board`.
        id: of a target.
        who: who does it.
        indicator: id or measure of an indicator, or `parks_met`.
        accounts: files of the parks, a year each.
        workspace: where confirmed rule sets are kept.

    Raises:
        InputError: no target, every fault of the files, no such indicator, or a unit of another
            kind.
    """
    _check_target(board, id)
    paths = tuple(str(Path(one).resolve()) for one in accounts)
    told = {"indicator": indicator, "accounts": paths, "region": "", "sector": "", "source": ""}
    items = board.items()
    if id in items:  # what cannot be judged is not joined
        _joined(items[id].model_copy(update=told), workspace)
    changed = board.change([Wanted(id, {**told, "accounts": list(paths)})], who)
    return _joined(changed[0] if changed else items[id], workspace)


def _check_target(board: Board, id: str) -> None:
    items = board.items()
    if id in items and items[id].kind != "target":
        raise InputError(
            _fault(f"{id} 不是目标", f"{id} is no target", "用 tanzhe track list 查编号",
                   "See tanzhe track list")
        )  # fmt: skip


def targets(board: Board, *, workspace: Workspace | None = None) -> list[Joined]:
    """All targets with what is known of reaching them; one whose data are gone says so."""
    found = []
    for item in (one for one in board.items().values() if one.kind == "target"):
        try:
            joined = item.indicator or (item.region and item.sector)
            found.append(_joined(item, workspace) if joined else not_measured(item))
        except InputError as error:
            found.append(not_measured(item)._replace(how=error.faults[0].what))
    return found


def _joined(item: Item, workspace: Workspace | None) -> Joined:
    if item.indicator:
        results = [assess(Path(one), workspace=workspace) for one in item.accounts]
        return judged_by_parks(item, results)
    series = load(item.region, item.sector, item.source or None, workspace=workspace)
    return judged(item, series)


def midterm(
    board: Board,
    parks: Sequence[str | Path] = (),
    *,
    day: date | None = None,
    workspace: Workspace | None = None,
) -> MidTerm:
    """The mid-term evaluation: each park with account, works, grounds and missing evidence.

    Args:
        board: of `open_board`.
        parks: files of parks, as `assess` takes them.
        day: it speaks of; today when left out.
        workspace: where confirmed rule sets are kept.

    Raises:
        InputError: every fault of every file.
    """
    compared, aims = _compared(parks, workspace), targets(board, workspace=workspace)
    return review(list(board.items().values()), compared, day or today(), aims)


def _compared(parks: Sequence[str | Path], workspace: Workspace | None) -> Comparison | None:
    if not parks:
        return None
    if len(parks) > 1:
        return compare(parks, workspace=workspace)
    from tanzhe.api.parks.plans import rules_of

    one = assess(parks[0], workspace=workspace)
    return compare_parks([Entered(Path(parks[0]).name, one)], rules_of(one, None, workspace))


def write_board(
    board: Board,
    out: Path,
    *,
    day: date | None = None,
    language: Language = "zh",
    overwrite: bool = False,
) -> Path:
    """Write the board: .xlsx a workbook to edit, .ics a calendar, .xml or .atom a feed, .json.

    Args:
        board: of `open_board`.
        out: the file; its suffix says the kind.
        day: for lights and reminders; today when left out.
        language: of a calendar and a feed.
        overwrite: whether an existing file may be replaced.

    Raises:
        InputError: another suffix, an existing file, or a folder that cannot be written to.
    """
    check_name(out, (".xlsx", ".ics", ".xml", ".atom", ".json"), overwrite=overwrite)
    items, when = list(board.items().values()), day or today()
    match out.suffix.lower():
        case ".xlsx":
            from tanzhe.tracking.workbook import board_workbook

            content = board_workbook(items, when)
        case ".ics":
            content = calendar(items, when, language)
        case ".json":
            trees = [one.model_dump(mode="json") for one in items]
            content = json.dumps(trees, ensure_ascii=False, indent=1).encode()
        case _:
            content = feed(items, when, language)
    return write_whole(out, content)


def write_midterm(
    found: MidTerm, out: Path, *, language: Language = "zh", overwrite: bool = False
) -> Path:
    """Write the mid-term evaluation in the form that its file's ending stands for.

    Raises:
        InputError: another suffix, an existing file, or a folder that cannot be written to.
    """
    check_name(out, ENDINGS, overwrite=overwrite)
    return save(found, out, language)


__all__ = [
    "KINDS",
    "add_item",
    "join_parks",
    "join_target",
    "midterm",
    "open_board",
    "set_item",
    "targets",
    "write_board",
    "write_midterm",
]
