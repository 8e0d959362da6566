"""A clone is not weaker: what needs files beside the repository has a counterpart in it."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BESIDE = re.compile(r"\.\./shared|parent / \"shared|\"shared\"|beside the (?:project|repository)")
# Files whose tests are skipped where ../shared is absent, and what tries the same code without it.
COUNTERPARTS = {
    "eval/test_breaks_floor.py": "turning/test_breaks_confidence.py",
    "eval/test_ceads_floor.py": "series/test_basket.py",
    "eval/test_text_floor.py": "text/test_grid.py",
    "policy/test_annexes.py": "policy/test_cases.py",
    "policy/test_field_cases.py": "policy/test_saved_pages.py",
    "policy/test_seed.py": "policy/test_cases.py",
    "rulebook/test_notice_910.py": "rulebook/test_rule_cases.py",
    "rulebook/test_registers.py": "rulebook/test_rule_cases.py",
    "rulebook/test_rule_sets.py": "rulebook/test_rule_cases.py",
    "rulebook/test_tables.py": "rulebook/test_factor_cases.py",
    "series/test_additions.py": "series/test_appended_month.py",
    "series/test_behaviour.py": "series/test_meters.py",
    "series/test_carbon_monitor_file.py": "series/test_user_table.py",
    "series/test_checks_findings.py": "series/test_nbs_series.py",
    "series/test_downloads.py": "tables/test_layouts.py",
    "tables/test_field_cases.py": "tables/test_layouts.py",
    "tracking/test_command.py": "tracking/test_board.py",
    "turning/test_breaks.py": "turning/test_breaks_season.py",
    "turning/test_saturation.py": "turning/test_search.py",
    "cli/test_commands.py": "series/test_carbon_monitor_file.py",
    "parks/test_products.py": "parks/test_cases.py",
}


def test_every_file_that_skips_has_a_counterpart() -> None:
    skipping = {
        path.relative_to(ROOT / "tests").as_posix()
        for path in (ROOT / "tests").rglob("test_*.py")
        for text in [path.read_text("utf-8")]
        if path != Path(__file__) and "mark.skipif" in text and BESIDE.search(text)
    }
    assert skipping - COUNTERPARTS.keys() == set()


@pytest.mark.parametrize("name", sorted(set(COUNTERPARTS.values())))
def test_a_counterpart_runs_everywhere(name: str) -> None:
    text = (ROOT / "tests" / name).read_text("utf-8")
    tests = re.findall(r"^(?:@.*\n)*def test_", text, re.M)
    bound = [one for one in tests if "skip" in one or "needs_" in one]
    assert len(tests) - len(bound) > 0
