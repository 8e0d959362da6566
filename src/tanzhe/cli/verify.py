"""`tanzhe verify`: somebody's footprint file or signed code, checked offline."""

from collections.abc import Iterator
from pathlib import Path

import click

from tanzhe.api.footprints.seals import is_picture, verify_seal
from tanzhe.api.footprints.studies import verify_pact
from tanzhe.cli.shared.answers import json_option
from tanzhe.cli.shared.language import said
from tanzhe.cli.shared.printing import json_text
from tanzhe.footprints.pact import Checked
from tanzhe.footprints.seal import FORM, STATES, TRUST, Verdict

# Its place on the help page.
ON_HELP_PAGE = {"verify": 180}

NOT_SOUND = 1
_HEAD = 4096  # bytes in which a signed summary says what it is


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--key",
    "keys",
    multiple=True,
    type=click.Path(path_type=Path),
    help="您信任的公钥，可多次 a public key that you trust, repeatable",
)
@click.option(
    "--whole", type=click.Path(path_type=Path), help="绿码所概括的 PACT 文件 the file summed up"
)
@json_option
@click.pass_context
def verify(
    context: click.Context, file: Path, keys: tuple[Path, ...], whole: Path | None, as_json: bool
) -> None:
    """离线核对碳足迹文件或零碳绿码 Check a footprint or code offline: tanzhe verify 碳足迹.json.

    核对通过时退出码为 0，否则为 1。绿码用 --key 给出您信任的公钥。
    Exit code 0 when all is sound, else 1. For a code give the key you trust with --key.
    """
    if keys or whole is not None or _is_seal(file):
        verdict = verify_seal(file, keys, whole=whole)
        sound = verdict.state == "sound"
        told = (
            json_text({"sound": sound, "state": verdict.state, "fields": dict(verdict.fields)})
            if as_json
            else "\n".join(_seal_lines(verdict, file))
        )
    else:
        checked = verify_pact(file)
        sound = not checked.faults
        told = json_text(_as_json(checked)) if as_json else "\n".join(_lines(checked, file))
    click.echo(told)
    context.exit(0 if sound else NOT_SOUND)


def _is_seal(file: Path) -> bool:
    """Whether a file is a signed summary, sound or not, or a picture of one."""
    if is_picture(file) or file.suffix.lower() == ".txt":
        return True
    try:
        with file.open("rb") as opened:
            return FORM.encode() in opened.read(_HEAD)
    except OSError:
        return False


def _seal_lines(verdict: Verdict, file: Path) -> Iterator[str]:
    yield f"{file.name}: {said(STATES[verdict.state])}"
    fields = verdict.fields
    if fields:
        yield f"  {fields['company']} {fields['product']}: {fields['value']} {fields['unit']}"
        yield f"  {fields['period']} {fields['boundary']}"
        made, key = fields["made"], fields["key"]
        yield f"  {said(f'{made} 签，公钥指纹 {key}', f'signed {made} by key {key}')}"
    yield f"  {said(TRUST, joint=chr(10) + '  ')}"


def _lines(checked: Checked, file: Path) -> Iterator[str]:
    if checked.footprint is not None:
        one, pcf = checked.footprint, checked.footprint.pcf
        yield said(f"{file.name}：符合 PACT 3（结构、数目、含义）", f"{file.name}: sound PACT 3")
        yield (
            f"  {one.companyName} {one.productNameCompany}: {pcf.pcfExcludingBiogenicUptake} "
            f"kgCO2e / {pcf.declaredUnitAmount} {pcf.declaredUnitOfMeasurement}"
        )
    else:
        count = len(checked.faults)
        yield said(f"{file.name}：有 {count} 处不符", f"{file.name}: {count} faults")
    for fault in checked.faults:
        yield f"  [{fault.where}] {said(fault.what)}"
        yield f"      {said(fault.do)}"
    for note in checked.advice:
        yield f"  {said(f'提示 {note.zh}', f'Advice: {note.en}')}"


def _as_json(checked: Checked) -> dict[str, object]:
    return {
        "sound": not checked.faults,
        "faults": [
            {"where": f.where, "what": f.what._asdict(), "do": f.do._asdict()}
            for f in checked.faults
        ],
        "advice": [note.model_dump() for note in checked.advice],
    }
