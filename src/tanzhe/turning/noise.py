"""Noise that remembers, as the search for episodes and the robust panel search name it."""

from typing import NamedTuple


class Noise(NamedTuple):
    """Noise that remembers, e_t = rho e_(t-1) + u_t - theta u_(t-1).

    With theta it is the sum of something that fades slowly and of errors of a single period: output
    that drifts for a year and is counted in the wrong month.
    """

    rho: float
    theta: float = 0.0
