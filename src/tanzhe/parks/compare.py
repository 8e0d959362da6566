"""Parks side by side, or one park over the years."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import fsum
from typing import Any, NamedTuple

from tanzhe.errors import Fault, Language, refuse
from tanzhe.faults import fault_of
from tanzhe.model import Note, Record, Result
from tanzhe.model.account import MissingEvidence
from tanzhe.model.park import Assessment, Project
from tanzhe.model.rules import Review, RuleSet
from tanzhe.model.told import Told, said_in
from tanzhe.model.verdict import Verdict, VerdictReason
from tanzhe.names import folded
from tanzhe.notes import note_of
from tanzhe.parks.account.certificates import repeated
from tanzhe.parks.assessment.outlook import DEFINITION, Expected, core_of, expected, next_review
from tanzhe.parks.terms import SOURCES

# Half a power of ten: units slip by ten and more, and a park's energy does not treble in a year
# without new works, which the note then reminds of.
_LEAP = 10**0.5


class Entered(NamedTuple):
    """An assessment and the file it was read from."""

    file: str
    assessment: Assessment


class ParkState(Record):
    """One park in one year.

    Attributes:
        file: it was read from.
        limit: of the core indicator that applies, tCO2/tce, or None.
        core: whether the core indicator is met; None where no tier applies or it cannot be told.
        gap_tco2: emissions above the limit, t; 0 when met, None without a limit.
        gap_by_source: the gap by term of the method, t.
        unmet: names of indicators that are not met.
        missing: names of indicators without data.
        evidence: what a reviewer will ask for.
    """

    file: str
    name: str
    region: str
    year: int
    equivalence_kgce_per_kwh: float
    verdict: Verdict
    reason: VerdictReason | None
    tier: str | None
    emission_per_energy: float | None
    limit: float | None
    core: bool | None
    tco2: float
    energy_tce: float
    gap_tco2: float | None
    gap_by_source: dict[str, float]
    direct_share: float | None
    unmet: tuple[Told, ...]
    missing: tuple[Told, ...]
    evidence: tuple[MissingEvidence, ...]


class ParkOutlook(Record):
    """A park at its latest year and what is expected of it at the next review."""

    name: str
    region: str
    year: int
    expected: Expected


class ListedProject(Record):
    """A project of one park."""

    park: str
    project: Project


class Comparison(Result):
    """Parks side by side.

    Attributes:
        rules: id of the rule set all are judged by.
        review: the next review, or None.
        definition: how risk was judged.
        states: every park and year, by region, name and year.
        outlooks: one for each park.
        projects: of each park's latest year.
        notes: what changes how the numbers should be read.
    """

    rules: str
    review: Review | None
    definition: Told
    states: tuple[ParkState, ...]
    outlooks: tuple[ParkOutlook, ...]
    projects: tuple[ListedProject, ...]
    notes: tuple[Note, ...]

    @property
    def latest(self) -> list[ParkState]:
        """The states that the outlooks are of: of each park its latest year."""
        keys = {(one.region, one.name, one.year) for one in self.outlooks}
        return [one for one in self.states if (one.region, one.name, one.year) in keys]


def comparison_json(result: Comparison, language: Language = "zh") -> dict[str, Any]:
    """A comparison as `tanzhe park compare --json` prints it.

    Args:
        result: from `compare_parks`.
        language: of sentences; notes have both.
    """
    told: dict[str, Any] = said_in(result.model_dump(), language)
    return told


def compare_parks(entered: Sequence[Entered], rules: RuleSet) -> Comparison:
    """Parks side by side, judged by one rule set.

    Args:
        entered: two or more assessments by that rule set.
        rules: the rule set.

    Raises:
        InputError: the same park and year twice, or one certificate in two places; all at once.
    """
    refuse([*_twice(entered), *_certificates(entered)])
    ordered = sorted(entered, key=lambda e: (*_key(e), e.assessment.park.year))
    parks: dict[tuple[str, str], list[Entered]] = {}
    for one in ordered:
        parks.setdefault(_key(one), []).append(one)
    latest = [years[-1].assessment for years in parks.values()]
    review = next_review(rules, min(one.park.year for one in latest))
    return Comparison(
        made=max(one.assessment.moment for one in entered),
        rules=rules.id,
        review=review,
        definition=DEFINITION,
        states=tuple(_state(one) for one in ordered),
        outlooks=tuple(_outlook(years, rules) for years in parks.values()),
        projects=tuple(
            ListedProject(park=one.park.name, project=project)
            for one in latest
            for project in one.park.projects
        ),
        notes=(
            *_notes([one.assessment for one in ordered]),
            *(note for years in parks.values() for note in _leaps(years)),
        ),
    )


def _key(one: Entered) -> tuple[str, str]:
    park = one.assessment.park
    return park.region, folded(park.name)


def _twice(entered: Sequence[Entered]) -> Iterator[Fault]:
    first: dict[tuple[str, str, int], str] = {}
    for one in entered:
        park = one.assessment.park
        key = (*_key(one), park.year)
        if key in first:
            yield fault_of(
                "parks.compare.twice",
                park=park.name,
                year=park.year,
                first=first[key],
                where=one.file,
            )
        first.setdefault(key, one.file)


def _certificates(entered: Sequence[Entered]) -> Iterator[Fault]:
    """One certificate serves one user and one year, over all files."""
    seen = {(*_key(one), one.assessment.park.year): one for one in entered}
    yield from repeated([one.assessment.park for one in seen.values()], {})


def _outlook(years: Sequence[Entered], rules: RuleSet) -> ParkOutlook:
    park = years[-1].assessment.park
    return ParkOutlook(
        name=park.name,
        region=park.region,
        year=park.year,
        expected=expected([one.assessment for one in years], next_review(rules, park.year)),
    )


def _state(one: Entered) -> ParkState:
    told, park = one.assessment, one.assessment.park
    core = core_of(told)
    return ParkState(
        file=one.file,
        name=park.name,
        region=park.region,
        year=park.year,
        equivalence_kgce_per_kwh=park.equivalence_kgce_per_kwh,
        verdict=told.verdict,
        reason=told.reason,
        tier=told.tier,
        emission_per_energy=told.emission_per_energy,
        limit=core.threshold if core else None,
        core=None if core is None or core.value is None else core.status == "met",
        tco2=told.emissions.total,
        energy_tce=told.energy_tce,
        gap_tco2=sum(told.gap_by_source.values()) if told.gap_by_source else None,
        gap_by_source=told.gap_by_source,
        direct_share=told.direct_share,
        unmet=tuple(i.name for i in told.indicators if i.status == "not_met"),
        missing=tuple(i.name for i in told.indicators if i.status == "missing"),
        evidence=told.missing_evidence,
    )


def _notes(assessments: Sequence[Assessment]) -> Iterator[Note]:
    coefficients = sorted({one.park.equivalence_kgce_per_kwh for one in assessments})
    if len(coefficients) > 1:
        told = "、".join(f"{one:g}" for one in coefficients)
        yield note_of("equivalence_differs", told=told)
    years = sorted({one.park.year for one in assessments})
    names = {folded(one.park.name) for one in assessments}
    if len(years) > 1 and len(names) > 1:
        yield Note(
            code="years_differ",
            zh=f"各园区的核算年度不同（{'、'.join(map(str, years))}）。",
            en=f"The parks are of different years ({', '.join(map(str, years))}).",
        )
    drafts = {n.code: n for one in assessments for n in one.notes if n.code.startswith("rules")}
    drafts.pop("rules_chosen", None)
    yield from drafts.values()


def _leaps(years: Sequence[Entered]) -> Iterator[Note]:
    """A park's sums that leap from one year to the next as if a unit had slipped."""
    for before, after in pairwise(one.assessment for one in years):
        old, new = _sums(before), _sums(after)
        for what in (one for one in old if one in new):
            times = new[what] / old[what]
            if max(times, 1 / times) >= _LEAP:
                park = after.park
                yield Note(
                    code=f"leap.{park.name}.{park.year}.{what.zh}",
                    zh=f"{park.name} {park.year} 年的{what} {new[what]:,.0f} 是 "
                    f"{before.park.year} 年 {old[what]:,.0f} 的 {times:.3g} 倍，请核对单位，"
                    "若属实请忽略。",
                    en=f"{park.name}: {what.en} of {park.year}, {new[what]:,.0f}, is "
                    f"{times:.3g} times "
                    f"that of {before.park.year}, {old[what]:,.0f}; check the unit, or ignore this "
                    "if it is so.",
                )


def _sums(told: Assessment) -> dict[Told, float]:
    """Energy of each ledger (tce), process CO2 and all CO2 (t), where above nothing."""
    found = {
        Told("排放合计（tCO2）", "emissions (tCO2)"): told.emissions.total,
        Told("过程排放（tCO2）", "process emissions (tCO2)"): told.emissions.process,
    }
    for source in ("fuel", "electricity", "heat"):
        tce = fsum(line.tce for line in told.lines if line.source == source)
        name = SOURCES[source]
        found[Told(f"{name}能耗（tce）", f"energy of {name.en} (tce)")] = tce
    return {what: amount for what, amount in found.items() if amount > 0}
