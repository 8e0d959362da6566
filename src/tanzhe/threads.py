"""One thread of the linear algebra library for work on many small systems."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from threadpoolctl import threadpool_limits

P = ParamSpec("P")
R = TypeVar("R")


def one_thread(work: Callable[P, R]) -> Callable[P, R]:
    """A function that keeps to one thread of the linear algebra library while it runs.

    More threads wait for each other longer than they work: with two, a report took two and a half
    times as long and five times the processor time, a first effect twice the processor time.

    Args:
        work: any function.

    Example:
        >>> one_thread(len)([1, 2])
        2
    """
    limited: Callable[P, R] = threadpool_limits.wrap(limits=1, user_api="blas")(work)
    return limited
