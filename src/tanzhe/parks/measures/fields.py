"""One measure of a file: its words and numbers read, with every fault."""

import re
from collections.abc import Iterator, Mapping

from tanzhe.errors import Fault, Words
from tanzhe.names import folded
from tanzhe.parks.entry.fields import LARGEST
from tanzhe.parks.measures.faults import Draft
from tanzhe.parks.measures.words import REPAIR, fault_at, words

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,2})?")
MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")
_NUMBERS = (
    "potential",
    "unit_cost_yuan",
    "fixed_cost_wan_yuan",
    "minimum",
    "step",
    "per_unit",
    "to_factor_tco2",
    "to_energy_gj_per_unit",
)
_NEEDED = ("name", "kind", "potential", "unit")
_COSTS = ("unit_cost_yuan", "fixed_cost_wan_yuan")
_SEPARATORS = re.compile(r"[;；,，、\n]")


def blank_name(row: object) -> str:
    """The name of a template's measure that nobody filled in: potential and costs stand empty.

    Example:
        >>> blank_name({"名称": "绿证", "潜力": "", "单位成本": None}), blank_name({"名称": "绿证"})
        ('绿证', '')
    """
    if not isinstance(row, dict):
        return ""
    cells = {words().keys.get(folded(str(word))): cell for word, cell in row.items()}
    asked = [key for key in ("potential", *_COSTS) if key in cells]
    filled = any(isinstance(cells[k], list | dict) or _text(cells[k]) for k in asked)
    empty = "potential" in asked and len(asked) > 1 and not filled
    return _text(cells.get("name")) or "—" if empty else ""


def draft_of(row: object, where: str) -> tuple[Draft, tuple[Fault, ...]]:
    """The fields of a measure from its cells.

    Args:
        row: a mapping of words to cells.
        where: its place in the file.

    Returns:
        What could be read, its place with the measure's name, and the faults.
    """
    fields = _Fields(where)
    found = fields.read(row)
    return Draft(fields.where, found), tuple(fields.faults)


class _Fields:
    """The cells of one measure on their way to its fields."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.faults: list[Fault] = []
        self.failed: set[str] = set()

    def read(self, row: object) -> dict[str, object]:
        """The fields; whatever is wrong goes to `faults`."""
        if not isinstance(row, dict):
            self._say("", Words("每项措施须是一组“键: 值”", "A measure must be a mapping"))
            return {}
        name = next((c for w, c in row.items() if words().keys.get(folded(str(w))) == "name"), "")
        if isinstance(name, str) and name.strip():
            self.where = f"{self.where} {name.strip()}"
        cells = dict(self._known(row))
        values = {key: self._value(key, cell) for key, cell in cells.items()}
        return self._completed({k: v for k, v in values.items() if v is not None})

    def _known(self, row: Mapping[object, object]) -> Iterator[tuple[str, object]]:
        seen: set[str] = set()
        for word, cell in row.items():
            key = words().keys.get(folded(str(word)))
            if key is None:
                keys = dict.fromkeys(words().keys.values())
                self._say(
                    "",
                    Words(f"不认识的键“{word}”", f"Unknown key “{word}”"),
                    Words(
                        f"可用：{'、'.join(words().shown[one] for one in keys)}",
                        f"Known keys: {', '.join(keys)}",
                    ),
                )
            elif key in seen:
                self._say(key, Words("同一项写了两次", "The same field stands twice"))
            else:
                seen.add(key)
                yield key, cell

    def _value(self, key: str, cell: object) -> object:
        if key == "indicators":
            return self._indicators(cell)
        if key == "requires":
            parts = cell if isinstance(cell, list) else _SEPARATORS.split(_text(cell))
            return tuple(_text(part) for part in parts if _text(part))
        if isinstance(cell, list | dict):
            self._say(key, Words("应是一个值，不是一组", "One value is expected, not several"))
            return None
        text = _text(cell)
        if not text:
            return None
        if key in _NUMBERS:
            return self._number(key, text)
        if key == "kind":
            return self._kind(text)
        if key == "whole":
            return self._whole(text)
        if key == "ready" and not MONTH.fullmatch(text):
            self._say(
                key,
                Words(f"“{text}”不是月份", f"“{text}” is no month"),
                Words("请写成 2026-12 的样子", "Write it like 2026-12"),
            )
            return None
        return text

    def _number(self, key: str, text: str) -> float | None:
        if _NUMBER.fullmatch(text):
            if abs(value := float(text)) <= LARGEST:
                return value
            self._say(
                key,
                Words("数值不是有限的合理数", "The number is not finite or far too large"),
                Words("请核对数值和单位", "Check the number and its unit"),
            )
            return None
        self._say(
            key,
            Words(f"“{text}”不是数字", f"“{text}” is no number"),
            Words(
                "请只写数字，不带单位、逗号或百分号",
                "Write digits only, without unit, comma or %",
            ),
        )
        return None

    def _kind(self, text: str) -> str | None:
        kind = words().kinds.get(folded(text))
        if kind is None:
            kinds = dict.fromkeys(words().kinds.values())
            self._say(
                "kind",
                Words(f"不认识的类型“{text}”", f"Unknown kind “{text}”"),
                Words(
                    f"可用：{'、'.join(words().shown[one] for one in kinds)}",
                    f"Known kinds: {', '.join(kinds)}",
                ),
            )
        return kind

    def _whole(self, text: str) -> bool | None:
        if folded(text) in words().yes | words().no:
            return folded(text) in words().yes
        self._say("whole", Words(f"“{text}”不是“是”或“否”", f"“{text}” is neither yes nor no"))
        return None

    def _indicators(self, cell: object) -> dict[str, float] | None:
        """`{roof_pv: 0.001}`, or as text `roof_pv=0.001; water_reuse=0.02`."""
        if isinstance(cell, dict):
            pairs = [[str(key), _text(value)] for key, value in cell.items()]
        else:
            parts = [part for part in _SEPARATORS.split(_text(cell)) if part.strip()]
            pairs = [re.split(r"[=:：＝]", part, maxsplit=1) for part in parts]
        if any(len(pair) != 2 for pair in pairs):
            self._say(
                "indicators",
                Words("看不懂", "Not understood"),
                Words("请写成 roof_pv=0.001 的样子", "Write it like roof_pv=0.001"),
            )
            return None
        gains = {pair[0].strip(): self._number("indicators", pair[1].strip()) for pair in pairs}
        return {key: gain for key, gain in gains.items() if gain is not None}

    def _completed(self, found: dict[str, object]) -> dict[str, object]:
        """Fill what the kind says by itself, and miss what must be there."""
        whole = found.pop("whole", False) or found.get("kind") == "enabling"
        if found.get("kind") == "enabling":
            found = {"potential": 1.0, "unit": "项", **found}
        if whole and "potential" in found:
            found["minimum"] = found["potential"]
        for key in _NEEDED:
            if key not in found and key not in self.failed:
                shown = words().shown[key]
                self._say(key, Words(f"缺“{shown}”", f"{key} is missing"), _FILL)
        if not self.failed & set(_COSTS) and not any(key in found for key in _COSTS):
            self._say(
                "unit_cost_yuan",
                Words(
                    "缺成本：单位成本（unit_cost_yuan）和固定成本（fixed_cost_wan_yuan）都没有写",
                    "No cost: neither unit_cost_yuan nor fixed_cost_wan_yuan is given",
                ),
                Words("没有成本请写 0", "Write 0 where it costs nothing"),
            )
        return found

    def _say(self, key: str, what: Words, do: Words = REPAIR) -> None:
        self.failed.add(key)
        self.faults.append(fault_at(self.where, key, what, do))


_FILL = Words("请补上，缺的不能当作 0", "Fill it in; what is missing is never taken as 0")


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return str(cell).strip()
