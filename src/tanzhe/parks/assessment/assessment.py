"""What a rule set says about a park's year."""

from collections.abc import Iterator, Sequence

from tanzhe.errors import Words
from tanzhe.model import ManifestInput, Note, new_manifest
from tanzhe.model.park import Assessment, ParkYear, Sensitivity
from tanzhe.model.rules import Indicator, RuleSet
from tanzhe.model.told import Told
from tanzhe.model.verdict import Doubt
from tanzhe.notes import note_of
from tanzhe.parks.account.account import account
from tanzhe.parks.account.energy import EnergyUse
from tanzhe.parks.account.unknown import bounds
from tanzhe.parks.assessment.firms import firm_results
from tanzhe.parks.assessment.gap import all_electric, gap_by_source, unproven_share_limit
from tanzhe.parks.assessment.indicators import threshold_of
from tanzhe.parks.assessment.judging import Judged, judged_by
from tanzhe.parks.assessment.measured import measured
from tanzhe.parks.assessment.method import method_notes
from tanzhe.parks.assessment.plausible import unit_warnings
from tanzhe.parks.assessment.products import product_results
from tanzhe.parks.assessment.registered import registered_notes
from tanzhe.parks.assessment.remarks import account_remarks, listed_apart
from tanzhe.parks.assessment.rests import resting, rests_on
from tanzhe.parks.assessment.sensitivity import sensitivity
from tanzhe.parks.assessment.unproven import missing_evidence
from tanzhe.quantity import Unit


def assess_park(
    park: ParkYear,
    rules: RuleSet,
    *,
    inputs: Sequence[ManifestInput] = (),
    notes: Sequence[Note] = (),
) -> Assessment:
    """What a rule set says about a park's year.

    Args:
        park: checked by `read_park`.
        rules: a confirmed rule set, or a draft, which a note then says; of targets for several
            years those of the first year not before the park's hold, else the last.
        inputs: files the park was read from, for the manifest.
        notes: what the caller did, e.g. which rule set it chose.

    Returns:
        Account, indicators, verdict with reasons, the gap by source and what is missing.

    Raises:
        InputError: a fuel set or override that does not fit.
    """
    rules = rules.in_year(park.year)
    done = account(park)
    use = EnergyUse(done)
    products = product_results(park)
    told = judged_by(rules, done, products)
    decisive = rests_on(rules, done, told, products)
    limit = _limit(told.core)
    lacking = missing_evidence(park, told.indicators)
    others = sensitivity(use)
    most_unproven = unproven_share_limit(done, limit)
    return Assessment(
        park=park,
        rules=rules.id,
        lines=done.lines,
        emissions=done.emissions,
        energy_tce=done.energy_tce,
        emission_per_energy=done.emission_per_energy,
        tier=told.core.id if told.core else None,
        direct_share=measured("direct_supply", use)[0].value,
        indicators=told.indicators,
        products=products,
        firms=firm_results(done, lacking),
        verdict=told.verdict,
        reason=told.reason,
        reasons=(
            *told.reasons,
            *resting(done, told, decisive),
            *_by_coefficient(told, others, limit),
        ),
        doubts=done.doubts,
        bounds=bounds(park),
        rests_on=decisive,
        gap_by_source=gap_by_source(done, limit),
        offsets_listed=sum(one.tco2 for one in park.offsets),
        listed_apart=listed_apart(done),
        missing_evidence=lacking,
        unproven_share_limit=most_unproven,
        sensitivity=others,
        notes=_once(
            [
                *notes,
                *registered_notes(park),
                *_doubt_notes(done.doubts),
                *unit_warnings(done),
                *account_remarks(done),
                *method_notes(done),
                *_unproven_note(most_unproven, all_electric(done)),
                *_rule_notes(rules, park),
                *done.notes,
            ]
        ),
        manifest=new_manifest(
            inputs, {"rules": rules.id, "equivalence": park.equivalence_kgce_per_kwh}
        ),
    )


def _limit(core: Indicator | None) -> float | None:
    """The largest emissions per energy the core indicator allows, tCO2/tce."""
    if core is None or core.measure != "emission_per_energy":
        return None
    threshold = threshold_of(core)
    at_most = threshold.operator in ("<=", "<") and threshold.unit == Unit.T_CO2_PER_TCE.text
    return threshold.value if at_most else None


def _by_coefficient(
    told: Judged, others: Sequence[Sensitivity], limit: float | None
) -> Iterator[Told]:
    """A sentence where another usual coefficient would turn the core indicator."""
    if told.core_status != "met" or limit is None:
        return
    for one in others:
        if one.emission_per_energy is not None and one.emission_per_energy > limit:
            other, value = one.equivalence_kgce_per_kwh, one.emission_per_energy
            yield Told(
                f"达到核心指标还取决于电力等价系数：若取 {other:g} 则为 "
                f"{value:.4f}，高于 {limit:g}，请写明系数的出处",
                f"that the core indicator is met also rests on the equivalence coefficient: at "
                f"{other:g} it is {value:.4f}, above {limit:g}; name the source of the coefficient",
            )


def _doubt_notes(doubts: Sequence[Doubt]) -> Iterator[Note]:
    for one in doubts:
        yield Note(
            code=f"doubt.{one.reason}.{'+'.join(one.rows)}",
            zh=f"核心指标无法判断：{one.zh}。",
            en=f"The core indicator cannot be judged: {one.en}.",
        )


def _unproven_note(share: float | None, electric: bool) -> Iterator[Note]:
    if share is None:
        return
    told = (
        Words("本园区排放只来自电力，", "All emissions of this park come from power: at")
        if electric
        else Words("假如园区用能全部为电力，", "Were all energy of the park power, at")
    )
    yield note_of("unproven_share_limit", told=told, share=min(share, 1.0))


def _rule_notes(rules: RuleSet, park: ParkYear) -> Iterator[Note]:
    if rules.draft:
        yield note_of("rules_draft", id=rules.id)
    if rules.used_from is not None and park.year < rules.used_from:
        yield note_of("rules_later", used_from=rules.used_from, year=park.year)
    yield from _target_notes(rules)
    if rules.note:
        en = f"On {rules.id}: {rules.note_en or rules.note}"
        yield Note(code=f"rules.{rules.id}", zh=rules.note, en=en)


def _target_notes(rules: RuleSet) -> Iterator[Note]:
    """Which target years the thresholds of the year are those of."""
    named = {one.name: one.by_year for one in rules.indicators if one.by_year is not None}
    if named:
        said = "、".join(f"{name}（{year} 年）" for name, year in named.items())
        yield Note(
            code="rules_by_year",
            zh=f"这些指标按目标年份取值：{said}。",
            en="Thresholds are those to be reached by "
            + ", ".join(str(year) for year in sorted(set(named.values())))
            + ".",
        )


def _once(notes: Sequence[Note]) -> tuple[Note, ...]:
    first: dict[str, Note] = {}
    for note in notes:
        first.setdefault(note.code, note)
    return tuple(first.values())
