"""Made-up sequences of many kinds, with known breaks and readers who see them with some chance.

The kinds follow what the Turing Change Point Dataset holds (quality control, rivers, traffic,
prices, scan lines, populations, economies); none is fitted to a series of it.
"""

from collections.abc import Callable, Iterator

import numpy as np

from turning.draws import Floats, Made, Random, Seen, bent, noise, places, sign
from turning.kinds import MORE


def quality(r: Random) -> Made:
    n = int(r.integers(300, 500))
    y, seen = noise(r, n), []
    if r.random() < 0.75:
        (t,) = places(r, n, 1, 40)
        y[t:] += sign(r) * r.uniform(0.8, 3)
        seen = [(t, 0.9)]
    if r.random() < 0.4:
        for i in r.integers(0, n, 3):
            y[i] += sign(r) * r.uniform(5, 12)
    return y, seen


def river(r: Random) -> Made:
    n = int(r.integers(80, 130))
    (t,) = places(r, n, 1, 20)
    y = noise(r, n, r.uniform(0, 0.3))
    y[t:] += sign(r) * r.uniform(1.4, 2.5)
    return y, [(t, 0.9)]


def seatbelts(r: Random) -> Made:
    a, b = places(r, 192, 2, 24)
    y = noise(r, 192, 0.3, 0.7) + np.tile(noise(r, 12, 0.6), 16) * r.uniform(1, 2)
    y[a:] -= r.uniform(1, 2)
    y[b:] -= r.uniform(1.5, 3)
    return y, [(a, 0.6), (b, 0.9)]


def ozone(r: Random) -> Made:
    n = int(r.integers(45, 65))
    a, b = places(r, n, 2, 12)
    rising = r.random() < 0.5
    levels = [0, r.uniform(0, 0.3), 1, 0.8] if rising else [0, 1, 1, r.uniform(0.3, 0.7)]
    return bent(n, [0, a, b, n], levels) + noise(r, n, 0.4, 0.04), [(a, 0.6), (b, 0.5)]


def stock(r: Random) -> Made:
    n = int(r.integers(250, 600))
    moves = r.standard_t(4, size=n)
    at = places(r, n, int(r.integers(0, 3)), 40)
    for t in at:
        moves[t] += sign(r) * r.uniform(9, 16)
    y = 100 * np.exp(np.cumsum(moves) * 0.012)
    return y, [(t, 0.8) for t in at] + [(t, 0.35) for t in turns(y) if away(t, at)]


def away(t: int, others: list[int]) -> bool:
    return all(abs(t - o) > 10 for o in others)


def turns(y: Floats) -> list[int]:
    """Highest and lowest place of the smoothed path, where it stands out on both sides."""
    k = max(3, len(y) // 50)
    s = np.convolve(np.pad(y, k, "edge"), np.ones(2 * k + 1) / (2 * k + 1), "valid")
    both = (int(s.argmax()), int(s.argmin()))
    return [
        t
        for t in both
        if 20 < t < len(y) - 20
        and min(abs(s[t] - s[:t]).max(), abs(s[t] - s[t:]).max()) > 0.35 * np.ptp(s)
    ]


def coin(r: Random) -> Made:
    n = 774
    a, b, c = (int(n * r.uniform(*w)) for w in ((0.4, 0.55), (0.6, 0.7), (0.75, 0.85)))
    path = bent(n, [0, a, b, c, n], [0, 0.5, r.uniform(2, 3), 1.2, r.uniform(0.8, 1.6)])
    y = np.exp(path + np.cumsum(r.standard_t(4, size=n) * 0.012))
    return y, [(a, 0.6), (b, 0.7), (c, 0.5)]


def scan_line(r: Random) -> Made:
    n, level = 481, 0.0
    at = places(r, n, int(r.integers(3, 11)), 15)
    y = np.zeros(n)
    for a, b in zip([0, *at], [*at, n], strict=True):
        level = (level + r.uniform(0.25, 0.75)) % 1
        y[a:b] = level + noise(r, b - a, 0.5) * r.uniform(0.02, 0.08)
    return y, [(t, 0.85) for t in at]


def population(r: Random) -> Made:
    n = int(r.integers(100, 820))
    drift = np.cumsum(noise(r, n, 0.9)) * 1e-3 / np.sqrt(n)
    y = np.exp(np.linspace(0, 1, n) * r.uniform(0.3, 1.5)) + drift
    if r.random() < 0.5:
        y += 0.002 * np.sin(2 * np.pi * np.arange(n) / 12)
    return y, [(n // 2, 0.12)]


def economy(r: Random) -> Made:
    n = int(r.integers(22, 60))
    at = places(r, n, int(r.integers(0, 3)), 7)
    growth = np.full(n, r.uniform(0.02, 0.05))
    for t in at:
        length = int(r.integers(1, 4))
        growth[t : t + length] = -r.uniform(0.04, 0.1)
        if r.random() < 0.4:
            growth[t + length :] = r.uniform(-0.01, 0.06)
    return 100 * np.exp(np.cumsum(growth + r.normal(size=n) * 0.012)), [(t, 0.6) for t in at]


def debt(r: Random) -> Made:
    n = int(r.integers(18, 30))
    a = int(n * r.uniform(0.5, 0.75))
    b = min(n - 3, a + 5)
    y = bent(n, [0, a, b, n], [r.uniform(0.3, 0.8), 0.2, 1.2, r.uniform(0.8, 1.3)])
    return y + r.normal(size=n) * 0.02, [(a, 0.8), (b, 0.5)]


def tourism(r: Random) -> Made:
    n = 199
    a = int(r.integers(80, 150))
    wave = 0.9 * np.sin(np.arange(12) * 2 * np.pi / 12) + 0.2 * r.normal(size=12)
    path = bent(n, [0, a, n], [0, 0.3, r.uniform(1, 1.8)]) + np.resize(wave, n)
    return np.exp(path + r.normal(size=n) * 0.05), [(a, 0.4)]


def epidemics(r: Random) -> Made:
    n = 991
    t = int(r.integers(350, 750))
    height = np.repeat(r.lognormal(0, 0.7, size=n // 52 + 1), 52)[:n]
    wave = np.exp(3 * (np.cos(2 * np.pi * (np.arange(n) - 10) / 52) - 1))
    y = height * wave * np.where(np.arange(n) < t, 1, r.uniform(0.05, 0.25))
    return y * np.exp(noise(r, n, 0.8, 0.15)) + 0.02 * r.random(n), [(t, 0.8)]


def calls(r: Random) -> Made:
    a = int(r.integers(15, 35))
    y = bent(53, [0, a, a + 6, 53], [0, 1, r.uniform(0.4, 0.8), r.uniform(0.9, 1.8)])
    return y + r.normal(size=53) * 0.06, [(a, 0.6), (a + 6, 0.5)]


def licences(r: Random) -> Made:
    n = 205
    a, b = places(r, n, 2, 30)
    y = np.cumsum(np.abs(r.normal(size=n)) * 0.004) + noise(r, n, 0.6, 0.03)
    y[a:] += r.uniform(0.25, 0.6) * sign(r)
    y[b:] += r.uniform(0.25, 0.6)
    y[int(r.integers(10, 195))] -= r.uniform(0.3, 0.6)
    return y, [(a, 0.8), (b, 0.8)]


def coal(r: Random) -> Made:
    n = 105
    a, b = int(r.integers(15, 35)), int(r.integers(50, 85))
    y = bent(n, [0, a, n], [0.7, 1, r.uniform(0, 0.2)]) + noise(r, n, 0.7, 0.015)
    y[b:] -= np.minimum(1, (np.arange(n - b) + 1) / 3) * r.uniform(0.15, 0.3)
    y[int(r.integers(5, 95))] *= 0.85
    y[[40, 41]] = np.nan
    return y, [(a, 0.6), (b, 0.7)]


def well(r: Random) -> Made:
    n, level = 675, 0.0
    at = places(r, n, int(r.integers(4, 13)), 9)
    y = r.normal(size=n)
    for a, b in zip([0, *at], [*at, n], strict=True):
        level += sign(r) * r.uniform(3, 10)
        y[a:b] += level + np.linspace(0, r.normal(), b - a)
    for i in r.integers(0, n - 3, 5):
        y[i : i + int(r.integers(1, 3))] -= r.uniform(10, 25)
    return y, [(t, 0.85) for t in at]


def jobless(r: Random) -> Made:
    n = 214
    y, seen = 4 + np.cumsum(noise(r, n, 0.7)) * 0.15, []
    for t in places(r, n, int(r.integers(1, 4)), 25):
        length = int(r.integers(3, 20))
        y[t : t + length] += r.uniform(4, 10) * np.linspace(1, 0.5, length)
        seen += [(t, 0.8), (t + length, 0.6)]
    return y, seen


def airport(r: Random) -> Made:
    n = 468
    t = int(r.integers(200, 400))
    path = bent(n, [0, t, n], [0, r.uniform(0.1, 0.6), r.uniform(0.2, 1.2)])
    y = np.exp(path + np.tile(0.2 * noise(r, 12, 0.6), 39) + noise(r, n, 0.6, 0.03))
    fall = r.uniform(0.15, 0.35)
    y[t : t + 12] *= 1 - fall
    if r.random() < 0.5:
        y[t + 12 :] *= 1 - fall / 2
    return y, [(t, 0.8)]


def business(r: Random) -> Made:
    n = 330
    a, b = places(r, n, 2, 50)
    y = bent(n, [0, a, a + 8, b, b + 12, n], [0.8, 1.2, 1.1, 1.5, 1.3, 2])
    y += np.cumsum(r.normal(size=n)) * 0.003 + 0.015 * np.resize(r.normal(size=12), n)
    return y, [(a, 0.8), (b, 0.8), (b + 12, 0.4)]


def fertility(r: Random) -> Made:
    n = 300
    a = int(r.integers(120, 200))
    restless = (np.arange(n) < a + 10) & (np.arange(n) > a - 60)
    y = bent(n, [0, a, a + 40, n], [5.8, 5, 2.5, 2])
    return y + np.cumsum(r.normal(size=n)) * 0.03 * restless, [(a, 0.8), (a + 40, 0.3)]


def sigmoid(r: Random) -> Made:
    n = int(r.integers(60, 250))
    y = 1 / (1 + np.exp(-np.linspace(-1, 1, n) * r.uniform(2, 6)))
    return y + noise(r, n, 0.8, 0.006), [(n // 2, 0.15)]


def run(r: Random) -> Made:
    n = 376
    at = places(r, n, int(r.integers(4, 9)), 20)
    y = np.zeros(n)
    for i, (a, b) in enumerate(zip([0, *at], [*at, n], strict=True)):
        y[a:b] = (i % 2) * r.uniform(1, 1.4) + noise(r, b - a, 0.7) * r.uniform(0.05, 0.12)
    return y, [(t, 0.85) for t in at]


def nothing(r: Random, rho: float | None = None) -> Made:
    chosen = float(r.choice([0, 0.3, 0.6])) if rho is None else rho
    return noise(r, int(r.integers(60, 400)), chosen), []


def steps(r: Random) -> Made:
    n = int(r.integers(30, 300))
    y = noise(r, n, float(r.choice([0, 0.3, 0.5])))
    at = places(r, n, int(r.integers(0, 4)), 8)
    for t in at:
        y[t:] += sign(r) * r.uniform(2, 6)
    return y, [(t, 0.8) for t in at]


FAMILIES: dict[str, Callable[[Random], Made]] = {
    f.__name__: f
    for f in [
        *(quality, river, seatbelts, ozone, stock, coin, scan_line, population, economy, debt),
        *(tourism, epidemics, calls, licences, coal, well, jobless, airport, business, fertility),
        *(sigmoid, run, nothing, steps),
        *MORE,
    ]
}


def read_by(r: Random, seen: Seen, n: int, readers: int = 5) -> dict[str, list[int]]:
    """What readers mark: each place with its chance, give or take one."""
    return {
        str(k): sorted(
            {int(np.clip(t + round(r.normal()), 1, n - 1)) for t, p in seen if r.random() < p}
        )
        for k in range(readers)
    }


def collection(each: int, seed: int) -> Iterator[tuple[str, Floats, dict[str, list[int]]]]:
    """`each` sequences of every family, with readers."""
    for number, (name, make) in enumerate(FAMILIES.items()):
        for i in range(each):
            r = np.random.default_rng([seed, i, number])
            y, seen = make(r)
            yield name, y, read_by(r, seen, len(y))
