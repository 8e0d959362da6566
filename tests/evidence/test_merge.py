"""Five news items on one circular are one event with five sources; two circulars stay two."""

import hashlib

import pytest

from tanzhe.evidence.events.page import Page
from tanzhe.evidence.finders.find import checked_events
from tanzhe.evidence.links.merge import core_title, merge_events
from tanzhe.model import Event, Source
from tanzhe.text.names.publishers import tier_of

TITLE = "云南省发展和改革委员会关于坚决做好能耗双控有关工作的通知"
CIRCULAR = f"""{TITLE}
云发改产业〔2021〕2043号
各州（市）人民政府：
为坚决做好能耗双控工作，经省人民政府同意，现通知如下。
一、加强钢铁行业生产管控。二、加强水泥行业生产管控，2021年9月水泥产量在8月基础上压减80%以上。
云南省发展和改革委员会
2021年9月11日
"""
# host: title, text; outlets, wording and days of posting differ.
NEWS = {
    "www.yicai.com": (
        "云南省加码能耗双控",
        "云南省加码能耗双控\n发布时间：2021-09-13\n9月12日从省政府获悉，云南省发展和改革委员会印发"
        "《关于坚决做好能耗双控有关工作的通知》（云发改产业〔2021〕2043号），要求水泥企业减产。",
    ),
    "finance.sina.com.cn": (
        "黄磷价格风暴",
        "黄磷价格风暴\n发布时间：2021-09-14\n9月11日，云南省发改委下发"
        "《关于坚决做好能耗双控有关工作的通知》，黄磷企业月均产量不得超过1—8月平均产量的10%。",
    ),
    "www.caixin.com": (
        "云南严控高耗能",
        "云南严控高耗能\n发布时间：2021年9月15日\n财新记者获悉，云南省发改委9月11日发布"
        "《坚决做好能耗双控有关工作的通知》，对钢铁、水泥、黄磷、电解铝实施生产管控。",
    ),
    "www.thepaper.cn": (
        "西南一省铝厂受限",
        "西南一省铝厂受限\n发布时间：2021-09-17\n云南省发展改革委于2021年9月11日印发"
        f"《{TITLE}》，电解铝企业受到影响。",
    ),
    "news.smm.cn": (
        "云南双控政策升级",
        "云南双控政策升级\n发布时间：2021-10-14\n据了解，9月11日云南省发展改革委印发"
        "《关于坚决做好能耗双控有关工作的通知》，电解铝企业9—12月产量不高于8月产量。",
    ),
}
CLONE = "www.yn.gov.cn.policy-info.example"


def events(host: str, title: str, text: str) -> tuple[Event, ...]:
    url = f"https://{host}/a"
    sha256 = hashlib.sha256(f"{url}{text}".encode()).hexdigest()
    source = Source(url=url, publisher=host, tier=tier_of(url), sha256=sha256)
    return checked_events(Page(sha256=sha256, text=text, title=title, source=source), text)


def told() -> list[Event]:
    found = [one for host, (title, text) in NEWS.items() for one in events(host, title, text)]
    return [*found, *events(CLONE, TITLE, CIRCULAR), *events("fgw.yn.gov.cn", TITLE, CIRCULAR)]


@pytest.mark.parametrize("backwards", [False, True])
def test_five_news_items_and_the_circular_are_one_event(backwards: bool) -> None:
    found = merge_events(reversed(told()) if backwards else told())
    assert [event.name for event in found] == [TITLE]
    (one,) = found
    assert one.document_number == "云发改产业〔2021〕2043号"
    assert (one.dates[0].kind, one.dates[0].date) == ("signed", "2021-09-11")
    tiers = {source.publisher: source.tier for source in one.sources}
    assert set(tiers) == {*NEWS, "fgw.yn.gov.cn", CLONE}
    # The publisher stands first; clone and portal are neither publisher nor source of their own.
    assert one.sources[0].publisher == "fgw.yn.gov.cn"
    assert (tiers[CLONE], tiers["finance.sina.com.cn"]) == ("mirror", "mirror")


OTHER = CIRCULAR.replace("坚决做好能耗双控有关工作", "进一步加强能耗双控预警管理").replace(
    "2043", "2099"
)


@pytest.mark.parametrize("number", ["云发改产业〔2021〕2099号\n", ""])
def test_two_circulars_of_one_month_stay_two(number: str) -> None:
    text = OTHER.replace("云发改产业〔2021〕2099号\n", number).replace("9月11日", "9月13日")
    other = events("fgw.yn.gov.cn", text.splitlines()[0], text)
    assert len(other) == 1
    found = merge_events([*told(), *other])
    assert len(found) == 2
    assert sorted(len(event.sources) for event in found) == [1, 7]


def test_a_statistic_of_the_year_is_not_the_policy() -> None:
    text = (
        "2021年云南工业运行情况\n发布时间：2022-02-10\n"
        "2021年，受能耗双控影响，云南省水泥产量同比下降12.1%，其中9月减产45%。"
    )
    found = merge_events([*told(), *events("stats.yn.gov.cn", "2021年云南工业运行情况", text)])
    one = next(event for event in found if event.name == TITLE)
    assert "stats.yn.gov.cn" not in {source.publisher for source in one.sources}


def test_what_a_circular_builds_on_is_not_the_circular() -> None:
    text = (
        "昆明市发布能耗双控措施\n发布时间：2021-09-20\n9月18日，昆明市发改委根据"
        "《关于坚决做好能耗双控有关工作的通知》印发《关于水泥企业能耗双控的实施意见》。"
    )
    own = events("fgw.km.gov.cn", "昆明市发布能耗双控措施", text)
    assert len(own) == 1
    assert len(merge_events([*told(), *own])) == 2


def test_the_same_title_of_another_province_or_year_is_another() -> None:
    there = CIRCULAR.replace("云南", "贵州").replace("云发改产业〔2021〕2043号\n", "")
    later = CIRCULAR.replace("2021年9月11日", "2022年9月15日").replace("〔2021〕2043", "〔2022〕88")
    others = [*events("fgw.guizhou.gov.cn", there.splitlines()[0], there)]
    others += events("fgw.yn.gov.cn", TITLE, later)
    assert len(others) == 2
    assert len(merge_events([*told(), *others])) == 3


def test_core_titles() -> None:
    core = "坚决做好能耗双控有关工作的通知"
    assert {core_title(one) for one in (TITLE, f"《关于{core}》", f"《{core}》")} == {core}
    assert core_title("关于通知") == "关于通知"
