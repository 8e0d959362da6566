"""Government bodies and companies in text, each a span under one name."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from tanzhe.characters import simplified
from tanzhe.text.names.gazetteer import names
from tanzhe.text.spans import Span, as_written, leftmost_longest

BodyKind = Literal["government", "company", "association"]


@dataclass(frozen=True, kw_only=True, slots=True)
class BodySpan(Span):
    """A body named in a text.

    Attributes:
        name: the one name for it (国家发改委 is 国家发展改革委), else as found.
        kind: government, company or association.
    """

    name: str
    kind: BodyKind


# Departments of provinces and cities: what is written -> the name results print.
DEPARTMENTS = {
    "人民政府办公厅": "人民政府办公厅",
    "人民政府办公室": "人民政府办公室",
    "人民政府": "人民政府",
    "政府办公厅": "人民政府办公厅",
    "政府": "人民政府",
    "发展和改革委员会": "发展改革委",
    "发展改革委": "发展改革委",
    "发改委": "发展改革委",
    "工业和信息化厅": "工业和信息化厅",
    "工信厅": "工业和信息化厅",
    "工业和信息化局": "工业和信息化局",
    "工信局": "工业和信息化局",
    "经济和信息化委员会": "经济和信息化委",
    "经信委": "经济和信息化委",
    "经济和信息化委": "经济和信息化委",
    "工业和信息化委": "工业和信息化委",
    "生态环境分局": "生态环境分局",
    "经济和信息化局": "经济和信息化局",
    "经济和信息化厅": "经济和信息化厅",
    "经信厅": "经济和信息化厅",
    "工业和信息化委员会": "工业和信息化委",
    "工信委": "工业和信息化委",
    "生态环境厅": "生态环境厅",
    "生态环境局": "生态环境局",
    "环境保护厅": "环境保护厅",
    "环保厅": "环境保护厅",
    "环保局": "环境保护局",
    "能源局": "能源局",
    "统计局": "统计局",
    "财政厅": "财政厅",
    "财政局": "财政局",
    "应急管理厅": "应急管理厅",
    "应急管理局": "应急管理局",
    "自然资源厅": "自然资源厅",
    "住房和城乡建设厅": "住房城乡建设厅",
    "交通运输厅": "交通运输厅",
    "水利厅": "水利厅",
    "科学技术厅": "科技厅",
    "科技厅": "科技厅",
    "商务厅": "商务厅",
    "国资委": "国资委",
    "市场监督管理局": "市场监管局",
    "节能减排工作领导小组": "节能减排工作领导小组",
}
_END = "股份有限公司|有限责任公司|有限公司|集团公司|总公司|分公司|公司|集团|发电厂|电厂"
_COMPANY = re.compile(rf"[\u4e00-\u9fffA-Za-z（）()·]{{2,24}}?(?:{_END})(?:（集团）|集团|股份)?")
_NOT_COMPANY = re.compile(
    r"^(?:.*(?:对|向|由|与|和|及|等|的|了|在|为|是|将|把|被|给|让|使|各|该|本|某|"
    r"子|母|分|省内|全省|家|要求|通知|其中|以及|所属|旗下|下属|包括|涉及|日|月|"
    # what is done to a company, in words that no company bears
    "发现|查明|查实|查处|查封|通报|约谈|走访|调研|督促|责令|指出|批评|处罚|罚款|考察|采访|来自|"
    "经查|会同|委托|收购|起诉|关停|会见|参观|抽查|暗访|获悉|得知|显示|透露|依托|帮助|协助|邀请|"
    "引入|引进|承接|服务于|位于|坐落))"
)
_GENERIC = {"公司", "集团", "有限公司", "集团公司", "电厂", "分公司", "总公司", "发电厂"}


@cache
def _aliases() -> dict[str, tuple[str, BodyKind]]:
    text = files("tanzhe.text.data").joinpath("bodies.csv").read_text(encoding="utf-8")
    table: dict[str, tuple[str, BodyKind]] = {}
    for row in csv.DictReader(text.splitlines()):
        name = row["name"]
        kind: BodyKind = "government"
        if "协会" in name or "联合会" in name:
            kind = "association"
        elif "电网" in name:
            kind = "company"
        for alias in (name, *(a for a in row["aliases"].split(";") if a)):
            table[alias] = (name, kind)
    return table


@cache
def _known() -> re.Pattern[str]:
    names = sorted(_aliases(), key=len, reverse=True)
    parts = [rf"\b{re.escape(n)}\b" if n.isascii() else re.escape(n) for n in names]
    return re.compile("|".join(parts))


@cache
def _departments() -> re.Pattern[str]:
    return re.compile("|".join(sorted(DEPARTMENTS, key=len, reverse=True)))


_WHERE = ("全省", "自治区", "省", "市")
LONGEST_PLACE = 15  # characters of the longest county's name


def _place_before(text: str, end: int) -> str:
    """The longest name of a province, city or county that ends where a department begins."""
    for length in range(min(LONGEST_PLACE, end), 1, -1):
        word = text[end - length : end]
        if word in names() and word not in ("全国", "我国"):
            return word
    return next((word for word in _WHERE if text.endswith(word, 0, end)), "")


def _local(text: str) -> Iterator[BodySpan]:
    """Departments of provinces, cities and counties."""
    for match in _departments().finditer(text):
        where = _place_before(text, match.start())
        if where:
            start = match.start() - len(where)
            yield BodySpan(
                start=start, end=match.end(), text=text[start : match.end()],
                name=where + DEPARTMENTS[match[0]], kind="government",
            )  # fmt: skip


def _company(match: re.Match[str]) -> BodySpan | None:
    cut = _NOT_COMPANY.match(match[0])
    start = match.start() + (cut.end() if cut else 0)
    name = match.string[start : match.end()]
    if name in _GENERIC or len(name) < 4:
        return None
    return BodySpan(start=start, end=match.end(), text=name, name=name, kind="company")


def read_bodies(text: str) -> list[BodySpan]:
    """Government bodies, associations and companies of a text, in order.

    Example:
        >>> [(b.text, b.name) for b in read_bodies("国家发改委、云南省工信厅通知")]
        [('国家发改委', '国家发展改革委'), ('云南省工信厅', '云南省工业和信息化厅')]
    """
    found: list[BodySpan] = []
    plain = simplified(text)
    for m in _known().finditer(plain):
        name, kind = _aliases()[m[0]]
        found.append(BodySpan(start=m.start(), end=m.end(), text=m[0], name=name, kind=kind))
    found += _local(plain)
    found += [body for m in _COMPANY.finditer(plain) if (body := _company(m))]
    return as_written(leftmost_longest(found), text)
