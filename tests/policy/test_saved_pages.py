"""A page saved from a browser, or copied from it, is read as the document it shows."""

from collections.abc import Callable
from typing import Any

import pytest
import yaml

from policy.made import RULES, goal_words, task_words
from policy.pages import LAYOUTS, Page, pasted
from tanzhe.model.policy import PolicyDocument
from tanzhe.policy.read import read_policy
from tanzhe.text import read_bytes

CASES: list[dict[str, Any]] = yaml.safe_load((RULES / "policy_pages.yaml").read_text("utf-8"))


def page_of(case: dict[str, Any]) -> Page:
    return Page(
        title=case["页面标题"],
        lines=tuple(case["原文"].strip().split("\n")),
        number=case["页面文号"],
        issuer=case["页面机关"],
        signed=case["页面成文日期"],
    )


def read(text: str, kind: str) -> PolicyDocument:
    return read_policy(read_bytes(text.encode(), kind))


def check(policy: PolicyDocument, case: dict[str, Any]) -> None:
    assert [one.words for one in policy.document_numbers] == case["文号"]
    assert [one.words for one in policy.issuers] == case["发文机关"]
    assert [one.words for one in policy.addressees] == case["主送机关"]
    assert policy.date == case["日期"]
    assert policy.status == "issued"
    assert goal_words(policy) == case.get("目标", [])
    if "任务" in case:
        assert task_words(policy) == case["任务"]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["名称"])
def test_the_document_itself(case: dict[str, Any]) -> None:
    if not case.get("文号只在页面"):
        check(read(case["原文"], "text/plain"), case)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda f: f.__name__)
@pytest.mark.parametrize("case", CASES, ids=lambda c: c["名称"])
def test_as_saved_and_as_pasted(case: dict[str, Any], layout: Callable[[Page], str]) -> None:
    if case.get("文号只在页面") and layout.__name__ not in ("particulars", "listed"):
        case = {**case, "文号": []}
    html = layout(page_of(case))
    check(read(html, "text/html"), case)
    check(read(pasted(html), "text/plain"), case)
