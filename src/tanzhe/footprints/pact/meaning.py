"""What fields of a PACT footprint say about each other besides numbers."""

import re
from functools import cache

from tanzhe.footprints.pact.records import CarbonFootprint, PactRecord, ProductFootprint
from tanzhe.footprints.pact.schema import countries, subdivisions_of_china
from tanzhe.footprints.pact.tree import Findings, Tree
from tanzhe.rulebook import tables

_LEVELS = ("geographyRegionOrSubregion", "geographyCountry", "geographyCountrySubdivision")
_CAPTURE = (
    "ccsTechnologicalCO2Capture", "technologicalCO2Removals", "technologicalCO2CaptureOrigin",
)  # fmt: skip
# Demanded by the text of the specification (`x-rule: SHALL`) though the schema lets them be absent.
_DEMANDED = ("primaryDataShare", "packagingEmissionsIncluded", "ccsTechnologicalCO2CaptureIncluded")
_NUMBER_OF_DOCUMENT = re.compile(r"〕\s*(\d+)\s*号")


def check_meaning(product: Tree, pcf: Tree, found: Findings) -> None:
    """Places, periods, flags and sources of a footprint.

    Args:
        product: the whole object.
        pcf: its object `pcf`.
        found: takes what is wrong.
    """
    _version(product, found)
    _demanded(pcf, found)
    _places(pcf, found)
    _periods(product, pcf, found)
    _flags(pcf, found)
    _sources(pcf, found)
    _rules(pcf, found)
    _ids(product, found)
    _unknown(product, ProductFootprint, found)
    _unknown(pcf, CarbonFootprint, found)


def _version(product: Tree, found: Findings) -> None:
    version = product.text("specVersion")
    if version[:1].isdecimal() and not version.startswith("3."):
        found.wrong(
            "specVersion",
            (f"这是 PACT {version} 的文件", "请对方提供 PACT 3 的文件"),
            (f"This is a file of PACT {version}", "Ask for one of PACT 3"),
        )


def _demanded(pcf: Tree, found: Findings) -> None:
    for key in _DEMANDED:
        if pcf.fields and not pcf.has(key):
            found.wrong(
                pcf.at(key),
                ("缺少这一项：规范正文要求（SHALL），虽然模式允许没有", "请补上"),
                (
                    "It is missing: the text demands it (SHALL), though the schema does not",
                    "Add it",
                ),
            )


def _places(pcf: Tree, found: Findings) -> None:
    given = [key for key in _LEVELS if pcf.has(key)]
    if len(given) > 1:
        found.wrong(
            pcf.at(given[-1]),
            (f"地域只能写一级，现有 {'、'.join(given)}", "留下最具体的一级；全球则都不写"),
            (f"One level of geography only, not {', '.join(given)}", "Keep the most exact one"),
        )
    country, part = pcf.text(_LEVELS[1]), pcf.text(_LEVELS[2])
    if country and country not in countries():
        _no_code(pcf, _LEVELS[1], country, "ISO 3166-1", "CN", found)
    known = part[:2] in countries() and (
        not part.startswith("CN-") or part in subdivisions_of_china()
    )
    if part and not known:
        _no_code(pcf, _LEVELS[2], part, "ISO 3166-2", "CN-YN", found)


def _no_code(pcf: Tree, key: str, code: str, standard: str, like: str, found: Findings) -> None:
    found.wrong(
        pcf.at(key),
        (f"“{code}”不是 {standard} 的代码", f"请用字母代码，如 {like}"),
        (f"“{code}” is no code of {standard}", f"Use the code, e.g. {like}"),
    )


def _periods(product: Tree, pcf: Tree, found: Findings) -> None:
    start, end = pcf.time("referencePeriodStart"), pcf.time("referencePeriodEnd")
    if start and end and not start < end:
        found.wrong(
            pcf.at("referencePeriodEnd"),
            ("参考期的终点（不含）不在起点之后", "请核对起止"),
            ("The end of the reference period (exclusive) is not after its start", "Check both"),
        )
    first, last = product.time("validityPeriodStart"), product.time("validityPeriodEnd")
    if first and last and not first < last:
        found.wrong(
            product.at("validityPeriodEnd"),
            ("有效期的终点不在起点之后", "请核对起止"),
            ("The end of the validity period is not after its start", "Check both"),
        )
    made = product.time("created")
    if made and end and made < end:
        found.advise(
            "created", "在参考期结束之前做成", "it was made before its reference period ended"
        )


def _flags(pcf: Tree, found: Findings) -> None:
    if pcf.truth("packagingEmissionsIncluded") is False and pcf.has("packagingGhgEmissions"):
        found.wrong(
            pcf.at("packagingGhgEmissions"),
            (
                "包装不在范围内，却有包装排放",
                "去掉这一项，或把 packagingEmissionsIncluded 改为 true",
            ),
            ("An amount though packaging is not included", "Drop it, or set the flag to true"),
        )
    if pcf.truth("ccsTechnologicalCO2CaptureIncluded") is False:
        for key in (one for one in _CAPTURE if pcf.has(one)):
            found.wrong(
                pcf.at(key),
                ("捕集不在范围内，却有这一项", "去掉它，或把 …CaptureIncluded 改为 true"),
                ("It is there though no capture is included", "Drop it, or set the flag to true"),
            )


def _sources(pcf: Tree, found: Findings) -> None:
    share, key = pcf.number("primaryDataShare"), "secondaryEmissionFactorSources"
    if share is not None and share < 100 and not pcf.has(key):
        found.wrong(
            pcf.at(key),
            (f"初级数据占 {share}%，其余来自哪里没有写", "请列出次级因子的来源和版本"),
            (f"{share} % is primary; nothing says where the rest is from", "List the sources"),
        )
    elif share == 100 and pcf.has(key):
        found.wrong(
            pcf.at(key),
            ("全部是初级数据，却列有次级因子来源", "去掉来源，或核对初级数据占比"),
            ("All data are primary, yet secondary sources are listed", "Drop them, or the share"),
        )
    for i, one in enumerate(pcf.items(key)):
        source = Tree(one, f"{pcf.at(key)}[{i}]")
        if of_another_family(f"{source.text('name')} {source.text('version')}"):
            found.wrong(
                source.at("name"),
                (
                    "这是园区核算的二氧化碳排放因子，不是全生命周期的碳足迹因子，两类不得混用",
                    "请改用电力碳足迹因子等全生命周期因子重算",
                ),
                (
                    "A factor of the park account (CO2), no life-cycle factor: they never mix",
                    "Calculate anew with life-cycle factors",
                ),
            )


def of_another_family(source: str) -> bool:
    """Whether a source names the park account's CO2 factors of electricity.

    Example:
        >>> of_another_family("910号附件4 0.8325"), of_another_family("2024年电力碳足迹因子")
        (True, False)
    """
    plain = source.replace(" ", "").casefold()
    return any(sign in plain for sign in _signs_of_another_family())


@cache
def _signs_of_another_family() -> tuple[str, ...]:
    """How texts name the tables of CO2 factors: numbers of documents, and the values."""
    signs = {"附件4", "附件四", "annex4", "电力二氧化碳排放因子", "电网排放因子"}
    for table in tables("annex4"):
        for value in table.values:
            signs.update(f"{n}号" for n in _NUMBER_OF_DOCUMENT.findall(value.authority.number))
            if value.unit == "kgCO2/kWh":
                signs.add(f"{value.value:g}")
    return tuple(sorted(signs - {"0"}))


def _rules(pcf: Tree, found: Findings) -> None:
    key = "productOrSectorSpecificRules"
    for i, one in enumerate(pcf.items(key)):
        rule = Tree(one, f"{pcf.at(key)}[{i}]")
        if rule.text("operator") == "Other" and not rule.text("otherOperatorName").strip():
            found.wrong(
                rule.at("otherOperatorName"),
                ("规则发布者是 Other，没有写名称", "请写发布者的名称"),
                ("The operator is Other and has no name", "Write its name"),
            )
    approach, proof = pcf.text("ccuCalculationApproach"), pcf.has("ccuCreditCertification")
    if approach == "Cut-off" and proof:
        found.advise(
            pcf.at("ccuCreditCertification"), "只用于 Credit", "it belongs to the approach Credit"
        )


def _ids(product: Tree, found: Findings) -> None:
    own = product.text("id").casefold()
    before = [one.casefold() for one in product.items("precedingPfIds") if isinstance(one, str)]
    if own and own in before:
        found.wrong(
            product.at("precedingPfIds"),
            ("把自己列为前一版", "改动后的碳足迹要用新的 id"),
            ("It precedes itself", "A change makes a new id"),
        )


def _unknown(tree: Tree, record: type[PactRecord], found: Findings) -> None:
    """A misspelt optional field would silently be lost."""
    for key in tree.fields:
        if key not in record.model_fields and not key.startswith("x-"):
            found.advise(tree.at(str(key)[:80]), "规范里没有这一项", "the specification has none")
