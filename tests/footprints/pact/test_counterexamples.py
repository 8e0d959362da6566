"""Every wrong version of the ingot is refused, and told where."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from footprints.ingot import DATA, changed, counterexamples, ingot
from tanzhe.cli.main import cli
from tanzhe.footprints.pact import check

# The field that a reader has to look at; where two disagree, either of them.
WHERE = {
    "total_is_not_the_sum": "pcf.pcfExcludingBiogenicUptake",
    "including_is_not_excluding_plus_uptake": "pcf.pcfIncludingBiogenicUptake",
    "positive_uptake": "pcf.biogenicCO2Uptake",
    "mass_is_not_the_declared_unit": "pcf.productMassPerDeclaredUnit",
    "zero_declared_unit": "pcf.declaredUnitAmount",
    "two_geographies": "pcf.geographyCountrySubdivision",
    "spec_version_of_two_parts": "specVersion",
    "missing_exempted_percent": "pcf.exemptedEmissionsPercent",
    "exempted_without_reason": "pcf.exemptedEmissionsDescription",
    "secondary_sources_missing": "pcf.secondaryEmissionFactorSources",
    "secondary_sources_with_all_primary": "pcf.secondaryEmissionFactorSources",
    "packaging_amount_without_flag": "pcf.packagingGhgEmissions",
    "capture_amount_without_flag": "pcf.ccsTechnologicalCO2Capture",
    "other_operator_without_name": "pcf.productOrSectorSpecificRules[0].otherOperatorName",
    "precedes_itself": "precedingPfIds",
    "validity_reversed": "validityPeriodEnd",
    "standard_of_the_park_account": "pcf.secondaryEmissionFactorSources[0].name",
}
CASES = counterexamples()


def test_there_are_27() -> None:
    assert len(CASES) == 27


def test_the_ingot_is_sound() -> None:
    checked = check(ingot())
    assert checked.faults == () == checked.advice
    assert checked.footprint is not None
    assert checked.footprint.json_object() == ingot()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_refused_with_where_and_what_to_do(case: dict[str, Any]) -> None:
    checked = check(changed(ingot(), case["set"], case["drop"]))
    places = [fault.where for fault in checked.faults]
    expected = WHERE.get(case["name"]) or next(iter(case["set"]))
    assert expected in places
    assert checked.footprint is None
    assert all(f.what.zh and f.what.en and f.do.zh and f.do.en for f in checked.faults)


def test_all_faults_are_told_at_once() -> None:
    wrong = changed(
        ingot(),
        {"pcf.fossilGhgEmissions": 6, "pcf.dqi.temporalDQR": "9", "status": "Old"},
        ["companyName"],
    )
    assert {fault.where for fault in check(wrong).faults} == {
        "companyName", "status", "pcf.fossilGhgEmissions", "pcf.dqi.temporalDQR",
    }  # fmt: skip


def test_verify_says_it_by_exit_code(tmp_path: Path) -> None:
    sound = CliRunner().invoke(cli, ["verify", str(DATA / "aluminium_ingot_yunnan.json")])
    assert sound.exit_code == 0 and "6.5299 kgCO2e / 1 kilogram" in sound.output
    wrong = tmp_path / "wrong.json"
    wrong.write_text(json.dumps({"data": changed(ingot(), {"pcf.biogenicCO2Uptake": "1"}, [])}))
    told = CliRunner().invoke(cli, ["verify", str(wrong), "--json"])
    assert told.exit_code == 1
    assert json.loads(told.output)["faults"][0]["where"] == "wrong.json: pcf.biogenicCO2Uptake"


@pytest.mark.parametrize(
    "raw", [b"[]", b"{", b'{"id": 1, "id": 2}', b'{"a": NaN}', b"\xff\xfe", b'"\\ud800"', b""]
)
def test_what_is_no_object_is_refused(raw: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(raw)
    assert CliRunner().invoke(cli, ["verify", str(path)]).exception is not None


def test_a_file_of_version_two_is_told_as_such() -> None:
    (fault,) = check(changed(ingot(), {"specVersion": "2.3.0"}, [])).faults
    assert fault.where == "specVersion" and "PACT 2.3.0" in fault.what.zh
