"""Small made-up files to try each page on."""

import tempfile
from functools import cache
from pathlib import Path

import anyio.to_thread
from fastapi import APIRouter
from fastapi.responses import Response

from tanzhe.api.house.example import SAMPLES, write_example
from tanzhe.errors import NotFound, Words
from tanzhe.faults import fault_of
from tanzhe.web.pages import Page
from tanzhe.web.twins import MEDIA, Made, Table
from tanzhe.web.view import Asking

router = APIRouter()
PAGE = Page(router=router)
TITLE = Words("示例文件", "Files to try")
COLUMNS = (Words("文件", "file"), Words("内容", "what"), Words("页面", "page"))
# Which page each file is dropped on.
_PARK = ("/parks", Words("园区", "Parks"))
_DOCUMENTS = Words("文件", "Documents")
PAGES = {
    "mine": ("/sources", Words("资料", "Data")), "my_documents": ("/documents", _DOCUMENTS),
    "their_report": ("/audits", Words("核查", "Audits")),
    "notice": ("/policies", Words("文件 › 政策", "Documents › Policies")), "park": _PARK,
    "measures": ("/parks", Words("园区 › 评过的园区 › 最便宜的办法", "Parks › a park › its plan")),
    "my_meters": ("/meters", Words("园区 › 计量表", "Parks › Meters")),
    "hours": ("/hours", Words("园区 › 逐小时", "Parks › Hours")),
    "ingot": ("/footprints", Words("园区 › 碳足迹", "Parks › Footprints")),
}  # fmt: skip


@cache
def _written() -> dict[str, bytes]:
    """Each file of the example by its name, folders as archives."""
    import shutil

    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "example"
        write_example(folder)
        found = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
        for one in folder.iterdir():
            if one.is_dir():
                packed = shutil.make_archive(f"{place}/{one.name}", "zip", one)
                found[f"{one.name}.zip"] = Path(packed).read_bytes()
        return found


@router.get("/examples")
async def front(ask: Asking) -> Response:
    """What there is to try, and on which page."""
    held = await anyio.to_thread.run_sync(_written)
    found = []
    for one in SAMPLES:
        stem = one.name.partition(".")[0]
        name = one.name if one.name in held else f"{one.name}.zip"
        found.append((stem, name.rpartition(".")[2], name, one.what, PAGES[stem]))
    rows = [(name, ask.say(what), ask.say(page[1])) for _, _, name, what, page in found]
    return ask.page(
        "examples.html", Table("examples", TITLE, COLUMNS, rows), found=found, title=TITLE
    )


@router.get("/examples/{name}")
async def example(ask: Asking, name: str) -> Response:
    """One file, by its name and ending."""
    held = await anyio.to_thread.run_sync(_written)
    whole = f"{name}.{ask.form}" if ask.form else name
    if whole not in held:
        raise NotFound(fault_of("web.examples.example", where=whole))
    if ask.form in MEDIA:
        return ask.page("", Made(name, {ask.form: lambda _: held[whole]}))
    return Response(
        held[whole], media_type="application/octet-stream",
        headers={"content-disposition": f'attachment; filename="{whole}"'},
    )  # fmt: skip
