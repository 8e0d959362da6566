"""Products with energy limits: what parks call them, their routes, and levels 1 to 3."""

import re
from collections.abc import Iterable
from functools import cache

from pydantic import Field

from tanzhe.errors import InputError, Words
from tanzhe.model import Record
from tanzhe.model.rules import RuleValue
from tanzhe.names import folded
from tanzhe.quantity import Dimension, Unit
from tanzhe.rulebook.reading import data_folder, record_or_faults
from tanzhe.rulebook.rule_values import rule_values
from tanzhe.rulebook.strict_yaml import read_yaml
from tanzhe.rulebook.years import values_of_year

_FILE = "limited_products.yaml"
_TABLE = "energy_limits"
# Grades and sorts stand in ASCII beside a Chinese name: P·O42.5, FeSi75, 42.5.
_GRADE = re.compile(
    r"^[A-Za-z0-9·.,#\-\s]+(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])[A-Za-z0-9·.#\-\s]+$"
)
LEVELS = ("level1", "level2", "level3")


class Route(Record):
    """A way of making a product, and the key of its limits in the table.

    Attributes:
        limits: the first part of their ids.
        aliases: other names.
        alone: whether the name says the product too, as 铝锭 does.
    """

    limits: str
    aliases: tuple[str, ...] = ()
    alone: bool = False


class LimitedProduct(Record):
    """A product with limits.

    Attributes:
        name: as results write it.
        aliases: other names.
        routes: by name; the empty name stands for a product not told apart by route.
        corrections: by metric key, what the standard corrects the limit by and we do not hold.
    """

    name: str
    aliases: tuple[str, ...] = ()
    routes: dict[str, Route]
    corrections: dict[str, str] = Field(default_factory=dict)

    def route(self, text: str) -> str | None:
        """The route of a name; None where several exist and none fits."""
        if set(self.routes) == {""}:
            return ""
        wanted = folded(text)
        for name, one in self.routes.items():
            if wanted and wanted in map(folded, (name, *one.aliases)):
                return name
        return None


class Limit(Record):
    """One limit of a product and route.

    Attributes:
        key: last part of its ids, e.g. `energy`.
        metric: 综合能耗, 交流电耗, ...
        levels: limits of levels 1, 2, 3 in `unit`; a level is reached at or below its limit.
        unit: kgce/t or kWh/t.
        standard: number of the standard the limits stand in.
        value: the record of level 2, with document, confidence and who checked it.
        correction: what the standard corrects the limit by and the rulebook does not hold.
    """

    key: str
    metric: str
    levels: tuple[float, float, float]
    unit: str
    standard: str
    value: RuleValue
    correction: str = ""

    @property
    def of_electricity(self) -> bool:
        """Whether the limit is on electricity, not on energy in standard coal."""
        return Unit.parse(self.unit).dimension is Dimension.ELECTRICITY_PER_MASS


@cache
def _file() -> tuple[tuple[LimitedProduct, ...], dict[str, tuple[str, ...]]]:
    tree = read_yaml(data_folder().joinpath(_FILE).read_text(encoding="utf-8"), name=_FILE)
    found = []
    for row in tree["products"]:
        one, faults = record_or_faults(LimitedProduct, row, where=f"{_FILE}: {row.get('name')}")
        if one is None:
            raise InputError(*faults)
        found.append(one)
    return tuple(found), {name: tuple(parts) for name, parts in tree["apart"].items()}


def limited_products() -> tuple[LimitedProduct, ...]:
    """All products with limits.

    Example:
        >>> [one.name for one in limited_products()][:2]
        ['水泥', '熟料']
    """
    return _file()[0]


_METRICS = {
    "单位能耗": "energy per unit", "综合能耗": "comprehensive energy", "工艺能耗": "process energy",
    "交流电耗": "AC power", "综合交流电耗": "comprehensive AC power",
}  # fmt: skip


@cache
def _labels() -> dict[str, str]:
    return {
        f"{one.name}（{name}）" if name else one.name: route.limits.replace("_", " ")
        for one in limited_products()
        for name, route in one.routes.items()
    }


def limited_words(label: str) -> Words:
    """A product with its route, as results write it, in both languages; others as they are.

    Example:
        >>> limited_words("电解铝（铝锭）").en, limited_words("石灰").en
        ('aluminium ingot', '石灰')
    """
    return Words(label, _labels().get(label, label))


def metric_words(metric: str) -> Words:
    """What a limit is of, in both languages.

    Example:
        >>> metric_words("综合交流电耗").en
        'comprehensive AC power'
    """
    return Words(metric, _METRICS.get(metric, metric))


def to_be_told_apart(text: str) -> tuple[str, ...]:
    """The products that a broad name stands for, which are to be entered one by one.

    Example:
        >>> to_be_told_apart("铁合金")[0], to_be_told_apart("水泥")
        ('硅铁', ())
    """
    wanted = folded(text)
    return next((parts for name, parts in _file()[1].items() if folded(name) == wanted), ())


def limited_product(text: str, route: str = "") -> tuple[LimitedProduct, str] | None:
    """The product of a name and the words that tell its route, or None where nobody knows it.

    Args:
        text: as a park writes it: a name, a name with the route in brackets, or a route whose
            name stands for the product (铝锭).
        route: as a park writes it, or "".

    Example:
        >>> [limited_product(t)[1] for t in ("甲醇（天然气）", "铝锭", "焦炭")]
        ['天然气', '铝锭', '']
        >>> limited_product("铝合金") is None
        True
    """
    told = route or text.replace("(", "（").partition("（")[2].rstrip("）) ")
    for name in product_names(text):
        for one in limited_products():
            if folded(name) in map(folded, (one.name, *one.aliases)):
                return one, told
        for one in limited_products():
            for key, way in one.routes.items():
                if key and folded(name) in map(folded, _whole_names(one, key, way)):
                    return one, told if one.route(told) is not None else key
    return None


def product_names(text: str) -> tuple[str, ...]:
    """A product's name without brackets; then without a grade before or behind it.

    Example:
        >>> product_names("普通硅酸盐水泥 P·O42.5（散装）")
        ('普通硅酸盐水泥 P·O42.5', '普通硅酸盐水泥')
        >>> product_names("1,4-丁二醇")[0], product_names("PVC")
        ('1,4-丁二醇', ('PVC',))
    """
    name = text.replace("(", "（").partition("（")[0].strip()
    bare = _GRADE.sub("", name).strip()
    return (name, bare) if bare and bare != name else (name,)


def _whole_names(product: LimitedProduct, key: str, way: Route) -> Iterable[str]:
    """Names that say product and route in one: 铝锭, 捣固焦炭, 烟煤制甲醇, 拜耳法氧化铝."""
    for name in (key, *way.aliases):
        for of in (product.name, *product.aliases):
            yield name + of
            yield f"{name}制{of}"
        if way.alone:
            yield name


def limits_of(product: LimitedProduct, route: str, year: int | None = None) -> tuple[Limit, ...]:
    """The limits of a product's route that hold in a year, in the order of the table.

    Args:
        product: from `limited_product`.
        route: one of its routes.
        year: calendar year; None: the youngest edition.

    Example:
        >>> product, _ = limited_product("熟料")
        >>> [(one.metric, one.levels[1]) for one in limits_of(product, "")]
        [('综合能耗', 107.0), ('综合电耗', 57.0), ('综合煤耗', 100.0)]
    """
    stem = f"{_TABLE}.{product.routes[route].limits}."
    own = (one for one in rule_values(_TABLE) if one.id.startswith(stem))
    values = {id: one.value for id, one in values_of_year(own, year).items()}
    keys = dict.fromkeys(id.removeprefix(stem).partition(".")[0] for id in values)
    return tuple(_limit(product, key, stem, values) for key in keys)


def _limit(product: LimitedProduct, key: str, stem: str, values: dict[str, RuleValue]) -> Limit:
    first, second, third = (values[f"{stem}{key}.{level}"] for level in LEVELS)
    return Limit(
        key=key,
        metric=second.name.split()[1],  # 熟料 综合电耗 2级
        levels=(first.value, second.value, third.value),
        unit=second.unit,
        standard=second.authority.number,
        value=second,
        correction=product.corrections.get(key, ""),
    )
