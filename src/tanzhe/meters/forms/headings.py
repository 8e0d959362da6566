"""What the columns of a long table of readings are called, by what they hold."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from tanzhe.meters.rows import FLAT, INTERVAL, PEAK, POWER, REGISTER, REVERSE, SHARP, VALLEY

METER = ("meter", "meter_id", "point_id", "device", "device_id", "表号", "计量表", "计量点", "测点",
         "表计编号", "电表号")  # fmt: skip
LOCAL = ("time", "time_local", "local_time", "datetime", "timestamp", "ts", "时间", "采集时间",
         "数据时间", "抄表时间", "冻结时间", "hour_begin_local", "begin", "time_begin",
         "time_begin_local", "区间起")  # fmt: skip
UTC = ("utc_date_time", "time_utc", "utc_time", "utc", "datetime_utc", "start_datetime_utc")
END = ("time_end", "end", "time_end_local", "区间止", "hour_end_local")
QUALITY = ("quality", "is_bad", "status", "质量", "状态", "数据质量", "error")
UNIT = ("unit", "单位")
VALUES = {
    REGISTER: ("reading", "register", "actual_value", "value", "示数", "读数", "表码", "表底",
               "正向有功总", "ep_imp"),
    SHARP: ("sharp", "尖", "尖示数", "正向有功尖"),
    PEAK: ("peak", "峰", "峰示数", "正向有功峰"),
    FLAT: ("flat", "平", "平示数", "正向有功平"),
    VALLEY: ("valley", "谷", "谷示数", "正向有功谷"),
    REVERSE: ("reverse", "反向有功总", "ep_exp"),
    INTERVAL: ("energy", "kwh", "consumption", "电量", "用量", "用电量", "interval"),
    POWER: ("power", "kw", "功率", "有功功率", "power_kw"),
}  # fmt: skip
# Signs of a source that a reading is not to be believed; everything else it writes is a remark.
GOOD = frozenset(("", "0", "00", "good", "ok", "valid", "正常", "有效", "false", "nan", "none"))


class Long(NamedTuple):
    """Where the columns of a long table stand; -1 for none.

    Attributes:
        meter: names of meters.
        time: instants.
        utc: whether a time without zone is UTC.
        end: whether it is the end of an interval.
        values: column and channel of each figure.
        quality: signs of the source.
        unit: unit of each row.
    """

    meter: int
    time: int
    utc: bool
    end: bool
    values: tuple[tuple[int, int], ...]
    quality: int
    unit: int


def plain(title: object) -> str:
    """A heading without blanks, brackets and case.

    Example:
        >>> plain(" 示数 (kWh)"), plain("Time_Local")
        ('示数', 'time_local')
    """
    text = re.sub(r"[（(\[].*?[）)\]]", "", str(title or ""))
    return re.sub(r"\s+", "", text).casefold()


def long_columns(titles: Sequence[object]) -> Long | None:
    """The columns of a long table, or None where time or figures are not named."""
    names = [plain(title) for title in titles]

    def at(known: Sequence[str]) -> int:
        return next((names.index(one) for one in known if one in names), -1)

    utc, end = at(UTC), at(END)
    local = at(LOCAL)
    time = next((one for one in (utc, local, end) if one >= 0), -1)
    values = tuple((at(known), channel) for channel, known in VALUES.items() if at(known) >= 0)
    if time < 0 or not values:
        return None
    only_end = utc < 0 and local < 0
    return Long(at(METER), time, utc >= 0, only_end, values, at(QUALITY), at(UNIT))
