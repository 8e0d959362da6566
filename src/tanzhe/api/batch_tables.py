"""The tasks of a batch over tables of the user's own: one table, or a folder of them."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from tanzhe.api.batch_tasks import PACKAGED, Ask, Plan, TableTask, Task, packaged_input, settings_of
from tanzhe.errors import Fault, InputError, Words, why_not
from tanzhe.model import Series
from tanzhe.runs.manifest import Input
from tanzhe.series.company import companies, is_compared
from tanzhe.series.table import Unusable
from tanzhe.series.table_panels import Company, Wanted, table_panels
from tanzhe.tables import Choices

TABLES = "tables"
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
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
    reader = _Reader(named, hashed, choices_of(ask), wanted, path.resolve().name)
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


class _Reader:
    """Reads tables in turn and makes tasks of them."""

    def __init__(
        self, named: list[tuple[str, Path]], inputs: list[Input], choices: Choices,
        wanted: Wanted, folder: str,
    ) -> None:  # fmt: skip
        self._named, self._inputs = named, inputs
        self._choices, self._wanted, self._folder = choices, wanted, folder
        self._beside = _by_year([name for name, _ in named])

    def tasks(self) -> Iterator[Task]:
        """The tasks, in the order of the files; those of lone regions last."""
        lone: dict[str, dict[str, tuple[str, Series]]] = {}
        some, missed = False, None
        for (name, file), held in zip(self._named, self._inputs, strict=True):
            try:
                made = self._read(file, held)
            except InputError as error:
                if len(self._named) == 1:
                    raise
                made = [_unreadable(name, error)]
            missed = missed or (None if made else name)
            some = some or bool(made)
            kept = [one for one in made if not self._is_lone(one, name, lone)]
            size = held.size or 0
            for one in kept:
                yield self._task(name, one, made, (name,), size / len(made))
        yield from self._of_lone(lone)
        if not some:
            raise _nothing(missed or self._folder, self._wanted)

    def _read(self, file: Path, held: Input) -> list[Company]:
        made = table_panels(file, self._choices, self._wanted)
        if any(one.sha256 != held.sha256 for company in made for one in company.members):
            what = Words("文件在计算期间被改动", "The file was changed meanwhile")
            do = Words("请等它写完后重新计算", "Begin anew when it is written")
            raise InputError(Fault(what=what, where=held.name, do=do))
        beside = self._beside.get(held.name)
        return made if beside is None else [_unjoined(one, held.name, beside) for one in made]

    def _is_lone(
        self, company: Company, name: str, lone: dict[str, dict[str, tuple[str, Series]]]
    ) -> bool:
        """Whether a company is one region of one file, to be compared with those of others."""
        if len(self._named) == 1 or company.of > 1 or company.unusable:
            return False
        if len(company.members) != 1 or not is_compared(company.members[0].region):
            return False
        held = lone.setdefault(company.sector, {})
        one = company.members[0]
        if one.region in held:
            return False  # another year or version of the same region is no other region
        held[one.region] = (name, one)
        return True

    def _of_lone(self, lone: dict[str, dict[str, tuple[str, Series]]]) -> Iterator[Task]:
        sizes = {one.name: one.size or 0 for one in self._inputs}
        for sector, held in lone.items():
            dealt = companies(list(held))
            for number, regions in enumerate(dealt, 1):
                members = tuple(held[region][1] for region in regions)
                company = Company(sector, number, len(dealt), members, ())
                names = tuple(held[region][0] for region in regions)
                weight = sum(sizes[name] for name in names)
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
        raise InputError(Fault(what=what, where=str(path), do=do))
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
        raise InputError(Fault(what=what, where=str(path), do=do))
    return [(one.relative_to(path).as_posix(), one) for one in found]


def _hashed(name: str, file: Path) -> Input:
    try:
        with file.open("rb") as held:
            sha256 = hashlib.file_digest(held, "sha256").hexdigest()
            return Input(name=name, sha256=sha256, size=held.tell())
    except OSError as error:
        do = Words("请检查权限，或移走这个文件", "Check permissions, or move the file away")
        raise InputError(Fault(what=why_not(error), where=name, do=do)) from error


def _by_year(names: list[str]) -> dict[str, list[str]]:
    """Names that are the same but for a year, with all of their kind."""
    kinds: dict[str, list[str]] = {}
    for name in names:
        if (bare := _YEAR.sub("", name)) != name:
            kinds.setdefault(bare, []).append(name)
    return {name: kind for kind in kinds.values() if len(kind) > 1 for name in kind}


def _unjoined(company: Company, name: str, beside: list[str]) -> Company:
    """A company of one year, refused: the other years stand in other files."""
    if any(one.periods[0][:4] != one.periods[-1][:4] for one in company.members):
        return company
    what = Words(
        f"一年一个文件（{beside[0]} … {beside[-1]}），各年不会自动拼接",
        f"A file a year ({beside[0]} … {beside[-1]}): years are not joined",
    )
    do = Words(
        "请把各年的行合并到一张表（表头只留一行）再计算",
        "Put the rows of all years into one table, under one head, and begin anew",
    )
    fault = Fault(what=what, where=name, do=do)
    refused = (Unusable(one.region, one.sector, InputError(fault)) for one in company.members)
    # Too short, most likely; whatever it is stands there too.
    unusable = (
        one._replace(error=InputError(fault, *one.error.faults)) for one in company.unusable
    )
    return company._replace(members=(), unusable=(*refused, *unusable))


def _unreadable(name: str, error: InputError) -> Company:
    """A table of a folder that cannot be read: one row that says so, the others are read."""
    return Company("", 1, 1, (), (Unusable(name, "", error),))


def _nothing(name: str, wanted: Wanted) -> InputError:
    asked = "、".join((*wanted.regions, *wanted.sectors))
    what = Words(f"没有要算的序列：{asked}", f"There is no series to judge: {asked}")
    do = Words(
        "tanzhe data look 显示表中有什么；请核对 --regions 和 --sectors",
        "tanzhe data look shows what a table holds; check --regions and --sectors",
    )
    return InputError(Fault(what=what, where=name, do=do))
