"""Three estimates of an effect when one unit is treated from one period on."""

from typing import NamedTuple

import numpy as np

from tanzhe.effects.weights import Floats, simplex_weights
from tanzhe.errors import InputError
from tanzhe.faults import fault_of


class Estimate(NamedTuple):
    """An estimated effect and what it was compared with.

    Attributes:
        effect: mean over the treated periods, in the unit of the outcome.
        path: outcome less its counterfactual, one a period.
        weights: of the donors, adding up to one.
        time_weights: of the periods before, adding up to one; None where they count alike.
    """

    effect: float
    path: Floats
    weights: Floats
    time_weights: Floats | None = None


def difference_in_differences(treated: Floats, donors: Floats, first: int) -> Estimate:
    """The change of the treated unit less the mean change of the donors.

    Args:
        treated: outcome of the treated unit, shape (periods,).
        donors: outcomes of the others, shape (donors, periods).
        first: position of the first treated period.

    Returns:
        `effect` is the mean after less the mean before, less the same of the donors.

    Raises:
        InputError: no period before or after, no donor, or missing values.

    Example:
        >>> difference_in_differences(np.array([1., 1., 4.]), np.array([[0., 0., 1.]]), 2).effect
        2.0
    """
    _check(treated, donors, first)
    gap = treated - donors.mean(axis=0)
    path = gap - gap[:first].mean()
    weights = np.full(len(donors), 1 / len(donors))
    return Estimate(float(path[first:].mean()), path, weights)


def synthetic_control(treated: Floats, donors: Floats, first: int) -> Estimate:
    """The treated unit less the mix of donors that was nearest to it before.

    Outcomes only, no covariates, no constant. Reference: Abadie, Diamond, Hainmueller 2010,
    Journal of the American Statistical Association 105(490), 493-505.

    Args:
        treated: outcome of the treated unit, shape (periods,).
        donors: outcomes of the others, shape (donors, periods).
        first: position of the first treated period.

    Returns:
        `effect` is the mean gap of the treated periods.

    Raises:
        InputError: no period before or after, no donor, or missing values.

    Example:
        >>> donors = np.array([[0., 1., 2., 3.], [2., 3., 4., 5.]])
        >>> found = synthetic_control(np.array([1., 2., 3., 1.]), donors, 3)
        >>> round(found.effect, 4), found.weights.round(4).tolist()
        (-3.0, [0.5, 0.5])
    """
    _check(treated, donors, first)
    weights = simplex_weights(treated[:first], donors[:, :first].T)
    path = treated - weights @ donors
    return Estimate(float(path[first:].mean()), path, weights)


def synthetic_difference_in_differences(treated: Floats, donors: Floats, first: int) -> Estimate:
    """A difference in differences with weights on donors and on periods.

    Donor weights lie on the simplex, with a constant and a ridge of
    (treated periods)^(1/2) times the variance of first differences per period before; period
    weights lie on the simplex, with a constant. Reference: Arkhangelsky, Athey, Hirshberg, Imbens,
    Wager 2021, American Economic Review 111(12), 4088-4118, algorithm 1.

    Args:
        treated: outcome of the treated unit, shape (periods,).
        donors: outcomes of the others, shape (donors, periods).
        first: position of the first treated period.

    Returns:
        `effect` is the mean over the treated periods; `path` the gap to the weighted donors less
        its weighted mean before.

    Raises:
        InputError: fewer than two periods before, none after, no donor, or missing values.

    Example:
        >>> donors = np.array([[0., 1., 2., 3.], [2., 3., 4., 5.]])
        >>> found = synthetic_difference_in_differences(np.array([1., 2., 3., 1.]), donors, 3)
        >>> round(found.effect, 4)
        -3.0
    """
    _check(treated, donors, first, before=2)
    past, after = donors[:, :first], donors[:, first:]
    noise = float(np.diff(past, axis=1).std(ddof=1)) if past[:, 1:].size > 1 else 0.0
    penalty = np.sqrt(after.shape[1]) * noise**2 * first
    weights = simplex_weights(_centred(treated[:first]), _centred(past.T), penalty)
    # As in the paper, periods are hardly penalised: only so that the weights are unique.
    times = simplex_weights(
        _centred(after.mean(axis=1)), _centred(past), (1e-6 * noise) ** 2 * len(donors)
    )
    gap = treated - weights @ donors
    path = gap - times @ gap[:first]
    return Estimate(float(path[first:].mean()), path, weights, times)


def _centred(values: Floats) -> Floats:
    return np.asarray(values - values.mean(axis=0))


def _check(treated: Floats, donors: Floats, first: int, before: int = 1) -> None:
    fits = donors.ndim == 2 and donors.shape[1:] == treated.shape and len(donors) > 0
    whole = fits and bool(np.isfinite(treated).all() and np.isfinite(donors).all())
    if not whole or not before <= first < len(treated):
        raise InputError(
            fault_of(
                "effects.estimators.check",
                where=f"treated {treated.shape}, donors {donors.shape}, first {first}",
            )
        )
