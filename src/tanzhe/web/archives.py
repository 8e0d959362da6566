"""What readers send, laid out in a folder: archives unpacked, nothing outside it."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from tanzhe.archives import unfolded
from tanzhe.errors import InputError, Words
from tanzhe.faults import fault_of
from tanzhe.web.inbox import harmless
from tanzhe.web.settings import LARGEST_UPLOAD

# What an archive unfolds to, against what may be sent at once.
MOST_UNFOLDED = 8 * LARGEST_UPLOAD
MOST_FILES = 5000
_IN_PARTS = Words("请分几次放入", "Add it in parts")
_UTF8 = 0x800  # flag of a member whose name is UTF-8


def laid_out(folder: Path, sent: Sequence[tuple[str, bytes]]) -> Iterator[Path]:
    """The files that were sent, each in a folder of its own; archives unpacked.

    Args:
        folder: where they are put; nothing is written outside it, whatever their names.
        sent: names and contents.

    Raises:
        InputError: an archive that cannot be opened, or that unfolds to more than a reader may
            send.
    """
    left, number = MOST_UNFOLDED, 0
    for name, content in sent:
        if not name.lower().endswith(".zip"):
            number += 1
            yield _put(folder / str(number), name, content)
            continue
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                left -= unfolded(archive, name, left, do=_IN_PARTS)
                inside = [one for one in archive.infolist() if not one.is_dir()]
                if number + len(inside) > MOST_FILES:
                    many = fault_of("web.archives.too_many", most=MOST_FILES, where=name)
                    raise InputError(many)
                for one in inside:
                    number += 1
                    yield _put(folder / str(number), _name(one), archive.read(one))
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
            raise InputError(fault_of("web.archives.no_archive", where=name)) from error


def _name(one: zipfile.ZipInfo) -> str:
    """The name of a member; where the archive does not say that it is UTF-8, Windows wrote GBK.

    Example:
        >>> _name(zipfile.ZipInfo("方案.txt".encode("gbk").decode("cp437")))
        '方案.txt'
    """
    if one.flag_bits & _UTF8:
        return one.filename
    try:
        return one.filename.encode("cp437").decode("gbk")
    except UnicodeError:
        return one.filename


def _put(folder: Path, name: str, content: bytes) -> Path:
    """A file in a folder of its own: two of one name do not meet."""
    folder.mkdir()
    path = folder / harmless(name)
    path.write_bytes(content)
    return path
