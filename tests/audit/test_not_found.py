"""An honest “not found” is no defect."""

import pytest

from audit.made import audited, read

PHRASES = [
    "未找到相关政策或事件。",
    "本周期内未监测到相关政策性文件及重大事件。",
    "啥也没找着。",
    "还是啥也没有。",
    "依然没消息。",
    "暂无。",
    "没有检索到符合条件的文件。",
    "经查，无符合要求的重大事件。",
    "这段时间没什么动静。",
    "查无结果。",
    "一无所获。",
    "未能检索到任何相关材料。",
    "没搜到。",
    "未发现相关记录",
    "无",
    "本月空白。",
    "检索“贵州 限产”“贵州 限电”共读文件312份，未找到。",
    "No relevant policy or event was found.",
    "Nothing found.",
    "- 未找到",
    "**未检索到相关内容**",
    "> 没有找到",
]


@pytest.mark.parametrize("words", PHRASES)
@pytest.mark.parametrize(
    "heading", ["## 转折点：2021年3月 - 置信度：68%", "## 2021年3月（可信度68%）"]
)
def test_not_found_is_left_alone(words: str, heading: str) -> None:
    text = f"# 贵州省工业碳排放转折点\n\n{heading}\n\n{words}\n"
    assert audited(text).findings == ()
    report = read(text)
    assert report.items == [] and report.points[0].empty


def test_not_found_beside_an_item() -> None:
    text = (
        "# 贵州省工业\n\n## 2021年9月（可信度70%）\n\n- **遵义水泥限产**：9月5日起停窑20天。"
        "[报道](https://www.chinanews.com.cn/cj/2021/09-06/1.shtml)\n\n其他没找到。\n"
    )
    assert audited(text).findings == ()
