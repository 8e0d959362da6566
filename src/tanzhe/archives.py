"""Office files are zip archives: what they unfold to is known before anything is unfolded."""

from zipfile import ZipFile

from tanzhe.errors import InputError, Words

# Sheets of figures shrink to a tenth, of empty framed cells to a fiftieth; a hundredth is what
# Apache POI refuses too. It is asked of parts that are large enough to hurt. Cells of ODS name no
# place, so that equal ones shrink to nothing: only the size holds there.
MOST_TIMES = 100
SMALL_PART = 5_000_000


_COPY = Words(
    "请把需要的行列复制到新的工作簿，或另存为 CSV",
    "Copy the rows and columns needed into a new workbook, or save it as CSV",
)


def unfolded(
    archive: ZipFile, where: str, most: int, *, times: int = MOST_TIMES, do: Words = _COPY
) -> int:
    """Bytes that an archive unfolds to.

    Args:
        archive: opened.
        where: name of the file, for messages.
        most: bytes that it may unfold to.
        times: its own size that a part may unfold to.
        do: what a message advises.

    Raises:
        InputError: it is more.
    """
    parts = archive.infolist()
    whole = sum(part.file_size for part in parts)
    if whole > most or any(is_swollen(part.compress_size, part.file_size, times) for part in parts):
        what = Words(
            f"文件展开后过大（{whole // 1_000_000} MB）",
            f"The file unfolds beyond the limit ({whole // 1_000_000} MB)",
        )
        raise InputError.of(what, do, where=where)
    return whole


def is_swollen(packed: int, unpacked: int, times: int = MOST_TIMES) -> bool:
    """Whether something unfolds as only a file does that was made to do harm."""
    return unpacked > max(SMALL_PART, times * packed)
