"""Workbooks and reports of a park as files."""

import io
from pathlib import Path

from tanzhe.errors import Fault, InputError, Words
from tanzhe.parks import ParkSource
from tanzhe.parks.office import (
    example_park,
    office_options,
    read_workbook,
    template,
)

_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".et", ".csv")


def write_template(out: Path, *, example: bool = False, overwrite: bool = False) -> Path:
    """Write the workbook that a park fills in.

    Args:
        out: an .xlsx file.
        example: filled in for a made-up park.
        overwrite: whether an existing file may be replaced.

    Returns:
        The file written.

    Raises:
        InputError: another suffix, an existing file, or a folder that cannot be written to.
    """
    _check_out(out, (".xlsx",), overwrite=overwrite)
    book = template(office_options(), example_park() if example else None)
    held = io.BytesIO()
    book.save(held)
    return write_whole(out, held.getvalue())


def is_workbook(path: Path) -> bool:
    """Whether a file is to be read as a workbook, or refused as one: by its name."""
    return path.suffix.lower() in _WORKBOOKS


def read_park_workbook(path: Path) -> ParkSource:
    """The entries of a filled template.

    Raises:
        InputError: every fault at once, with sheet and cell.
    """
    return read_workbook(path, office_options())


def write_whole(out: Path, content: bytes) -> Path:
    """Write a file or leave nothing.

    Raises:
        InputError: the folder cannot be written to.
    """
    part = out.with_name(out.name + ".part")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(content)
        part.replace(out)
    except OSError as error:
        part.unlink(missing_ok=True)
        what = Words("无法写入文件", f"Cannot write: {error.strerror}")
        do = Words("请关闭已打开的同名文件，或换一个位置", "Close the file if open, or elsewhere")
        raise InputError(Fault(what=what, where=str(out), do=do)) from error
    return out


def _check_out(out: Path, suffixes: tuple[str, ...], *, overwrite: bool) -> None:
    """Refuse a name that cannot or must not be written, before any work is done for it."""
    if out.suffix.lower() not in suffixes:
        names = "、".join(suffixes)
        what = Words(f"文件名应以 {names} 结尾", f"The name must end in {names}")
        do = Words("请改文件名", "Change the name")
    elif out.exists() and not overwrite:
        what = Words("文件已存在，没有覆盖", "The file exists and was left alone")
        do = Words("请换一个文件名，或加 --overwrite", "Choose another name, or add --overwrite")
    else:
        return
    raise InputError(Fault(what=what, where=str(out), do=do))
