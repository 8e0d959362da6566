"""The same words on another host are no second witness, whatever was changed around them."""

import hashlib
import random

import pytest

from evidence.conftest import MakeFound, Write
from tanzhe.evidence.events.copies import is_copy
from tanzhe.evidence.events.page import Page
from tanzhe.evidence.finders.find import FolderFinder, checked_events
from tanzhe.evidence.finders.sources import source_of, stated_source
from tanzhe.evidence.gather import gather
from tanzhe.evidence.links.merge import merge_events
from tanzhe.model import Event
from tanzhe.workspace import Workspace

TITLE = "宁夏回族自治区发展改革委关于铁合金企业限产的通知"
NOTICE = f"""{TITLE}
发布日期：2021年9月2日
宁发改运行〔2021〕631号
各市、县（区）发展改革局，宁东管委会，各有关企业：
为坚决遏制高耗能行业用电过快增长，确保全年能耗双控目标完成，经自治区人民政府同意，现就铁合金企业限产有关事项通知如下。
一、限产范围。全区所有在产铁合金企业，包括硅铁、硅锰、工业硅和高碳铬铁生产企业，均纳入本次限产范围。
二、限产时间。自2021年9月3日起至2021年12月31日止，期满后视能耗双控形势另行通知。
三、限产比例。单台矿热炉容量在2.5万千伏安以下的停产，其余企业用电负荷按照不超过核定负荷的六成控制。
四、工作要求。各地要逐户建立台账，电网企业要每日报送负荷执行情况，对超负荷运行的企业采取有序用电措施。
各有关企业要提前安排设备检修，妥善安置职工，严防生产安全事故和环境污染事件，不得以任何理由拖延执行。
宁夏回族自治区发展改革委
2021年9月1日
"""
# Pages as they stand on other hosts.
EDITED = (
    NOTICE.replace(TITLE, "重磅！宁夏发文：铁合金企业限产")
    .replace("均纳入本次限产范围", "全部纳入这次限产范围")
    .replace("逐户建立台账", "一户一册建立台账")
    .replace("2021年9月2日", "2021年9月4日")
)
ADS = (
    "首页 > 政策 > 地方\n"
    "招商热线请拨打本站客服，专业提供硅铁行情报价与供求信息，欢迎各地厂家入驻平台。\n"
    f"{NOTICE.replace('2021年9月2日', '2021年9月5日')}\n"
    "本站会员可免费下载全国铁合金企业名录，包含联系人和产能数据，开通会员立享优惠，名额有限先到先得。\n"
    "相关阅读\n青海省硅铁企业2021年8月20日起限产\n版权所有 某某铁合金交易网\n"
)
TRUNCATED = NOTICE[: NOTICE.index("四、工作要求")].replace("2021年9月2日", "2021年9月6日") + "……"
WRAPPED = "\n".join(
    line for at in range(0, len(NOTICE), 30) for line in [NOTICE[at : at + 30]]
)  # paragraphs cut anew
NEWS = """宁夏铁合金限产 期货大涨
发布日期：2021年9月3日
9月1日，宁夏回族自治区发展改革委印发《关于铁合金企业限产的通知》（宁发改运行〔2021〕631号），要求铁合金企业限产。
受此消息影响，硅铁期货主力合约今日开盘后快速拉升，午后封住涨停，成交量较前一交易日放大近一倍。
多位贸易商告诉记者，部分工厂已暂停报价，市场惜售情绪浓厚，下游钢厂九月招标价格预计明显上调。
中卫一家企业负责人说，厂里四台炉子只开两台，职工轮休，订单交货期往后顺延半个月左右。
"""
QUOTING = """双控之下看硅铁
发布日期：2021年9月7日
宁发改运行〔2021〕631号文件9月1日下发，宁夏铁合金企业限产，其中写道：
“单台矿热炉容量在2.5万千伏安以下的停产，其余企业用电负荷按照不超过核定负荷的六成控制。”
分析人士认为，小炉子本来成本就高，电价上浮之后继续开工意义不大，退出只是时间问题。
从历史经验看，每逢双控考核临近，西北合金企业都会主动调低开工率，库存向中下游转移。
预计四季度全国硅铁日均产量环比下滑，价格中枢有望维持高位，但需警惕保供政策带来的回落。
"""
HOSTS = {
    "fzggw.nx.gov.cn": NOTICE,
    "www.zhengce-shouji.example": EDITED,
    "thj.jiaoyi.example": ADS,
    "m.kuaixun.example": TRUNCATED,
    "www.stcn.com": NEWS,
    "hangye.pinglun.example": QUOTING,
}
COPIES = {"www.zhengce-shouji.example", "thj.jiaoyi.example", "m.kuaixun.example"}


def pages(hosts: dict[str, str]) -> tuple[list[Event], dict[str, str]]:
    events: list[Event] = []
    texts: dict[str, str] = {}
    for host, text in hosts.items():
        sha256 = hashlib.sha256(f"{host}{text}".encode()).hexdigest()
        texts[sha256] = text
        day = text.split("发布日期：")[1][:9]
        year, month, date = day.replace("年", "-").replace("月", "-").split("日")[0].split("-")
        source = source_of(
            text, url=f"https://{host}/a", sha256=sha256,
            published=f"{year}-{int(month):02}-{int(date):02}",
        )  # fmt: skip
        title = TITLE if TITLE in text else text.splitlines()[0]
        events += checked_events(Page(sha256=sha256, text=text, title=title, source=source), text)
    return events, texts


@pytest.mark.parametrize("seed", range(4))
def test_mirrors_are_copies_and_each_original_counts_once(seed: int) -> None:
    events, texts = pages(HOSTS)
    random.Random(seed).shuffle(events)
    merged = merge_events(events, text_of=texts.get)
    one = merged[0]
    by_host = {source.publisher: source for source in one.sources}
    assert set(by_host) == set(HOSTS)
    # What stays apart has no other publisher either.
    assert all(s in one.sources for event in merged for s in event.sources)
    original = by_host["fzggw.nx.gov.cn"]
    assert (original.tier, original.copy_of) == ("provincial_government", None)
    assert one.sources[0] == original
    copies = {host for host, source in by_host.items() if source.copy_of}
    assert copies == COPIES
    assert all(by_host[host].tier == "mirror" for host in COPIES)
    assert all(by_host[host].copy_of == original.sha256 for host in COPIES)
    assert by_host["hangye.pinglun.example"].tier == "unknown"
    assert sum(source.copy_of is None for source in one.sources) == 3


def test_without_the_official_page_a_medium_is_first_and_the_earliest_of_it() -> None:
    hosts = {
        "www.zhengce-shouji.example": NOTICE.replace("9月2日", "9月1日"),
        "www.xinhuanet.com": NOTICE.replace("发布日期：2021年9月2日", "发布日期：2021年9月4日"),
        "www.stcn.com": NOTICE.replace("发布日期：2021年9月2日", "发布日期：2021年9月3日"),
    }
    events, texts = pages(hosts)
    (one,) = merge_events(events, text_of=texts.get)
    assert [s.publisher for s in one.sources if s.copy_of is None] == ["www.stcn.com"]
    tiers = {source.publisher: source.tier for source in one.sources}
    # A medium that prints it stays a medium; nobody becomes a government.
    assert tiers["www.xinhuanet.com"] == "state_media"
    assert tiers["www.zhengce-shouji.example"] == "mirror"


@pytest.mark.parametrize("text", [EDITED, ADS, TRUNCATED, WRAPPED, NOTICE.replace("\n", "")])
def test_changed_cut_and_wrapped_pages_are_copies(text: str) -> None:
    assert is_copy(text, NOTICE)


@pytest.mark.parametrize("text", [NEWS, QUOTING, TITLE, ""])
def test_quoting_pages_are_none(text: str) -> None:
    assert not is_copy(text, NOTICE)


def test_many_small_edits_are_still_a_copy() -> None:
    rng = random.Random(1)
    changed = list(NOTICE)
    for at in rng.sample(range(len(changed)), len(changed) // 25):
        changed[at] = "改"
    assert is_copy("".join(changed), NOTICE)


def test_another_province_writes_other_words() -> None:
    other = """甘肃省工业和信息化厅关于做好铁合金行业有序用电的通知
    为落实国家关于能耗双控的部署，结合我省实际，现将铁合金行业有序用电安排如下。
    自2021年10月1日起，对兰州、白银、武威等市铁合金企业实行轮停，每轮停产七天。
    请各市州于每周五前上报执行情况，省级督导组将不定期开展现场检查。"""
    assert not is_copy(other, NOTICE)


@pytest.mark.parametrize(
    ("text", "name", "is_reprint"),
    [
        ("限电\n转载自：云南省能源局\n正文", "云南省能源局", True),
        ("限电\n（来源：新华社）\n正文", "新华社", True),
        ("限电\n来源：生态环境部 发布时间：2021-05-12\n正文", "生态环境部", True),
        ("限电\n来源：某某硅业网\n正文", "某某硅业网", False),
        ("限电\n正文。（稿源：云南日报）", "云南日报", True),
        ("原标题：云南限电\n正文", None, True),
        ("Curbs\nSource: Xinhua\nText", "Xinhua", True),
        ("Curbs\nReprinted from Metal Daily\nText", "Metal Daily", True),
        ("限电\n主要电力来源：水电\n正文", None, False),
        ("限电\n正文\n相关阅读\n转自新华社的一篇旧闻", None, False),
    ],
)
def test_whom_a_page_names(text: str, name: str | None, is_reprint: bool) -> None:
    assert stated_source(text) == (name, is_reprint)


def test_the_named_original_is_not_certified() -> None:
    text = "云南限电\n来源：云南省能源局\n云南省能源局通知。"
    clone = source_of(text, url="https://nyj-yn.example/a", stated="云南省能源局")
    assert (clone.publisher, clone.tier, clone.stated) == (
        "nyj-yn.example", "mirror", "云南省能源局",
    )  # fmt: skip
    own = source_of(text, url="https://nyj.yn.gov.cn/a", stated="云南省能源局")
    assert (own.publisher, own.tier) == ("云南省能源局（nyj.yn.gov.cn）", "provincial_government")
    medium = source_of(text, url="https://www.stcn.com/a", stated="云南省能源局")
    assert (medium.publisher, medium.tier) == ("www.stcn.com", "media")
    house = source_of(text, url="http://www.xinhuanet.com/a", stated="新华网")
    assert house.publisher == "新华网（www.xinhuanet.com）"
    file = source_of(text, url=None, stated="云南省能源局")
    assert file.tier == "user"


def test_a_folder_with_a_notice_and_its_clone(
    write: Write, workspace: Workspace, make_found: MakeFound
) -> None:
    write("a.txt", f"来源：中国政府网\n网址：https://www-gov-cn.com/a\n{EDITED}")
    folder = write("b.txt", f"网址：https://fzggw.nx.gov.cn/a\n{NOTICE}")
    write("c.html", f"<!-- saved from url=(0030)https://nx.gov.cn.copy.example/a -->\n<html><head>"
          f'<meta name="url" content="https://fzggw.nx.gov.cn/a"><title>{TITLE}</title></head><body>'
          + "".join(f"<p>{line}</p>" for line in ADS.splitlines()) + "</body></html>")  # fmt: skip
    points = make_found(("2021-09", "2021-09"), region="CN-NX")
    finder = FolderFinder(workspace, [folder])
    (found,) = gather(points, [finder], text_of=workspace.text_of)
    sources = [s for one in found.events for s in one.event.sources]
    tiers = {source.path: source.tier for source in sources}
    assert tiers == {"a.txt": "mirror", "b.txt": "provincial_government", "c.html": "mirror"}
    publishers = {source.path: source.publisher for source in sources}
    assert publishers["a.txt"] == "www-gov-cn.com"
    assert publishers["c.html"] == "nx.gov.cn.copy.example"
