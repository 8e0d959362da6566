"""Years, months and days as they are typed on the command line."""

from typing import TYPE_CHECKING

import click

from tanzhe.periods import as_iso

if TYPE_CHECKING:
    _Text = click.ParamType[str]
else:  # click 8.1 has no type arguments
    _Text = click.ParamType


class Moment(_Text):
    """A year, month or day in any usual spelling; what is none is left to be refused by name."""

    name = "moment"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The text in ISO form."""
        return as_iso(value)


MOMENT = Moment()
