"""Downloads that a user added to the built-in output, kept in a workspace and taken away again.

Each is kept as its figures and a page about it, never merged on disk: the output in use is the
packaged figures with all of them on top, in the order they were added. So any one can be removed.
"""

import csv
import gzip
import hashlib
import io
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from pydantic import ValidationError

from tanzhe.disk import put_whole
from tanzhe.errors import InputError, Words, refuse
from tanzhe.faults import fault_of
from tanzhe.model import Record
from tanzhe.series.additions import Added, Published, added, refuse_another_unit
from tanzhe.series.output import Output, packaged, remembered


class Vintage(Record):
    """A download that was added.

    Attributes:
        id: last month and the beginning of its sha256.
        number: in the order they were added, from 1.
        file: name of the file it came from.
        file_sha256: of that file.
        sha256: of the figures as kept.
        products: product ids in it.
        provinces: how many.
        first: first month, YYYY-MM.
        last: last month.
        added: UTC time.
    """

    id: str
    number: int
    file: str
    file_sha256: str
    sha256: str
    products: tuple[str, ...]
    provinces: int
    first: str
    last: str
    added: str


def vintages(folder: Path) -> tuple[Vintage, ...]:
    """The downloads kept in a folder, in the order they were added.

    Raises:
        InputError: a page about one of them is broken.
    """
    found = []
    for path in sorted(folder.glob("*.json")):
        try:
            found.append(Vintage.model_validate_json(path.read_text(encoding="utf-8")))
        except (ValidationError, UnicodeDecodeError) as error:
            raise _broken(path) from error
    return tuple(sorted(found, key=lambda v: v.number))


def output_in(folder: Path) -> Output:
    """The output in use: packaged, with all downloads of a folder on top.

    Raises:
        InputError: a download kept there is broken.
    """
    known = vintages(folder) if folder.is_dir() else ()
    return _replayed(folder, known) if known else packaged()


@lru_cache(maxsize=8)
def _replayed(folder: Path, known: tuple[Vintage, ...]) -> Output:
    out = packaged()
    for vintage in known:
        out = _on_top(out, vintage, _read(folder, vintage)).output
    return remembered(out)


def _on_top(base: Output, vintage: Vintage, published: Sequence[Published]) -> Added:
    digest = hashlib.sha256(f"{base.sha256} {vintage.sha256}".encode()).hexdigest()
    last = max(base.periods[-1], vintage.last)
    name = f"{base.periods[0]}..{last} {vintage.id}"
    return added(base, published, vintage=name, sha256=digest)


def add(
    folder: Path, published: Sequence[Published], *, file: str, file_sha256: str
) -> tuple[Vintage, Added]:
    """Keep a download and say what it changes.

    Args:
        folder: of the workspace.
        published: the figures; later ones of the same month, province and measure hold.
        file: name of the file they came from.
        file_sha256: of that file.

    Returns:
        What is kept, and the output with it on top. A download that is there already is not kept
        twice: its own page comes back, with nothing new and nothing changed.

    Raises:
        InputError: nothing in it, or figures of another unit or product than they say.
    """
    unique = {(p.product, p.adcode, p.measure, p.period): p for p in published if p.value > 0}
    ordered = [unique[key] for key in sorted(unique)]
    if not ordered:
        refuse([fault_of("series.vintages.empty", where=file)])
    packed, base = _packed(ordered), output_in(folder)
    sha = hashlib.sha256(packed).hexdigest()
    known = vintages(folder) if folder.is_dir() else ()
    if there := next((v for v in known if v.sha256 == sha), None):
        return there, Added(base, [], [])
    months = sorted(p.period for p in ordered)
    vintage = Vintage(
        id=f"{months[-1]}-{sha[:8]}",
        number=max((v.number for v in known), default=0) + 1,
        file=file,
        file_sha256=file_sha256,
        sha256=sha,
        products=tuple(sorted({p.product for p in ordered})),
        provinces=len({p.adcode for p in ordered}),
        first=months[0],
        last=months[-1],
        added=datetime.now(UTC).isoformat(timespec="seconds"),
    )
    result = _on_top(base, vintage, ordered)
    refuse_another_unit(base, result.output, file)
    folder.mkdir(parents=True, exist_ok=True)
    # The page last: a download without its page does not exist.
    put_whole(folder / f"{vintage.id}.csv.gz", packed)
    put_whole(folder / f"{vintage.id}.json", vintage.model_dump_json(indent=2).encode())
    return vintage, result


def remove(folder: Path, name: str) -> Vintage:
    """Take a download away; the output is then as if it had never been added.

    Args:
        folder: of the workspace.
        name: its id, or the beginning of it where that is enough.

    Raises:
        InputError: there is none of that name, or several.
    """
    known = vintages(folder) if folder.is_dir() else ()
    found = [v for v in known if v.id.startswith(name)] if name else []
    if len(found) != 1:
        have = "、".join(v.id for v in known)
        what = Words(f"没有名为“{name}”的版本", f"There is no vintage “{name}”")
        if len(found) > 1:
            what = Words(f"“{name}”指多个版本", f"“{name}” means several vintages")
        do = Words(f"现有版本：{have or '无'}", f"There are: {have or 'none'}")
        raise InputError.of(what, do, where="data remove")
    (folder / f"{found[0].id}.json").unlink()
    (folder / f"{found[0].id}.csv.gz").unlink(missing_ok=True)
    return found[0]


def _packed(published: Sequence[Published]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(Published._fields)
    writer.writerows(published)
    return gzip.compress(text.getvalue().encode(), mtime=0)


def _read(folder: Path, vintage: Vintage) -> list[Published]:
    path = folder / f"{vintage.id}.csv.gz"
    try:
        packed = path.read_bytes()
        if hashlib.sha256(packed).hexdigest() != vintage.sha256:
            raise _broken(path)
    except OSError as error:
        raise _broken(path) from error
    rows = csv.DictReader(gzip.decompress(packed).decode().splitlines())
    return [
        Published(
            row["product"],
            row["adcode"],
            "month" if row["measure"] == "month" else "year_to_date",
            row["period"],
            float(row["value"]),
        )
        for row in rows
    ]


def _broken(path: Path) -> InputError:
    what = Words("加入的数据已损坏", "A download that was added is broken")
    name = path.name.split(".")[0]
    do = Words(
        f"请删除 {name} 的文件后重新 tanzhe data add",
        f"Delete the files named {name}, then tanzhe data add the download again",
    )
    return InputError.of(what, do, where=str(path))
