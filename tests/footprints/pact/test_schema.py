"""The data model is the published schema, by structure and by an independent validator."""

from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from footprints.ingot import changed, counterexamples, ingot
from tanzhe.footprints.pact import check, records
from tanzhe.footprints.pact.checks import shaped
from tanzhe.footprints.pact.records import ProductFootprint
from tanzhe.footprints.pact.schema import countries, enumeration, object_schema, published

OBJECTS = (
    "ProductFootprint", "CarbonFootprint", "DataQualityIndicators", "EmissionFactorSource",
    "ProductOrSectorSpecificRule", "Verification", "DataModelExtension",
)  # fmt: skip


@cache
def judge() -> Draft202012Validator:
    """The published schema as an independent library reads it, formats included."""
    return Draft202012Validator(
        {"$ref": "#/components/schemas/ProductFootprint", **published()},
        format_checker=FormatChecker(),
    )


@pytest.mark.parametrize("name", OBJECTS)
def test_fields_and_duties_are_the_published_ones(name: str) -> None:
    fields = getattr(records, name).model_fields
    schema = object_schema(name)
    assert list(fields) == list(schema["properties"])
    needed = {key for key, field in fields.items() if field.is_required()}
    assert needed == set(schema.get("required", []))


def test_units_are_the_published_ones() -> None:
    assert len(enumeration("CarbonFootprint", "declaredUnitOfMeasurement")) == 10
    assert len(enumeration("CarbonFootprint", "geographyRegionOrSubregion")) == 22


def test_there_are_249_countries() -> None:
    assert len(countries()) == 249


def test_the_judge_accepts_the_ingot() -> None:
    assert list(judge().iter_errors(ingot())) == []


@pytest.mark.parametrize("case", counterexamples(), ids=lambda case: case["name"])
def test_the_judge_sees_five_of_the_27(case: dict[str, Any]) -> None:
    wrong = changed(ingot(), case["set"], case["drop"])
    assert judge().is_valid(wrong) == (case["caught_by"] != "schema")


PATHS = [
    *(key for key in ingot() if key != "pcf"),
    *(f"pcf.{key}" for key in ingot()["pcf"] if key != "dqi"),
    *(f"pcf.dqi.{key}" for key in ingot()["pcf"]["dqi"]),
]
VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 3), st.text(max_size=4), st.just([]), st.just({}),
    st.just("1.5"), st.just(["urn:a:b"]), st.just(["urn:a:b", "urn:a:b"]), st.just("CN"),
    st.just([{"name": "a", "version": "1"}]), st.just("2025-01-01T00:00:00Z"), st.just(["AR6"]),
)  # fmt: skip


@settings(max_examples=50)
@given(st.sampled_from(PATHS), VALUES)
def test_what_the_judge_refuses_is_refused(path: str, value: object) -> None:
    wrong = changed(ingot(), {path: value}, [])
    if not judge().is_valid(wrong):
        assert check(wrong).faults


@given(st.sampled_from(PATHS))
def test_a_dropped_field_is_judged_alike(path: str) -> None:
    wrong = changed(ingot(), {}, [path])
    record, _ = shaped(ProductFootprint, wrong)
    assert (record is not None) == judge().is_valid(wrong)


def test_formats_that_the_schema_leaves_open_are_looked_at() -> None:
    for path, value in {
        "id": "6f7f2f5e", "created": "2026-03-20", "companyIds": ["urn:"],
        "pcf.fossilGhgEmissions": "1,5", "pcf.declaredUnitAmount": "٣",
    }.items():  # fmt: skip
        assert path in " ".join(
            fault.where for fault in check(changed(ingot(), {path: value}, [])).faults
        )


def test_a_later_standard_is_accepted() -> None:
    later = changed(ingot(), {"pcf.crossSectoralStandards": ["ISO14067:2030"], "x-note": 1}, [])
    assert check(later).faults == ()
