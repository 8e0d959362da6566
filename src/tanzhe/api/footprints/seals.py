"""Signed summaries of footprints: keys, signing, and checking offline."""

import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from tanzhe.api.files.handed import check_name, write_whole
from tanzhe.disk import read_bounded
from tanzhe.errors import InputError, Words, why_not
from tanzhe.extras import require
from tanzhe.footprints.pact import ProductFootprint, footprint_of
from tanzhe.footprints.seal import (
    Verdict,
    hash_of,
    sealed,
    verified,
)

LARGEST_FILE = 1_000_000  # bytes of a key or of the text of a code
_CHECK = Words("请检查路径和文件", "Check the path and the file")
PICTURES = (".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp", ".svg")


class NewKeys(NamedTuple):
    """Where new keys were written, and the digits by which people compare the public one."""

    private: Path
    public: Path
    fingerprint: str


def write_keys(out: Path, *, overwrite: bool = False) -> NewKeys:
    """Make a key pair: `NAME.key` stays secret, `NAME.pub` is given to readers.

    Args:
        out: the name without ending, or with `.key`.
        overwrite: whether existing keys may be replaced.

    Raises:
        InputError: a key of that name exists, or the folder cannot be written to.
    """
    private = out if out.suffix == ".key" else out.with_name(f"{out.name}.key")
    public = private.with_suffix(".pub")
    for path in (private, public):
        check_name(path, (path.suffix,), overwrite=overwrite)
    require("cryptography", where="tanzhe footprint key")
    from tanzhe.footprints.keys import fingerprint, new_keys, public_key

    made = new_keys()
    try:
        private.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(private, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(made.private)
    except OSError as error:
        raise _unread(private, why_not(error)) from error
    write_whole(public, made.public)
    return NewKeys(private, public, fingerprint(public_key(made.public, name=public.name)))


def seal_footprint(
    one: ProductFootprint, key: Path, out: Path, *, made: datetime, overwrite: bool = False
) -> str:
    """Sign a footprint and draw the QR code.

    Args:
        one: the footprint.
        key: the file of the private key.
        out: .svg or .png; the text of the code is written beside it as .txt.
        made: when it is signed.
        overwrite: whether existing files may be replaced.

    Returns:
        The signed text.

    Raises:
        InputError: no key, a name that cannot be written, or names too long for a code.
    """
    check_name(out, (".svg", ".png"), overwrite=overwrite)
    beside = out.with_suffix(".txt")
    check_name(beside, (".txt",), overwrite=overwrite)
    require("cryptography", where="tanzhe footprint seal")
    from tanzhe.footprints.code import drawn
    from tanzhe.footprints.keys import private_key

    text = sealed(one, private_key(_bytes(key), name=key.name), made=made)
    write_whole(out, drawn(text, kind=out.suffix.lower().removeprefix(".")))
    write_whole(beside, text.encode())
    return text


def verify_seal(file: Path, keys: Iterable[Path], *, whole: Path | None = None) -> Verdict:
    """Whether a signed summary is what one of the keys signed.

    Args:
        file: the text of the code.
        keys: files of public keys that the reader trusts.
        whole: the PACT file that it is said to sum up, or None.

    Returns:
        The verdict; `broken` too where the whole is another footprint.

    Raises:
        InputError: a file cannot be read.
    """
    require("cryptography", where="tanzhe verify")
    from tanzhe.footprints.keys import public_key

    trusted = [public_key(_bytes(path), name=path.name) for path in keys]
    verdict = verified(_text(file), trusted)
    if whole is None or verdict.state != "sound":
        return verdict
    same = hash_of(footprint_of(whole)) == verdict.fields["sha256"]
    return verdict if same else Verdict("broken", verdict.fields)


def is_picture(path: Path) -> bool:
    """Whether a file is a picture by its name."""
    return path.suffix.lower() in PICTURES


def _text(path: Path) -> str:
    if is_picture(path):
        what = Words("不从图片里读码", "Codes are not read from pictures")
        do = Words(
            "请用手机扫码，把得到的文字存成 .txt 再核对",
            "Scan it with a telephone, save the text as .txt and check that",
        )
        raise InputError.of(what, do, where=path.name)
    try:
        return _bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        return ""


def _bytes(path: Path) -> bytes:
    return read_bounded(path, LARGEST_FILE, where=str(path), do=_CHECK)


def _unread(path: Path, what: Words) -> InputError:
    return InputError.of(what, _CHECK, where=str(path))
