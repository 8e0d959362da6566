"""Official factors as dated data with the words behind them."""

from tanzhe.rulebook.factors import (
    ActivityFactor,
    FactorValue,
    ResolvedFactor,
    activity_factor,
    activity_factors,
    factor,
    fixed_factor,
)

__all__ = [
    "ActivityFactor",
    "FactorValue",
    "ResolvedFactor",
    "activity_factor",
    "activity_factors",
    "factor",
    "fixed_factor",
]
