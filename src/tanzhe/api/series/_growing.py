"""Progress of work that goes over the same things several times, told as one count."""

from tanzhe.errors import Words
from tanzhe.model import Progress

PARTS = 1000
SEARCHING = Words("检索各序列的转折点", "Searching the series for turning points")


class Growing:
    """A `Progress` of a part of some work: its share of the whole only grows.

    How often the work begins anew is not known before: each pass takes half of what is left.

    Args:
        progress: told of the whole.
        number: of this part, from 0.
        of: parts in all.
    """

    def __init__(self, progress: Progress, number: int = 0, of: int = 1) -> None:
        self._progress = progress
        self._number, self._of = number, of
        self._begun, self._last = 0.0, 0.0

    def __call__(self, what: Words, done: int, total: int) -> None:
        """Tell how far the current pass is."""
        within = done / total if total else 0.0
        if within < self._last:
            self._begun += (1 - self._begun) / 2
        self._last = within
        self._tell(self._begun + within * (1 - self._begun) / 2)

    def done(self) -> None:
        """Tell that this part is done."""
        self._tell(1.0)

    def _tell(self, share: float) -> None:
        self._progress(SEARCHING, round(PARTS * (self._number + share)), PARTS * self._of)
