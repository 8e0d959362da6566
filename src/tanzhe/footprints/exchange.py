"""A footprint as it is exchanged: a PACT 3 object, checked before it leaves."""

import uuid
from datetime import UTC, date, datetime, time, timedelta
from decimal import ROUND_HALF_EVEN, Decimal

from tanzhe.errors import Fault, Words, refuse
from tanzhe.faults import fault_of
from tanzhe.footprints.choices import METHODS, STAGES
from tanzhe.footprints.pact import ProductFootprint, check
from tanzhe.footprints.records import FootprintResult
from tanzhe.footprints.regions import region_code
from tanzhe.footprints.sheets import ALLOCATION, PRODUCT
from tanzhe.footprints.suppliers import FIELDS
from tanzhe.footprints.units import DECLARED, ratio
from tanzhe.periods import BEIJING
from tanzhe.quantity import Dimension, Unit

SPEC_VERSION = "3.0.0"
_DIGITS = 5  # significant digits of the total; all parts have as many decimals as it
# Names of footprints made by this program; the same study made on the same moment has the same id.
_NAMESPACE = uuid.UUID("5c1f6b1e-7c34-4f0e-9a57-2d1d1f1b9e10")


def pact_object(
    result: FootprintResult, *, now: datetime, preceding: tuple[str, ...] = ()
) -> ProductFootprint:
    """The PACT object of a footprint, cradle to gate.

    Args:
        result: of `footprint`.
        now: when it is made, with a zone.
        preceding: ids of the versions that it replaces.

    Returns:
        A record that passed the schema, its arithmetic and its meaning.

    Raises:
        InputError: something that PACT demands is not in the study; a stage of the boundary is
            silent, so that the exempted share cannot be known.
    """
    refuse(_lacking(result))
    tree = _tree(result, now, preceding)
    checked = check(tree)
    refuse(checked.faults)
    assert checked.footprint is not None
    return checked.footprint


def _lacking(result: FootprintResult) -> list[Fault]:
    faults = []
    if result.study.product.fossil_carbon is None:
        column = PRODUCT.column("fossil_carbon")
        faults.append(
            fault_of("footprints.exchange.lacking", where=f"{PRODUCT.title}!（{column.title}）")
        )
    for stage in result.gaps:
        words = STAGES[stage]
        faults.append(
            Fault(
                Words(
                    f"“{words.zh}”没有数据也没有说明，未计入的比例无从写起",
                    f"Nothing is said of {words.en}: the exempted share cannot be stated",
                ),
                Words(
                    "请补数据，或在“未计入”写明阶段、占比和理由",
                    "Add data, or a cut-off row with stage, share and reason",
                ),
                where="未计入",
            )
        )
    return faults


def _tree(result: FootprintResult, now: datetime, preceding: tuple[str, ...]) -> dict[str, object]:
    product = result.study.product
    identity = f"{result.study.sha256}|{product.name}|{product.company}|{now.isoformat()}"
    company = uuid.uuid5(_NAMESPACE, product.company)
    item = uuid.uuid5(_NAMESPACE, f"{product.company}|{product.name}")
    tree: dict[str, object] = {
        "id": str(uuid.uuid5(_NAMESPACE, identity)),
        "specVersion": SPEC_VERSION,
        "created": _utc(now),
        "status": "Active",
        "companyName": product.company,
        "companyIds": [product.company_id or f"urn:uuid:{company}"],
        "productDescription": product.description or product.name,
        "productIds": [product.product_id or f"urn:uuid:{item}"],
        "productNameCompany": product.name,
        "pcf": _pcf(result),
    }
    if preceding:
        tree["precedingPfIds"] = list(preceding)
    if product.classification:
        tree["productClassifications"] = [product.classification]
    if comment := _comment(result):
        tree["comment"] = comment
    return tree


def _pcf(result: FootprintResult) -> dict[str, object]:
    product, study = result.study.product, result.study
    unit = Unit.known(product.unit)
    assert unit is not None
    name, base = DECLARED[unit.dimension]
    size = ratio(unit, base)
    assert size is not None
    amount = product.unit_amount * size
    decimals = _decimals(result.to_gate)
    values = {category: _rounded(result.categories[category], decimals) for category in FIELDS}
    values["fossil"] = _rounded(
        result.categories["fossil"] + result.categories["aircraft"], decimals
    )
    excluding = sum((v for c, v in values.items() if c != "uptake"), Decimal(0))
    packaging = [one for one in result.lines if one.stage == "packaging"]
    captured = bool(values["capture"] or values["removal"])
    pcf: dict[str, object] = {
        "declaredUnitOfMeasurement": name,
        "declaredUnitAmount": _plain(amount),
        "productMassPerDeclaredUnit": _plain(_mass(result, unit, amount)),
        "referencePeriodStart": _midnight(product.start),
        "referencePeriodEnd": _midnight(product.end + timedelta(days=1)),
        **_geography(product.region),
        "boundaryProcessesDescription": product.processes,
        "pcfExcludingBiogenicUptake": _plain(excluding),
        "pcfIncludingBiogenicUptake": _plain(excluding + values["uptake"]),
        "fossilCarbonContent": _plain(product.fossil_carbon or Decimal(0)),
        **{
            FIELDS[category]: _plain(value)
            for category, value in values.items()
            if category not in ("capture", "removal") or captured
        },
        "packagingEmissionsIncluded": bool(packaging),
        "ccsTechnologicalCO2CaptureIncluded": captured,
        "ipccCharacterizationFactors": [product.gwp],
        "crossSectoralStandards": ["ISO14067", "PACT-3.0"],
        "exemptedEmissionsPercent": _plain(result.exempted),
    }
    if product.biogenic_carbon is not None:
        pcf["biogenicCarbonContent"] = _plain(product.biogenic_carbon)
    if product.recycled_carbon is not None:
        pcf["recycledCarbonContent"] = _plain(product.recycled_carbon)
    if result.categories["aircraft"]:
        pcf["aircraftGhgEmissions"] = _plain(_rounded(result.categories["aircraft"], decimals))
    if packaging:
        counted = (one for one in packaging if one.category not in ("uptake", "biogenic_co2"))
        total = sum((one.per_unit for one in counted), Decimal(0))
        pcf["packagingGhgEmissions"] = _plain(_rounded(total, decimals))
    if result.stages["distribution"]:
        pcf["outboundLogisticsGhgEmissions"] = _plain(
            _rounded(result.stages["distribution"], decimals)
        )
    if study.cut_off:
        pcf["exemptedEmissionsDescription"] = "；".join(
            f"{one.what}（{_plain(one.percent)}%）：{one.reason}" for one in study.cut_off
        )
    if study.allocation:
        pcf["allocationRulesDescription"] = _allocation(result)
    if product.rules:
        pcf["productOrSectorSpecificRules"] = [
            {"operator": "Other", "ruleNames": [product.rules], "otherOperatorName": product.rules}
        ]
    primary = _rounded(result.primary_share or Decimal(0), 1)
    sources = _sources(result)
    if primary == 100 and sources:
        primary = Decimal("99.9")
    pcf["primaryDataShare"] = _plain(primary)
    if sources:
        pcf["secondaryEmissionFactorSources"] = sources
    if result.quality is not None:
        pcf["dqi"] = {
            key: _plain(_rounded(value, 2))
            for key, value in zip(
                ("technologicalDQR", "geographicalDQR", "temporalDQR"), result.quality, strict=True
            )
        }
    return pcf


def _sources(result: FootprintResult) -> list[dict[str, str]]:
    """Each source of factors that are not wholly primary, once."""
    found: dict[tuple[str, str], None] = {}
    for line in result.lines:
        if line.primary < 1 and line.category != "biogenic_co2":
            found[line.factor.source, str(line.factor.year or "不详")] = None
    return [{"name": name, "version": version} for name, version in found]


def _allocation(result: FootprintResult) -> str:
    parts = []
    for group, share in result.shares.items():
        rows = [one for one in result.study.allocation if one.group == group]
        names = "、".join(one.product for one in rows)
        method = METHODS[rows[0].method].zh
        parts.append(
            f"{ALLOCATION.title}组{group}（{names}）按{method}，"
            f"本产品 {_plain(_rounded(share, 4))}：{rows[0].reason}"
        )
    return "；".join(parts)


def _comment(result: FootprintResult) -> str:
    product = result.study.product
    told = [note.zh for note in result.notes if note.code.startswith(("power_", "carried."))]
    return " ".join([*([product.comment] if product.comment else []), *dict.fromkeys(told)])


def _mass(result: FootprintResult, unit: Unit, amount: Decimal) -> Decimal:
    if unit.dimension is Dimension.MASS:
        return amount
    return result.study.product.unit_mass or Decimal(0)


def _geography(region: str) -> dict[str, str]:
    code = region_code(region)
    if not code:
        return {}
    return {"geographyCountrySubdivision" if "-" in code else "geographyCountry": code}


def _decimals(total: Decimal) -> int:
    """How many decimals give the total its significant digits; never negative."""
    return max(0, _DIGITS - 1 - total.adjusted()) if total else _DIGITS


def _rounded(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_EVEN)


def _plain(value: Decimal) -> str:
    """A decimal without exponent, needless zeros or a negative zero.

    Example:
        >>> _plain(Decimal("1E+3")), _plain(Decimal("-0.00")), _plain(Decimal("6.5300"))
        ('1000', '0', '6.53')
    """
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def _midnight(day: date) -> str:
    return _utc(datetime.combine(day, time(), BEIJING))


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
