"""The measured effect of an event on a series, as every package sees it."""

from typing import Literal

from pydantic import Field

from tanzhe.errors import Language
from tanzhe.model.base import Manifest, Note, Record, Result
from tanzhe.model.episode import Amount
from tanzhe.model.evidence import Status
from tanzhe.model.series import Series

EffectVerdict = Literal["effect", "no_effect_visible", "cannot_tell", "contradicted"]
EffectSign = Literal["down", "up", "either"]
EffectBasis = Literal["own", "excess"]
CheckName = Literal[
    "placebo_in_time",
    "placebo_in_space",
    "leave_one_out",
    "fit_before",
    "anticipation",
    "other_events",
    "companion",
    "others_moved",
    "neighbours",
]


class AskedEvent(Record):
    """The event whose effect is measured.

    Attributes:
        id: of the chronicle, or None for a date and words of the user's.
        name: what a reader calls it.
        name_en: the same in English, or None.
        date: first day or month, as known.
        until: last day or month, or None where not known.
        sign: which way it is expected to move the series, stated before looking.
        status: of the chronicle's event; None for the user's.
    """

    id: str | None
    name: str
    name_en: str | None = None
    date: str
    until: str | None = None
    sign: EffectSign
    status: Status | None = None


class EffectSize(Record):
    """How far the window lies from what was expected.

    Attributes:
        percent: mean over the window, %; negative: lower than expected.
        percent_interval: at probability .9.
        amount: summed over the window's published periods.
        p_value: probability that a window without an event lies as far in the stated direction.
    """

    percent: float
    percent_interval: tuple[float, float]
    amount: Amount
    p_value: float = Field(ge=0, le=1)


class Donor(Record):
    """A region that the counterfactual is mixed from, and its weight."""

    region: str
    weight: float


class EffectCheck(Record):
    """One check of a measured effect.

    Attributes:
        name: which check.
        passed: True, False, or None where it only informs or cannot be made.
        zh: what it found.
        en: the same in English.
    """

    name: CheckName
    passed: bool | None
    zh: str
    en: str

    def said(self, language: Language = "zh") -> str:
        """What it found, in one language."""
        return self.zh if language == "zh" else self.en


class ExpectedPeriod(Record):
    """What a period would have been without an event.

    Attributes:
        period: as written in the series.
        value: in its unit.
        interval: in the window, at probability .9 of the window's mean; None elsewhere.
    """

    period: str
    value: float
    interval: tuple[float, float] | None = None


class EventEffect(Result):
    """What an event did to a region's product or sector, as far as the figures can tell.

    Attributes:
        event: what was asked.
        region: of the series.
        product: sector or product of the series.
        window: first and last period measured.
        effect: the answer of `basis`; None where nothing can be measured.
        basis: excess over the others; own past for national events and where there are no others.
        own: against the own past: did it move at all.
        excess: over what the others did in the same window.
        p_value: probability by chance that own past or excess lie as far; pays for the choice.
        p_against: the same in the direction opposite to the one stated.
        verdict: effect, no_effect_visible (it excludes the expected size), cannot_tell,
            contradicted (it moved the other way).
        lasting: True where the periods after the window stay off by half or more, False where
            they are back, None where that cannot be told.
        after: the half year after the window, of the same basis; None where it is not known.
        donors: the mix of other regions, largest weight first.
        left_out: regions with an event of the same kind in the window, no donors.
        smallest_tellable_percent: smallest effect found with probability .8.
        checks: each with what it found.
        expected: from a year before the window to half a year after it; empty where unmeasured.
        series: what was measured, merged to eleven periods a year.
        notes: what changes how the answer should be read; the reason of `cannot_tell` first.
        manifest: what it rested on.
    """

    event: AskedEvent
    region: str
    product: str
    window: tuple[str, str]
    effect: EffectSize | None
    basis: EffectBasis
    own: EffectSize | None
    excess: EffectSize | None
    p_value: float | None = Field(ge=0, le=1)
    verdict: EffectVerdict
    p_against: float | None = Field(default=None, ge=0, le=1)
    lasting: bool | None = None
    after: EffectSize | None = None
    donors: tuple[Donor, ...] = ()
    left_out: tuple[str, ...] = ()
    smallest_tellable_percent: float | None = None
    checks: tuple[EffectCheck, ...] = ()
    expected: tuple[ExpectedPeriod, ...] = ()
    series: Series
    notes: tuple[Note, ...] = ()
    manifest: Manifest


class NotMeasured(Record):
    """An event of the catalogue that was not measured, and why."""

    event: AskedEvent
    reason: Note


class EventEffects(Result):
    """What a region's catalogued events did to its products and sectors.

    Attributes:
        region: ISO code.
        effects: by date of the event, then product.
        not_measured: events left out, with the reason.
        by_chance: how many verdicts `effect` or `contradicted` chance alone would give.
        notes: what changes how the table should be read.
    """

    region: str
    effects: tuple[EventEffect, ...]
    not_measured: tuple[NotMeasured, ...] = ()
    by_chance: float
    notes: tuple[Note, ...] = ()

    def __len__(self) -> int:
        return len(self.effects)
