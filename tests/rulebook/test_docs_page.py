"""docs/rulebook/rulebook.md cannot lie: its Python runs, and it names every table and set."""

import doctest
import re
from pathlib import Path

from tanzhe.rulebook import fuel_sets, rule_set_ids, table_names, tables

PAGE = (Path(__file__).parents[2] / "docs/rulebook/rulebook.md").read_text(encoding="utf-8")


def test_its_python_runs() -> None:
    (python,) = re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    example = doctest.DocTestParser().get_doctest(python, {}, "rulebook.md", None, 0)
    runner = doctest.DocTestRunner(verbose=False)
    runner.run(example)
    assert runner.tries > 0 and runner.failures == 0


def test_it_names_every_table_and_set() -> None:
    named = set(re.findall(r"`([\w.-]+)`", PAGE))
    sets = {one.table.removeprefix("process.") for one in tables("process")}
    there = set(table_names()) | set(fuel_sets()) | sets | set(rule_set_ids())
    assert there <= named, f"name {there - named} in the tables of docs/rulebook/rulebook.md"
