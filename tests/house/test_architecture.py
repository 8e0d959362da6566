"""ARCHITECTURE.md and what stands beside it say what is there."""

import re
import tomllib
from pkgutil import resolve_name

import pytest
import yaml

from house.test_house import LEVELS, ROOT, SOURCE

PAGE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
PAGES = ("ARCHITECTURE.md", "CONTRIBUTING.md", "CONTRIBUTING.zh.md", "SECURITY.md",
         "docs/releasing.md")  # fmt: skip


def test_every_package_stands_on_its_level() -> None:
    said = {
        name: float(level)
        for level, names in re.findall(r"^\| ([\d.]+) \| ([^|]+) \|", PAGE, re.M)
        for name in re.findall(r"`(\w+)`", names)
    }
    assert said == {name: float(level) for name, level in LEVELS.items()}


def test_levels_name_what_is_there() -> None:
    there = {
        path.stem
        for path in SOURCE.iterdir()
        if (path.suffix == ".py" or path.is_dir()) and path.stem not in ("__init__", "__pycache__")
    }
    assert there == set(LEVELS)


@pytest.mark.parametrize("name", PAGES)
def test_paths_and_links_lead_somewhere(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    paths = re.findall(r"`((?:src|tests|bench|docs|\.ci)/[\w./]+)`", text)
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]
    lost = [path for path in paths if not (ROOT / path).exists()]
    lost += [link for link in links if not ((ROOT / name).parent / link).exists()]
    assert lost == []


_ADDRESS = re.compile(r"(?<![\w/.@-])tanzhe(?:\.[A-Za-z_]\w*)+(?![\w-])")
_FILES = (".log", ".md", ".git")


def test_addresses_that_are_told_lead_somewhere() -> None:
    """Messages, docstrings and pages name a function where it is, also after it has moved."""
    told = {
        (str(path.relative_to(ROOT)), address)
        for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *SOURCE.rglob("*.py"))
        for address in _ADDRESS.findall(path.read_text(encoding="utf-8"))
        if not address.endswith(_FILES)
    }
    assert len(told) > 1000
    lost = []
    for path, address in sorted(told):
        try:
            resolve_name(address)
        except (ImportError, AttributeError):
            lost.append((path, address))
    assert lost == []


def test_both_contributing_pages_say_as_much() -> None:
    zh, en = ((ROOT / name).read_text(encoding="utf-8") for name in PAGES[2:0:-1])
    commands = re.compile(r"^(?:python|pip|pytest|bash) [^#\n]*", re.M)
    assert [c.strip() for c in commands.findall(zh)] == [c.strip() for c in commands.findall(en)]
    assert set(re.findall(r"`([^`\n]+/[^`\n]+)`", en)) >= set(
        re.findall(r"`([^`\n]+/[^`\n]+)`", zh)
    )


def test_issue_forms_are_in_both_languages() -> None:
    for path in (ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml"):
        form = yaml.safe_load(path.read_text(encoding="utf-8"))
        words = [
            form["name"],
            form["description"],
            *(p["attributes"]["label"] for p in form["body"]),
        ]
        for text in words:
            assert re.search(r"[\u4e00-\u9fff]", text) and re.search(r"[A-Za-z]{2}", text), text


def test_the_version_stands_alike_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["version"] == project["version"]
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## {project['version']}" in changelog


def test_hooks_run_what_ci_runs() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    for hook in hooks["repos"][0]["hooks"]:
        assert hook["entry"] == "pytest tests/house" or hook["entry"] in ci


def test_extras_are_those_of_the_project() -> None:
    from tanzhe.extras import EXTRAS

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert set(EXTRAS.values()) <= set(project["optional-dependencies"])
