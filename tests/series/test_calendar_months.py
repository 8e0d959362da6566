from tanzhe.model import Part, Series
from tanzhe.series.calendar import monthly


def series(periods: tuple[str, ...], values: tuple[float | None, ...], **more: object) -> Series:
    return Series(
        region="X",
        sector="industry",
        unit="t",
        frequency="year" if len(periods[0]) == 4 else "month",
        periods=periods,
        values=values,
        source="x",
        vintage="x",
        sha256="x",
        **more,
    )


MONTHS = ("2020-01", "2020-02", "2020-03", "2021-01")


def test_january_is_merged() -> None:
    part = Part(product="cement", values=(1.0, None, 3.0, 4.0))
    one = series(MONTHS[:3], (1.0, 2.0, 3.0))
    other = series(
        MONTHS[:3],
        (1.0, 2.0, 3.0),
        parts=(part.model_copy(update={"values": (1.0, None, 3.0)}),),
        peers=(one,),
        reference=one,
    )
    found = monthly(other)
    assert (found.periods, found.values) == (("2020-02", "2020-03"), (3.0, 3.0))
    assert found.parts[0].values == (None, 3.0)
    assert found.peers[0].values == (3.0, 3.0)
    assert found.reference is not None and found.reference.values == (3.0, 3.0)
    assert [n.code for n in found.notes] == ["merged_january_february"]


def test_half_of_january_february_is_none() -> None:
    found = monthly(series(("2019-12", "2020-01"), (1.0, 2.0)))
    assert (found.periods, found.values) == (("2019-12", "2020-02"), (1.0, None))


def test_years_and_merged_months_stay() -> None:
    years = series(("2019", "2020"), (1.0, 2.0))
    assert monthly(years) == years
    merged = series(("2019-12", "2020-02"), (1.0, 2.0), merged=True)
    assert monthly(merged) == merged


def test_reference_of_a_merged_series_is_converted() -> None:
    merged = series(("2019-12", "2020-02"), (1.0, 2.0), merged=True)
    plain = series(("2020-01", "2020-02"), (1.0, 2.0))
    found = monthly(merged.model_copy(update={"reference": plain}))
    assert found.reference is not None and found.reference.merged
