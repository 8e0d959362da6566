"""Whose a host is: imitators, copies, caches and proxies are never the publisher."""

from pathlib import Path

import pytest
import yaml

from tanzhe.text.publishers import tier_of

CASES = yaml.safe_load((Path(__file__).parent / "hosts.yaml").read_text(encoding="utf-8"))
NOBODY = {"mirror", "unknown"}  # 非政府: neither a government nor a medium


@pytest.mark.parametrize(
    ("url", "tier"), [case for kind in CASES for case in kind["例"]], ids=str
)  # fmt: skip
def test_tier_of_an_address(url: str, tier: str) -> None:
    found = tier_of(url)
    assert found in NOBODY if tier == "非政府" else found == tier
