"""What growing sets says of each, and what is read from it, against plain algebra."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import t as student

from tanzhe.turning.calendar import Calendar
from tanzhe.turning.panels.robust.dating import mixture
from tanzhe.turning.panels.robust.design import Design
from tanzhe.turning.panels.robust.pooling import Values, built_in
from tanzhe.turning.panels.robust.search import Models, search
from tanzhe.turning.panels.robust.settings import DEFAULT

FEW = replace(DEFAULT, beam=6, kept=60)
YEARS = {
    "nothing": lambda rng, n: rng.normal(0, 0.05, n),
    "two steps": lambda rng, n: (
        rng.normal(0, 0.03, n) + 0.4 * (np.arange(n) > 15) - 0.5 * (np.arange(n) > 31)
    ),
    "exact": lambda rng, n: 0.7 * (np.arange(n) > 20),
    "constant": lambda rng, n: np.zeros(n),
}


def series(name: str, missing: tuple[int, ...] = (), years: int = 5) -> Values:
    months = Calendar(tuple(range(11)) * years, (0.0,) * 11 * years, 11)
    logs = YEARS[name](np.random.default_rng(8), len(months)).astype(float)
    logs[list(missing)] = np.nan
    return Values.of(logs, months)


def found(values: Values) -> tuple[Design, Models]:
    design = values.design(DEFAULT.noises[1], DEFAULT)
    return design, search(design, values.logs, built_in(len(values.logs), FEW).log_rates, FEW)


def regression(design: Design, logs: NDArray[np.float64], chosen: NDArray[np.intp]) -> tuple:
    """Log evidence, effects and scales of one set by dense algebra."""
    scores, residual = design.scores(logs)
    inner = design.blocks(chosen[None])[0] + np.eye(len(chosen))
    effects = np.linalg.solve(inner, scores[chosen])
    left = max(residual - scores[chosen] @ effects, 1e-12 * residual)
    evidence = design.log_constant - 0.5 * np.linalg.slogdet(inner)[1]
    evidence -= 0.5 * design.degrees * np.log(left)
    own = np.diag(np.linalg.inv(inner)) * left / design.degrees
    return evidence, effects * design.sizes[chosen], np.sqrt(own) * design.sizes[chosen]


@pytest.mark.parametrize("name", YEARS)
@pytest.mark.parametrize("missing", [(), (3, 20, 21)])
def test_every_set_has_the_evidence_and_effects_of_its_regression(
    name: str, missing: tuple[int, ...]
) -> None:
    values = series(name, missing)
    design, models = found(values)
    assert len({frozenset(m) for m in models.members.tolist()}) == len(models.members)
    for row, members in enumerate(models.members):
        there = members >= 0
        evidence, mean, scale = regression(design, values.logs, members[there])
        assert models.log_evidence[row] == pytest.approx(evidence, abs=1e-8)
        np.testing.assert_allclose(models.mean[row, there], mean, atol=1e-9)
        np.testing.assert_allclose(models.scale[row, there], scale, atol=1e-9)
        assert (models.mean[row, ~there] == 0).all()


def test_the_best_of_every_child_are_kept() -> None:
    """Against evaluating every pair that begins with one of the beam."""
    values = series("two steps")
    design, models = found(values)
    rates = built_in(len(values.logs), FEW).log_rates
    prior = (rates - np.log(np.maximum(models.positions, 1)))[design.dictionary.kind]
    every = np.arange(len(prior))

    def log(chosen: list[int]) -> float:
        return regression(design, values.logs, np.array(chosen))[0] + prior[chosen].sum()

    parents = np.argsort([-log([i]) for i in every], kind="stable")[: FEW.beam]
    pairs = {frozenset((int(p), int(c))) for p in parents for c in every if p != c}
    best = sorted((log(list(pair)) for pair in pairs), reverse=True)[: FEW.kept]
    two = (models.members >= 0).sum(axis=1) == 2
    grown = (models.log_evidence + models.log_prior(rates))[two]
    np.testing.assert_allclose(grown, best[: two.sum()], atol=1e-8)
    top = max(best[0], *(log([i]) for i in parents))
    assert two.sum() == sum(b > top - FEW.negligible for b in best)


@pytest.mark.parametrize("degrees", [3, 40])
@pytest.mark.parametrize("apart", [0.0, 1.0, 50.0, 1e6])
def test_quantiles_of_mixtures_leave_their_part_below(degrees: int, apart: float) -> None:
    means, scales = np.array([0.0, 0.3, apart]), np.array([1.0, 0.2, 0.7])
    for share in (np.array([0.6, 0.3, 0.1]), np.array([0.94, 0.01, 0.05])):
        _, *ends = mixture(means, scales, share, degrees, 0.9)
        for end, part in zip(ends, (0.05, 0.95), strict=True):
            below, above = (
                float(share @ student(degrees, means, scales).cdf(end + step))
                for step in (-1e-5, 1e-5)
            )
            assert below <= part <= above
