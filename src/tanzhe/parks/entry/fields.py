"""Reading the fields of a parsed JSON tree; every fault is collected with its path."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import TypeVar

from tanzhe.errors import Fault, Words, quoted
from tanzhe.parks.amounts import Refused, read_amount
from tanzhe.parks.entry.naming import AS_JSON, Naming

Choice = TypeVar("Choice", bound=str)

# Beyond this, products of two numbers lose whole tonnes to rounding; no park comes near it.
LARGEST = 1e15
LONGEST = 4000  # characters of a text
_DIGITS = Words("数字", "the number")
_UNITS = {"kwh": "kWh", "mwh": "MWh", "gj": "GJ", "output_t": "t", "tco2": "tCO2"}
_ABSENT = Words("请填写；确实为零的填 0", "Fill it in; write 0 where it really is zero")

_UNKNOWN = Words(
    "请填写；确实为零的填 0，有而不知道的写 null",
    "Fill it in; write 0 where it really is zero, null where nobody knows it",
)


class Fields:
    """One JSON object: its fields by kind, with faults collected under their paths.

    A field with a fault comes back as a harmless stand-in; whoever builds records from it must
    refuse the collected faults before a result is shown.

    Attributes:
        path: where the object stands, e.g. `electricity[0].certificates[1]`; "" at the top.
        faults: shared by all objects of one tree.
        unknown: paths of figures that are said to be unknown, shared likewise.
        naming: how the file calls fields and codes.

    Long because each kind of field has its reader, and each its faults in both languages.
    """

    def __init__(
        self,
        tree: Mapping[str, object],
        path: str,
        faults: list[Fault],
        unknown: list[str] | None = None,
        naming: Naming = AS_JSON,
    ) -> None:
        self._tree = tree
        self.path = path
        self.faults = faults
        self.unknown = [] if unknown is None else unknown
        self.naming = naming

    def at(self, key: str) -> str:
        """The path of a field."""
        return f"{self.path}.{key}" if self.path else key

    def fault(self, key: str, what: Words, do: Words) -> None:
        """Collect what is wrong with a field."""
        self.faults.append(Fault(what, do, where=self.at(key) if key else self.path))

    def has(self, key: str) -> bool:
        """Whether the field is there and not null."""
        return self._tree.get(key) is not None

    def only(self, known: Sequence[str]) -> None:
        """Collect a fault for every field that is not known."""
        for key in self._tree:
            if key in known:
                continue
            near = get_close_matches(key, known, n=1, cutoff=0.6)
            names = "、".join(known)
            self.fault(
                key[:80],
                Words(f"不认识的字段“{key[:80]}”", f"Unknown field “{key[:80]}”"),
                Words(f"您是否想写 {near[0]}？", f"Did you mean {near[0]}?")
                if near
                else Words(f"可用字段：{names}", f"Known fields: {', '.join(known)}"),
            )

    def text(self, key: str, *, required: bool = False, do: Words = _ABSENT) -> str:
        """A text without surrounding spaces; whole numbers stand for their digits."""
        value = self._tree.get(key)
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) < LARGEST:
            value = str(value)
        if value is None or value == "" or (isinstance(value, str) and not value.strip()):
            if required:
                self.fault(key, Words("缺少内容", "It is missing"), do)
            return ""
        if not isinstance(value, str):
            self.fault(
                key, Words("应为文字", "It must be text"), Words("请改成文字", "Write it as text")
            )
            return ""
        return self._sound(key, value.strip())

    def _sound(self, key: str, text: str) -> str:
        if len(text) <= LONGEST and not any("\ud800" <= c <= "\udfff" or c == "\0" for c in text):
            return text
        self.fault(
            key,
            Words("文字过长或含有无效字符", "The text is too long or holds invalid characters"),
            Words(f"请改成不超过 {LONGEST} 字的普通文字", f"At most {LONGEST} plain characters"),
        )
        return ""

    def number(self, key: str, *, do: Words = _ABSENT, signed: bool = False) -> float:
        """A number that must be there: finite, and not negative unless `signed`."""
        found = self.optional_number(key, signed=signed)
        if found is None and not self.has(key):
            self.fault(key, Words("缺少数值，不能当作零", "It is missing, which is not zero"), do)
        return found or 0.0

    def figure(self, key: str, *, do: Words = _UNKNOWN) -> float:
        """A number like those of `number`; null says that nobody knows it, and is remembered."""
        if self.is_null(key):
            self.unknown.append(self.at(key))
            return 0.0
        return self.number(key, do=do)

    def is_zero(self, key: str) -> bool:
        """Whether the field is there and is the number zero."""
        value = self._tree.get(key)
        return isinstance(value, int | float) and not isinstance(value, bool) and value == 0

    def is_null(self, key: str) -> bool:
        """Whether the field is there and says that there is no value."""
        return key in self._tree and self._tree[key] is None

    def optional_number(self, key: str, *, signed: bool = False) -> float | None:
        """A finite number, not negative unless `signed`; None where the field is absent or null."""
        value = self._tree.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            what = Words(
                f"应为数字，现为 {shown(value)}", f"A number is needed, not {shown(value)}"
            )
            self.fault(key, what, self._in_digits(key, value))
            return None
        if not abs(value) <= LARGEST:  # holds for NaN and for four hundred digits too
            self.fault(
                key,
                Words("数值不是有限的合理数", "The number is not finite or far too large"),
                Words("请核对数值和单位", "Check the number and its unit"),
            )
            return None
        if value < 0 and not signed:
            told = f"{value:,.15g}"
            self.fault(
                key,
                Words(f"不能为负数：{told}", f"It must not be negative: {told}"),
                Words(
                    "请填正数；输出、外送、外销由类型表示",
                    "Write it positive; the kind of the row says whether it leaves the park",
                ),
            )
            return None
        return float(value)

    def _in_digits(self, key: str, value: object) -> Words:
        """What to write instead: the number that the text stands for, where it stands for one."""
        unit = _UNITS.get(key) or (self.text("unit") if key == "quantity" else "")
        found = read_amount(value, unit) if isinstance(value, str) else None
        if isinstance(found, Refused):
            return found.do
        digits = Words(f"数字 {found.value:.15g}", f"{found.value:.15g}") if found else _DIGITS
        return Words(
            f"请只填{digits.zh}，不带单位、逗号和引号",
            f"Write {digits.en} alone: no unit, comma or quotes",
        )

    def whole(self, key: str, low: int, high: int) -> int:
        """A whole number from `low` to `high`."""
        before = len(self.faults)
        found = self.number(key)
        if len(self.faults) == before and not (found == int(found) and low <= found <= high):
            self.fault(
                key,
                Words(f"应为 {low} 至 {high} 的整数", f"A whole number from {low} to {high}"),
                Words("请改成四位年份，如 2025", "Write a year of four digits, e.g. 2025"),
            )
        return int(found)

    def truth(self, key: str) -> bool:
        """True or false; it must be there."""
        value = self._tree.get(key)
        if isinstance(value, bool):
            return value
        self.fault(
            key,
            Words("缺少或不是 true/false", "It is missing or not true/false"),
            Words("请填 true 或 false", "Write true or false"),
        )
        return True

    def choice(self, key: str, options: Sequence[Choice]) -> Choice:
        """One of the options; it must be there."""
        found = self.optional_choice(key, options)
        if found is None and not self.has(key):
            self.fault(key, Words("缺少类型", "The kind is missing"), self._one_of(options))
        return found or options[0]

    def optional_choice(self, key: str, options: Sequence[Choice]) -> Choice | None:
        """One of the options, or None where the field is absent or null."""
        value = self._tree.get(key)
        if value is None:
            return None
        for option in options:
            if value == option:
                return option
        what = Words(f"不认识的类型 {shown(value)}", f"Unknown kind {shown(value)}")
        self.fault(key, what, self._one_of(options))
        return None

    def _one_of(self, options: Sequence[str]) -> Words:
        names = quoted(self.naming.of(one) for one in options)
        return Words(f"请选一种：{names.zh}", f"Choose one of: {names.en}")

    def rows(self, key: str) -> list["Fields"]:
        """The objects of a list; absent or null is an empty list."""
        value = self._tree.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.fault(
                key, Words("应为列表", "It must be a list"), Words("请写成 [...]", "Write [...]")
            )
            return []
        return [one for i, item in enumerate(value) if (one := self._object(f"{key}[{i}]", item))]

    def table(self, key: str, *, like: str = "") -> "Fields | None":
        """An object by name, `like` an example; None where the field is absent or null."""
        value = self._tree.get(key)
        return None if value is None else self._object(key, value, like)

    def __iter__(self) -> Iterator[str]:
        return iter(self._tree)

    def _object(self, key: str, value: object, like: str = "") -> "Fields | None":
        if isinstance(value, Mapping):
            return Fields(value, self.at(key), self.faults, self.unknown, self.naming)
        self.fault(
            key,
            Words("应为键值表", "It must be an object"),
            Words(f"请写成 {like or '{键: 值}'}", f"Write {like or '{key: value}'}"),
        )
        return None


def shown(value: object) -> str:
    """A wrong value as a message may show it: short, on one line."""
    text = " ".join(str(value).split())
    safe = "".join("�" if "\ud800" <= c <= "\udfff" else c for c in text[:40])
    return f"“{safe}…”" if len(text) > 40 else f"“{safe}”"
