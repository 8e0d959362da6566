"""The method's factors as one account uses them, remembered with what must be said about them."""

from collections.abc import Sequence

from tanzhe.errors import Fault, InputError
from tanzhe.faults import fault_of
from tanzhe.model import Note
from tanzhe.model.park import Override
from tanzhe.model.rules import RuleValue
from tanzhe.model.told import Told
from tanzhe.rulebook import rule_value

METHOD = "annex4"


class Factors:
    """Looks up the method's values for a year and keeps the notes of those used.

    Args:
        year: the accounting year.
        overrides: the park's documented values.

    Attributes:
        year: the accounting year.
        notes: what must be said of the values used, by code.
        used: ids of the values used.
    """

    def __init__(self, year: int, overrides: Sequence[Override] = ()) -> None:
        self.year = year
        self._overrides = tuple(overrides)
        self.notes: dict[str, Note] = {}
        self.used: set[str] = set()
        self._found: dict[str, RuleValue] = {}

    def __call__(self, key: str) -> RuleValue:
        """The value of annex 4 with this key, e.g. `grid_other_electricity`."""
        if key in self._found:
            return self._found[key]
        resolved = rule_value(f"{METHOD}.{key}", year=self.year, overrides=self._overrides)
        self._found[key] = resolved.value
        self.used.add(resolved.value.id)
        self.notes.update({note.code: note for note in resolved.notes})
        return resolved.value


def entered(proof: str) -> Told:
    """The basis of a number that the park itself gives, and the proof it names.

    Example:
        >>> entered("化验单").said("en")
        'entered by the park (化验单)'
    """
    if not proof:
        return Told("园区填报", "entered by the park")
    return Told(f"园区填报（{proof}）", f"entered by the park ({proof})")


def basis_of(value: RuleValue) -> str:
    """Document and place of a value, e.g. 发改环资〔2025〕910号 附件4."""
    authority = value.authority
    return " ".join(part for part in (authority.number or authority.title, authority.place) if part)


def override_faults(year: int, overrides: Sequence[Override]) -> list[Fault]:
    """What is wrong with the park's documented values, each under its path."""
    faults: list[Fault] = []
    seen: set[str] = set()
    for number, one in enumerate(overrides):
        where = f"overrides[{number}]"
        if one.id in seen:
            faults.append(
                fault_of("parks.factors.override_faults", one=one.id, where=f"{where}.id")
            )
        seen.add(one.id)
        try:
            rule_value(one.id, year=year, overrides=[one])
        except InputError as error:
            faults.extend(Fault(f.what, f.do, where=where) for f in error.faults)
    return faults
