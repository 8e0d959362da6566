"""Extending the built-in output with downloads of the statistics office, and taking them back."""

import hashlib
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from tanzhe.api.series.turning import output_folder
from tanzhe.sectors import find_sector
from tanzhe.series.additions import Change, Measure
from tanzhe.series.downloads import read_download
from tanzhe.series.output import Output
from tanzhe.series.vintages import Vintage, add, remove, vintages
from tanzhe.tables.files import read_grids
from tanzhe.workspace import Workspace


class Extension(NamedTuple):
    """What adding a download did.

    Attributes:
        vintage: what is kept.
        output: the built-in output with it.
        new: figures where there was none.
        changed: figures that take the place of others, with what stood there.
        unused: what the file holds beside, by name, and how many numbers.
    """

    vintage: Vintage
    output: Output
    new: list[Change]
    changed: list[Change]
    unused: Counter[str]


def add_output(
    path: Path,
    workspace: Workspace,
    *,
    product: str | None = None,
    measure: Measure | None = None,
) -> Extension:
    """Extend the built-in output with a download of provincial months.

    Args:
        path: the file, whichever way its table stands.
        workspace: where it is kept; the same file again changes nothing.
        product: any name of a product, where the file does not name it.
        measure: where the file does not say it.

    Raises:
        InputError: no figures of products and provinces in it, or of another size than those
            there are; nothing is kept then.
    """
    tables = [grid.rows for grid in read_grids(path) if grid.visible]
    product_id = find_sector(product).id if product else None
    found = read_download(tables, path.name, product=product_id, measure=measure)
    sha = hashlib.sha256(path.read_bytes()).hexdigest()
    kept, what = add(output_folder(workspace), found.published, file=path.name, file_sha256=sha)
    return Extension(kept, what.output, what.new, what.changed, found.unused)


def remove_output(name: str, workspace: Workspace) -> Vintage:
    """Take a download away again: the output is as if it had never been added.

    Args:
        name: id of the vintage, or the beginning of it.
        workspace: where it was kept.

    Raises:
        InputError: there is none of that name, or several.
    """
    return remove(output_folder(workspace), name)


def output_vintages(workspace: Workspace) -> tuple[Vintage, ...]:
    """What was added to the built-in output, in that order."""
    folder = output_folder(workspace)
    return vintages(folder) if folder.is_dir() else ()
