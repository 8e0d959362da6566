"""Every seed that a number comes from; there is no draw without one."""

from tanzhe.peaks.settings import SEED as PATHS
from tanzhe.turning.episodes.beam import SEED as BEAM
from tanzhe.turning.episodes.lives import SEED as LIVES
from tanzhe.turning.episodes.told import SEED as LOADINGS


def seeds() -> dict[str, int]:
    """The seeds by what is drawn, for manifests.

    Example:
        >>> sorted(seeds())
        ['beam', 'lives', 'loadings', 'peak_paths']
    """
    return {"beam": BEAM, "lives": LIVES, "loadings": LOADINGS, "peak_paths": PATHS}
