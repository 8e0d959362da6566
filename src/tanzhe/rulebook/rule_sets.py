"""Official indicator systems: the built-in ones, a workspace's own, and their YAML form."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

from tanzhe.disk import read_regular
from tanzhe.errors import NOT_UTF8, InputError, UnknownName, listed, refuse, why_not
from tanzhe.faults import fault_of
from tanzhe.model.rules import Authority, RuleSet
from tanzhe.rulebook.reading import data_folder, record_or_faults, without_nulls
from tanzhe.rulebook.rule_set_faults import rule_set_faults
from tanzhe.rulebook.strict_yaml import read_yaml

_SAFE_ID = re.compile(r"[a-z0-9][a-z0-9._-]*")
_HEADER = """\
# 指标体系草案，由程序从文件中读出，须由人复核后才能使用。怎样复核：
#   1. 逐条对照原文：quote 必须是原文的字句，并且含有 threshold 的数字。
#   2. id 是园区填报用的代码，measure 是所看的量（见 tanzhe rules list --measures）；
#      值为 null 的要补上；词表里没有的量，自取一个以 own_ 开头的名字。
#   3. kind：core 核心、guiding 引导、characteristic 特色、other 其他；
#      duty：mandatory 必须达到、excusable 可说明；operator：<=、>=、==、<、>、at_least_level。
#   4. 份额写百分数（≥90% 写 threshold: 90, unit: "%"）；达到或优于二级写 2、级。
#   5. by_year 是目标年份：同一个量可以有几行，年份不同；园区按核算年度看最近的一行。
#   6. 名称里写着的适用范围（20-100万吨标准煤）写进 condition；一个量只给一个指标用；
#      上限用 <=，下限用 >=。互相矛盾的行一次全部列出，改好才能启用。
#   7. 改好后运行 tanzhe rules confirm 本文件：它会逐条显示，问您的姓名，写上复核人和日期。
"""
_LARGEST = 2_000_000  # bytes; a rule set of a hundred indicators has fifty thousand
_NO_WRAP = 10_000  # a wrapped quote is hard to compare with the page
_CONFIRMED = "# 指标体系，已由人复核（见各条 checked）。\n"


def rule_set_ids(folder: Path | None = None) -> tuple[str, ...]:
    """Ids of the rule sets: the built-in ones, then those confirmed in a workspace.

    Example:
        >>> rule_set_ids()
        ('cn-ndrc-2025-910', 'cn-yn-2025-987')
    """
    names = sorted(e.name for e in data_folder().joinpath("rule_sets").iterdir())
    built_in = tuple(n.removesuffix(".yaml") for n in names if n.endswith(".yaml"))
    own = sorted(path.stem for path in (folder / "rules").glob("*.yaml")) if folder else []
    return (*built_in, *(one for one in own if one not in built_in))


def rule_set(id: str, *, folder: Path | None = None) -> RuleSet:
    """The rule set of an id.

    Args:
        id: e.g. `cn-yn-2025-987`.
        folder: a workspace folder; its confirmed sets stand in `rules/ID.yaml` there.

    Raises:
        UnknownName: neither built in nor confirmed in the workspace.
        InputError: the workspace's file is faulty, or still a draft.

    Example:
        >>> len(rule_set("cn-yn-2025-987").indicators)
        12
    """
    if id in rule_set_ids():
        return _built_in(id)
    if folder is not None and id in rule_set_ids(folder):
        return _own(folder / "rules" / f"{id}.yaml", id)
    known = rule_set_ids(folder)
    raise UnknownName(fault_of("rulebook.rule_sets.rule_set", id=id, known=listed(known)))


@cache
def _built_in(id: str) -> RuleSet:
    path = data_folder().joinpath("rule_sets", f"{id}.yaml")
    return parse_rule_set(path.read_text(encoding="utf-8"), name=f"{id}.yaml")


def _own(path: Path, id: str) -> RuleSet:
    found = read_rule_set(path)
    if found.id == id and not found.draft:
        return found
    raise InputError(fault_of("rulebook.rule_sets.own", where=str(path)))


def read_rule_set(path: Path) -> RuleSet:
    """The rule set of a file.

    Raises:
        InputError: the file cannot be read, or all its faults.
    """
    try:
        text = read_regular(path, _LARGEST).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = why_not(error) if isinstance(error, OSError) else NOT_UTF8
        raise InputError(
            fault_of("rulebook.rule_sets.read_rule_set", error=why, where=str(path))
        ) from error
    return parse_rule_set(text, name=path.name)


def asked_rule_set(wanted: str | Path, *, folder: Path | None = None) -> RuleSet:
    """The rule set a user names: by id, or by a YAML file.

    Args:
        wanted: an id as of `rule_set`, or the path of a .yaml or .yml file.
        folder: a workspace folder.

    Raises:
        InputError: as `rule_set` and `read_rule_set`.
    """
    if str(wanted).lower().endswith((".yaml", ".yml")):
        return read_rule_set(Path(wanted))
    return rule_set(str(wanted), folder=folder)


def parse_rule_set(text: str, *, name: str) -> RuleSet:
    """The rule set of a YAML text.

    Args:
        text: the YAML; each indicator has `place` and `quote` in the set's document, or a whole
            `authority` of its own.
        name: file name for messages.

    Raises:
        InputError: every fault. A draft may have gaps that a person fills in (no measure yet, a
            quote without the number); a confirmed set may not.
    """
    tree = without_nulls(read_yaml(text, name=name))
    assert isinstance(tree, dict)  # read_yaml gives nothing else
    tree = {**tree, "indicators": _with_authorities(tree)}
    found, faults = record_or_faults(RuleSet, tree, where=name)
    refuse(faults)
    assert found is not None  # no record means faults
    if not _SAFE_ID.fullmatch(found.id):
        refuse([fault_of("rulebook.rule_sets.bad_id", id=found.id, where=name)])
    if not found.draft:
        refuse(rule_set_faults(found, where=name))
    return found


def _with_authorities(tree: Mapping[str, object]) -> object:
    """The indicators with the set's document behind each `place` and `quote`."""
    document, rows = tree.get("document"), tree.get("indicators")
    if not isinstance(document, dict) or not isinstance(rows, list):
        return rows
    shared = {key: value for key, value in document.items() if key != "quote"}
    return [_with_authority(row, shared) for row in rows]


def _with_authority(row: object, shared: Mapping[str, object]) -> object:
    if not isinstance(row, dict) or "authority" in row:
        return row
    own = {key: row[key] for key in ("place", "quote") if key in row}
    rest = {key: value for key, value in row.items() if key not in own}
    return {**rest, "authority": {**shared, **own}}


def dump_rule_set(rule_set: RuleSet) -> str:
    """The rule set as YAML for people, with a header that says how to review a draft.

    Returns:
        Text that `parse_rule_set` turns into the same record.
    """
    tree = _plain_numbers(rule_set.model_dump(exclude_defaults=True))
    assert isinstance(tree, dict)
    tree["document"] = rule_set.document.model_dump(exclude_defaults=True)
    tree["indicators"] = [
        _without_shared(row, one.authority, rule_set.document)
        for row, one in zip(tree["indicators"], rule_set.indicators, strict=True)
    ]
    tree["draft"] = rule_set.draft
    body = yaml.dump(tree, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_NO_WRAP)
    return (_HEADER if rule_set.draft else _CONFIRMED) + body


def _without_shared(
    row: Mapping[str, object], authority: Authority, document: Authority
) -> dict[str, object]:
    """An indicator as written: only place and quote, where its document is the set's."""
    if authority.model_copy(update={"place": document.place, "quote": document.quote}) == document:
        head = {"id": row["id"], "name": row["name"], "quote": authority.quote}
        head["place"] = authority.place
    else:
        head = {"id": row["id"], "name": row["name"], "authority": row["authority"]}
    rest = {key: value for key, value in row.items() if key not in (*head, "authority")}
    return {**head, "measure": None, **rest, "checked": row.get("checked")}


def _plain_numbers(tree: object) -> object:
    """The tree with 200000.0 written as 200000."""
    if isinstance(tree, dict):
        return {key: _plain_numbers(value) for key, value in tree.items()}
    if isinstance(tree, list | tuple):
        return [_plain_numbers(one) for one in tree]
    return int(tree) if isinstance(tree, float) and tree.is_integer() else tree


class _Dumper(yaml.SafeDumper):
    """Lists indented below their key, as people write them."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)
