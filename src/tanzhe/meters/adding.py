"""Files into the store: all of them or none, each once, with every fault at once."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from tanzhe.errors import Fault, InputError, Words, refuse
from tanzhe.faults import fault_of
from tanzhe.meters.clock import month_name, said_time
from tanzhe.meters.forms.recognition import Asked, Found, files_of, may_be_read, recognized
from tanzhe.meters.intake import Intake, Label
from tanzhe.meters.listed import heading_of
from tanzhe.meters.lists import with_parents
from tanzhe.meters.store import Bill, Manifest, Source, Stated, Store
from tanzhe.meters.tree import Meter, Tree
from tanzhe.model.base import Progress, silent

_NOT_READ = Words("没有读：不是读数的文件类型", "not read: files of this type hold no readings")


class Added(NamedTuple):
    """What one file, or one sheet of it, was.

    Attributes:
        file: its name, and the sheet where there are several.
        form: what it was read as.
        source: rows by fate, or None for lists and bills.
        meters: meters it declares.
        bills: bills it holds.
        again: whether the same bytes were there already.
        told: what was decided in reading a list, and sheets that were not read.
    """

    file: str
    form: Words
    source: Source | None = None
    meters: int = 0
    bills: int = 0
    again: bool = False
    told: tuple[Words, ...] = ()

    @property
    def fate(self) -> Words:
        """What became of it, in a sentence."""
        if self.again:
            return Words("已经加入过，没有改动", "was added before; nothing changed")
        if self.meters:
            return Words(f"计量表清单：{self.meters} 行", f"a list of meters: {self.meters} rows")
        source = self.source
        if self.bills:
            return Words(f"账单：{self.bills} 张", f"{self.bills} bills")
        if source is None:
            return self.form
        zh = f"{self.form.zh}：{source.rows:,} 行，计入 {source.stored:,}"
        en = f"{self.form.en}: {source.rows:,} rows, {source.stored:,} count"
        for count, words in (
            (source.aside, Words("不计入但留存", "kept but not counted")),
            (source.repeated, Words("与已有的相同", "equal to what was there")),
            (source.late, Words("晚于后来的读数到达", "came after later readings")),
        ):
            if count:
                zh, en = f"{zh}，{words.zh} {count:,}", f"{en}, {count:,} {words.en}"
        if source.first is not None:
            span = f"{said_time(source.first)} — {said_time(source.last or 0)}"
            zh, en = f"{zh}；{span}", f"{en}; {span}"
        return Words(zh, en)

    @property
    def decided(self) -> tuple[Words, ...]:
        """What was decided in reading it."""
        if self.source is None or self.again:
            return self.told
        return (*self.source.told, *self.told)


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
    asked: Asked | None = None,
    names: Mapping[str, str] | None = None,
    progress: Progress = silent,
) -> list[Added]:
    """Add files and folders to a store; lists of meters are taken first.

    Args:
        store: of the park.
        paths: files or folders.
        asked: what was said about the files.
        names: meters by what a file calls them.
        progress: told of each file.

    Returns:
        What each file or sheet was, in the order taken.

    Raises:
        InputError: every fault of every file at once; nothing has been added.
    """
    every = list(dict.fromkeys(one for path in paths for one in files_of(path)))
    files = [one for one in every if one in paths or may_be_read(one)]
    others = [Added(one.name, _NOT_READ) for one in every if one not in files]
    if not files:
        what = Words("文件夹里没有可读的文件", "The folder holds no files that could be readings")
        do = Words("请核对路径", "Check the path")
        raise InputError.of(what, do, where=str(paths[0]) if paths else "")
    with store.locked():
        pending = _Pending(store)
        try:
            added = _taken(store, pending, files, asked or Asked(), dict(names or {}), progress)
        except BaseException:
            store.clear()
            raise
        store.commit(pending.manifest(store.manifest))
    return [*added, *others]


def _taken(
    store: Store,
    pending: _Pending,
    files: Sequence[Path],
    asked: Asked,
    names: dict[str, str],
    progress: Progress,
) -> list[Added]:
    added: list[Added] = []
    faults: list[Fault] = []
    later: list[Path] = []
    for path in files:  # lists of meters first: the other files are read by them
        try:
            found = recognized(path, pending.tree, asked._replace(meter=asked.meter or "-"))
        except InputError:
            later.append(path)
            continue
        lists = [one for one in found if one.meters]
        for one in lists:
            told = (*one.told, *_redeclared(pending.tree, one.meters))
            pending.tree = pending.tree.joined(one.meters)
            name = path.name if not one.sheet else f"{path.name}［{one.sheet}］"
            added.append(Added(name, one.form, meters=len(one.meters), told=told))
        if len(lists) < len(found):
            later.append(path)
    pending.tree = with_parents(pending.tree)
    faults += _unknown(names, pending.tree)
    tree = _with_names(pending.tree, names)
    for number, path in enumerate(later):
        progress(Words(f"读取 {path.name}", f"reading {path.name}"), number, len(later))
        try:
            added += _sheets(store, pending, path, tree, asked)
        except InputError as error:
            faults += error.faults
    refuse(faults)
    return added


def _redeclared(tree: Tree, meters: Sequence[Meter]) -> Iterator[Words]:
    """What a list says of meters otherwise than one before it, which it replaces."""
    held = {(one.meter, one.start): one for one in tree.meters}
    names = tree.aliases()
    for new in meters:
        old = held.get((new.meter, new.start))
        if old is None:
            continue
        same = new.model_copy(update={"parent": names.get(new.parent, new.parent)})
        changed = [
            (field, before, after)
            for field in Meter.model_fields
            if field not in ("points", "remark")
            and (before := getattr(old, field)) != (after := getattr(same, field))
        ]
        if changed:
            zh, en = (
                mark.join(f"{name(field)} {_said(a)} → {_said(b)}" for field, a, b in changed)
                for mark, name in (("、", heading_of), (", ", str))
            )
            yield Words(f"改了已有的 {new.meter}：{zh}", f"changes {new.meter}: {en}")


def _said(value: object) -> str:
    return (
        "—"
        if value is None or value == ""
        else f"{value:g}"
        if isinstance(value, float)
        else str(value)
    )


def _unknown(names: Mapping[str, str], tree: Tree) -> list[Fault]:
    return [
        fault_of("meters.adding.unknown", meter=meter, where=f"--as {name}={meter}")
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


def _sheets(
    store: Store, pending: _Pending, path: Path, tree: Tree, asked: Asked
) -> Iterator[Added]:
    """What the sheets of a file were, lists of meters apart, which are taken already."""
    sha = _sha(path)
    again = next((one for one in pending.sources if one.id.partition(".")[0] == sha), None)
    if again is not None:
        yield Added(path.name, Words(again.form, again.form), again, again=True)
        return
    for number, found in enumerate(recognized(path, tree, asked)):
        if found.meters:
            continue
        name = path.name if not found.sheet else f"{path.name}［{found.sheet}］"
        if found.bills:
            yield _bills(pending, name, found)
            continue
        id = sha if not found.sheet else f"{sha}.{number}"
        intake = Intake(store, Label(id, name, found.form.zh), tree, pending.months, asked.side)
        for batch in found.batches:
            intake.add(batch)
        source = intake.finish()
        pending.sources.append(source)
        _stated(pending, found.stated)
        yield Added(name, found.form, source, told=found.told)


def _bills(pending: _Pending, name: str, found: Found) -> Added:
    held: set[Bill] = set(pending.bills)
    new = [one for one in found.bills if one not in held]
    pending.bills += new
    return Added(name, found.form, bills=len(found.bills), again=not new, told=found.told)


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
        raise InputError.of(what, do, where=str(path)) from error
