"""What a column and a sheet of the form of a product study are."""

from dataclasses import dataclass
from typing import Literal

from tanzhe.errors import Words
from tanzhe.footprints.choices import Choices

_NONE = Words("", "")
Kind = Literal["text", "number", "percent", "date", "year", "choice", "yes", "rating", "factor"]


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column, or one line of the product's sheet.

    Attributes:
        key: field of the record; the key in YAML.
        title: the header.
        kind: what its cells hold.
        needed: whether a filled row must have it.
        choices: for `choice`.
        hint: how to fill it in.
        width: characters.
    """

    key: str
    title: str
    kind: Kind = "text"
    needed: bool = False
    choices: Choices | None = None
    hint: Words = _NONE
    width: int = 14


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One sheet.

    Attributes:
        key: the key in YAML.
        title: of the sheet.
        about: what belongs on it.
        columns: from left to right, or lines from the top down.
        lines: whether it is a list of lines (项目, 填写) instead of a table.
    """

    key: str
    title: str
    about: Words
    columns: tuple[Column, ...]
    lines: bool = False

    def column(self, key: str) -> Column:
        """The column of a key."""
        return next(one for one in self.columns if one.key == key)
