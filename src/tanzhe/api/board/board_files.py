"""Files that come onto the board: official documents, parks' files, the board's own workbook."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from tanzhe.api.parks.assessment import assess
from tanzhe.api.parks.office import is_workbook
from tanzhe.api.reports.policy import read_policy
from tanzhe.errors import Fault, InputError, Words, refuse
from tanzhe.periods import today
from tanzhe.terms import words_of
from tanzhe.tracking.board import Board, Wanted
from tanzhe.tracking.gathering import park_items, policy_items
from tanzhe.tracking.items import Item
from tanzhe.workspace import Workspace


class Imported(NamedTuple):
    """What came onto the board: new items, how many were known, changes of a workbook.

    Attributes:
        told: of a document that nobody has issued: a draft, news about one.
    """

    new: list[Item]
    known: int
    changed: list[Item]
    told: Words | None = None


def import_files(
    board: Board,
    files: Sequence[str | Path],
    who: str,
    *,
    why: str = "",
    day: date | None = None,
    workspace: Workspace | None = None,
) -> list[Imported]:
    """Bring files onto the board: official documents, parks' files, or the board's workbook.

    Args:
        board: of `open_board`.
        files: a document gives tasks, targets and reviews; a park's .json or .xlsx its projects; a
            workbook that the board wrote its changes.
        who: who does it.
        why: the reason of changes.
        day: by which the workbook was written.
        workspace: where confirmed rule sets are kept.

    Returns:
        What came of each file, in their order.

    Raises:
        InputError: all that is wrong with any of them; then nothing is written.
    """
    read: list[_Read] = []
    faults: list[Fault] = []
    for file in files:
        try:
            read.append(_read(board, Path(file), day or today(), workspace))
        except InputError as error:
            faults += error.faults
    refuse(faults)
    changes = [one.wanted for one in read]
    changed = [board.change(wanted, who, why) if wanted else [] for wanted in changes]
    new = [board.add(one.items, who) if one.items else [] for one in read]
    return [
        Imported(added, len(one.items) - len(added), moved, one.told)
        for one, added, moved in zip(read, new, changed, strict=True)
    ]


class _Read(NamedTuple):
    """What a file holds for the board: items, or changes of a workbook."""

    items: list[Item]
    wanted: list[Wanted]
    told: Words | None = None


_UNISSUED = words_of("api.board_files.unissued")


def _read(board: Board, path: Path, day: date, workspace: Workspace | None) -> _Read:
    from tanzhe.tracking.workbook import is_board, read_board

    if path.suffix.lower() == ".xlsx" and path.exists() and is_board(path):
        return _Read([], list(read_board(path, board.items(), day)))
    if is_workbook(path) or path.suffix.lower() == ".json":
        return _Read(park_items(assess(path, workspace=workspace).park), [])
    policy = read_policy(path)
    items = policy_items(policy)
    if not items:
        lacking = Words("没有读到任务、目标或评估节点", "No task, target or review was read")
        do = Words("请换一份文件，或用 tanzhe track add", "Use another file, or tanzhe track add")
        raise InputError.of(lacking, do, where=path.name)
    return _Read(items, [], _UNISSUED.get(policy.status))
