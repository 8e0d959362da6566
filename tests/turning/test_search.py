"""The search against dense algebra and against full enumeration."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from scipy.special import logsumexp

from tanzhe.turning.calendar import Calendar
from tanzhe.turning.noise import Noise
from tanzhe.turning.panels.robust.design import design, dictionary, kept_columns
from tanzhe.turning.panels.robust.pooling import Values, built_in
from tanzhe.turning.panels.robust.search import search
from tanzhe.turning.panels.robust.settings import COMPONENTS, DEFAULT


def calendar(years: int) -> Calendar:
    holiday = [float(3 * (i % 2)) if p == 1 else 0.0 for i in range(years) for p in range(11)]
    return Calendar(season=tuple(range(11)) * years, holiday=tuple(holiday), per_year=11)


def covariance(n: int, noise: Noise) -> np.ndarray:
    """Of ARMA(1, 1) by its Yule-Walker equations (Brockwell and Davis 1991, section 3.3)."""
    rho, theta = noise
    variance = (1 + theta**2 - 2 * rho * theta) / (1 - rho**2)
    by_lag = [variance, rho * variance - theta]
    by_lag += [by_lag[1] * rho**k for k in range(1, n)]
    return np.array(by_lag)[np.abs(np.subtract.outer(range(n), range(n)))]


def test_the_noises_come_in_the_order_of_their_autocorrelation() -> None:
    lag_one = [c[0, 1] / c[0, 0] for c in (covariance(2, noise) for noise in DEFAULT.noises)]
    assert lag_one == sorted(lag_one)
    assert sum(DEFAULT.noise_weights) == pytest.approx(1)


@pytest.mark.parametrize("noise", [Noise(0.0), Noise(0.4), Noise(0.8, 0.5), Noise(0.95, 0.5)])
@pytest.mark.parametrize("missing", [(), (7,), (20, 21, 40)])
def test_partialling_out_equals_dense_generalised_least_squares(
    noise: Noise, missing: tuple[int, ...]
) -> None:
    months = calendar(5)
    logs = np.random.default_rng(3).normal(size=55).cumsum()
    made = design(months, missing, noise, DEFAULT)
    seen = np.setdiff1d(np.arange(55), missing)
    kept, precision = kept_columns(months, DEFAULT)
    inverse = np.linalg.inv(covariance(55, noise)[np.ix_(seen, seen)])
    inner = kept[seen].T @ inverse @ kept[seen] + np.diag(precision)
    left = inverse - inverse @ kept[seen] @ np.linalg.solve(inner, kept[seen].T @ inverse)
    columns = made.dictionary.columns[seen] * made.sizes
    scores, residual = made.scores(np.where(np.isin(np.arange(55), missing), 99.0, logs))
    gram = columns.T @ left @ columns
    every = np.arange(len(gram))
    np.testing.assert_allclose(made.rows(every), gram, atol=1e-8)
    np.testing.assert_allclose(made.blocks(every[None, :30])[0], gram[:30, :30], atol=1e-8)
    np.testing.assert_allclose(made.diagonal, np.diag(gram), atol=1e-8)
    np.testing.assert_allclose(scores, columns.T @ left @ logs[seen], atol=1e-8)
    assert residual == pytest.approx(logs[seen] @ left @ logs[seen] + made.floor)
    constant = -0.5 * np.linalg.slogdet(covariance(55, noise)[np.ix_(seen, seen)])[1]
    constant -= 0.5 * (np.linalg.slogdet(inner)[1] - np.log(precision[precision > 0]).sum())
    assert made.log_constant == pytest.approx(constant)


def evidence_of(members: tuple[int, ...], values: Values, noise: Noise) -> float:
    """Log evidence of one set by dense algebra."""
    made = values.design(noise, DEFAULT)
    scores, residual = made.scores(values.logs)
    chosen = list(members)
    inner = made.blocks(np.array([chosen], dtype=np.intp))[0] + np.eye(len(chosen))
    left = residual - scores[chosen] @ np.linalg.solve(inner, scores[chosen])
    return float(
        made.log_constant - 0.5 * np.linalg.slogdet(inner)[1] - 0.5 * made.degrees * np.log(left)
    )


def test_growing_agrees_with_full_enumeration() -> None:
    months = calendar(3)
    rng = np.random.default_rng(11)
    logs = rng.normal(0, 0.1, 33) - 0.45 * (np.arange(33) >= 12) + 0.5 * (np.arange(33) >= 23)
    values = Values.of(logs, months)
    rates = built_in(33, DEFAULT).log_rates
    wide = replace(DEFAULT, most_components=2, kept=10**6, negligible=25.0)
    found = search(values.design(Noise(0.2), wide), logs, rates, wide)
    made = values.design(Noise(0.2), DEFAULT)
    prior = (rates - np.log(np.maximum(made.dictionary.positions(), 1)))[made.dictionary.kind]
    sets = [(), *((i,) for i in range(len(prior))), *combinations(range(len(prior)), 2)]
    exact = np.array([evidence_of(s, values, Noise(0.2)) + prior[list(s)].sum() for s in sets])
    grown = found.log_evidence + found.log_prior(rates)
    assert grown.max() == pytest.approx(exact.max())
    # The beam may lose sets, never weigh one wrongly, and loses next to nothing here.
    assert logsumexp(grown) <= logsumexp(exact) + 1e-9
    assert logsumexp(grown) == pytest.approx(logsumexp(exact), abs=0.05)


def test_every_set_is_kept_once() -> None:
    logs = np.random.default_rng(5).normal(0, 0.1, 33)
    values = Values.of(logs, calendar(3))
    found = search(
        values.design(Noise(0.4), DEFAULT), logs, built_in(33, DEFAULT).log_rates, DEFAULT
    )
    assert len({frozenset(m) for m in found.members.tolist()}) == len(found.members)
    assert (found.counts.sum(axis=1) == (found.members >= 0).sum(axis=1)).all()


def test_dictionary_keeps_its_distance_from_the_ends() -> None:
    known = dictionary(44, 11, Noise(0.5), DEFAULT)
    for name in ("step", "pulse"):
        mine = known.kind == COMPONENTS.index(name)
        assert known.start[mine].min() == DEFAULT.margin
    pulses = known.kind == COMPONENTS.index("pulse")
    assert known.end[pulses].max() == 44 - DEFAULT.margin
    assert set(known.end[pulses] - known.start[pulses]) == set(range(2, 9))
