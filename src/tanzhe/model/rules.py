"""Official rules as dated data: single values, and the indicator systems parks are judged by."""

from typing import Literal, Self

from pydantic import model_validator

from tanzhe.model.base import Note, Record
from tanzhe.model.told import Told
from tanzhe.operators import Operator
from tanzhe.quantity import Quantity, Unit

Confidence = Literal[
    "confirmed", "corroborated", "primary_data", "secondary", "derived", "estimate", "recalled",
    "user",
]  # fmt: skip
Carrying = Literal["allowed", "refused", "either_way"]
IndicatorKind = Literal["core", "guiding", "characteristic", "other"]
Duty = Literal["mandatory", "excusable"]


class Checked(Record):
    """Who looked at a value last, on which day (YYYY-MM-DD), how, and what was left open."""

    by: str
    on: str
    how: str = ""


class Authority(Record):
    """The document a value stands in, and the words there.

    Attributes:
        title: title of the document.
        number: its number (发文字号) or the standard's number.
        place: annex, table, clause.
        quote: the exact words, as read; empty when the official text was not at hand.
        published: day, month or year it was published, ISO, or None when not known.
        signed: day it was signed (成文日期), ISO, where that is another day, or None.
        read_in: where the words were read, when not in the document itself.
        sha256: of the archived document, when there is one.
    """

    title: str
    number: str
    place: str
    quote: str = ""
    published: str | None = None
    signed: str | None = None
    read_in: str = ""
    sha256: str | None = None


class RuleValue(Record):
    """One official number.

    Attributes:
        id: table and key, e.g. `annex4.grid_other_electricity`.
        name: what it is, in Chinese.
        value: the number.
        unit: unit of the number, as the rulebook writes it.
        authority: the document and its words.
        describes: the year the value describes, or None for a constant.
        used_from: first year it may be used for, or None.
        used_to: last year it may be used for, or None while in force.
        carrying: whether it may be used, with a note, beyond the year it describes and the
            years it is used for; `either_way`: before them too, where there is none earlier.
        replaced_only_by: when not empty, a documented value of the user may stand in only if
            its document is younger and it or its words name this.
        confidence: how well it is supported.
        checked: who compared it with the official text, or None: then results print a note.
        note: what a user must know, in Chinese.
    """

    id: str
    name: str
    value: float
    unit: str
    authority: Authority
    describes: int | None = None
    used_from: int | None = None
    used_to: int | None = None
    carrying: Carrying = "allowed"
    replaced_only_by: str = ""
    confidence: Confidence
    checked: Checked | None = None
    note: str = ""


class ResolvedValue(Record):
    """The value that holds for a year, with what must be said about it.

    Attributes:
        year: the year asked for.
        value: the record the number comes from.
        notes: carried forward, second-hand or not yet checked.
    """

    year: int
    value: RuleValue
    notes: tuple[Note, ...] = ()

    @property
    def quantity(self) -> Quantity:
        """The number with its unit."""
        return Quantity(self.value.value, Unit.parse(self.value.unit))


class Condition(Record):
    """When an indicator applies: a measure of the park within [at_least, below).

    Attributes:
        measure: e.g. `energy_tce`.
        at_least: lower bound, included, or None.
        below: upper bound, excluded, or None.
        unit: unit of both bounds.
    """

    measure: str
    at_least: float | None = None
    below: float | None = None
    unit: str

    def holds(self, value: float) -> bool:
        """Whether a measured value lies within the bounds."""
        above = self.at_least is None or value >= self.at_least
        return above and (self.below is None or value < self.below)


class Indicator(Record):
    """One row of an official indicator system.

    Attributes:
        id: stable name; parks enter their values under it.
        kind: core 核心, guiding 引导, characteristic 特色, or other.
        name: the words of the table.
        name_en: the same in English, or "".
        measure: what is looked at, e.g. `emission_per_energy`; None in a draft nobody mapped yet.
        operator: how the value is compared with the threshold; `at_least_level` is
            “达到或优于N级”, a smaller level being better.
        threshold: the number in `unit`; shares in percent stay in percent here.
        unit: unit of the threshold.
        condition: when the row applies, or None for always.
        by_year: the year by which the threshold is to be reached, or None where the document
            names none.
        duty: whether a park may explain instead of reaching it.
        authority: document, place and exact words.
        definition: the document's own definition, or "" when it has none.
        confidence: how well the row is supported.
        checked: who compared it with the official text, or None.
        note: traps of the wording, in Chinese.
        note_en: the same in English, or "".
    """

    id: str
    kind: IndicatorKind
    name: str
    measure: str | None
    operator: Operator
    threshold: float
    unit: str
    condition: Condition | None = None
    by_year: int | None = None
    duty: Duty
    authority: Authority
    definition: str = ""
    confidence: Confidence
    checked: Checked | None = None
    note: str = ""
    name_en: str = ""
    note_en: str = ""

    @property
    def told(self) -> Told:
        """Its name in both languages."""
        return Told(self.name, self.name_en or None)


class Review(Record):
    """A review that parks face: its name, when, the words, and what follows from it."""

    name: str
    date: str
    quote: str
    consequence: str = ""


class RuleSet(Record):
    """An official indicator system.

    Attributes:
        id: e.g. `cn-yn-2025-987`.
        title: title of the system.
        region: ISO 3166-2 code it holds for, `CN` for the country.
        document: title and number of the document that issued it.
        issued: day of issue, ISO, or None.
        used_from: first year it may be used for, or None.
        used_to: last year, or None while in force.
        accounting: id of the accounting method its core indicator rests on, or None.
        indicators: in the order of the document.
        reviews: mid-term evaluations and the like.
        draft: made by program from a document and not yet confirmed by a person.
        note: what a user must know, in Chinese.
        note_en: the same in English, or "".
    """

    id: str
    title: str
    region: str
    document: Authority
    issued: str | None = None
    used_from: int | None = None
    used_to: int | None = None
    accounting: str | None = None
    indicators: tuple[Indicator, ...]
    reviews: tuple[Review, ...] = ()
    draft: bool = False
    note: str = ""
    note_en: str = ""

    def in_year(self, year: int) -> Self:
        """The set as it stands in a year.

        Of rows of one measure that differ in `by_year`, those of the first target year not yet
        past remain; after the last target year those of the last.

        Args:
            year: the calendar year that is judged.
        """
        targets: dict[str, set[int]] = {}
        for one in self.indicators:
            if one.by_year is not None:
                targets.setdefault(one.measure or one.name, set()).add(one.by_year)
        due = {
            name: min((y for y in years if y >= year), default=max(years))
            for name, years in targets.items()
        }
        kept = [o for o in self.indicators if o.by_year in (None, due.get(o.measure or o.name))]
        return self.model_copy(update={"indicators": tuple(kept)})

    @model_validator(mode="after")
    def _ids_differ(self) -> Self:
        ids = [one.id for one in self.indicators]
        twice = sorted({one for one in ids if ids.count(one) > 1})
        if twice:
            raise ValueError(f"indicator ids stand twice: {twice}")
        return self
