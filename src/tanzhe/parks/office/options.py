"""What the open drop-downs offer: fuels, factor sets, units, indicators."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from tanzhe.errors import Words, quoted
from tanzhe.names import folded
from tanzhe.parks.office.cells import Wrong, as_text, plain


@dataclass(frozen=True)
class Offer:
    """One indicator a park may state.

    Attributes:
        name: official name, as the drop-down shows it.
        unit: unit of the threshold; `%` means a share.
        excusable: whether a reason may stand in for it.
        other_names: of the same indicator in other rule sets.
    """

    name: str
    unit: str
    excusable: bool
    other_names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Options:
    """The open lists.

    Attributes:
        names: words by list (`fuels`, `factor_sets`, `products`, `units`): shown word to what the
            JSON holds.
        indicators: offers by indicator id.
    """

    names: Mapping[str, Mapping[str, str]]
    indicators: Mapping[str, Offer]

    def code(self, listed: str, value: object) -> str:
        """What the JSON holds for a word of an open list; other words stay as they are."""
        text = as_text(value)
        known = self.names[listed]
        return next((known[word] for word in known if folded(word) == folded(text)), text)

    def word(self, listed: str, code: str) -> str:
        """The shown word of a code; codes nobody knows stay as they are."""
        return next((word for word, one in self.names[listed].items() if one == code), code)

    def indicator(self, value: object) -> str | Wrong:
        """The id of an indicator given by name or id."""
        text = plain(value)
        for code, one in self.indicators.items():
            if folded(text) in {folded(x) for x in (code, one.name, *one.other_names)}:
                return code
        if text.isascii() and text.replace("_", "").isalnum():
            return text  # an indicator of the user's own rule set
        names = [one.name for one in self.indicators.values()]
        near = get_close_matches(text, names, n=1, cutoff=0.3)
        hint = quoted(near or names)
        return Wrong(
            Words(f"不认识的指标“{text}”", f"Unknown indicator “{text}”"),
            Words(f"请从下拉中选，如：{hint.zh}", f"Choose from the list, e.g. {hint.en}"),
        )
