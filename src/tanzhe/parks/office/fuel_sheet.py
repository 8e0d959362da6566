"""The sheet 燃料: one row a fuel, columns as in statistics forms 205-1 and 205-2.

What a row of the ledger says as purpose and quantity stands here in columns of their own.
"""

from tanzhe.model import Record
from tanzhe.model.columns import Column, column, columns, sheets
from tanzhe.model.park import FuelUse, ParkYear
from tanzhe.parks.office.columns import Ledger


def _amount(field: str, title: str, en: str, hint: str, *, figure: bool = True) -> Column:
    return Column(title, en, hint, field=field, kind="number", unit="按计量单位", figure=figure)


FUEL_USES: tuple[Column, ...] = (
    _amount(
        "total",
        "消费量合计",
        "consumption in all",
        "205-1 表“消费量合计”。减去右边各“其中”项之后的余数按作燃料燃烧核算。",
    ),
    _amount(
        "industry",
        "其中工业生产消费",
        "of it by industry",
        "205-1 表“工业生产消费量”，只用于核对，不单独核算。",
    ),
    _amount(
        "feedstock",
        "其中用于原材料",
        "of it as feedstock",
        "205-1 表“用于原材料”。不计入燃料燃烧排放。",
    ),
    _amount(
        "conversion_input",
        "其中加工转换投入",
        "of it into conversion",
        "205-2 表加工转换投入中的炼焦、炼油、制气、洗选等项；"
        "火力发电、供热的投入按燃烧核算，不填在这里。",
    ),
    _amount(
        "international_transport",
        "其中国际航空航海",
        "of it for international transport",
        "国际航班、国际航行船舶用油。计入总量，另行列示。",
    ),
    _amount(
        "conversion_output",
        "加工转换产出",
        "output of conversion",
        "205-2 表“能源加工转换产出”中的焦炭、煤气、油品等，在该产品自己的一行填写。",
    ),
    _amount("sold", "外销量", "sold", "离开园区的能源产品。"),
)
_LEFT = ("id", "fuel", "unit")
_SPREAD = ("purpose", "quantity")  # over the columns of the statistics forms
_CHECKED = "205-1 表，只用于核对。"
_SHEET = sheets(ParkYear)["fuels"]

FUELS = Ledger(
    sheet=_SHEET.title,
    path="fuels",
    record=Record,
    prefix=_SHEET.prefix,
    about=_SHEET.about,
    columns=(
        *(column(FuelUse, field) for field in _LEFT),
        _amount("opening", "年初库存量", "stock at the beginning", _CHECKED, figure=False),
        _amount("bought", "购进量", "bought", _CHECKED, figure=False),
        *FUEL_USES,
        _amount("closing", "期末库存量", "stock at the end", _CHECKED, figure=False),
        column(FuelUse, "factor_set"),
        *(one for one in columns(FuelUse) if one.field not in (*_LEFT, *_SPREAD, "factor_set")),
    ),
)
