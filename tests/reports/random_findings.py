"""Random findings for properties."""

from hypothesis import strategies as st

from reports.made import IDLE, MANIFEST, SINGLE, SPRING, point, searched, series, without_season
from reports.made_events import LEAD, NOTICE, PLAN, TIN, UNDATED, linked
from tanzhe.model import Evidence, TurningPoints
from tanzhe.reports import Findings

PERIODS = series().periods
percents = st.floats(-60, 60, allow_nan=False).filter(lambda v: abs(v) > 0.06)


@st.composite
def points(draw, sector="industry"):
    first = draw(st.integers(2, len(PERIODS) - 9))
    at = first + draw(st.integers(0, 3))
    percent = draw(percents)
    ends = (percent - draw(st.floats(0.1, 20)), percent + draw(st.floats(0.1, 20)))
    kind = draw(st.sampled_from(["step", "slope", "pulse"]))
    single = draw(st.none() | st.floats(0.5, 1)) if kind == "pulse" else None
    return point(
        PERIODS[at],
        percent,
        ends,
        sector=sector,
        when=(PERIODS[first], PERIODS[at + draw(st.integers(0, 3))]),
        confidence=draw(st.floats(0, 1)),
        kind=kind,
        scope=draw(st.sampled_from(["province", "national", "calendar", "data"])),
        until=PERIODS[at + 2] if kind == "pulse" else None,
        mt=draw(st.none() | st.just(percent / 4)),
        drivers=draw(
            st.sampled_from([(), (("cement", percent / 2), ("sugar", 0.7)), (("纺织", -3.25),)])
        ),
        alike=draw(st.sampled_from([(0, 0), (0, 30), (27, 30)])),
        notes=(SINGLE,) if single else draw(st.sampled_from([(), (SPRING,)])),
        single=single,
    )


@st.composite
def evidence(draw, id):
    linked_events = st.builds(
        linked,
        st.sampled_from([NOTICE, TIN, PLAN]),
        grade=st.sampled_from(["strong", "medium", "weak", "none"]),
        p=st.none() | st.floats(0, 1),
        lag=st.integers(-5, 5),
        context=st.booleans(),
    )
    return Evidence(
        turning_point=id,
        events=draw(st.lists(linked_events, max_size=9)),
        leads=draw(st.sampled_from([(), (linked(LEAD),), (linked(UNDATED),) * 5])),
        searched=searched(draw(st.integers(0, 99999))),
    )


@st.composite
def findings(draw):
    unit = draw(st.sampled_from(["MtCO2", "万吨", "万重量箱"]))
    region = draw(st.sampled_from(["CN-YN", "CN-NM", "CN", "某园区"]))
    made = draw(st.lists(points(), max_size=5, unique_by=lambda p: p.date))
    product = draw(st.lists(points(sector="flat_glass"), max_size=2, unique_by=lambda p: p.date))
    of = series(region, unit=unit)
    if draw(st.integers(0, 9)) == 0:  # an idle series has no points
        of, made = of.model_copy(update={"notes": (IDLE,)}), []
    adjusted = without_season(of) if draw(st.booleans()) else ()
    searched_for = [p for p in made if draw(st.booleans())]
    return Findings(
        points=TurningPoints(series=of, points=made, adjusted=adjusted, manifest=MANIFEST),
        products=(
            TurningPoints(
                series=series(region, "flat_glass", "万重量箱"), points=product, manifest=MANIFEST
            ),
        ),
        evidence=[draw(evidence(p.id)) for p in searched_for],
        offline=draw(st.booleans()),
        top=draw(st.integers(0, 6)),
        reviewed=draw(st.booleans()),
    )
