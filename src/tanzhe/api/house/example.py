"""Small made-up inputs, one for every command, so that a newcomer can try each as printed."""

import csv
import io
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import NamedTuple

from tanzhe import bundled
from tanzhe.api.parks.office import write_template
from tanzhe.errors import InputError, Words, why_not
from tanzhe.faults import fault_of
from tanzhe.rulebook.strict_yaml import read_yaml


class Sample(NamedTuple):
    """A file of the example: its name, what it is, and the command to try on it."""

    name: str
    what: Words
    command: str


def _samples() -> tuple[Sample, ...]:
    text = bundled.text("tanzhe.data", "example.yaml")
    return tuple(
        Sample(name, Words(one["zh"], one["en"]), one["command"])
        for name, one in read_yaml(text, name="example.yaml").items()
    )


SAMPLES = _samples()


def write_example(folder: str | Path) -> tuple[Sample, ...]:
    """Write the example into a folder; nothing that is there already is touched.

    Args:
        folder: made if missing.

    Returns:
        What was written, with the command to try on each.

    Raises:
        InputError: files of these names exist, each named, and nothing is written; or the folder
            cannot be written to.
    """
    folder = Path(folder)
    held = files("tanzhe.data").joinpath("example")
    try:
        faults = [
            fault_of("api.example.exists", where=str(folder / one.name))
            for one in SAMPLES
            if (folder / one.name).exists()
        ]
        if faults:
            raise InputError(*faults)
        folder.mkdir(parents=True, exist_ok=True)
        for path, source in _packaged(held, folder):
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(source.read_bytes())
        _write_workbook(folder / "mine.xlsx", held.joinpath("mine.csv").read_text("utf-8"))
        _write_word(folder / "notice.docx", held.joinpath("notice.txt").read_text("utf-8"))
    except OSError as error:
        why = why_not(error)
        raise InputError(
            fault_of("api.example.write_example", why=why, where=str(folder))
        ) from error
    write_template(folder / "park.xlsx", example=True)
    return SAMPLES


def _packaged(held: Traversable, folder: Path) -> Iterator[tuple[Path, Traversable]]:
    for one in held.iterdir():
        if one.is_dir():
            yield from _packaged(one, folder / one.name)
        elif not one.name.startswith("__"):
            yield folder / one.name, one


def _write_workbook(path: Path, table: str) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    header, *rows = csv.reader(io.StringIO(table))
    sheet.append(header)
    for month, value in rows:
        sheet.append((month, float(value)))
    book.save(path)


def _write_word(path: Path, text: str) -> None:
    from docx import Document

    document = Document()
    for paragraph in text.strip().splitlines():
        if paragraph:
            document.add_paragraph(paragraph)
    document.save(str(path))
