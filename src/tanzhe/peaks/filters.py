"""Kalman filters over a grid of variances, with a scale that forgets (West, Harrison 1997)."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

Floats = NDArray[np.float64]


class Model(NamedTuple):
    """Linear state space models side by side, one a grid point.

    The observation is `load @ state + noise`; all variances are in units of the scale.

    Attributes:
        step: transition, shape (grid, states, states).
        moves: covariance of the moves of the state, shape (grid, states, states).
        load: shape (states,).
        noise: variance of the observation, shape (grid,).
        spread: covariance of the first state, shape (grid, states, states).
        memory: discount of the scale, a period.
        weight_memory: discount of the running log density by which grid points are weighed.
        worth: for how many observations the first scale counts.
        scale: the first scale, a standard deviation.
        clip: squared standardised innovation beyond which an observation moves state and scale
            no further; infinite: never.
    """

    step: Floats
    moves: Floats
    load: Floats
    noise: Floats
    spread: Floats
    memory: float
    weight_memory: float
    worth: float
    scale: float
    clip: float


class Filtered(NamedTuple):
    """Where the filters stand after the last observation.

    Attributes:
        mean: shape (grid, states).
        covariance: in units of the scale, shape (grid, states, states).
        squares: discounted sum of squared innovations, shape (grid,).
        worth: discounted number of observations.
        weights: of the grid points, adding up to one.
    """

    mean: Floats
    covariance: Floats
    squares: Floats
    worth: float
    weights: Floats

    def draw(
        self, draws: np.random.Generator, paths: int
    ) -> tuple[NDArray[np.int_], Floats, Floats]:
        """Grid points by weight, scales and states for `paths` paths."""
        chosen = draws.choice(len(self.weights), size=paths, p=self.weights)
        scale = np.sqrt(self.squares[chosen] / draws.chisquare(self.worth, paths))
        roots = _root(self.covariance)
        normal = draws.standard_normal((paths, self.mean.shape[1]))
        state = self.mean[chosen] + scale[:, None] * np.einsum("pij,pj->pi", roots[chosen], normal)
        return chosen, scale, state


def filtered(model: Model, first: Floats, values: Floats) -> Filtered:
    """Run the filters over `values`; NaN is passed over.

    Args:
        model: the grid.
        first: the first state, shape (states,).
        values: observations, oldest first.
    """
    grid = len(model.noise)
    mean = np.repeat(first[None, :], grid, axis=0)
    covariance = model.spread.copy()
    worth = model.worth
    squares = np.full(grid, worth * model.scale**2)
    running = np.zeros(grid)
    for value in values:
        mean = np.einsum("gij,gj->gi", model.step, mean)
        covariance = model.step @ covariance @ model.step.transpose(0, 2, 1) + model.moves
        if not np.isfinite(value):
            continue
        load = covariance @ model.load
        variance = load @ model.load + model.noise
        innovation = value - mean @ model.load
        squared = innovation**2 / (variance * squares / worth)
        running = model.weight_memory * running + _log_student(squared, variance, squares, worth)
        counted = np.minimum(squared, model.clip)
        ease = np.divide(counted, squared, out=np.ones(grid), where=squared > 0)
        gain = load / variance[:, None]
        mean = mean + (ease * innovation)[:, None] * gain
        covariance = covariance - gain[:, :, None] * load[:, None, :]
        squares = model.memory * squares + counted * squares / worth
        worth = model.memory * worth + 1.0
    weights = np.exp(running - running.max())
    return Filtered(mean, covariance, squares, worth, weights / weights.sum())


def _log_student(squared: Floats, variance: Floats, squares: Floats, worth: float) -> Floats:
    """Log density of an innovation under Student's t with `worth` degrees of freedom."""
    shape = gammaln((worth + 1) / 2) - gammaln(worth / 2) - 0.5 * np.log(np.pi * worth)
    scale = 0.5 * np.log(variance * squares / worth)
    return np.asarray(shape - scale - (worth + 1) / 2 * np.log1p(squared / worth))


def _root(covariance: Floats) -> Floats:
    """Square roots of positive semidefinite matrices."""
    values, vectors = np.linalg.eigh((covariance + covariance.transpose(0, 2, 1)) / 2)
    return np.asarray(vectors * np.sqrt(np.clip(values, 0.0, None))[:, None, :])


def crossed(*choices: tuple[float, ...]) -> Floats:
    """Every combination of the choices, one a row."""
    return np.array(np.meshgrid(*choices, indexing="ij")).reshape(len(choices), -1).T
