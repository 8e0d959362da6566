"""From sets of components to edges: where, which sign, how large, with what weight.

A durable edge is the onset of a step, of a slope or of a pulse of at least two periods, and the
end of such a pulse. The probability that an edge of one sign lies in an interval is the posterior
weight of all sets that have one there.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tanzhe.turning.calendar import Floats, Integers
from tanzhe.turning.panels.robust.pooling import Candidates, Prior
from tanzhe.turning.panels.robust.search import Models, log_sum
from tanzhe.turning.panels.robust.settings import COMPONENTS

STEP, PULSE, SLOPE, ODD, SHOCK = range(len(COMPONENTS))
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Edges:
    """Every component of every set as an edge; the end of a pulse is a row of its own.

    Attributes:
        weight: posterior probability of each set, shape (n_sets,).
        set: which set a row belongs to, shape (n_rows,), as are all that follow.
        period: first period of what the edge begins.
        sign: +1 up, -1 down.
        kind: index into COMPONENTS; only step, pulse and slope are durable.
        onset: False for the end of a pulse.
        other: end of the pulse for its onset, onset for its end, -1 for other kinds.
        mean: posterior mean of the effect at the onset, log units (a slope: a year).
        scale: its posterior scale, Student t with `degrees` degrees of freedom.
        degrees: degrees of freedom.
    """

    weight: Floats
    set: Integers
    period: Integers
    sign: Integers
    kind: Integers
    onset: Mask
    other: Integers
    mean: Floats
    scale: Floats
    degrees: int

    @property
    def durable(self) -> Mask:
        """Rows of a step, a pulse or a slope."""
        return self.kind <= SLOPE

    def probability(self, rows: Mask | Integers) -> float:
        """Posterior probability that at least one of the rows is there."""
        there = np.zeros(len(self.weight))
        there[self.set[rows]] = 1.0
        return min(1.0, float(self.weight @ there))


def edges(candidates: Candidates, prior: Prior) -> Edges:
    """All edges of one series under a prior, autocorrelation averaged over."""
    posteriors = candidates.log_posterior(prior)
    total = log_sum(np.concatenate([p for p in posteriors if p is not None]))
    tables, weights, first_set = [], [], 0
    for models, posterior in zip(candidates.models, posteriors, strict=True):
        if models is None or posterior is None:
            continue
        tables.append(_rows(models, first_set))
        first_set += len(posterior)
        weights.append(np.exp(posterior - total))
    columns = {name: np.concatenate([t[name] for t in tables]) for name in tables[0]}
    degrees = len(candidates.values.logs) - 1 - len(candidates.values.missing)
    return Edges(weight=np.concatenate(weights), degrees=degrees, **columns)


def _rows(models: Models, first_set: int) -> dict[str, NDArray[np.generic]]:
    sets, places = np.nonzero(models.members >= 0)
    member = models.members[sets, places]
    known = models.dictionary
    onset = {
        "set": sets + first_set,
        "period": known.start[member],
        "sign": np.sign(models.mean[sets, places]).astype(np.intp),
        "kind": known.kind[member],
        "onset": np.ones(len(sets), dtype=bool),
        "other": np.where(known.kind[member] == PULSE, known.end[member], -1),
        "mean": models.mean[sets, places],
        "scale": models.scale[sets, places],
    }
    pulse = known.kind[member] == PULSE
    end = {name: column[pulse] for name, column in onset.items()}
    end["period"], end["other"] = end["other"], end["period"]
    end["sign"], end["mean"], end["onset"] = -end["sign"], -end["mean"], ~end["onset"]
    return {name: np.concatenate([onset[name], end[name]]) for name in onset}
