"""The parts of the measurement against second implementations and known truths."""

import numpy as np
import pytest

from tanzhe.effects.conformal import conformal_p_value
from tanzhe.effects.correction import Span, mean_in, pooled_slopes
from tanzhe.effects.gaps import fit_weights, gaps, possible_starts
from tanzhe.effects.panel import Panel
from tanzhe.effects.placebo import away_from, combined_p, rank_p, reference, rows_of, size
from tanzhe.effects.weights import Floats, simplex_weights

RNG = np.random.default_rng(12)
PERIODS = 110


def walks(regions: int = 20, seed: int = 2) -> Floats:
    rng = np.random.default_rng(seed)
    common = 0.02 * rng.normal(size=PERIODS).cumsum()
    noise = np.zeros((regions, PERIODS))
    loud = rng.uniform(0.03, 0.12, size=(regions, 1))
    for t in range(1, PERIODS):
        noise[:, t] = 0.4 * noise[:, t - 1] + rng.normal(size=regions)
    season = 0.2 * np.sin(2 * np.pi * np.arange(PERIODS) / 11) * rng.uniform(0.5, 1.5, (regions, 1))
    return np.asarray(5 + common + loud * noise + season)


def test_the_median_of_the_others_and_the_weights_are_those_of_a_plain_loop() -> None:
    logs = walks()
    logs[3, 20:40] = np.nan
    starts = np.array([50, 70])
    found = gaps(logs, np.arange(len(logs)), "before", 11, starts)
    for number, start in enumerate(starts):
        adjusted = found.own[number]
        for region in (0, 3, 7):
            others = np.delete(adjusted, region, axis=0)
            assert found.donors[0, number, region] == pytest.approx(
                adjusted[region] - np.nanmedian(others, axis=0), nan_ok=True
            )
            past = slice(0, start)
            filled = np.where(np.isfinite(adjusted), adjusted, np.nanmedian(adjusted, axis=0))
            mix = simplex_weights(
                filled[region, past], np.delete(filled[:, past], region, axis=0).T
            )
            mine = np.delete(found.weights[number, region], region)
            assert mine == pytest.approx(mix, abs=1e-4)


def test_the_fits_never_see_the_window() -> None:
    logs = walks()
    changed = logs.copy()
    changed[0, 60:66] -= 0.5
    starts = np.array([60])
    for side in ("before", "around"):
        one = gaps(logs, np.array([0]), side, 11, starts)  # type: ignore[arg-type]
        other = gaps(changed, np.array([0]), side, 11, starts)  # type: ignore[arg-type]
        moved = (other.own - one.own)[0, 0]
        assert moved[60:66] == pytest.approx(-0.5)
        assert np.abs(np.delete(moved, np.arange(60, 66))).max() < 1e-9
        assert other.weights == pytest.approx(one.weights)


def test_starts_have_enough_to_learn_from() -> None:
    assert possible_starts(110, "before").tolist() == list(range(33, 110))
    around = possible_starts(110, "around")
    assert (around.min(), around.max()) == (7, 99)
    assert len(possible_starts(30, "before")) == 0
    weights = fit_weights(np.array([50]), 110, "around")[0]
    assert weights[50:57].max() == 0 < weights[49] and weights[57] > 0


def test_mean_of_a_span() -> None:
    values = np.array([[[1.0, 2.0, np.nan, 4.0, 5.0]]])
    starts = np.array([1])
    assert mean_in(values, starts, Span(0, 3)).item() == 3.0
    assert np.isnan(mean_in(values, starts, Span(0, 2), least=0.6)).item()
    assert mean_in(values, starts, Span(-1, 1)).item() == 1.0
    assert np.isnan(mean_in(values, starts, Span(9, 2))).item()


def test_slopes_are_recovered_and_outliers_do_not_decide() -> None:
    features = RNG.normal(size=(2, 80, 20))
    window = 0.5 * features[0] - 0.2 * features[1] + 0.1 * RNG.normal(size=(80, 20))
    window[:3] += 50
    assert pooled_slopes(window, features) == pytest.approx([0.5, -0.2], abs=0.03)


def test_p_values_of_quiet_windows_are_uniform_and_intervals_cover() -> None:
    panel = Panel([f"r{i}" for i in range(20)], walks(), 11)
    window = Span(0, 3)
    quiet = np.ones((PERIODS, 20), dtype=bool)
    small, covered, all_of = 0, 0, 0
    for region in range(20):
        rows = rows_of(panel, region, window, None)
        known = reference(panel, region, quiet)
        for start in range(40, 95, 5):
            away = away_from(panel, start, window)
            found = combined_p(rows, start, (-1,), known, away)
            one = size(rows, "excess", "around", start, (-1,), known, away)
            assert found is not None and one is not None
            all_of += 1
            small += found[0] <= 0.1
            covered += one.low <= 0 <= one.high
    assert 0.06 < small / all_of < 0.15
    assert 0.85 < covered / all_of < 0.95


def test_rank_and_conformal_p_values_by_hand() -> None:
    assert rank_p(5.0, np.array([1.0, 2.0, 3.0])) == 0.25
    residuals = np.array([0.0, 1.0, -1.0, 0.0, 3.0, 3.0])
    assert conformal_p_value(residuals, 4, 2, 1) == pytest.approx(1 / 6)
    assert conformal_p_value(residuals, 4, 2, -1) == 1.0
    assert conformal_p_value(residuals, 4, 2) == pytest.approx(1 / 6)
