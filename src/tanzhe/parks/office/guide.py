"""The sheet 填报说明: enough to fill in the workbook without any other text."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from tanzhe.parks.office.columns import Ledger
from tanzhe.parks.office.layout import LEDGERS, PARK

LineKind = Literal["title", "heading", "text", "table_head", "table"]


class Line(NamedTuple):
    """One line of the guide: a sentence, or the cells of a table row."""

    kind: LineKind
    cells: tuple[str, ...]


_STEPS = (
    "先填“园区信息”，再按顺序填各张台账。表头带 * 的列必填；没有的事项留空，不要填 0。",
    "鼠标停在表头上会显示这一列怎么填；单元格右侧有箭头的，从下拉中选。",
    "一行一件事：一种燃料一行，一笔电一行，一批绿证一行。不要合并单元格，不要写合计行。",
    "各表的“编号”已经预填，绿证靠它对应到电力台账；计算结果也按它列出每一行的排放量。",
    "“备注”列随便写，程序不读。列的顺序可以调，列名、表名不要改。",
    "填好保存为 .xlsx，运行：tanzhe park assess 本文件.xlsx --out 报告.docx",
    "有错时程序一次列出全部错误，注明表名、单元格、错在哪里、怎么改；改完再运行一次即可。",
)
_NUMBERS = (
    "数字栏最好只填数字：12 万吨在单位为 t 的行填 120000。写成“12万吨”“3.5万千瓦时”也认，"
    "结果里会说明怎么读；“约”“左右”和区间不认。",
    "电量按账单上的单位填，并在“单位”栏选 kWh、MWh、万千瓦时或亿千瓦时，不要自己换算。",
    "比例填 93% 或 0.93。年月填 2025-03。可以用公式，保存前让 Excel 算出结果。",
    "空着和 0 不是一回事：空着或写“暂缺”是有而不知道，0 是确实为零。程序不会替您补数："
    "缺一个数，其余照算，合计注明是下限或上限，核心指标不作判断。",
)
_FUELS = (
    "数字取自统计报表 205-1（能源购进、消费与库存）和 205-2（能源加工转换与回收利用），"
    "一种能源一行。",
    "消费量合计，包含“其中”各列；合计减去用于原材料、加工转换投入、国际航空航海，"
    "余数按作燃料燃烧核算。",
    "发电、供热用的燃料按燃烧核算，留在消费量合计里；炼焦、炼油、制气、洗选的投入填"
    "“其中加工转换投入”。",
    "焦炭、煤气等转换产品另起一行，在“加工转换产出”填产量；自己又烧掉的，同一行填消费量合计。",
    "因子集须自己选定：不同行业的核算指南，同一种煤的热值不同。有实测值的填实测因子和实测热值。",
    "年初库存、购进、期末库存和工业生产消费只用来核对，不参加核算；库存不平的，结果里列出数字。",
    "园区内自发电所烧的燃料填在这张表；所发的电填在电力台账“自发自用”，选“化石能源”。",
)
_POWER = (
    "网购电：从公共电网购入的全部电量，包括之后用绿证抵扣的部分。",
    "绿证：每批证书写明对应哪一行网购电。只有已核销、当年发电的绿证作数；一张证书只能用一次。",
    "专线直供、自发自用：不经公共电网的电。风、光、水等选“非化石能源”，按零排放；"
    "燃煤专线选“化石能源”。",
    "绿电交易：按绿电合同结算的电量。核电交易：按化石因子核算，另行注明。外送：送出园区的电。",
)


def guide_lines() -> Iterator[Line]:
    """The lines of the guide, top down."""
    yield Line("title", ("零碳园区碳排放核算填报表",))
    yield Line(
        "text",
        (
            "供园区按《零碳园区碳排放核算方法（试行）》（发改环资〔2025〕910号附件4）"
            "填报一个公历年度的数据。看完本页即可填写。",
        ),
    )
    for heading, lines in (
        ("一、填报步骤", _STEPS),
        ("二、数字怎么写", _NUMBERS),
        ("三、燃料表与统计报表的对应", _FUELS),
        ("四、电力台账和绿证", _POWER),
    ):
        yield Line("heading", (heading,))
        for number, text in enumerate(lines, 1):
            yield Line("text", (f"{number}. {text}",))
    yield Line("heading", ("五、各表各列",))
    yield Line("table_head", ("表", "列", "单位", "必填", "怎么填"))
    for ledger in (PARK, *LEDGERS):
        yield from _columns(ledger)


def _columns(ledger: Ledger) -> Iterator[Line]:
    yield Line("table", (ledger.sheet, "", "", "", ledger.about))
    for one in ledger.columns:
        yield Line("table", ("", one.title, one.unit, "是" if one.needed else "", one.hint))
