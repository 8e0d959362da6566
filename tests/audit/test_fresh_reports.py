"""What reports of consultants have wrong, by small ones whose faults are known."""

from audit.made import audited, kinds, read, text_of


def said(text: str) -> str:
    return "\n".join(one.explanation for one in audited(text).findings)


def test_a_change_told_the_wrong_way_round() -> None:
    wrong = text_of(effect="排放上升12%，由1000万吨降至880万吨")
    assert "之间是下降，却写成“上升12%”" in said(wrong)
    assert not any("12%" in p.zh for p in audited(wrong).passed)
    right = text_of(effect="排放下降12%，由1000万吨降至880万吨")
    assert kinds(right) == set()
    assert any("相合" in p.zh for p in audited(right).passed)


def test_the_window_that_a_heading_states() -> None:
    wide = text_of(point="转折点：2021年9月（窗口2021年5月—2022年4月）", when="2022年4月20日")
    assert "date_out_of_window" not in kinds(wide)
    assert "date_out_of_window" in kinds(text_of(when="2022年4月20日"))
    narrow = text_of(point="转折点：2021年9月（窗口2021年9月—2021年10月）", when="2021年12月3日")
    assert "2021-09—2021-10" in said(narrow)


def test_shares_of_kinds_of_one_whole() -> None:
    wrong = "水泥、钢铁、有色占比分别为45%、35%、28%"
    assert "108% 超过 100%" in said(text_of(effect=wrong))
    for right in (
        "水泥、钢铁、有色占比分别为45%、35%、18%",
        "贵阳、遵义水电占比分别为80%、60%",  # each of its own power
        "2020年和2021年火电占比分别为65%、62%",
    ):
        assert "超过 100%" not in said(text_of(effect=right))


def test_a_day_that_does_not_exist_is_no_date() -> None:
    text = text_of(when="2021年2月30日")
    assert "date_missing_or_vague" in kinds(text)
    below = text_of(when="2021年2月30日\n     印发于2021年9月10日")
    assert "“2021年2月30日" in said(below)


def test_a_target_is_quoted_where_it_is_told() -> None:
    effect = "到2030年非化石能源消费比重已达到25%，水泥、钢铁、有色占比分别为45%、30%、20%"
    assert "“到2030年非化石能源消费比重已达到25%”却写成" in said(text_of(effect=effect))


def test_a_heading_with_its_event_and_fields_below() -> None:
    report = read(
        "# 山西省电力碳排放变化原因\n\n一、2021年10月 煤炭保供\n时间：2021年10月8日\n"
        "说明：火电多发25亿千瓦时。\n来源：国家能源局 http://www.nea.gov.cn/2021-10/08/c_1.htm\n\n"
        "二、2022年8月 高温\n时间：2022年8月15日\n说明：火电多发30亿千瓦时。\n"
        "来源：国家能源局 http://www.nea.gov.cn/2022-08/15/c_2.htm\n"
    )
    assert [(i.point, i.title) for i in report.items] == [
        ("2021-10", "煤炭保供"),
        ("2022-08", "高温"),
    ]
    assert report.understood >= 0.5


def test_a_mark_without_its_reference() -> None:
    body = (
        "# 贵州省工业碳排放转折点\n\n## 2021年9月\n\n2021年9月10日贵州压减负荷120万千瓦[1]，"
        "遵义减产3万吨[3]。\n\n## 参考文献\n\n"
        "[1] 通知. 贵州省能源局. 2021-09-13. http://nyj.guizhou.gov.cn/zwgk/202109/t20210913_1.html\n"
        "[2] 公报. 贵州省统计局. 2021-10-20. http://stjj.guizhou.gov.cn/a/202110/t20211020_1.html\n"
    )
    assert "引用了 [3]，参考文献里没有这一条" in said(body)
    assert "参考文献里没有" not in said(body.replace("[3]", "[2]"))


def test_the_names_of_columns_are_no_item() -> None:
    report = read(
        "# 贵州省工业碳排放\n\n| 时间 | 走势 | 主要产品 |\n|---|---|---|\n"
        "| 2021年9月 | 因限电下降12% | 水泥和电解铝 |\n| 2020年2月 | 因疫情下降20% | 粗钢和水泥 |\n"
    )
    assert all("主要产品" not in i.title and i.title != "走势" for i in report.items)
