"""An English report of a park is English: Chinese stands in names and quotes alone."""

import io
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from reports.made_products import MAKERS, assessed, made
from tanzhe.api.files.forms import write
from tanzhe.cli.main import cli
from tanzhe.model.told import Told
from tanzhe.parks.assessment.assessment import assess_park
from tanzhe.parks.entry.park import read_park
from tanzhe.parks.office import example_park
from tanzhe.reports.pages.blocks import lines_of, plain, walk
from tanzhe.reports.park.years import ParkYears
from tanzhe.reports.products import page_of
from tanzhe.rulebook import rule_set

CHINESE = re.compile("[\u3400-\u9fff]")
# A name or a quote: a title, a text in quotes, the number of a document and its place there.
NAMED = re.compile(r"《[^》]*》|“[^”]*”|[\u4e00-\u9fff]{2,6}〔\d{4}〕\d+号[^;.]*")
PARK = {
    "name": "Green Park",
    "region": "云南",
    "year": 2025,
    "equivalence_kgce_per_kwh": 0.3,
    "equivalence_source": "bulletin",
    "fuels": [
        {"fuel": "coal", "purpose": "fuel", "quantity": 9000, "unit": "t",
         "factor_tco2": 2.1, "energy_gj_per_unit": 21},
        {"fuel": "naphtha", "purpose": "feedstock", "quantity": 100, "unit": "t",
         "factor_tco2": 3.1, "energy_gj_per_unit": 44},
    ],
    "electricity": [
        {"id": "E1", "supply": "grid", "kwh": 6e8, "firm": "Smelter", "certificates": [
            {"id": "C1", "mwh": 1000, "generated": "2025-03", "status": "cancelled",
             "holder": "Smelter"},
            {"id": "C2", "mwh": 1000, "generated": "2024-03", "status": "cancelled",
             "holder": "Smelter"},
            {"id": "C3", "mwh": 500, "generated": "2025-03", "status": "held",
             "holder": "Smelter"}]},
        {"id": "E2", "supply": "direct", "generation": "nonfossil", "kwh": 1e8},
        {"id": "E3", "supply": "onsite", "generation": "waste_heat", "kwh": 1e6},
        {"id": "E4", "supply": "exported", "generation": "nonfossil", "kwh": 1e6},
    ],
    "heat": [{"id": "H1", "direction": "in", "gj": 500, "fossil": True}],
    "processes": [{"product": "lime", "output_t": 2e5, "factor_tco2_per_t": 0.68}],
    "offsets": [{"kind": "forest", "tco2": 10}],
    "indicators": {"roof_pv": {"value": 0.4}, "water_reuse": {"value": 0.9, "evidence": "x"},
                   "cfp_products": {"value": 3}, "product_limit": {"value": 2}},
    "excuses": {"waste_energy": "there is none", "roof_pv": "later"},
    "projects": [{"name": "PV", "investment": 100, "period": "2026", "abatement": 50}],
}  # fmt: skip


def strange(text: str) -> list[str]:
    """Chinese words of a text that are no names and no quotes."""
    return [one for one in text.splitlines() if CHINESE.search(NAMED.sub("", one))]


@pytest.mark.parametrize("rules", ["cn-yn-2025-987", "cn-ndrc-2025-910"])
@pytest.mark.parametrize("scale", [1, 0.01], ids=["judged", "below all tiers"])
def test_a_report_has_no_chinese_outside_names_and_quotes(rules: str, scale: float) -> None:
    tree = {**PARK, "electricity": [{**one, "kwh": one["kwh"] * scale,
                                     "certificates": one.get("certificates", []) if scale == 1
                                     else []} for one in PARK["electricity"]]}  # fmt: skip
    result = assess_park(read_park(tree), rule_set(rules))
    told = write(result, "md", "en").content.decode()
    assert strange(told) == []
    assert len(told) > 5000


@pytest.mark.parametrize("rules", ["cn-yn-2025-987", "cn-ndrc-2025-910"])
def test_a_workbook_has_no_chinese_outside_names_and_quotes(rules: str) -> None:
    result = assess_park(read_park(PARK), rule_set(rules))
    before = assess_park(read_park({**PARK, "year": 2024}), rule_set(rules))
    years = ParkYears(result=result, earlier=(before,))
    book = load_workbook(io.BytesIO(write(years, "xlsx", "en").content))
    assert "Years" in book.sheetnames and not strange("\n".join(book.sheetnames))
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [one for one in cells if strange(one)] == []
    assert any(one.startswith("=SUMIF('Account'!") for one in cells)


def test_a_figure_nobody_knows_is_told_in_english() -> None:
    tree = {**PARK, "heat": [{"id": "H1", "direction": "in", "gj": None, "fossil": True}]}
    result = assess_park(read_park(tree), rule_set("cn-yn-2025-987"))
    assert "H1 heat is missing" in write(result, "md", "en").content.decode()
    assert strange(write(result, "md", "en").content.decode()) == []


def test_both_languages_say_the_same_sentences_of_a_result() -> None:
    """No sentence of the Chinese assessment lacks its English."""
    lacking = []

    def look(tree: object, path: str) -> None:
        if isinstance(tree, Told):
            if tree and CHINESE.search(NAMED.sub("", tree.en)):
                lacking.append((path, tree.en))
        elif isinstance(tree, dict):
            for key, one in tree.items():
                look(one, f"{path}.{key}")
        elif isinstance(tree, list | tuple):
            for one in tree:
                look(one, path)

    for rules in ("cn-yn-2025-987", "cn-ndrc-2025-910"):
        look(assess_park(read_park(PARK), rule_set(rules)).model_dump(exclude={"park"}), rules)
    assert lacking == []


def test_a_sentence_survives_being_saved() -> None:
    result = assessed()
    again = type(result).model_validate_json(result.model_dump_json())
    assert again.reasons == result.reasons
    assert [one.en for one in again.reasons] == [one.en for one in result.reasons]
    assert again.reasons[0].en.startswith("core indicator")


@pytest.mark.parametrize("name", ["Assessment", "ParkYears", "ParkApplication", "MidTerm",
                                  "Comparison", "Plan"])  # fmt: skip
def test_english_pages_of_parks_have_english_headings_and_captions(name: str) -> None:
    page = page_of(made(name), "en")
    own = {example_park().name, "乙园区"}
    for block in walk(page.blocks):
        if type(block).__name__ == "Heading":
            for line in lines_of(block):
                text = plain(line)
                for one in own:
                    text = text.replace(one, "")
                assert not CHINESE.search(text), text
        if type(block).__name__ == "Table":
            assert not CHINESE.search(block.caption + block.unit)
            assert not any(CHINESE.search(plain(cell)) for cell in block.head)
    assert name in MAKERS


def test_the_terminal_speaks_english_where_it_is_asked_to(tmp_path: Path) -> None:
    file = tmp_path / "park.json"
    file.write_text(json.dumps(PARK, ensure_ascii=False), encoding="utf-8")
    asked = ["--lang", "en", "park", "assess", str(file)]
    done = CliRunner().invoke(cli, asked)
    told = json.loads(CliRunner().invoke(cli, [*asked, "--json"]).output)
    assert done.exit_code == 1, done.output
    assert strange(done.output) == []
    assert told["reasons"][0].startswith("core indicator “emissions per energy” not met")
    assert "purchased power" in [line["what"] for line in told["lines"]]
