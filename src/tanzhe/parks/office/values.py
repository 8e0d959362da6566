"""The value of one cell in the kind of its column, or what is wrong with it."""

import re

from tanzhe.errors import UnknownName, Words
from tanzhe.model.columns import Column
from tanzhe.parks.office.book import Cell
from tanzhe.parks.office.cells import (
    Wrong,
    as_text,
    read_choice,
    read_month,
    read_number,
    read_share,
    value_of,
)
from tanzhe.parks.office.options import Options
from tanzhe.places import province_of
from tanzhe.quantity import Unit


def cell_value(cell: Cell, column: Column, options: Options, unit: str) -> object | Wrong:
    """What a cell holds in the kind of its column.

    Args:
        cell: not blank.
        column: its column.
        options: the open lists.
        unit: of the number wanted; a share of one for `%`.

    Returns:
        The value; a `Taken` number where it was not plain digits; or what is wrong.
    """
    match column.kind:
        case "number":
            return (
                read_share(cell.value)
                if unit == Unit.PERCENT.text
                else read_number(cell.value, unit)
            )
        case "whole":
            return _whole(cell.value)
        case "month":
            return read_month(cell.value)
        case "choice":
            return read_choice(cell.value, column.choices or {})
        case "name":
            return options.code(column.options, cell.value)
        case "place":
            return _place(cell.value)
        case "indicator":
            return options.indicator(cell.value)
        case "text":
            return as_text(cell.value)


def _whole(value: object) -> int | Wrong:
    text = re.sub(r"年度?$", "", value.strip()) if isinstance(value, str) else value
    number = value_of(read_number(text))
    if isinstance(number, Wrong):
        return number
    if not number.is_integer():
        return Wrong(
            Words(f"应为整数：{number:g}", f"Not a whole number: {number:g}"),
            Words("请填四位年份", "Write a year of four digits"),
        )
    return int(number)


def _place(value: object) -> str | Wrong:
    try:
        return province_of(as_text(value)).iso
    except UnknownName as error:
        return Wrong(error.faults[0].what, error.faults[0].do)


def empty(column: Column) -> Wrong:
    """A cell that must be filled."""
    return Wrong(
        Words(f"没有填“{column.title}”", f"“{column.title}” ({column.en}) is empty"),
        Words(f"请填写：{column.hint.rstrip('。')}", f"Fill it in: {column.en_hint}"),
    )


def left_over(text: str) -> Wrong:
    """Text of the example in a park that is not the example."""
    return Wrong(
        Words(f"还是示例的内容：“{text[:20]}”", f"It is still the example's text: “{text}”"),
        Words("请改成本园区的数据，或删去这一行", "Write your park's data, or delete the row"),
    )


def unusable(problem: str) -> Wrong:
    """Why a cell's value cannot be used."""
    kind, _, detail = problem.partition(":")
    if kind == "error":
        return Wrong(
            Words(f"单元格是错误值 {detail}", f"The cell holds the error {detail}"),
            Words("请改正公式，或直接填数值", "Correct the formula, or write the value"),
        )
    if kind == "merged":
        return Wrong(
            Words(f"单元格 {detail} 已合并", f"The cells {detail} are merged"),
            Words("请取消合并，每行分别填写", "Unmerge them and fill in each row"),
        )
    return Wrong(
        Words("公式没有计算结果", "The formula has no computed value"),
        Words(
            "请在 Excel 中打开并保存一次，或粘贴为数值",
            "Open and save it in Excel, or paste values",
        ),
    )
