"""Files into the store: all of them or none, each once, with every fault at once."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from tanzhe.errors import Fault, InputError, Words, refuse
from tanzhe.meters.clock import month_name, said_time
from tanzhe.meters.forms.recognition import Found, files_of, recognized
from tanzhe.meters.intake import Intake, Label
from tanzhe.meters.store import Bill, Manifest, Source, Stated, Store
from tanzhe.meters.tree import Meter, Tree
from tanzhe.model.base import Progress, silent


class Added(NamedTuple):
    """What one file was.

    Attributes:
        file: its name.
        form: what it was read as; "" where it was there already.
        source: rows by fate, or None for lists and bills.
        meters: meters it declares.
        bills: bills it holds.
        again: whether the same bytes were there already.
    """

    file: str
    form: str
    source: Source | None = None
    meters: int = 0
    bills: int = 0
    again: bool = False

    @property
    def fate(self) -> Words:
        """What became of it, in a sentence."""
        if self.again:
            return Words("已经加入过，没有改动", "was added before; nothing changed")
        if self.meters:
            return Words(f"{self.form}：{self.meters} 行", f"a list of meters: {self.meters} rows")
        if self.bills:
            return Words(f"账单：{self.bills} 张", f"{self.bills} bills")
        source = self.source
        if source is None:
            return Words(self.form, self.form)
        span = ""
        if source.first is not None:
            span = f"{said_time(source.first)} — {said_time(source.last or 0)}"
        zh = f"{self.form}：{source.rows:,} 行，计入 {source.stored:,}"
        en = f"{source.rows:,} rows, {source.stored:,} count"
        for count, words in (
            (source.aside, Words("不计入但留存", "kept but not counted")),
            (source.repeated, Words("与已有的相同", "equal to what was there")),
            (source.late, Words("晚于后来的读数到达", "came after later readings")),
        ):
            if count:
                zh, en = f"{zh}，{words.zh} {count:,}", f"{en}, {count:,} {words.en}"
        return Words(f"{zh}；{span}", f"{en}; {span}")


class _Pending:
    """What would hold after the files so far."""

    def __init__(self, store: Store) -> None:
        self.tree = store.tree
        self.months = store.month_files()
        self.sources = list(store.manifest.sources)
        self.bills = list(store.manifest.bills)
        self.stated = list(store.manifest.stated)

    def manifest(self, old: Manifest) -> Manifest:
        months = {month_name(number): self.months[number] for number in sorted(self.months)}
        return old.model_copy(
            update={
                "tree": self.tree.meters, "months": months, "sources": tuple(self.sources),
                "bills": tuple(self.bills), "stated": tuple(self.stated),
            }
        )  # fmt: skip


def add_files(
    store: Store,
    paths: Sequence[Path],
    *,
    meter: str = "",
    names: Mapping[str, str] | None = None,
    progress: Progress = silent,
) -> list[Added]:
    """Add files and folders to a store; lists of meters are taken first.

    Args:
        store: of the park.
        paths: files or folders.
        meter: whose readings are, where a file does not say it.
        names: meters by what a file calls them.
        progress: told of each file.

    Returns:
        What each file was, in the order taken.

    Raises:
        InputError: every fault of every file at once; nothing has been added.
    """
    files = list(dict.fromkeys(one for path in paths for one in files_of(path)))
    if not files:
        what = Words("文件夹里没有可读的文件", "The folder holds no files that could be readings")
        do = Words("请核对路径", "Check the path")
        raise InputError(Fault(what=what, where=str(paths[0]) if paths else "", do=do))
    with store.locked():
        pending = _Pending(store)
        try:
            added = _taken(store, pending, files, meter, dict(names or {}), progress)
        except BaseException:
            store.clear()
            raise
        store.commit(pending.manifest(store.manifest))
    return added


def _taken(
    store: Store,
    pending: _Pending,
    files: Sequence[Path],
    meter: str,
    names: dict[str, str],
    progress: Progress,
) -> list[Added]:
    added: list[Added] = []
    faults: list[Fault] = []
    later: list[Path] = []
    for path in files:  # lists of meters first: the other files are read by them
        try:
            found = recognized(path, pending.tree, meter or "-")
        except InputError:
            later.append(path)
            continue
        if not found.meters:
            later.append(path)
            continue
        pending.tree = pending.tree.joined(found.meters)
        added.append(Added(path.name, found.form.zh, meters=len(found.meters)))
    faults += _unknown(names, pending.tree)
    tree = _with_names(pending.tree, names)
    for number, path in enumerate(later):
        progress(Words(f"读取 {path.name}", f"reading {path.name}"), number, len(later))
        try:
            added.append(_one(store, pending, path, tree, meter))
        except InputError as error:
            faults += error.faults
    refuse(faults)
    return added


def _unknown(names: Mapping[str, str], tree: Tree) -> list[Fault]:
    return [
        Fault(
            what=Words(f"没有计量表“{meter}”", f"There is no meter “{meter}”"),
            where=f"--as {name}={meter}",
            do=Words("请写计量表清单中的表号", "Name a meter of the list"),
        )
        for name, meter in names.items()
        if not tree.of(meter)
    ]


def _with_names(tree: Tree, names: Mapping[str, str]) -> Tree:
    """The tree with further names of its meters."""
    if not names:
        return tree

    def named(one: Meter) -> Meter:
        more = [name for name, meter in names.items() if meter == one.meter]
        return one.model_copy(update={"points": (*one.points, *more)}) if more else one

    return Tree(tuple(named(one) for one in tree.meters))


def _one(store: Store, pending: _Pending, path: Path, tree: Tree, meter: str) -> Added:
    id = _sha(path)
    known = next((one for one in pending.sources if one.id == id), None)
    if known is not None:
        return Added(path.name, known.form, known, again=True)
    found = recognized(path, tree, meter)
    if found.bills:
        return _bills(pending, path.name, found)
    intake = Intake(store, Label(id, path.name, found.form.zh), tree, pending.months)
    for batch in found.batches:
        intake.add(batch)
    source = intake.finish()
    pending.sources.append(source)
    _stated(pending, found.stated)
    return Added(path.name, found.form.zh, source)


def _bills(pending: _Pending, name: str, found: Found) -> Added:
    held: set[Bill] = set(pending.bills)
    new = [one for one in found.bills if one not in held]
    pending.bills += new
    return Added(name, found.form.zh, bills=len(found.bills), again=not new)


def _stated(pending: _Pending, stated: Sequence[Stated]) -> None:
    pending.stated += [one for one in stated if one not in pending.stated]


def _sha(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()[:16]
    except OSError as error:
        from tanzhe.errors import why_not

        what = Words(f"打不开：{why_not(error).zh}", f"Cannot be opened: {why_not(error).en}")
        do = Words("请核对路径和权限", "Check path and permission")
        raise InputError(Fault(what=what, where=str(path), do=do)) from error
