"""The cases an officer can read, tests/rules/rulebook*.yaml."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tanzhe.errors import InputError
from tanzhe.model.park import Override
from tanzhe.rulebook import rule_value

FOLDER = Path(__file__).parents[1] / "rules"
NOTES = {"carried": "沿用", "not_checked": "未核对", "override": "替代"}


class _Text(yaml.SafeLoader):
    """Dates stay text, as the product takes them."""


_Text.yaml_implicit_resolvers = {
    key: [(tag, regexp) for tag, regexp in resolvers if not tag.endswith("timestamp")]
    for key, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
CASES = [
    case
    for path in sorted(FOLDER.glob("rulebook*.yaml"))
    for case in yaml.load(path.read_text(encoding="utf-8"), Loader=_Text)
]


def overrides(case: dict[str, Any]) -> tuple[Override, ...]:
    if "替代" not in case:
        return ()
    own = case["替代"]
    return (
        Override(
            id=case["编号"],
            value=own["值"],
            unit=own["单位"],
            document=own["文件"],
            quote=own["引文"],
        ),
    )


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["名称"])
def test_case(case: dict[str, Any]) -> None:
    def ask() -> Any:
        return rule_value(
            case["编号"],
            year=case["年份"],
            known_on=case.get("当日"),
            overrides=overrides(case),
        )

    if "拒绝" in case:
        with pytest.raises(InputError) as caught:
            ask()
        assert case["拒绝"] in caught.value.said("zh")
        return
    found = ask()
    assert found.value.value == pytest.approx(case["值"])
    assert found.value.unit == case["单位"]
    assert sorted(NOTES[n.code.split(".")[0]] for n in found.notes) == sorted(case.get("提示", []))
