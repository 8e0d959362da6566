"""More made-up kinds: accounts, prices, counts, climate, rooms, emissions, peaks, pulses."""

import numpy as np

from turning.draws import Made, Random, bent, noise, places, sign


def account(r: Random) -> Made:
    """A balance that rises on payday and runs down; habits change once or twice."""
    n, day = int(r.integers(300, 620)), np.arange(620)
    pay = int(r.integers(14, 32))
    at = places(r, n, int(r.integers(0, 3)), 60)
    y = 0.5 * r.uniform(0.3, 1) * (1 - (day % pay) / pay)[:n] + np.cumsum(r.normal(size=n)) * 0.02
    for t in at:
        y[t:] += sign(r) * r.uniform(0.8, 2.5)
    return y * 1000, [(t, 0.8) for t in at]


def oil(r: Random) -> Made:
    """A price that wanders, halves within some weeks, and half recovers."""
    n = int(r.integers(350, 600))
    (t,) = places(r, n, 1, 90)
    down, back = int(r.integers(5, 30)), int(r.integers(20, 60))
    fall = r.uniform(0.5, 1.1)
    path = bent(n, [0, t, t + down, t + down + back, n], [0, 0.3, 0.3 - fall, 0, 0.1])
    y = 60 * np.exp(path + np.cumsum(r.standard_t(5, size=n)) * 0.015)
    return y, [(t, 0.8), (t + down, 0.6), (t + down + back, 0.3)]


def currency(r: Random) -> Made:
    """A rate that hardly moves, loses much at once, and is restless afterwards."""
    n = int(r.integers(150, 300))
    (t,) = places(r, n, 1, 40)
    size = np.where(np.arange(n) < t, 1, r.uniform(1, 2.5)) * r.uniform(0.004, 0.015)
    y = np.cumsum(r.normal(size=n) * size)
    y[t:] += r.uniform(0.2, 0.6)
    if r.random() < 0.4:
        y[t + 20 :] -= np.minimum(1, np.arange(n - t - 20) / 60) * 0.15
    return np.exp(y), [(t, 0.9)]


def counts(r: Random) -> Made:
    """Small whole numbers a year, their mean falling or rising once."""
    n = int(r.integers(80, 200))
    at = places(r, n, int(r.integers(0, 3)), 25)
    rate = np.full(n, r.uniform(2, 6))
    for k, t in enumerate(at):
        rate[t:] *= r.uniform(0.2, 0.4) if k % 2 == 0 else r.uniform(2.5, 4)
    return r.poisson(rate).astype(float), [(t, 0.7) for t in at]


def warming(r: Random) -> Made:
    n = int(r.integers(90, 180))
    at = places(r, n, int(r.integers(1, 3)), 25)
    level = np.cumsum(r.uniform(0.4, 1) * np.array([0, 0, *([1, -0.2][: len(at)])]))
    y = bent(n, [0, *at, n], level) + noise(r, n, r.uniform(0.1, 0.5), r.uniform(0.05, 0.12))
    return y, [(t, 0.5) for t in at]


def volatility(r: Random) -> Made:
    n = int(r.integers(120, 400))
    (t,) = places(r, n, 1, 40)
    return noise(r, n) * np.where(np.arange(n) < t, 1, r.uniform(3, 8) ** sign(r)), [(t, 0.7)]


def room(r: Random) -> Made:
    """Air of a room that fills when people come and empties when they go."""
    n, y = int(r.integers(250, 500)), np.zeros(500)
    at = places(r, n, 2 * int(r.integers(1, 4)), 18)
    people = np.zeros(n)
    for a, b in zip(at[::2], at[1::2], strict=True):
        people[a:b] = r.uniform(0.5, 1)
    speed = r.uniform(0.08, 0.4)
    for i in range(1, n):
        y[i] = y[i - 1] + speed * (people[i] - y[i - 1])
    return 400 + 600 * (y[:n] + noise(r, n, 0.5, 0.015)), [(t, 0.8) for t in at]


def emissions(r: Random) -> Made:
    """Months with season and growth, a lasting step or a bend."""
    n = 12 * int(r.integers(5, 16))
    (t,) = places(r, n, 1, 14)
    path = np.linspace(0, r.uniform(-0.1, 0.5), n) + noise(r, n, r.uniform(0, 0.6), 0.03)
    path += np.resize(r.normal(size=12) * 0.08, n)
    if r.random() < 0.6:
        path[t:] += sign(r) * r.uniform(0.12, 0.35)
        return np.exp(path), [(t, 0.85)]
    path[t:] -= r.uniform(0.004, 0.012) * np.arange(n - t)
    return np.exp(path), [(t, 0.5)]


def peak(r: Random) -> Made:
    """Years of growth, a plateau or none, and decline."""
    n = int(r.integers(18, 45))
    a = int(r.integers(6, n - 8))
    b = min(n - 4, a + int(r.choice([0, 0, 5, 8])))
    ends = [0, *sorted({a, b}), n]
    y = bent(n, ends, [0.2, *([1.0] * (len(ends) - 2)), r.uniform(0.2, 0.8)])
    return y + noise(r, n, 0.3, 0.03), [(t, 0.7) for t in sorted({a, b})]


def lockdown(r: Random) -> Made:
    """A fall and the way back some periods later."""
    n = int(r.integers(60, 200))
    (t,) = places(r, n, 1, 20)
    length = int(r.integers(4, 12))
    y = np.linspace(0, r.uniform(-1, 2), n) + noise(r, n, r.uniform(0, 0.4), 0.3)
    y[t : t + length] -= r.uniform(2, 4)
    return y, [(t, 0.8), (t + length, 0.75)]


def league(r: Random) -> Made:
    """Slow swings around growth; few readers see any break."""
    n = int(r.integers(90, 160))
    a, b = places(r, n, 2, 25)
    y = bent(n, [0, a, b, n], [0, r.uniform(0, 0.5), r.uniform(0.6, 1.4), r.uniform(0.4, 1.4)])
    return y + noise(r, n, 0.6, 0.12), [(a, 0.35), (b, 0.35)]


def rounded(r: Random) -> Made:
    """A scale that shows few values, with steps of one or two of them."""
    n = int(r.integers(60, 300))
    at = places(r, n, int(r.integers(0, 4)), 12)
    y = r.normal(size=n) * 0.35
    for t in at:
        y[t:] += sign(r) * r.integers(1, 4)
    return np.round(y), [(t, 0.85) for t in at]


MORE = (account, oil, currency, counts, warming, volatility, room, emissions, peak, lockdown)
MORE = (*MORE, league, rounded)
