"""Whose a host is: imitators, copies, caches and proxies are never the publisher."""

from pathlib import Path

import pytest
import yaml

from tanzhe.text.files.plain import head_of
from tanzhe.text.names.publishers import tier_of

CASES = yaml.safe_load((Path(__file__).parent / "hosts.yaml").read_text(encoding="utf-8"))
NOBODY = {"mirror", "unknown"}  # 非政府: neither a government nor a medium


@pytest.mark.parametrize(
    ("url", "tier"), [case for kind in CASES for case in kind["例"]], ids=str
)  # fmt: skip
def test_tier_of_an_address(url: str, tier: str) -> None:
    found = tier_of(url)
    assert found in NOBODY if tier == "非政府" else found == tier


@pytest.mark.parametrize(
    ("line", "url"),
    [
        ("网址：www.gov.cn.copy.example/a", "http://www.gov.cn.copy.example/a"),
        ("网址：https://www.gov.cn/a", "https://www.gov.cn/a"),
        ("原文：https://www.gov.cn/a", None),  # where another page stands
        ("地址：昆明市五华区", None),
    ],
)
def test_the_address_a_head_states(line: str, url: str | None) -> None:
    assert head_of(f"标题：限电\n{line}\n正文").get("url") == url
