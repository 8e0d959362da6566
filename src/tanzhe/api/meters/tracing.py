"""Power traced through a network to its generators."""

from collections.abc import Sequence
from pathlib import Path

from tanzhe.meters.network import read_networks
from tanzhe.meters.tracing import Traced, trace
from tanzhe.tables.files import read_grids


def trace_power(files: Sequence[str | Path]) -> Traced:
    """Where the power of each bus comes from, by proportional sharing.

    Args:
        files: tables of buses (bus, generation, load; perhaps source, factor, hour) and of lines
            (from, to, sent, received; perhaps hour), as two files or two sheets.

    Returns:
        The load of each bus by generator, and the losses; per generator they add up to its
        generation to 1e-9.

    Raises:
        InputError: every fault of the tables at once; buses out of balance or without generation.
    """
    return trace(read_networks([grid for one in files for grid in read_grids(Path(one))]))
