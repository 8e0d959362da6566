"""Sums, signs, masses and shares of a PACT footprint, which its schema does not know."""

from decimal import Decimal

from tanzhe.footprints.pact.tree import Findings, Tree
from tanzhe.quantity import CO2_PER_CARBON

EXCLUDING, INCLUDING = "pcfExcludingBiogenicUptake", "pcfIncludingBiogenicUptake"
UPTAKE = "biogenicCO2Uptake"
# The published note on the sum names these; its plus before the last is missing there.
PARTS = (
    "fossilGhgEmissions",
    "landUseChangeGhgEmissions",
    "landManagementBiogenicCO2Emissions",
    "landManagementBiogenicCO2Removals",
    "technologicalCO2Removals",
    "ccsTechnologicalCO2Capture",
    "biogenicNonCO2Emissions",
)
_NOT_POSITIVE = (
    "landManagementBiogenicCO2Removals",
    UPTAKE,
    "technologicalCO2Removals",
    "ccsTechnologicalCO2Capture",
)
_NOT_NEGATIVE = (
    "productMassPerDeclaredUnit", "fossilCarbonContent", "biogenicCarbonContent",
    "recycledCarbonContent", "fossilGhgEmissions", "landUseChangeGhgEmissions",
    "landCarbonLeakage", "landManagementFossilGhgEmissions", "landManagementBiogenicCO2Emissions",
    "biogenicNonCO2Emissions", "landAreaOccupation", "aircraftGhgEmissions",
    "packagingGhgEmissions", "packagingBiogenicCarbonContent", "outboundLogisticsGhgEmissions",
    "ccuCarbonContent",
)  # fmt: skip
# Of energy, transport and services the specification wants the mass 0.
_WITHOUT_MASS = ("kilowatt hour", "megajoule", "ton kilometer", "hour", "megabit second")
_RATINGS = ("technologicalDQR", "geographicalDQR", "temporalDQR")
_ADVISED_EXEMPTED = 5  # percent; the bound of version 2, which version 3 removed


def check_arithmetic(pcf: Tree, found: Findings) -> None:
    """All that numbers of a footprint say about each other.

    Args:
        pcf: the object `pcf`.
        found: takes what is wrong.
    """
    _signs(pcf, found)
    _sums(pcf, found)
    _unit(pcf, found)
    _carbon(pcf, found)
    _inside(pcf, found)
    _percentages(pcf, found)


def _signs(pcf: Tree, found: Findings) -> None:
    for key in _NOT_POSITIVE:
        if (pcf.number(key) or 0) > 0:
            found.wrong(
                pcf.at(key),
                ("清除、吸收和捕集不能为正", "请写成负数或 0"),
                ("Removals, uptake and capture are not positive", "Write it negative, or 0"),
            )
    for key in _NOT_NEGATIVE:
        if (pcf.number(key) or 0) < 0:
            found.wrong(
                pcf.at(key),
                ("不能为负", "请核对；清除和吸收各有自己的字段"),
                ("It must not be negative", "Check it; removals and uptake have their own fields"),
            )


def _sums(pcf: Tree, found: Findings) -> None:
    total, parts = pcf.number(EXCLUDING), [pcf.number(key) or Decimal(0) for key in PARTS]
    if total is not None and pcf.number(PARTS[0]) is not None and not _equal(total, sum(parts)):
        found.wrong(
            pcf.at(EXCLUDING),
            (f"{total} 不等于各分项之和 {sum(parts)}", f"请核对 {'、'.join(PARTS)}"),
            (f"{total} is not the sum of its parts, {sum(parts)}", f"Check {', '.join(PARTS)}"),
        )
    including, uptake = pcf.number(INCLUDING), pcf.number(UPTAKE) or Decimal(0)
    if total is not None and including is not None and not _equal(including, total + uptake):
        found.wrong(
            pcf.at(INCLUDING),
            (f"{including} 不等于 {EXCLUDING} 加 {UPTAKE}（{total + uptake}）", "请核对三项"),
            (f"{including} is not {EXCLUDING} plus {UPTAKE}, {total + uptake}", "Check the three"),
        )


def _equal(total: Decimal, parts: Decimal | int) -> bool:
    """Whether two sums agree to one last digit of the total as written."""
    exponent = total.as_tuple().exponent
    return abs(total - parts) <= Decimal(1).scaleb(int(exponent))


def _unit(pcf: Tree, found: Findings) -> None:
    unit, amount = pcf.text("declaredUnitOfMeasurement"), pcf.number("declaredUnitAmount")
    mass = pcf.number("productMassPerDeclaredUnit")
    if amount is not None and amount <= 0:
        found.wrong(
            pcf.at("declaredUnitAmount"),
            ("声明单位的数量必须大于零", "请写一个声明单位含多少，如 1"),
            ("The declared amount must be above zero", "Write how much a declared unit holds"),
        )
    if mass is None or amount is None:
        return
    if unit == "kilogram" and mass != amount:
        found.wrong(
            pcf.at("productMassPerDeclaredUnit"),
            (f"声明单位是 {amount} 千克，质量却是 {mass} 千克", "两者应相等"),
            (f"The declared unit is {amount} kilogram, its mass {mass} kg", "They must be equal"),
        )
    elif unit in _WITHOUT_MASS and mass != 0:
        found.wrong(
            pcf.at("productMassPerDeclaredUnit"),
            (f"声明单位“{unit}”没有质量", "请填 0"),
            (f"A unit of “{unit}” has no mass", "Write 0"),
        )
    elif unit and unit not in _WITHOUT_MASS and mass == 0:
        found.wrong(
            pcf.at("productMassPerDeclaredUnit"),
            (f"声明单位“{unit}”必须有质量", "请填一个声明单位重多少千克"),
            (f"A unit of “{unit}” has a mass", "Write the kilograms of a declared unit"),
        )


def _carbon(pcf: Tree, found: Findings) -> None:
    fossil, biogenic = pcf.number("fossilCarbonContent"), pcf.number("biogenicCarbonContent")
    mass, unit = pcf.number("productMassPerDeclaredUnit"), pcf.text("declaredUnitOfMeasurement")
    carbon = (fossil or Decimal(0)) + (biogenic or Decimal(0))
    if mass is not None and unit not in _WITHOUT_MASS and carbon > mass:
        found.wrong(
            pcf.at("fossilCarbonContent" if (fossil or 0) > mass else "biogenicCarbonContent"),
            (f"含碳 {carbon} 千克，比产品（{mass} 千克）还重", "请核对含碳量和质量"),
            (f"{carbon} kg of carbon in {mass} kg of product", "Check carbon contents and mass"),
        )
    for key in ("recycledCarbonContent", "ccuCarbonContent"):
        part = pcf.number(key)
        if part is not None and fossil is not None and biogenic is not None and part > carbon:
            found.wrong(
                pcf.at(key),
                (f"{part} 大于产品的全部含碳量 {carbon}", "请核对含碳量"),
                (f"{part} is above all carbon of the product, {carbon}", "Check the contents"),
            )
    uptake = pcf.number(UPTAKE)
    if uptake is not None and biogenic is not None:
        expected = -biogenic * Decimal(CO2_PER_CARBON)
        if abs(uptake - expected) > Decimal("0.01") * max(abs(expected), Decimal("0.01")):
            found.advise(
                pcf.at(UPTAKE),
                f"按生物碳含量应约为 {expected:.4f}，现为 {uptake}",
                f"the biogenic carbon gives about {expected:.4f}, not {uptake}",
            )


def _inside(pcf: Tree, found: Findings) -> None:
    """What is part of another figure is not above it."""
    gross = [pcf.number(key) for key in PARTS]
    emitted = sum((one for one in gross if one is not None and one > 0), Decimal(0))
    limits = {
        "landManagementFossilGhgEmissions": ("fossilGhgEmissions", pcf.number(PARTS[0])),
        "packagingGhgEmissions": (EXCLUDING, emitted if gross[0] is not None else None),
        "aircraftGhgEmissions": (EXCLUDING, emitted if gross[0] is not None else None),
    }
    for key, (whole, most) in limits.items():
        part = pcf.number(key)
        if part is not None and most is not None and part > most:
            found.wrong(
                pcf.at(key),
                (f"{part} 大于它所属的 {whole}（{most}）", "它已包含在内，请核对"),
                (f"{part} is above {whole}, {most}, which holds it", "Check both"),
            )


def _percentages(pcf: Tree, found: Findings) -> None:
    for key in ("exemptedEmissionsPercent", "primaryDataShare"):
        share = pcf.number(key)
        if share is not None and not 0 <= share <= 100:
            found.wrong(
                pcf.at(key),
                (f"{share} 不是 0 至 100 的百分数", "请核对"),
                (f"{share} is no percentage from 0 to 100", "Check it"),
            )
    exempted = pcf.number("exemptedEmissionsPercent") or Decimal(0)
    if exempted > 0 and not pcf.text("exemptedEmissionsDescription").strip():
        found.wrong(
            pcf.at("exemptedEmissionsDescription"),
            (f"排除了 {exempted}% 却没有说明理由", "请写明排除了什么、为什么"),
            (f"{exempted} % is exempted without a reason", "Say what was left out and why"),
        )
    if exempted > _ADVISED_EXEMPTED:
        found.advise(
            pcf.at("exemptedEmissionsPercent"),
            f"排除的超过 {_ADVISED_EXEMPTED}%",
            f"more than {_ADVISED_EXEMPTED} % is exempted",
        )
    dqi = Tree(pcf.fields.get("dqi"), pcf.at("dqi"))
    for key in _RATINGS:
        rating = dqi.number(key)
        if rating is not None and not 1 <= rating <= 5:
            found.wrong(
                dqi.at(key),
                (f"数据质量评分 {rating} 不在 1 至 5 之间", "1 最好，5 最差"),
                (f"The rating {rating} is not from 1 to 5", "1 is best, 5 worst"),
            )
