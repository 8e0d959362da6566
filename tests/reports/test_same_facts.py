"""The registers differ in words, never in facts."""

import re

import pytest
from hypothesis import HealthCheck, given, settings

from reports.made import FOUND, yunnan
from reports.random_findings import random_findings
from reports.reading import collected, fact_numbers, facts_said, numbers, silenced
from tanzhe.errors import Language
from tanzhe.reports import Findings, build
from tanzhe.reports.registers.register import find_register, registers
from tanzhe.reports.registers.wording import worded

FULL = [name for name in registers() if find_register(name).length == "full"]


def check(found: Findings, language: Language) -> None:
    report = build(found, language=language)
    texts = {name: worded(report, find_register(name, language), language) for name in registers()}
    wanted = collected(texts[FULL[0]])
    for name in FULL:
        assert collected(texts[name]) == wanted, name
        unsaid = report.fact_ids() - facts_said(report, texts[name], language)
        assert [f for f in report.facts if f.id in unsaid] == [], name
    for name in registers():
        assert numbers(texts[name]) - fact_numbers(report) == set(), name
        own = worded(silenced(report), find_register(name, language), language)
        assert numbers(own) == set(), name
        assert "None" not in texts[name], name


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("found", [make() for make in FOUND.values()], ids=list(FOUND))
def test_registers_carry_the_same_facts(found: Findings, language: Language) -> None:
    check(found, language)


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(random_findings())
def test_registers_carry_the_same_facts_whatever_was_found(found: Findings) -> None:
    check(found, "zh")
    check(found, "en")


def test_every_fact_is_in_some_sentence() -> None:
    report = build(yunnan())
    assert report.fact_ids() == {fact.id for fact in report.facts}


def test_the_short_register_adds_nothing() -> None:
    report = build(yunnan())
    brief = collected(worded(report, find_register("brief"), "zh"))
    plain = collected(worded(report, find_register("plain"), "zh"))
    for what, found in brief.items():
        assert found <= plain[what], what


def test_a_dropped_fact_would_be_noticed() -> None:
    report = build(yunnan())
    text = worded(report, find_register("plain"), "zh").replace("326万吨", "很多")
    assert report.fact_ids() - facts_said(report, text, "zh")
    assert re.search(r"\d", worded(silenced(report), find_register("formal"), "zh")) is not None
