"""The tasks of a batch over tables of the user's own: one table, or a folder of them."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tanzhe.api.batches.tasks import (
    PACKAGED,
    Ask,
    Plan,
    TableTask,
    Task,
    packaged_input,
    settings_of,
)
from tanzhe.errors import InputError, Words, why_not
from tanzhe.model import Note, Series
from tanzhe.runs.manifest import Input
from tanzhe.series.company import companies, is_compared
from tanzhe.series.table import Unusable
from tanzhe.series.table_panels import Company, Wanted, table_panels
from tanzhe.tables.choices import Choices
from tanzhe.tables.files import joined_digest
from tanzhe.tables.table import read_table

TABLES = "tables"
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_YEARS = re.compile(r"(?:19|20)\d\d-(?:19|20)\d\d年?")
# What a file may be called to be taken out of a folder; one that is named is read by its content.
_SUFFIXES = (".csv", ".tsv", ".txt", ".gz", ".xlsx", ".xlsm", ".xls", ".ods", ".parquet")


def plan_of_tables(ask: Ask, path: Path) -> Plan:
    """The tasks of a table or of a folder of tables, which are read one after another.

    In a folder, files of one region each are compared with each other as if they were one table.

    Raises:
        InputError: no such file, or no table in the folder.
    """
    named = _named(path)
    hashed = [_hashed(name, file) for name, file in named]
    wanted = Wanted(ask.regions, ask.sectors, ask.since, ask.until, ask.as_of)
    reader = _Reader(_sources(named, hashed), choices_of(ask), wanted, path.resolve().name)
    return Plan(
        tasks=reader.tasks,
        weight=sum(one.size or 0 for one in hashed),
        inputs=(packaged_input(), *hashed),
        vintage="",
        settings=settings_of(ask, TABLES),
        where=str(path.resolve()),
    )


def choices_of(ask: Ask) -> Choices:
    """The decisions about the tables, as they are read from a manifest."""
    told = dict(ask.choices)
    told["where"] = tuple((column, value) for column, value in told.get("where", ()))
    told["sum_by"] = tuple(told.get("sum_by", ()))
    return Choices(**told)


class _Source(NamedTuple):
    """What is one table: a file, or files of one year each."""

    name: str
    files: tuple[Path, ...]
    inputs: tuple[Input, ...]

    @property
    def size(self) -> int:
        """Bytes of its files."""
        return sum(one.size or 0 for one in self.inputs)

    @property
    def names(self) -> tuple[str, ...]:
        """Of its files, as the manifest has them."""
        return tuple(one.name for one in self.inputs)


class _Reader:
    """Reads tables in turn and makes tasks of them."""

    def __init__(
        self, sources: list[_Source], choices: Choices, wanted: Wanted, folder: str
    ) -> None:
        self._sources, self._choices, self._wanted = sources, choices, wanted
        self._folder = folder

    def tasks(self) -> Iterator[Task]:
        """The tasks, in the order of the files; those of lone regions last."""
        lone: dict[str, dict[str, tuple[_Source, Series]]] = {}
        some, missed = False, None
        for source in self._sources:
            try:
                made = self._read(source)
            except InputError as error:
                if len(self._sources) == 1:
                    raise
                made = [_unreadable(source.name, error)]
            missed = missed or (None if made else source.name)
            some = some or bool(made)
            kept = [one for one in made if not self._is_lone(one, source, lone)]
            for one in kept:
                yield self._task(source.name, one, made, source.names, source.size / len(made))
        yield from self._of_lone(lone)
        if not some:
            raise _nothing(missed or self._folder, self._wanted)

    def _read(self, source: _Source) -> list[Company]:
        first, *further = source.files
        name = source.name if further else ""
        made = table_panels(first, self._choices, self._wanted, tuple(further), name)
        sha256 = joined_digest([one.sha256 for one in source.inputs])
        if any(one.sha256 != sha256 for company in made for one in company.members):
            what = Words("文件在计算期间被改动", "The file was changed meanwhile")
            do = Words("请等它写完后重新计算", "Begin anew when it is written")
            raise InputError.of(what, do, where=source.name)
        return [_joined(one, source) for one in made] if further else made

    def _is_lone(
        self, company: Company, source: _Source, lone: dict[str, dict[str, tuple[_Source, Series]]]
    ) -> bool:
        """Whether a company is one region of one file, to be compared with those of others."""
        if len(self._sources) == 1 or company.of > 1 or company.unusable:
            return False
        if len(company.members) != 1 or not is_compared(company.members[0].region):
            return False
        held = lone.setdefault(company.sector, {})
        one = company.members[0]
        if one.region in held:
            return False  # another version of the same region is no other region
        held[one.region] = (source, one)
        return True

    def _of_lone(self, lone: dict[str, dict[str, tuple[_Source, Series]]]) -> Iterator[Task]:
        for sector, held in lone.items():
            dealt = companies(list(held))
            for number, regions in enumerate(dealt, 1):
                members = tuple(held[region][1] for region in regions)
                company = Company(
                    sector=sector, number=number, of=len(dealt), members=members, unusable=()
                )
                sources = [held[region][0] for region in regions]
                names = tuple(name for one in sources for name in one.names)
                weight = sum(one.size for one in sources)
                many = [company] if len(dealt) == 1 else [company] * len(dealt)
                yield self._task(f"{self._folder}/", company, many, names, weight)

    def _task(
        self, source: str, one: Company, made: list[Company], names: tuple[str, ...], weight: float
    ) -> TableTask:
        alike = [c for c in made if c.sector == one.sector]
        whole = not one.sector  # a table that cannot be read has no regions to choose from
        return TableTask(
            id=f"{source}|{one.sector}|{one.number}",
            inputs=(PACKAGED, *names),
            weight=weight,
            source=source,
            company=one,
            regions=() if whole else tuple(self._wanted.regions),
            many=sum(len(c.members) + len(c.unusable) for c in alike),
        )


def _named(path: Path) -> list[tuple[str, Path]]:
    """The tables with their names within the folder, in order.

    Raises:
        InputError: there is none.
    """
    if path.is_file():
        return [(path.name, path)]
    if not path.is_dir():
        what = Words("没有这个文件、文件夹或数据源", "There is no such file, folder or source")
        do = Words(
            "请核对路径；tanzhe data list 列出数据源", "Check it; tanzhe data list names them"
        )
        raise InputError.of(what, do, where=str(path))
    found = [
        one
        for one in sorted(path.rglob("*"))
        if one.suffix.lower() in _SUFFIXES
        and not one.name.startswith((".", "~$"))
        and one.is_file()
        and not one.is_symlink()
    ]
    if not found:
        what = Words("文件夹里没有表格", "There is no table in the folder")
        do = Words(f"可读：{'、'.join(_SUFFIXES)}", f"It may hold: {', '.join(_SUFFIXES)}")
        raise InputError.of(what, do, where=str(path))
    return [(one.relative_to(path).as_posix(), one) for one in found]


def _hashed(name: str, file: Path) -> Input:
    try:
        with file.open("rb") as held:
            sha256 = hashlib.file_digest(held, "sha256").hexdigest()
            return Input(name=name, sha256=sha256, size=held.tell())
    except OSError as error:
        do = Words("请检查权限，或移走这个文件", "Check permissions, or move the file away")
        raise InputError.of(why_not(error), do, where=name) from error


def _sources(named: list[tuple[str, Path]], inputs: list[Input]) -> list[_Source]:
    """The tables of a folder, in order; files that differ by a year in their names are one.

    Issues of one table, whose years name the day they were made, stay apart.
    """
    kinds: dict[str, list[int]] = {}
    for i, (name, _) in enumerate(named):
        stem = name.removesuffix(Path(name).suffix)
        bare = _YEAR.sub("", stem)
        kinds.setdefault(name if bare == stem else f"\0{bare}", []).append(i)
    made = []
    for at in kinds.values():
        files = [named[i][1] for i in at]
        if len(at) > 1 and all(_is_of_one_year(file) for file in (files[0], files[-1])):
            whole = tuple(inputs[i] for i in at)
            made.append(_Source(_whole_name([named[i][0] for i in at]), tuple(files), whole))
        else:
            made += [_Source(named[i][0], (named[i][1],), (inputs[i],)) for i in at]
    return sorted(made, key=lambda one: one.names)


def _is_of_one_year(file: Path) -> bool:
    """Whether a table reaches over one year; of what cannot be read the reader will tell."""
    try:
        months = {moment.text[:7] for moment in read_table(file).records.moments}
    except InputError:
        return False
    return len(months) <= 13 and len({month[:4] for month in months}) <= 2


def _whole_name(names: list[str]) -> str:
    """`排放2019年.csv`, `排放2020年.csv` → `排放2019-2020年.csv`."""
    years = sorted(year for name in names for year in _YEAR.findall(name))
    return _YEAR.sub(f"{years[0]}-{years[-1]}", names[0])


def _joined(company: Company, source: _Source) -> Company:
    """A company of several years, with a word on where they stand."""
    note = Note(
        code="years_joined",
        zh=f"由 {len(source.files)} 个文件按年合并：{source.names[0]} … {source.names[-1]}。",
        en=f"Joined from {len(source.files)} files of a year each: {source.names[0]} … "
        f"{source.names[-1]}.",
    )
    stem = Path(source.name).stem
    bare = _YEARS.sub("", stem).strip(" _-") or stem

    def region(name: str) -> str:  # a table without a column of regions is called by its file
        return bare if name == stem else name

    members = (
        one.model_copy(update={"region": region(one.region), "notes": (*one.notes, note)})
        for one in company.members
    )
    unusable = (one.model_copy(update={"region": region(one.region)}) for one in company.unusable)
    return company.model_copy(update={"members": tuple(members), "unusable": tuple(unusable)})


def _unreadable(name: str, error: InputError) -> Company:
    """A table of a folder that cannot be read: one row that says so, the others are read."""
    bad = Unusable(region=name, sector="", faults=error.faults)
    return Company(sector="", number=1, of=1, members=(), unusable=(bad,))


def _nothing(name: str, wanted: Wanted) -> InputError:
    asked = "、".join((*wanted.regions, *wanted.sectors))
    what = Words(f"没有要算的序列：{asked}", f"There is no series to judge: {asked}")
    do = Words(
        "tanzhe data look 显示表中有什么；请核对 --regions 和 --sectors",
        "tanzhe data look shows what a table holds; check --regions and --sectors",
    )
    return InputError.of(what, do, where=name)
