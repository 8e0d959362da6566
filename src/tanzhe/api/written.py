"""Finished reports as files."""

from pathlib import Path

from tanzhe.errors import Fault, InputError, Words, why_not


def write_report(content: str | bytes, folder: Path, name: str) -> Path:
    """Write a finished report whole or not at all.

    Args:
        content: the report; text is written as UTF-8.
        folder: made if missing.
        name: file name.

    Raises:
        InputError: the folder cannot be written.
    """
    target = folder / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        part = target.with_name(f".{name}.part")
        part.write_bytes(content if isinstance(content, bytes) else content.encode())
        part.replace(target)
    except OSError as error:
        why = why_not(error)
        raise InputError(
            Fault(
                what=Words(f"无法写入：{why.zh}", f"Cannot write: {why.en}"),
                where=str(target),
                do=Words("请换一个可写的文件夹（--out）", "Choose a writable folder (--out)"),
            )
        ) from error
    return target
