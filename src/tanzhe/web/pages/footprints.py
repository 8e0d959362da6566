"""Product footprints: a study line by line, as PACT 3, signed; and what others sent, checked."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

import anyio.to_thread
from fastapi import APIRouter, Query, UploadFile
from fastapi.responses import RedirectResponse, Response

from tanzhe.api.footprints.seals import seal_footprint, verify_seal, write_keys
from tanzhe.api.footprints.studies import made_pact, product_footprint, study_template, verify_pact
from tanzhe.api.parks.assessment import read_source
from tanzhe.errors import InputError, Language, Words
from tanzhe.faults import fault_of
from tanzhe.footprints.choices import BOUNDARIES, CATEGORIES, STAGES
from tanzhe.footprints.entries import read_entries
from tanzhe.footprints.pact import Checked
from tanzhe.footprints.records import FootprintResult
from tanzhe.footprints.seal import STATES, TRUST, Verdict
from tanzhe.web.inbox import Held, Inbox
from tanzhe.web.pages import Page
from tanzhe.web.twins import Files, Made, makers_of
from tanzhe.web.view import Ask, Asking

router = APIRouter()
PAGE = Page(router=router)
TITLE = Words("产品碳足迹", "Product footprints")
SUFFIXES = ".xlsx,.xlsm,.yaml,.yml"
SIGNS = {"sound": "ok", "no_key": "open", "broken": "bad", "form": "bad"}
Ids = Annotated[str, Query(max_length=4000)]


class Stage(NamedTuple):
    """A stage of the life cycle: its part of the footprint, and how long its bar is, in percent."""

    name: Words
    per_unit: Decimal
    share: float


def _inbox(ask: Ask) -> Inbox:
    return ask.inbox("footprints")


@router.get("/footprints")
async def front(ask: Asking) -> Response:
    """Where a study is dropped, the form it is written in, and those that were."""
    if ask.form == "yaml":
        return ask.page("", Made("碳足迹模板", {"yaml": lambda _: study_template("yaml")}))
    held = _inbox(ask).all()
    return ask.page(
        "footprints/front.html", Files("footprints", TITLE, held), current="/parks", held=held,
        suffixes=SUFFIXES,
    )  # fmt: skip


@router.get("/footprints/template")
async def template(ask: Asking) -> Response:
    """The empty form, as `/footprints/template.xlsx` and `.yaml`."""
    makers: dict[str, Callable[[Language], bytes | str]] = {
        "xlsx": lambda _: study_template("xlsx"), "yaml": lambda _: study_template("yaml"),
    }  # fmt: skip
    if ask.form is None:
        return RedirectResponse(ask.link("/footprints"), 303)
    return ask.page("", Made("碳足迹模板", makers))


@router.post("/footprints")
async def drop(
    ask: Asking,
    file: UploadFile,
    beside: list[UploadFile] | None = None,
    park: UploadFile | None = None,
) -> Response:
    """Keep the study, suppliers' files that it names, and the park's ledger; then the footprint."""
    inbox = _inbox(ask)
    held = await inbox.put(file, read_entries)
    others = [await ask.inbox("suppliers").put(one) for one in beside or () if one.filename]
    ledger = (
        await ask.inbox("parks").put(park, read_source)
        if park is not None and park.filename
        else None
    )
    return RedirectResponse(
        ask.link(
            "/footprints", held.id, beside=",".join(one.id for one in others),
            park=ledger.id if ledger else None,
        ),
        303,
    )  # fmt: skip


@router.post("/footprints/keys")
async def keys(ask: Asking) -> Response:
    """A new pair of keys as an archive; nothing of it is kept here."""
    with tempfile.TemporaryDirectory() as place:
        made = write_keys(Path(place) / "pair" / "firm")
        packed = shutil.make_archive(f"{place}/keys", "zip", f"{place}/pair")
        content = Path(packed).read_bytes()
    name = f"firm-{made.fingerprint}.zip"
    return Response(
        content, media_type="application/zip",
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )  # fmt: skip


@router.get("/footprints/check")
async def check_form(ask: Asking) -> Response:
    """Where somebody's PACT file or signed summary is dropped."""
    return ask.page("footprints/check.html", current="/parks", checked=None, verdict=None, name="")


@router.post("/footprints/check")
async def check(
    ask: Asking,
    file: UploadFile,
    key: UploadFile | None = None,
    whole: UploadFile | None = None,
) -> Response:
    """Whether it is sound: a summary against the key that the reader trusts, a file by itself."""
    name = file.filename or ""
    signed = key is not None and bool(key.filename)
    with _passing() as put:
        path = put(name or "file", await file.read())
        checked: Checked | None = None
        verdict: Verdict | None = None
        if signed or name.endswith(".txt"):
            trusted = [put("trusted.pub", await key.read())] if key is not None and signed else []
            sum_of = (
                put("whole.json", await whole.read())
                if whole is not None and whole.filename
                else None
            )
            verdict = verify_seal(path, trusted, whole=sum_of)
        else:
            checked = verify_pact(path)
    return ask.page(
        "footprints/check.html", current="/parks", checked=checked, verdict=verdict, name=name,
        states=STATES, signs_of=SIGNS, trust=TRUST,
    )  # fmt: skip


@router.get("/footprints/{id}")
async def footprint(ask: Asking, id: str, beside: Ids = "", park: Ids = "") -> Response:
    """The footprint: stages, lines with their factors, what is missing, other choices."""
    held, result = await _result(ask, id, beside, park)
    product = result.study.product
    return ask.page(
        "footprints/page.html", twin(held, result), current="/parks", held=held, result=result,
        product=product, stages=stages(result), boundary=BOUNDARIES[product.boundary],
        names=STAGES, categories=CATEGORIES, query={"beside": beside, "park": park},
        lines=sorted(result.lines, key=lambda one: -abs(one.per_unit)),
    )  # fmt: skip


@router.get("/footprints/{id}/{kind}")
async def exchanged(
    ask: Asking, id: str, kind: Literal["pact"], beside: Ids = "", park: Ids = ""
) -> Response:
    """The footprint for other companies' systems: PACT 3."""
    held, result = await _result(ask, id, beside, park)
    made = await anyio.to_thread.run_sync(lambda: made_pact(result, now=datetime.now(UTC)))
    text = made.model_dump_json(indent=2, exclude_none=True) + "\n"
    if ask.form is None:
        return RedirectResponse(ask.here(form="json"), 303)
    return ask.page("", Made(f"{held.path.stem}_{kind}", {"json": lambda _: text}))


@router.post("/footprints/{id}/seal")
async def seal(ask: Asking, id: str, key: UploadFile, beside: Ids = "", park: Ids = "") -> Response:
    """A signed summary as a QR code; the key is used once and kept nowhere."""
    held, result = await _result(ask, id, beside, park)
    now = datetime.now(UTC)
    with _passing() as put:
        path = put(key.filename or "key", await key.read())
        out = path.parent / "code.svg"
        text = await anyio.to_thread.run_sync(
            lambda: seal_footprint(made_pact(result, now=now), path, out, made=now)
        )
        picture = out.read_bytes()
    return ask.page(
        "footprints/seal.html", current="/parks", held=held, result=result, text=text,
        picture=picture, query={"beside": beside, "park": park}, trust=TRUST,
    )  # fmt: skip


@router.post("/footprints/{id}/drop")
async def forget(ask: Asking, id: str) -> Response:
    """Throw the study away."""
    _inbox(ask).drop(id)
    return RedirectResponse(ask.link("/footprints"), 303)


async def _result(ask: Ask, id: str, beside: str, park: str) -> tuple[Held, FootprintResult]:
    """The study of an address and its footprint."""
    held = _inbox(ask).of(id)
    suppliers = ask.inbox("suppliers")
    others = [suppliers.of(one) for one in beside.split(",") if one]
    ledger = ask.inbox("parks").of(park) if park else None

    def work(_: object) -> FootprintResult:
        # Suppliers' files are looked for beside the study.
        with _passing() as put:
            study = put(held.name, held.path.read_bytes())
            for one in others:
                put(one.name, one.path.read_bytes())
            return product_footprint(study, park=ledger.path if ledger else None)

    title = Words(f"碳足迹 {held.name}", f"Footprint of {held.name}")
    return held, await ask.ready(ask.work(("footprint", id, beside, park), title, work))


@contextmanager
def _passing() -> Iterator[Callable[[str, bytes], Path]]:
    """A folder for a moment, and how a file is put into it."""
    with tempfile.TemporaryDirectory(prefix="tanzhe-") as place:

        def put(name: str, content: bytes) -> Path:
            path = Path(place) / Path(name).name
            if path.exists():
                raise InputError(fault_of("web.footprints.twice", where=path.name))
            path.write_bytes(content)
            return path

        yield put


def stages(result: FootprintResult) -> list[Stage]:
    """The stages that give something, with bars against the largest."""
    most = max((abs(one) for one in result.stages.values()), default=Decimal(0)) or Decimal(1)
    return [
        Stage(STAGES[name], value, float(100 * abs(value) / most))
        for name, value in result.stages.items()
        if value
    ]


def twin(held: Held, result: FootprintResult) -> Made:
    """A footprint in its other forms."""
    return Made(f"{held.path.stem}_footprint", makers_of(result))
