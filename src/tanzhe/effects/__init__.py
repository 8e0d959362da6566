"""Did this event move that product?

In this order: the event's record says when it acts, on what and which way (`events`); season and
donor weights are learnt for every possible start (`gaps`, `weights`); what the gaps nearby foretell
is taken off (`correction`); the rest is divided by its usual noise (`noise`, `panel`) and ranked
among windows in which nothing is known (`placebo`); sizes, checks and a verdict follow (`question`,
`measure`, `checks`, `verdict`). `estimators` and `conformal` hold the published methods by
themselves.
"""

from tanzhe.effects.conformal import conformal_p_value
from tanzhe.effects.estimators import (
    Estimate,
    difference_in_differences,
    synthetic_control,
    synthetic_difference_in_differences,
)

__all__ = [
    "Estimate",
    "conformal_p_value",
    "difference_in_differences",
    "synthetic_control",
    "synthetic_difference_in_differences",
]
