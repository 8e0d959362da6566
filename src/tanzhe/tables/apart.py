"""Several rows for one period: what tells them apart, and what a person may do about it."""

from collections import Counter
from collections.abc import Mapping, Sequence

from tanzhe.errors import Fault, Words, refuse
from tanzhe.faults import fault_of
from tanzhe.names import folded
from tanzhe.places import place_of
from tanzhe.tables.additive import is_sum_of_others, never_added, overlapping
from tanzhe.tables.moments import Moment
from tanzhe.tables.naming import place_key, sector_key
from tanzhe.tables.records import SHEET
from tanzhe.tables.table import Table
from tanzhe.tables.told import Telling, lines_of, some
from tanzhe.tables.vocabulary import is_part, is_rate, is_total, key


def one_each(
    table: Table, positions: list[int], telling: Telling, faults: list[Fault]
) -> list[int]:
    """Rows of which each moment has one, or which `--sum-by` says to add up.

    Raises:
        InputError: several rows for a moment; names the columns that tell them apart.
    """
    records = table.records
    moments = [records.moments[i] for i in positions]
    if len(set(moments)) == len(moments):
        return positions
    summed = [column_of(table, name, "--sum-by") for name in table.choices.sum_by]
    open_keys = _telling_apart(table, positions, summed)
    if not open_keys and summed:
        return _without_totals(table, positions, summed, telling)
    if open_keys:
        kept = _only_level(table, positions, open_keys, telling, faults)
        kept = kept or _only_total(table, positions, open_keys, telling)
        if kept is not None:
            return kept
        refuse([_must_choose(table, positions, open_keys)])
    return _twice(table, positions, telling, faults)


def _telling_apart(table: Table, positions: Sequence[int], summed: Sequence[str]) -> list[str]:
    """The fewest columns that, with the moment, make each row one of a kind."""
    records = table.records
    skip = {records.region, records.sector}
    names = [
        name for name, texts in records.keys.items()
        if name not in skip and name not in summed and len({texts[i] for i in positions}) > 1
    ]  # fmt: skip
    if summed:
        # Rows that are to be added up may differ in what is summed; nothing else may differ.
        names = [name for name in names if not _follows(records.keys, name, summed, positions)]
    chosen: list[str] = []
    base = [(records.moments[i], *(records.keys[n][i] for n in summed)) for i in positions]
    best = len(set(base))
    while best < len(positions) and len(chosen) < len(names):
        sizes = {
            name: len({(b, records.keys[name][i]) for b, i in zip(base, positions, strict=True)})
            for name in names
            if name not in chosen
        }
        name = max(sizes, key=lambda n: (sizes[n], -len({records.keys[n][i] for i in positions})))
        if sizes[name] <= best:
            break
        chosen.append(name)
        base = [(*b, records.keys[name][i]) for b, i in zip(base, positions, strict=True)]
        best = len(set(base))
    return chosen


def _follows(
    keys: Mapping[str, list[str]], name: str, others: Sequence[str], positions: Sequence[int]
) -> bool:
    """Whether a column says nothing beyond others."""
    told = {(tuple(keys[o][i] for o in others), keys[name][i]) for i in positions}
    return len(told) == len({first for first, _ in told})


def _only_level(
    table: Table,
    positions: list[int],
    names: Sequence[str],
    telling: Telling,
    faults: list[Fault],
) -> list[int] | None:
    """Where all rows but those of one kind are growth rates or shares: that one kind."""
    if len(names) != 1:
        return None
    texts = table.records.keys[names[0]]
    kinds = list(dict.fromkeys(texts[i] for i in positions))
    levels = [kind for kind in kinds if not is_rate(kind)]
    if len(levels) != 1 or len(kinds) == 1:
        return None
    rest = some([kind for kind in kinds if kind != levels[0]])
    telling.skip(
        f"{names[0]}：{rest.zh} 是比率，未用", f"{names[0]}: {rest.en} are rates, not used"
    )
    kept = [i for i in positions if texts[i] == levels[0]]
    return one_each(table, kept, telling, faults)


def _only_total(
    table: Table, positions: list[int], names: Sequence[str], telling: Telling
) -> list[int] | None:
    """Where one kind is called a total and is the sum of all others: that kind."""
    if len(names) != 1 or table.choices.sum_by:
        return None
    name = names[0]
    texts = table.records.keys[name]
    kinds = list(dict.fromkeys(texts[i] for i in positions))
    totals = [k for k in kinds if is_total(k) and is_sum_of_others(table, name, k, positions)]
    kept = [i for i in positions if texts[i] in totals]
    moments = {table.records.moments[i] for i in positions}
    if len(totals) != 1 or len(kept) != len(moments):
        return None
    rest = some([kind for kind in kinds if kind != totals[0]])
    telling.decide(
        Words(
            f"{name} 取“{totals[0]}”，它是 {rest.zh} 之和（可用 --where 另选）",
            f"{name}: “{totals[0]}” is taken, the sum of {rest.en} (choose by --where)",
        )
    )
    return kept


def _must_choose(table: Table, positions: Sequence[int], names: Sequence[str]) -> Fault:
    keys = table.records.keys
    kinds = {n: list(dict.fromkeys(keys[n][i] or "（空）" for i in positions)) for n in names}
    have = [f"{name}（{some(told, 6).zh}）" for name, told in kinds.items()]
    have_en = [f"{name} ({some(told, 6).en})" for name, told in kinds.items()]
    first = _example(table, positions, names)
    if SHEET in names:  # sheets side by side may be parts, totals or versions: never added up
        have_sheets = some(list(dict.fromkeys(keys[SHEET][i] for i in positions)), 12)
        return Fault(
            Words(
                f"几个工作表有同一时期的数值：{have_sheets.zh}",
                f"Several sheets hold values of one period: {have_sheets.en}",
            ),
            Words(
                f'请选一个，如 --sheet "{keys[SHEET][first]}"',
                f'Choose one, e.g. --sheet "{keys[SHEET][first]}"',
            ),
            where=table.file,
        )
    choose = " ".join(f'--where "{name}={keys[name][first]}"' for name in names)
    if any(never_added(table, n, positions) or overlapping(table, n, positions) for n in names):
        do = Words(f"请选：{choose}", f"Choose: {choose}")
    else:
        add = " ".join(f'--sum-by "{name}"' for name in names)
        do = Words(f"请选：{choose}；或相加：{add}", f"Choose: {choose}; or add up: {add}")
    return Fault(
        Words(
            f"同一时期有多行，由 {'、'.join(have)} 区分",
            f"Several rows for one period, told apart by {', '.join(have_en)}",
        ),
        do,
        where=table.file,
    )


def _example(table: Table, positions: Sequence[int], names: Sequence[str]) -> int:
    """A row to show as example: what was asked for, else of the most frequent kind; no total."""
    keys = table.records.keys
    counts = Counter(tuple(keys[name][i] for name in names) for i in positions)
    wanted = set(table.asked) - {""}

    def worth(kinds: tuple[str, ...]) -> tuple[int, bool, int, bool]:
        asked = sum(bool({place_key(text), sector_key(text)} & wanted) for text in kinds)
        whole = any(not text or is_total(text) or is_part(text) for text in kinds)
        return asked, not whole, counts[kinds], not any(map(is_rate, kinds))

    best = max(counts, key=worth)
    return next(i for i in positions if tuple(keys[name][i] for name in names) == best)


def may_be_added(table: Table, name: str, positions: Sequence[int]) -> None:
    """Nothing, where the kinds of a column may be added up for what was asked.

    Raises:
        InputError: versions, gases, or provinces where one province was asked for.
    """
    why = never_added(table, name, positions)
    asked = table.asked[0]
    if why is None and place_of(asked) is not None and asked != "CN":
        places = {place_key(table.records.keys[name][i]) for i in positions}
        if sum(place_of(place) is not None for place in places) >= 2:
            why = Words("是不同的省份，问的是其中一个", "holds provinces, and one was asked for")
    if why is not None:
        kinds = list(dict.fromkeys(table.records.keys[name][i] for i in positions))
        have = some(kinds, 6)
        what = Words(f"“{name}”{why.zh}，不能相加", f"“{name}” {why.en}: never added up")
        do = Words(
            f"请去掉 --sum-by，用 --where 选一个：{have.zh}",
            f"Leave out --sum-by and choose one by --where: {have.en}",
        )
        refuse([Fault(what, do, where=f"{table.file}, --sum-by")])


def _without_totals(
    table: Table, positions: list[int], summed: Sequence[str], telling: Telling
) -> list[int]:
    """Rows to add up, without those that are totals or parts of the others.

    Raises:
        InputError: one kind is left, so that nothing is added up.
    """
    keys = table.records.keys
    for name in summed:
        out = overlapping(table, name, positions)
        if not out:
            continue
        kinds = {keys[name][i] for i in positions} - set(out)
        shown = some([kind or "（空）" for kind in out])
        if len(kinds) < 2:
            what = Words(
                f"“{name}”中 {shown.zh} 含有其他项，除去后没有可相加的",
                f"“{name}”: {shown.en} hold the others, and nothing else is left to add up",
            )
            do = Words("请用 --where 选一个", "Choose one by --where")
            refuse([Fault(what, do, where=f"{table.file}, --sum-by")])
        rest = [i for i in positions if keys[name][i] not in out]
        telling.skip(
            f"相加时略去合计与其中项：{shown.zh}（{len(positions) - len(rest)} 行）",
            f"Totals and parts were not added in: {shown.en} ({len(positions) - len(rest)} rows)",
        )
        positions = rest
    each = Counter(table.records.moments[i] for i in positions)
    most = max(each.values())
    short = [m.text for m, n in sorted(each.items(), key=lambda p: p[0].text) if n < most]
    if short:
        shown = some(short, 5)
        telling.decide(
            Words(
                f"相加的行数不齐：{shown.zh} 少于 {most} 行",
                f"Fewer than {most} rows to add up in {shown.en}",
            )
        )
    names = "、".join(summed)
    telling.decide(Words(f"按 {names} 相加", f"Added up over {names}"))
    return positions


def _twice(table: Table, positions: list[int], telling: Telling, faults: list[Fault]) -> list[int]:
    """Rows that stand twice: the same value once, different values are refused."""
    records = table.records
    first: dict[Moment, int] = {}
    same: list[int] = []
    twice: list[Fault] = []
    for i in positions:
        before = first.setdefault(records.moments[i], i)
        if before == i:
            continue
        if table.values[before] == table.values[i]:
            same.append(records.lines[i])
            continue
        lines = f"{records.lines[before]}, {records.lines[i]}"
        period = records.moments[i].text
        twice.append(fault_of("tables.apart.twice", period=period, where=f"{table.file}, {lines}"))
    if twice:
        more = len(twice) - 3
        rest = Words(f"另有 {more} 处同样重复", f"{more} more stand twice")
        do = Words("请一并核对", "Check them as well")
        tail = [Fault(rest, do, where=table.file)] if more > 0 else []
        faults.extend([*twice[:3], *tail])
    if same:
        told = lines_of(same)
        telling.skip(f"{told.zh}与前面的行完全相同，只计一次", f"{told.en}: the same row again")
    return list(first.values())


def column_of(table: Table, told: str, option: str) -> str:
    """The column of a name that `--where` or `--sum-by` gives.

    Raises:
        InputError: there is none.
    """
    names = [name for name in table.records.keys if folded(name) == folded(told)]
    names = names or [name for name in table.records.keys if key(name) == key(told)]
    if not names:
        have = some(list(table.records.keys), 12)
        what = Words(f"没有分类列“{told}”", f"There is no column “{told}” that tells rows apart")
        do = Words(f"有：{have.zh or '无'}", f"There are: {have.en or 'none'}")
        refuse([Fault(what, do, where=f"{table.file}, {option}")])
    return names[0]
