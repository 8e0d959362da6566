"""The balance of electricity: cases by hand, additivity on made-up systems, missing months."""

from collections.abc import Sequence

import numpy as np
import pytest

from tanzhe.errors import InputError
from tanzhe.model import PowerChange, PowerFlow, PowerSystem
from tanzhe.periods import Month, merged_periods
from tanzhe.series.balance import changes_by_year, changes_of_span, last_twelve_months
from tanzhe.series.power import CONSUMPTION, HYDRO, NET_EXCHANGE, THERMAL, power_system

SOLAR, NUCLEAR = "solar_power_generation", "nuclear_power_generation"
PERIODS = tuple(str(m) for m in merged_periods(Month.parse("2015-01"), Month.parse("2022-12")))


def made(
    seed: int = 0, holes: Sequence[tuple[str, str]] = (), solar_from: str = "2015-02"
) -> PowerSystem:
    """A system of random terms; holes are (term, period)."""
    rng = np.random.default_rng(seed)
    season = 1 + 0.3 * np.sin(2 * np.pi * np.arange(len(PERIODS)) / 11)
    sizes = {THERMAL: 100, HYDRO: 60, SOLAR: 4, NUCLEAR: 20, CONSUMPTION: 170}
    terms = {
        name: [float(v) for v in size * season * np.exp(0.1 * rng.normal(size=len(PERIODS)))]
        for name, size in sizes.items()
    }
    gone = {*holes, *((SOLAR, p) for p in PERIODS if p < solar_from)}

    def flow(name: str) -> tuple[float | None, ...]:
        pairs = zip(PERIODS, terms[name], strict=True)
        return tuple(None if (name, p) in gone else v for p, v in pairs)

    return PowerSystem(
        region="CN-XX", unit="亿千瓦时", periods=PERIODS, thermal=flow(THERMAL),
        sources=tuple(PowerFlow(term=n, values=flow(n)) for n in (HYDRO, NUCLEAR, SOLAR)),
        consumption=flow(CONSUMPTION), net_exchange=(None,) * len(PERIODS), missing=(),
        source="made", vintage="made", sha256="0" * 64,
    )  # fmt: skip


def every_change(system: PowerSystem) -> list[PowerChange]:
    last = last_twelve_months(system)
    assert last is not None
    span = changes_of_span(system, "2021-05", "2021-09")
    return [*changes_by_year(system), last, *span]


def change(region: str, first: str, last: str, against: str = "year_before") -> PowerChange:
    found = changes_of_span(power_system(region), first, last)
    return next(one for one in found if one.against == against)


def parts(one: PowerChange) -> dict[str, float]:
    return {share.term: round(share.contribution, 1) for share in one.shares}


def test_sichuan_in_august_2022() -> None:
    """Thermal 45.0 to 93.6; consumption 321 to 365; hydro 392.3 to 408.3; sent out 118.6 to 139.2.

    Against the year before hydro was higher by 16: the drought stopped its growth, no more.
    """
    one = change("四川", "2022-08", "2022-08")
    assert one.thermal == pytest.approx(48.6) and one.thermal_percent == pytest.approx(108.0)
    assert parts(one) == {CONSUMPTION: 44.0, NET_EXCHANGE: 20.6, HYDRO: -16.0, SOLAR: 0.0}
    assert [round(s.share, 2) for s in one.shares if s.share and s.share > 0.01] == [0.68, 0.32]
    # Against the path of the years before, hydro and consumption both explain it.
    expected = change("四川", "2022-08", "2022-08", "expected")
    assert parts(expected)[HYDRO] > 10 and parts(expected)[CONSUMPTION] > 20


def test_yunnan_in_the_first_half_of_2023() -> None:
    """March to June: thermal 141.6 to 247.3, hydro 1,035.0 to 690.1, consumption 783 to 740.

    January-February is left out: consumption of 2023-02 is not published.
    """
    one = change("云南", "2023-02", "2023-06")
    assert one.left_out == ("2023-02",)
    assert one.thermal == pytest.approx(105.7)
    assert parts(one)[HYDRO] == pytest.approx(344.9)
    assert parts(one)[CONSUMPTION] == pytest.approx(-43.0)
    assert parts(one)[SOLAR] == pytest.approx(-9.0)
    assert parts(one)[NET_EXCHANGE] == pytest.approx(105.7 - 344.9 + 43 + 9, abs=0.1)
    water = one.share_of(HYDRO)
    assert water is not None and water.share == 1.0


def test_hubei_in_the_drought_of_2022() -> None:
    """August to November: thermal 448.9 to 579.9, hydro 674.8 to 299.2, consumption 851 to 895."""
    one = change("湖北", "2022-08", "2022-11")
    assert one.thermal == pytest.approx(131.0)
    assert parts(one)[HYDRO] == pytest.approx(375.6)
    water = one.share_of(HYDRO)
    assert water is not None and water.share == pytest.approx(375.6 / (375.6 + 44), abs=0.001)


def test_the_nation_in_2025() -> None:
    """Fossil power fell since sun and wind grew by more than consumption."""
    years = {c.periods[0][:4]: c for c in changes_by_year(power_system("全国"))}
    told = years["2025"]
    assert told.thermal_percent == pytest.approx(-1.1, abs=0.1) and told.left_out == ()
    assert [s.term for s in told.shares][:2] == [CONSUMPTION, SOLAR]
    assert told.shares[0].share is None and told.shares[1].share == pytest.approx(0.61, abs=0.01)


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize(
    "holes",
    [(), ((CONSUMPTION, "2021-06"),), ((HYDRO, "2020-07"), (NUCLEAR, "2019-03"))],
)
def test_contributions_add_up(seed: int, holes: tuple[tuple[str, str], ...]) -> None:
    for one in every_change(made(seed, holes, solar_from="2018-06")):
        assert sum(s.contribution for s in one.shares) == pytest.approx(one.thermal, abs=1e-8)
        assert sum(s.share or 0 for s in one.shares) == pytest.approx(1.0)
        for share in one.shares:
            sign = 1 if share.term == CONSUMPTION else -1
            assert share.contribution == pytest.approx(sign * share.change)
            assert (share.share is not None) == (share.contribution * one.thermal > 0)


def test_the_expected_path_knows_season_and_line() -> None:
    """Terms that are season and line throughout leave nothing to explain but what was put in."""
    system = made()
    t = np.arange(len(PERIODS))
    season = np.array([int(p[5:]) for p in PERIODS])

    def plain(level: float, slope: float) -> tuple[float, ...]:
        return tuple((level + slope * t + season).tolist())

    at = PERIODS.index("2021-05")
    less = [v - (30.0 if i == at else 0.0) for i, v in enumerate(plain(60, 0.1))]
    more = [v + (25.0 if i == at else 0.0) for i, v in enumerate(plain(100, 0.2))]
    calm = system.model_copy(
        update={
            "thermal": tuple(more),
            "consumption": plain(170, 0.6),
            "sources": (PowerFlow(term=HYDRO, values=tuple(less)),),
        }
    )
    one = next(c for c in changes_of_span(calm, "2021-05", "2021-05") if c.against == "expected")
    assert one.thermal == pytest.approx(25.0)
    told = {share.term: share.contribution for share in one.shares}
    assert told == pytest.approx({HYDRO: 30.0, NET_EXCHANGE: -5.0, CONSUMPTION: 0.0}, abs=1e-7)


def test_a_month_without_a_term_that_matters_is_left_out_and_named() -> None:
    span = changes_of_span(made(holes=[(HYDRO, "2021-06")]), "2021-05", "2021-07")
    assert all(c.left_out == ("2021-06",) and len(c.periods) == 2 for c in span)
    # Missing the year before counts as well.
    before = changes_of_span(made(holes=[(HYDRO, "2020-06")]), "2021-05", "2021-07")[-1]
    assert (before.against, before.left_out) == ("year_before", ("2021-06",))


def test_a_small_source_with_holes_costs_no_month_and_stays_in_the_rest() -> None:
    year = changes_by_year(made(holes=[(SOLAR, "2021-06")]))[-2]
    assert year.periods[0] == "2021-02" and year.left_out == ()
    assert year.unsplit == (SOLAR,) and year.share_of(SOLAR) is None


def test_nothing_is_compared_without_a_year_before() -> None:
    system = made()
    assert changes_by_year(system)[0].periods[0] == "2016-02"
    assert changes_of_span(system, "2015-03", "2015-06") == ()
    # Three years teach the expected path, fewer do not.
    assert [c.against for c in changes_of_span(system, "2017-12", "2017-12")] == ["year_before"]
    assert [c.against for c in changes_of_span(system, "2018-02", "2018-02")] == [
        "expected",
        "year_before",
    ]


def test_what_a_region_does_not_publish_is_named() -> None:
    assert power_system("广东").missing == ("wind_power_generation",)
    assert power_system("上海").missing == (HYDRO, NUCLEAR, "wind_power_generation")
    assert power_system("全国").missing == ()
    assert "above_designated_size" in [note.code for note in power_system("广东").notes]


def test_net_exchange_closes_the_balance() -> None:
    for region in ("云南", "广东", "全国"):
        system = power_system(region)
        for i, rest in enumerate(system.net_exchange):
            terms = [system.thermal[i], *(flow.values[i] for flow in system.sources)]
            consumption = system.consumption[i]
            if rest is not None and consumption is not None:
                assert rest == pytest.approx(consumption - sum(v or 0.0 for v in terms))


def test_unknown_regions_are_refused() -> None:
    with pytest.raises(InputError):
        power_system("亚特兰蒂斯")
