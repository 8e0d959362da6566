"""An archive that a reader sends is unpacked within limits, or refused before it is."""

import io
import zipfile
from pathlib import Path

import pytest

from tanzhe.errors import InputError
from tanzhe.web import archives
from tanzhe.web.archives import laid_out


def packed(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(f"{name}.txt", content)
    return out.getvalue()


def test_a_sound_archive_is_laid_out(tmp_path: Path) -> None:
    paths = list(laid_out(tmp_path, [("a.zip", packed(one=b"1", two=b"2")), ("b.txt", b"3")]))
    assert [path.read_bytes() for path in paths] == [b"1", b"2", b"3"]


def test_what_swells_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    bomb = packed(a=b"0" * 20_000_000)
    with pytest.raises(InputError, match=r"(?s)bomb.zip.*展开后过大.*Add it in parts"):
        list(laid_out(tmp_path, [("bomb.zip", bomb)]))
    assert not any(tmp_path.iterdir())


def test_limits_hold_for_all_archives_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MOST_UNFOLDED", 1500)
    with pytest.raises(InputError, match=r"(?s)b.zip.*展开后过大"):
        list(laid_out(tmp_path, [("a.zip", packed(a=b"0" * 999)), ("b.zip", packed(b=b"0" * 999))]))
    (tmp_path / "more").mkdir()
    monkeypatch.setattr(archives, "MOST_FILES", 3)
    many = packed(**{f"f{number}": b"x" for number in range(4)})
    with pytest.raises(InputError, match=r"(?s)many.zip.*超过 3 个文件.*over 3 files"):
        list(laid_out(tmp_path / "more", [("many.zip", many)]))
