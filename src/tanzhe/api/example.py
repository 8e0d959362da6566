"""Small made-up inputs, one for every command, so that a newcomer can try each as printed."""

import csv
import io
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import NamedTuple

from tanzhe.api.park_office import write_template
from tanzhe.errors import Fault, InputError, Words, why_not


class Sample(NamedTuple):
    """A file of the example: its name, what it is, and the command to try on it."""

    name: str
    what: Words
    command: str


SAMPLES = (
    Sample(
        "mine.xlsx",
        Words(
            "一个虚构城市2016至2024年的月度序列", "monthly figures of a made-up city, 2016 to 2024"
        ),
        "tanzhe report 示例市 工业 --data mine.xlsx",
    ),
    Sample(
        "mine.csv",
        Words("同一序列的 CSV 文件", "the same as CSV"),
        "tanzhe data look mine.csv",
    ),
    Sample(
        "my_documents",
        Words("三份虚构的文件", "three made-up documents"),
        "tanzhe docs add my_documents",
    ),
    Sample(
        "their_report.md",
        Words("一份有错的报告", "a report with mistakes in it"),
        "tanzhe audit their_report.md",
    ),
    Sample(
        "notice.docx",
        Words("一份虚构的政策文件", "a made-up official document"),
        "tanzhe policy notice.docx",
    ),
    Sample(
        "notice.txt",
        Words("同一文件的纯文本", "the same as plain text"),
        "tanzhe policy notice.txt",
    ),
    Sample(
        "park.xlsx",
        Words("一个虚构园区的填报表", "the workbook of a made-up park"),
        "tanzhe park assess park.xlsx",
    ),
    Sample(
        "my_meters",
        Words("同类园区一年的计量表读数，有几处错", "a year of meter readings with a few faults"),
        "tanzhe meters add my_meters",
    ),
    Sample(
        "hours.csv",
        Words("一天的负荷、直供电和合同绿电", "a day of load, direct supply and contracts"),
        "tanzhe meters hours hours.csv --storage 30000,30000,54000,0.9",
    ),
    Sample(
        "measures.yaml",
        Words("这个园区可选的措施", "measures open to that park"),
        "tanzhe park plan park.xlsx measures.yaml",
    ),
    Sample(
        "ingot.yaml",
        Words("一个虚构铝锭的碳足迹数据", "what the footprint of a made-up ingot rests on"),
        "tanzhe footprint ingot.yaml --pact ingot.json",
    ),
)


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
        faults = [_exists(folder / one.name) for one in SAMPLES if (folder / one.name).exists()]
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
        raise InputError.of(
            Words(f"无法写入：{why.zh}", f"Cannot write: {why.en}"),
            Words("请换一个可写的文件夹", "Choose a writable folder"),
            where=str(folder),
        ) from error
    write_template(folder / "park.xlsx", example=True)
    return SAMPLES


def _exists(path: Path) -> Fault:
    return Fault(
        Words("已有同名文件，没有覆盖", "It exists and was left alone"),
        Words("请换一个文件夹", "Choose another folder"),
        where=str(path),
    )


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
