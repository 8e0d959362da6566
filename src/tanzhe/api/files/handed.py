"""Files that people hand over and get back: read up to a size, named rightly, written whole."""

from pathlib import Path

from tanzhe.disk import put_whole
from tanzhe.errors import InputError, Words, listed, why_not


def check_name(out: Path, suffixes: tuple[str, ...], *, overwrite: bool) -> None:
    """Refuse a name that cannot or must not be written, before any work is done for it.

    Raises:
        InputError: another suffix, or an existing file.
    """
    if out.suffix.lower() not in suffixes:
        names = listed(suffixes)
        what = Words(f"文件名应以 {names.zh} 结尾", f"The name must end in {names.en}")
        do = Words("请改文件名", "Change the name")
    elif out.exists() and not overwrite:
        what = Words("文件已存在，没有覆盖", "The file exists and was left alone")
        do = Words("请换一个文件名，或加 --overwrite", "Choose another name, or add --overwrite")
    else:
        return
    raise InputError.of(what, do, where=str(out))


def write_whole(out: Path, content: bytes) -> Path:
    """Write a file or leave nothing.

    Raises:
        InputError: the folder cannot be written to.
    """
    try:
        return put_whole(out, content)
    except OSError as error:
        why = why_not(error)
        what = Words(f"无法写入文件：{why.zh}", f"Cannot write: {why.en}")
        do = Words("请关闭已打开的同名文件，或换一个位置", "Close the file if open, or elsewhere")
        raise InputError.of(what, do, where=str(out)) from error


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
        return put_whole(target, content if isinstance(content, bytes) else content.encode())
    except OSError as error:
        why = why_not(error)
        what = Words(f"无法写入：{why.zh}", f"Cannot write: {why.en}")
        do = Words("请换一个可写的文件夹（--out）", "Choose a writable folder (--out)")
        raise InputError.of(what, do, where=str(target)) from error
