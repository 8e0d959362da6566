"""A signed summary: a changed byte, another key or a cut code is never sound."""

import json
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
import segno
import zxingcpp
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from footprints.ingot import changed, ingot
from tanzhe.cli.main import cli
from tanzhe.footprints.keys import new_keys, private_key, public_key
from tanzhe.footprints.pact import ProductFootprint, check
from tanzhe.footprints.seal import LARGEST, sealed, verified

NOW = datetime(2026, 3, 20, tzinfo=UTC)
KEYS = new_keys()
PUBLIC = public_key(KEYS.public, name="k")


def record() -> ProductFootprint:
    found = check(ingot()).footprint
    assert found is not None
    return found


TEXT = sealed(record(), private_key(KEYS.private, name="k"), made=NOW)


def test_sound_with_the_right_key() -> None:
    verdict = verified(TEXT, [PUBLIC])
    assert verdict.state == "sound"
    assert verdict.fields["value"] == "6.5299"
    assert verified(f"{TEXT}\n", [PUBLIC]).state == "sound"


def test_another_key_verifies_nothing() -> None:
    other = public_key(new_keys().public, name="k")
    assert verified(TEXT, [other]).state == verified(TEXT, []).state == "no_key"
    assert verified(TEXT, [other, PUBLIC]).state == "sound"


@given(st.integers(0, len(TEXT.encode()) - 1), st.integers(0, 255))
def test_a_changed_byte_is_seen(place: int, byte: int) -> None:
    raw = bytearray(TEXT.encode())
    if raw[place] == byte:
        return
    raw[place] = byte
    assert verified(raw.decode("utf-8", "surrogateescape"), [PUBLIC]).state != "sound"


@given(st.integers(0, len(TEXT) - 1))
def test_a_cut_code_is_seen(end: int) -> None:
    assert verified(TEXT[:end], [PUBLIC]).state == "form"


@pytest.mark.parametrize(
    "change", [{"value": "1"}, {"company": "别家"}, {"extra": "x"}, {"value": 6.5299}, {"key": ""}]
)
def test_a_changed_field_is_seen(change: dict[str, object]) -> None:
    tree = {**json.loads(TEXT), **change}
    text = json.dumps(tree, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert verified(text, [PUBLIC]).state != "sound"


def test_the_same_words_written_otherwise_are_not_the_signed_ones() -> None:
    assert verified(json.dumps(json.loads(TEXT)), [PUBLIC]).state == "broken"


def test_long_names_fit_a_code() -> None:
    long = changed(ingot(), {"companyName": "某" * 300, "productNameCompany": "铝" * 300}, [])
    one = check(long).footprint
    assert one is not None
    text = sealed(one, private_key(KEYS.private, name="k"), made=NOW)
    assert len(text.encode()) <= LARGEST and verified(text, [PUBLIC]).state == "sound"


def test_a_reader_of_codes_gets_the_very_text() -> None:
    matrix = segno.make(TEXT, error="m", encoding="utf-8", micro=False).matrix
    dark = np.kron(np.array([list(row) for row in matrix]), np.ones((4, 4)))
    picture = np.pad(np.where(dark > 0, 0, 255), 16, constant_values=255).astype(np.uint8)
    (found,) = zxingcpp.read_barcodes(picture)
    assert found.text == TEXT


def test_from_key_to_verdict_on_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run = CliRunner().invoke
    study = Path(__file__).parents[2] / "src/tanzhe/data/example/ingot.yaml"
    assert run(cli, ["footprint", "key", "firm"]).exit_code == 0
    assert Path("firm.key").stat().st_mode & 0o077 == 0
    assert run(cli, ["footprint", "key", "other"]).exit_code == 0
    made = run(
        cli,
        ["footprint", str(study), "--pact", "ingot.json", "--sign", "firm.key", "--code", "c.svg"],
    )
    assert made.exit_code == 0, made.output
    assert Path("c.svg").read_bytes().startswith(b"<?xml")
    sound = run(cli, ["verify", "c.txt", "--key", "firm.pub", "--whole", "ingot.json"])
    assert sound.exit_code == 0 and "不是认证" in sound.output
    for wrong in (["c.txt", "--key", "other.pub"], ["c.txt"]):
        assert run(cli, ["verify", *wrong]).exit_code == 1
    Path("cut.txt").write_text(Path("c.txt").read_text(encoding="utf-8")[:-1], encoding="utf-8")
    assert run(cli, ["verify", "cut.txt", "--key", "firm.pub", "--json"]).exit_code == 1
    other = changed(ingot(), {"comment": "another"}, [])
    Path("other.json").write_text(json.dumps(other), encoding="utf-8")
    told = run(cli, ["verify", "c.txt", "--key", "firm.pub", "--whole", "other.json"])
    assert told.exit_code == 1
    again = run(cli, ["footprint", "key", "firm"])
    assert again.exception is not None and "没有覆盖" in str(again.exception)


@pytest.mark.parametrize("pem", [b"", b"x", KEYS.public])
def test_what_is_no_private_key(pem: bytes) -> None:
    with pytest.raises(Exception, match="Ed25519"):
        private_key(pem, name="x")
