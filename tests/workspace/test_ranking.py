"""What search finds, in which order, and how many: as a reader of the documents would say."""

import pytest

from tanzhe.workspace import Found, Workspace
from tanzhe.workspace.denial import is_denied


def put(workspace: Workspace, name: str, text: str, title: str = "") -> str:
    return workspace.add(text.encode(), text=text, name=name, media_type="text/plain", title=title)


def names(found: Found) -> list[str]:
    return [hit.document.name for hit in found.hits]


def test_what_is_denied_comes_last_however_often(workspace: Workspace) -> None:
    put(workspace, "限", "云南对电解铝企业限电，压减负荷。")
    put(workspace, "未限", "全省未限电，没有限电，也不会限电；限电已经解除。" * 3)
    found = workspace.search("限电")
    assert names(found) == ["限", "未限"]
    assert [(hit.count, hit.denied) for hit in found.hits] == [(1, 0), (12, 12)]


def test_more_in_less_text_and_in_the_title_comes_first(workspace: Workspace) -> None:
    filler = "全省经济运行总体平稳，各项工作有序推进。" * 30
    put(workspace, "一处", f"{filler}限电。{filler}")
    put(workspace, "多处", f"限电，限电，限电。{filler}{filler}")
    put(workspace, "标题", f"{filler}限电！{filler}", title="云南限电的通知")
    assert names(workspace.search("限电")) == ["标题", "多处", "一处"]


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("CO2", "减少CO₂排放"), ("co2", "ＣＯ２"), ("CO₂", "the CO2 of cement"),
        ("限电", "雲南限電"), ("限電", "云南限电"), ("干旱", "西南乾旱"), ("后续", "後續措施"),
        ("里程碑", "里程碑"), ("百分点", "12個百分點"), ("YUNNAN", "Yunnan smelters"),
        ("２０２１", "2021年"), ("m2", "m²"),
    ],
)  # fmt: skip
def test_script_case_width_and_raised_signs_do_not_matter(
    workspace: Workspace, asked: str, text: str
) -> None:
    put(workspace, "a", text)
    put(workspace, "b", "别的事情")
    found = workspace.search(asked)
    assert names(found) == ["a"] and found.total == 1
    hit = found.hits[0]
    assert len(text[hit.start : hit.end]) == len(asked)


def test_all_are_counted_and_few_are_shown(workspace: Workspace) -> None:
    for number in range(57):
        put(workspace, str(number), f"限电第{number}号")
    found = workspace.search("限电", 5)
    assert (len(found.hits), found.total, found.exact) == (5, 57, True)


def test_minus_leaves_out_and_quotes_keep_together(workspace: Workspace) -> None:
    put(workspace, "两者", "云南限电，铝厂减产。")
    put(workspace, "限电", "云南限电。")
    put(workspace, "分开", "云南因干旱限电。")
    assert set(names(workspace.search("限电 -减产"))) == {"限电", "分开"}
    assert workspace.search("限电 -减产", 1).total == 2
    assert set(names(workspace.search("限电 －“云南限电”"))) == {"分开"}
    assert set(names(workspace.search('"云南 限电"'))) == {"两者", "限电"}
    assert set(names(workspace.search("云南 限电"))) == {"两者", "限电", "分开"}
    assert workspace.search("-限电").total == 0


def test_a_phrase_over_the_end_of_the_title_is_none(workspace: Workspace) -> None:
    put(workspace, "a", "电力供应紧张", title="关于时限")
    assert workspace.search("限电").total == 0


DENIED = (
    "未限电 没有出现限电 未发生大面积限电 取消限电 解除对电解铝企业的限电 限电已解除 "
    "限电措施全面取消 不再限电 未对居民限电 停止了限电 避免拉闸限电 不会限电 "
    "限电措施已于2022年4月解除 限电自5月1日起取消 全省不存在限电 未出现“限电”"
)
ASSERTED = (
    "限电 未来限电 无锡限电 不锈钢企业限电 不得不限电 不能不限电 不排除限电 不仅限电 没有不限电 "
    "限电，未停产 不是不限电 未完成任务，开始限电 限电后取消检修 无论是否限电"
)


@pytest.mark.parametrize("text", DENIED.split())
def test_denied(text: str) -> None:
    assert is_denied(text, text.index("限电"), text.index("限电") + 2)


@pytest.mark.parametrize("text", ASSERTED.split())
def test_not_denied(text: str) -> None:
    assert not is_denied(text, text.index("限电"), text.index("限电") + 2)


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("there was no power rationing", True), ("the power rationing was lifted", True),
        ("without any power rationing", True), ("power rationing in yunnan", False),
        ("not long ago, power rationing began", False), ("it ended power rationing", True),
    ],
)  # fmt: skip
def test_denied_in_english(text: str, denied: bool) -> None:
    start = text.index("power")
    assert is_denied(text, start, start + len("power rationing")) is denied
