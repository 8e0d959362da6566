"""The PACT 3 data model; names, types and what is required are those of the published schema.

Fields keep the names of the specification, so that nobody has to learn two. Unknown fields are
kept: the specification asks for that. See `tanzhe/footprints/pact/data` for the schema itself.
"""

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from tanzhe.errors import Words
from tanzhe.footprints.pact.formats import (
    DecimalText,
    TimeText,
    UriText,
    UrnText,
    UuidText,
    wrong,
)
from tanzhe.footprints.pact.schema import enumeration


class PactRecord(BaseModel):
    """An object of the specification: immutable, strict about types, unknown fields kept."""

    model_config = ConfigDict(frozen=True, extra="allow", strict=True)


def _one_of(name: str, field: str) -> AfterValidator:
    def check(text: str) -> str:
        allowed = enumeration(name, field)
        if text not in allowed:
            raise wrong(
                Words(f"“{text[:40]}”不在可用的取值中", f"“{text[:40]}” is none of the values"),
                Words(f"请用其中之一：{'、'.join(allowed)}", f"Use one of: {', '.join(allowed)}"),
            )
        return text

    return AfterValidator(check)


def _distinct(values: tuple[Any, ...]) -> tuple[Any, ...]:
    if any(one in values[:i] for i, one in enumerate(values)):
        raise wrong(
            Words("列表里有重复的项", "Items of the list stand twice"),
            Words("每项只写一次", "Write each once"),
        )
    return values


_UNIQUE = AfterValidator(_distinct)
Urns = Annotated[tuple[UrnText, ...], Field(min_length=1), _UNIQUE]
Name = Annotated[str, Field(min_length=1)]


class DataQualityIndicators(PactRecord):
    """Ratings from 1 (best) to 5, averaged over the inputs by their share of the footprint."""

    technologicalDQR: DecimalText
    geographicalDQR: DecimalText
    temporalDQR: DecimalText


class EmissionFactorSource(PactRecord):
    """A database of secondary emission factors."""

    name: Name
    version: Name


class ProductOrSectorSpecificRule(PactRecord):
    """Product or sector rules that were applied, and who publishes them."""

    operator: Annotated[str, _one_of("ProductOrSectorSpecificRule", "operator")]
    ruleNames: Annotated[tuple[Name, ...], Field(min_length=1), _UNIQUE]
    otherOperatorName: Name | None = None


class Verification(PactRecord):
    """Who verified the footprint, against what."""

    coverage: Annotated[str, _one_of("Verification", "coverage")] | None = None
    providerName: str | None = None
    completedAt: TimeText | None = None
    standardName: str | None = None
    comments: str | None = None


class DataModelExtension(PactRecord):
    """Data beyond the specification, with the schema they follow."""

    specVersion: str
    dataSchema: UriText
    documentation: UriText | None = None
    data: dict[str, Any]


class CarbonFootprint(PactRecord):
    """The footprint itself, kgCO2e per declared unit; decimals are texts."""

    declaredUnitOfMeasurement: Annotated[
        str, _one_of("CarbonFootprint", "declaredUnitOfMeasurement")
    ]
    declaredUnitAmount: DecimalText
    productMassPerDeclaredUnit: DecimalText
    referencePeriodStart: TimeText
    referencePeriodEnd: TimeText
    geographyRegionOrSubregion: (
        Annotated[str, _one_of("CarbonFootprint", "geographyRegionOrSubregion")] | None
    ) = None
    geographyCountry: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = None
    geographyCountrySubdivision: (
        Annotated[str, Field(pattern=r"^[A-Z]{2}-[A-Z0-9]{1,3}$")] | None
    ) = None
    boundaryProcessesDescription: str | None = None
    pcfExcludingBiogenicUptake: DecimalText
    pcfIncludingBiogenicUptake: DecimalText
    fossilCarbonContent: DecimalText
    biogenicCarbonContent: DecimalText | None = None
    recycledCarbonContent: DecimalText | None = None
    fossilGhgEmissions: DecimalText
    landUseChangeGhgEmissions: DecimalText | None = None
    landCarbonLeakage: DecimalText | None = None
    landManagementFossilGhgEmissions: DecimalText | None = None
    landManagementBiogenicCO2Emissions: DecimalText | None = None
    landManagementBiogenicCO2Removals: DecimalText | None = None
    biogenicCO2Uptake: DecimalText | None = None
    biogenicNonCO2Emissions: DecimalText | None = None
    landAreaOccupation: DecimalText | None = None
    aircraftGhgEmissions: DecimalText | None = None
    packagingEmissionsIncluded: bool | None = None
    packagingGhgEmissions: DecimalText | None = None
    packagingBiogenicCarbonContent: DecimalText | None = None
    outboundLogisticsGhgEmissions: DecimalText | None = None
    ccsTechnologicalCO2CaptureIncluded: bool | None = None
    ccsTechnologicalCO2Capture: DecimalText | None = None
    technologicalCO2CaptureOrigin: str | None = None
    technologicalCO2Removals: DecimalText | None = None
    ccuCarbonContent: DecimalText | None = None
    ccuCalculationApproach: (
        Annotated[str, _one_of("CarbonFootprint", "ccuCalculationApproach")] | None
    ) = None
    ccuCreditCertification: UriText | None = None
    ipccCharacterizationFactors: Annotated[
        tuple[Annotated[str, Field(pattern=r"^AR\d+$")], ...], Field(min_length=1), _UNIQUE
    ]
    crossSectoralStandards: Annotated[tuple[str, ...], Field(min_length=1), _UNIQUE]
    productOrSectorSpecificRules: (
        Annotated[tuple[ProductOrSectorSpecificRule, ...], Field(min_length=1), _UNIQUE] | None
    ) = None
    exemptedEmissionsPercent: DecimalText
    exemptedEmissionsDescription: str | None = None
    allocationRulesDescription: str | None = None
    secondaryEmissionFactorSources: (
        Annotated[tuple[EmissionFactorSource, ...], Field(min_length=1)] | None
    ) = None
    primaryDataShare: DecimalText | None = None
    dqi: DataQualityIndicators | None = None
    verification: Verification | None = None


class ProductFootprint(PactRecord):
    """A product with its footprint, as companies exchange it; a change makes a new one."""

    id: UuidText
    specVersion: Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+(-\d{8})?$")]
    precedingPfIds: Annotated[tuple[UuidText, ...], Field(min_length=1), _UNIQUE] | None = None
    created: TimeText
    status: Annotated[str, _one_of("ProductFootprint", "status")]
    validityPeriodStart: TimeText | None = None
    validityPeriodEnd: TimeText | None = None
    companyName: Name
    companyIds: Urns
    productDescription: str
    productIds: Urns
    productClassifications: Urns | None = None
    productNameCompany: Name
    comment: str | None = None
    pcf: CarbonFootprint
    extensions: tuple[DataModelExtension, ...] | None = None

    def json_object(self) -> dict[str, Any]:
        """The object as it is exchanged: absent fields are left out."""
        return self.model_dump(mode="json", exclude_none=True)
