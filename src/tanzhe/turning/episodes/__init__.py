"""Episodes: when a series left its usual course, how deep, until when, whose it was.

What happens, in this order:

    shapes      everything that may happen, one column each
    noise       what is regular, and noise that remembers, taken out of series and shapes
    beam        sets of events near the best, grown one event at a time
    candidates  all noises together, under a prior
    panel       what the series of a panel teach each other
    nation      the common movement, and what each member has of it
    runs        the interval in which something of one sign began, whatever its kind
    lives       how deep, until when
    kept        a judged panel, remembered for its other members
    told        one list: adjacent ones joined, recoveries folded, shared ones added
    expected    the path without episodes
    records     what other packages see
"""

from tanzhe.turning.episodes.find import episodes
from tanzhe.turning.episodes.kept import Shelf

__all__ = ["Shelf", "episodes"]
