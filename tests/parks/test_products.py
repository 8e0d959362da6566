"""Products against the energy limits: the workbook, the terminal, the paper, the register."""

import csv
import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tanzhe.api.parks.office import read_park_workbook, write_park_report
from tanzhe.cli.lines.products import product_lines
from tanzhe.errors import InputError
from tanzhe.model.park import Assessment
from tanzhe.parks.assessment.assessment import assess_park
from tanzhe.parks.assessment.json import assessment_json
from tanzhe.parks.entry.faults import check_park
from tanzhe.parks.office import example_park, office_options, template
from tanzhe.rulebook import rule_set, rule_value, rule_values
from tanzhe.rulebook.energy_standards import edition, energy_standards
from tanzhe.rulebook.limited_products import limited_products, limits_of

REGISTER = Path(__file__).parents[3] / "shared/data/new_2026_11/gb_energy_limit_standards.csv"
needs_register = pytest.mark.skipif(
    not REGISTER.exists(), reason="the register of standards is not in ../shared"
)


def judged() -> Assessment:
    return assess_park(example_park(), rule_set("cn-yn-2025-987"))


def test_the_example_reaches_level_two() -> None:
    result = judged()
    assert [(one.metric, one.level) for one in result.products] == [
        ("综合交流电耗", 2), ("综合能耗", 2),
    ]  # fmt: skip
    (limit,) = [one for one in result.indicators if one.id == "product_limit"]
    assert (limit.status, limit.value) == ("met", 2.0)


def test_every_face_says_level_standard_date_and_that_limits_are_second_hand(
    tmp_path: Path,
) -> None:
    result = judged()
    lines = product_lines(result.products)
    page = write_park_report(result, tmp_path / "a.html").read_text(encoding="utf-8")
    for said in (lines, page):
        for part in ("2 级", "GB 21346-2022", "2024-01-01", "13,380 kWh/t", "二手", "当量值"):
            assert part in said, part
    tree = assessment_json(result)["products"][0]
    assert (tree["status"], tree["level"], tree["value"]) == ("level", 2, 13380.0)
    assert tree["in_force_from"] == "2024-01-01" and tree["second_hand"]
    assert write_park_report(result, tmp_path / "a.docx").stat().st_size > 0
    sheet = load_workbook(write_park_report(result, tmp_path / "a.xlsx"))["产品能耗"]
    assert [cell.value for cell in sheet[3]][4:10] == [13380, "kWh/t", 13300, 13400, 13750, "2 级"]


def test_an_older_workbook_without_the_sheet_is_read(tmp_path: Path) -> None:
    book = template(office_options(), example_park())
    held = io.BytesIO()
    book.save(held)
    older = load_workbook(held)
    del older["产品能耗"]
    older.save(tmp_path / "园区.xlsx")
    read = check_park(read_park_workbook(tmp_path / "园区.xlsx"), rule_set("cn-yn-2025-987"))
    assert read == example_park().model_copy(update={"products": ()})


def test_negative_energy_goes_through_the_workbook(tmp_path: Path) -> None:
    first, second = example_park().products
    changed = {"product": "转炉钢", "route": "", "metric": "", "energy": -1500.0}
    rows = (first, second.model_copy(update=changed))
    park = example_park().model_copy(update={"products": rows})
    path = tmp_path / "园区.xlsx"
    template(office_options(), park).save(path)
    assert check_park(read_park_workbook(path), rule_set("cn-yn-2025-987")) == park


def test_every_product_with_limits_has_its_standard_in_the_register() -> None:
    numbers = {one.number for one in energy_standards()}
    for product in limited_products():
        stands = edition(product.name, 2027)
        assert stands is not None and stands.standard is not None, product.name
        for route in product.routes:
            limits = limits_of(product, route)
            assert limits and all(one.standard == stands.standard.number for one in limits)
            assert all(one.standard in numbers for one in limits)


def test_limits_are_used_from_the_year_of_force() -> None:
    register = {one.number: one for one in energy_standards()}
    for value in rule_values("energy_limits"):
        standard = register[value.authority.number]
        assert standard.in_force_from is not None
        assert value.used_from == int(standard.in_force_from[:4])
        assert value.authority.published == standard.published
    assert rule_value("energy_limits.cement.energy.level2", year=2022).value.value == 87
    with pytest.raises(InputError, match="最早用于 2026 年"):
        rule_value("energy_limits.sintering.energy.level2", year=2025)


def test_names_of_products_are_not_shared() -> None:
    names = [n for one in limited_products() for n in (one.name, *one.aliases)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("product", "year", "number", "before"),
    [
        ("水泥", 2022, "GB 16780-2021", True),  # in force from November
        ("水泥", 2023, "GB 16780-2021", False),
        ("硫酸", 2024, "GB 29141-2012", False),
        ("硫酸", 2025, "GB 29141-2024", True),
        ("硫酸", 2026, "GB 29141-2024", False),
        ("稀土冶炼", 2026, "GB 29435-2012", False),
        ("稀土冶炼", 2027, "GB 29435-2025", False),  # from the first day of the year
    ],
)
def test_the_edition_of_a_year(product: str, year: int, number: str, before: bool) -> None:
    stands = edition(product, year)
    assert stands is not None and stands.standard is not None
    assert (stands.standard.number, bool(stands.before)) == (number, before)


def test_a_standard_to_come_is_told() -> None:
    stands = edition("稀土冶炼", 2026)
    assert stands is not None and stands.coming is not None
    assert stands.coming.in_force_from == "2027-01-01"
    assert edition("水泥", 2020) is not None and edition("水泥", 2020).standard is None  # type: ignore[union-attr]
    assert edition("工业机器人", 2026) is None


@needs_register
def test_the_register_was_taken_over() -> None:
    with REGISTER.open(encoding="utf-8") as file:
        rows = {row["number"]: row for row in csv.DictReader(file)}
    ours = {one.number: one for one in energy_standards()}
    assert set(rows) <= set(ours) and len(rows) == 53
    dated = [row for row in rows.values() if row["in_force_from"]]
    assert len(dated) == 37
    for row in dated:
        one = ours[row["number"]]
        assert (one.published, one.in_force_from) == (row["published"], row["in_force_from"])
        assert one.subject == row["subject (单位产品能源消耗限额)"]
