"""Random findings for properties."""

from hypothesis import strategies as st

from reports.made import (
    ALONE,
    FAULT,
    FRESH,
    PEERS,
    effect_of,
    effects,
    episode,
    episodes,
    evidence,
    findings,
    point,
    points_of,
    power,
    series,
    with_parts,
)
from reports.made_events import LEAD, NOTICE, PLAN, TIN, UNDATED, linked
from tanzhe.model.episode import FAMILIES

PERIODS = series().periods
MEASURED = (
    effect_of(NOTICE.id, NOTICE.name, -31.4, "effect"),
    effect_of("x", "别的事", None, "cannot_tell", sign="either"),
)
percents = st.floats(-60, 60, allow_nan=False).filter(lambda v: abs(v) > 0.06)


@st.composite
def made_episodes(draw, sector="industry", unit="MtCO2"):
    first = draw(st.integers(2, len(PERIODS) - 9))
    at = first + draw(st.integers(0, 3))
    percent = draw(percents)
    ends = (percent - draw(st.floats(0.1, 20)), percent + draw(st.floats(0.1, 20)))
    shape = draw(st.sampled_from(list(FAMILIES)))
    scope = draw(st.sampled_from(["province", "national", "data"]))
    ended = shape == "month" or draw(st.booleans())
    return episode(
        PERIODS[at],
        percent,
        ends,
        sector=sector,
        unit=unit,
        shape=shape,
        when=(PERIODS[first], PERIODS[at + draw(st.integers(0, 3))]),
        probability=draw(st.floats(0.5, 1)),
        shape_probability=draw(st.floats(0, 1)),
        scope=scope,
        end=PERIODS[at + (1 if shape == "month" else 3)] if ended else None,
        deepest=PERIODS[at + (0 if shape == "month" else 1)],
        amount=draw(st.sampled_from([percent / 4, -percent, 0.0])),
        excess=draw(percents) if scope == "national" else None,
        rank=draw(st.none() | st.integers(1, 31)) if scope == "national" else None,
        trend_change=percent / 9 if shape in ("bend", "plateau") else None,
        drivers=draw(
            st.sampled_from([(), (("cement", percent * 0.8), ("sugar", 0.7)), (("纺织", -3.25),)])
        ),
        notes=draw(st.sampled_from([(), (FRESH,), (FAULT,)])),
    )


@st.composite
def made_evidence(draw, one):
    linked_events = st.builds(
        linked,
        st.sampled_from([NOTICE, TIN, PLAN]),
        grade=st.sampled_from(["strong", "medium", "weak", "none"]),
        p=st.none() | st.floats(0, 1),
        lag=st.integers(-5, 5),
        context=st.booleans(),
    )
    return evidence(
        one,
        *draw(st.lists(linked_events, max_size=9)),
        edge=draw(st.sampled_from(["begin", "end"])),
        leads=draw(st.sampled_from([(), (linked(LEAD),), (linked(UNDATED),) * 5])),
        documents=draw(st.integers(0, 99999)),
    )


@st.composite
def random_findings(draw):
    unit = draw(st.sampled_from(["MtCO2", "万吨", "万重量箱", "GJ"]))
    region = draw(st.sampled_from(["CN-YN", "CN-NM", "CN", "某园区"]))
    of = series(region, unit=unit, peers=draw(st.sampled_from([(), PEERS])))
    if draw(st.booleans()):
        of = with_parts(of)
    if draw(st.integers(0, 9)) == 0:  # zero throughout: nothing was searched
        of = of.model_copy(update={"values": (0.0,) * len(of), "parts": ()})
        return findings(None, of=of, peak=False, offline=draw(st.booleans()))
    different = {"unique_by": lambda e: e.id, "max_size": 4}
    made = draw(st.lists(made_episodes(unit=unit), **different))
    glass = draw(st.lists(made_episodes("flat_glass", "万重量箱"), **different))
    found = episodes(of, *made, notes=draw(st.sampled_from([(), (ALONE,)])))
    some = [one for one in (*made, *glass) if draw(st.booleans())]
    return findings(
        found,
        peak=draw(st.booleans()),
        products=(episodes(series(region, "flat_glass", "万重量箱"), *glass),),
        evidence=tuple(draw(made_evidence(one)) for one in some),
        points=points_of(found, *[point("2022-03", "calendar")] * draw(st.integers(0, 2))),
        offline=draw(st.booleans()),
        effects=draw(
            st.sampled_from([None, effects(), effects(*MEASURED), effects(*MEASURED * 9)])
        ),
        power=draw(st.sampled_from([None, power()])),
    )
