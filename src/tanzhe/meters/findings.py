"""What can be wrong with readings: kinds in the words of the trade, and what to do about each."""

from typing import Literal, NamedTuple

from tanzhe.errors import Words
from tanzhe.meters.clock import said_time
from tanzhe.model import Record

Level = Literal["fault", "advice", "note"]
LEVELS: dict[Level, Words] = {
    "fault": Words("问题", "fault"), "advice": Words("建议核对", "advice"),
    "note": Words("提示", "note"),
}  # fmt: skip


class FindingKind(NamedTuple):
    """A kind of finding: its name, how grave it is, and what to do."""

    name: Words
    level: Level
    do: Words


_ASK = Words("请问清再补录，程序不会补值", "Ask and add the reading; nothing is filled in")
_CHECK = Words("请到现场核对，确认后登记更正", "Check on site, then record a correction")
KINDS: dict[str, FindingKind] = {
    "gap": FindingKind(Words("缺数", "gap"), "fault", _ASK),
    "silent": FindingKind(Words("此后没有读数", "no readings from here on"), "fault", _ASK),
    "interval_length": FindingKind(
        Words("采集间隔改变", "interval length changes"), "fault",
        Words("请核对采集设置", "Check the setting of the collector"),
    ),
    "duplicate": FindingKind(
        Words("重复行", "duplicate"), "note", Words("不必处理", "Nothing to do"),
    ),
    "conflict": FindingKind(
        Words("同一时刻两个数", "two figures for one time"), "fault",
        Words("采用先到的；如后到的才对，请登记更正",
              "The first is used; record a correction if the other is right"),
    ),
    "out_of_order": FindingKind(
        Words("到达次序颠倒", "out of order"), "note", Words("已按时间排好", "Sorted by time"),
    ),
    "sequence": FindingKind(
        Words("消息序号不连续", "sequence numbers are missing"), "note",
        Words("请核对是否丢了消息", "See whether messages were lost"),
    ),
    "flagged": FindingKind(Words("来源标为不可信", "flagged by the source"), "fault", _CHECK),
    "empty": FindingKind(Words("空值", "no value"), "fault", _ASK),
    "text": FindingKind(
        Words("不是数字", "not a number"), "fault",
        Words("请问清是零还是缺数，程序不会当作零", "Ask: zero or missing? It is no zero"),
    ),
    "future": FindingKind(
        Words("时间在将来", "time in the future"), "fault",
        Words("请核对年份和时钟", "Check the year and the clock"),
    ),
    "retained": FindingKind(
        Words("代理保留的旧消息", "an old message that the broker kept"), "note",
        Words("不计入", "Not counted"),
    ),
    "unborn": FindingKind(
        Words("没有上线报文的数据", "data without a birth"), "fault",
        Words("不可信，请让设备重新上线", "Not believed; let the device send its birth"),
    ),
    "word_order": FindingKind(
        Words("高低字颠倒", "words swapped"), "fault",
        Words("请核对网关的字序设置", "Check the word order of the gateway"),
    ),
    "timeout": FindingKind(Words("采集超时", "timeout"), "fault", _ASK),
    "no_such_day": FindingKind(
        Words("没有这一天", "no such day"), "fault", Words("请核对是哪一天", "Check the day"),
    ),
    "broken": FindingKind(
        Words("报文残缺", "broken message"), "fault",
        Words("请核对是否重发", "See if it came again"),
    ),
    "reset": FindingKind(
        Words("示数归零或换表", "register reset"), "fault",
        Words("跨越处的电量未知：请登记换表止码和起码",
              "Energy across it is unknown: record the figures of the change"),
    ),
    "roll_over": FindingKind(
        Words("示数翻转", "roll-over"), "note", Words("已按翻转计算", "Counted across it"),
    ),
    "spike": FindingKind(Words("单点突变", "spike"), "fault", _CHECK),
    "jump": FindingKind(
        Words("飞走", "register jumps"), "fault",
        Words("增量超过额定功率，未计入；确认属实后登记更正",
              "Beyond the rated power and not counted; record a correction if it is true"),
    ),
    "overload": FindingKind(
        Words("常超额定功率", "often above the rated power"), "advice",
        Words("请核对额定功率或倍率", "Check the rated power or the multiplier"),
    ),
    "stuck": FindingKind(Words("停走", "stuck"), "fault", _CHECK),
    "still": FindingKind(
        Words("长时间不走", "stands still"), "advice",
        Words("请核对是停用还是停走", "See whether it was out of use"),
    ),
    "backwards": FindingKind(Words("示度下降", "runs backwards"), "fault", _CHECK),
    "sentinel": FindingKind(
        Words("占位值", "sentinel value"), "fault",
        Words("这是采集失败的代码，不是读数", "A code for a failed reading, no reading"),
    ),
    "unit": FindingKind(
        Words("单位错", "unit slips"), "fault",
        Words("请核对 Wh、kWh、MWh、万千瓦时", "Check Wh, kWh, MWh, 万千瓦时"),
    ),
    "multiplier": FindingKind(
        Words("倍率疑似改变", "multiplier seems changed"), "fault",
        Words("如换过互感器，请在清单中分两段填写倍率",
              "Where transformers were changed, give the meter two spans in the list"),
    ),
    "clock": FindingKind(
        Words("时钟偏差", "clock off"), "fault", Words("请校时", "Set the clock"),
    ),
    "clock_set": FindingKind(
        Words("时刻偏离采集点", "off the grid of slots"), "note",
        Words("不超过五分钟，按最近的采集点计", "At most five minutes: the nearest slot is meant"),
    ),
    "utc": FindingKind(
        Words("时间相差八小时", "eight hours off"), "fault",
        Words("疑似 UTC 与北京时间混用；请登记更正", "UTC taken for Beijing's time: correct it"),
    ),
    "rates": FindingKind(
        Words("总不等于尖峰平谷之和", "total differs from its rates"), "fault", _CHECK,
    ),
    "sum": FindingKind(
        Words("区间之和与示数不符", "intervals differ from the register"), "fault", _CHECK,
    ),
    "negative": FindingKind(Words("负值", "negative"), "fault", _CHECK),
    "balance": FindingKind(
        Words("母子表不平衡", "parent and children differ"), "fault",
        Words("请核对倍率、漏接的分表和两表时钟",
              "Check multipliers, meters that are not listed, and both clocks"),
    ),
    "bill": FindingKind(
        Words("账单与计量不符", "bill differs from meter"), "fault",
        Words("请向供应方核对", "Ask the supplier"),
    ),
    "bill_period": FindingKind(
        Words("账期不是自然月", "bill is of no calendar month"), "note",
        Words("按账期起止比较", "Compared over its own days"),
    ),
    "stated": FindingKind(
        Words("表中合计与示数不符", "the sheet's sum differs"), "fault",
        Words("以示数为准，请改正表格", "The readings count; mend the sheet"),
    ),
}  # fmt: skip


_NOTHING = Words("", "")


class Finding(Record):
    """One thing found in readings.

    Attributes:
        kind: of `KINDS`.
        level: fault, advice or note.
        meter: whose readings, or of the parent.
        channel: which figure of it.
        begin: first touched instant, seconds UTC.
        end: last one.
        count: readings or slots touched.
        file: where the first of them stood, or "".
        line: its row there, or 0.
        zh: with numbers, in Chinese.
        en: the same in English.
    """

    kind: str
    level: Level
    meter: str
    channel: str = "register"
    begin: int
    end: int
    count: int = 1
    file: str = ""
    line: int = 0
    zh: str = ""
    en: str = ""

    @property
    def where(self) -> str:
        """Meter, stretch of time and row of the file."""
        span = said_time(self.begin)
        if self.end != self.begin:
            span = f"{span} — {said_time(self.end)}"
        place = f"（{self.file} 第 {self.line} 行 row {self.line}）" if self.file else ""
        return f"{self.meter} {span}{place}"


def finding(
    kind: str, meter: str, begin: int, end: int | None = None, *, told: Words = _NOTHING,
    count: int = 1, channel: str = "register", level: Level | None = None,
) -> Finding:  # fmt: skip
    """A finding with the level of its kind."""
    return Finding(
        kind=kind, level=level or KINDS[kind].level, meter=meter, channel=channel,
        begin=int(begin), end=int(begin if end is None else end), count=count,
        zh=told.zh, en=told.en,
    )  # fmt: skip
