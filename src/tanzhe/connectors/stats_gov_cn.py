"""Provincial months of the National Bureau of Statistics, through its site's own interface.

    GET  {BASE}/new/queryIndexTreeAsync?pid=&code=4     provincial months: root, then node by node
    GET  {BASE}/new/queryIndicatorsByCid?cid=           indicators of a leaf
    POST {BASE}/stream/esData                           figures of a leaf, provinces and months

NOT CHECKED LIVE: the form is as public code documents it (akshare 1.18, and notes of users of
October 2026); the tests answer with made-up figures in that form. The older `easyquery.htm` has
answered 403 since 2026-03-27. The site may ask for a browser: then download by hand.
"""

import csv
import hashlib
import io
import json
import re
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

from tanzhe.connectors._search import Sender, changed, items, json_object, part, refused, words_of
from tanzhe.disk import put_whole
from tanzhe.errors import Empty, SourceError, Words
from tanzhe.places import Place, provinces

NAME = "nbs"
BASE = "https://data.stats.gov.cn/dg/website/publicrelease/web/external"
PROVINCIAL_MONTHS = "4"
TERMS = Words(
    "国家统计局公开统计数据；接口按公开代码所述实现，未经实测",
    "National Bureau of Statistics, public statistics; the interface is built after public code "
    "and not checked live",
)
HEADER = ("地区", "指标", "时间", "数值", "单位")
_BY_HAND = Words(
    "请在 data.stats.gov.cn 手动下载分省月度数据，再用 tanzhe data add 加入",
    "Download the provincial months by hand at data.stats.gov.cn, then tanzhe data add",
)
# Branches of the tree that lead to output of products.
_BRANCH = re.compile(r"工业|能源|产品|产量|发电|用电|电力")
# The tree of provincial months has some dozens of nodes; more is another tree.
MOST_NODES = 200
# Seconds between two requests.
PAUSE = 0.5
_MONTH = re.compile(r"(\d{6})MM")


def fetch(
    client: Sender,
    folder: Path,
    *,
    since: str,
    until: str,
    wanted: Callable[[str], bool],
    sleep: Callable[[float], None] = time.sleep,
) -> Path:
    """Download output of products by province and month.

    Args:
        client: a guarded client.
        folder: where files are kept; made if need be.
        since: first month, YYYY-MM.
        until: last month, YYYY-MM.
        wanted: told the name of an indicator: whether to ask for it.
        sleep: waits so many seconds between requests.

    Returns:
        `nbs-<sha256, 12>.csv` in the folder, in a form that `tanzhe data add` reads, with a `.json`
        beside it: source, address, months, when it was fetched, that it was not checked live.

    Raises:
        Empty: the site answered and had no such figures.
        SourceError: the site failed, or answered in another form; nothing is stored.
    """
    root, leaves = _leaves(client, sleep)
    rows: list[tuple[str, ...]] = []
    for leaf in leaves:
        names = _indicators(client, leaf, wanted)
        sleep(PAUSE)
        if names:
            rows += _figures(client, root, leaf, names, f"{_plain(since)}MM-{_plain(until)}MM")
            sleep(PAUSE)
    if not rows:
        what = Words(
            f"{since} 至 {until} 没有分省产品产量",
            f"No output of products by province from {since} to {until}",
        )
        raise Empty.of(what, _BY_HAND, where=BASE)
    return _stored(folder, sorted(set(rows)), since, until)


def _plain(month: str) -> str:
    return month.replace("-", "")


def _asked(client: Sender, path: str, **words: str) -> dict[str, object]:
    return _checked(json_object(NAME, client.get(f"{BASE}/{path}?{urlencode(words)}")))


def _checked(answer: dict[str, object]) -> dict[str, object]:
    """The answer, or an error where the site says that it failed."""
    if answer.get("success") is False:
        raise refused(NAME, answer.get("message", "success: false"))
    return answer


def _leaves(client: Sender, sleep: Callable[[float], None]) -> tuple[str, list[str]]:
    """The root of provincial months, and the leaves below it that may hold output of products."""
    tree = "new/queryIndexTreeAsync"
    top = items(NAME, _asked(client, tree, pid="", code=PROVINCIAL_MONTHS), "data")
    if not top:
        raise changed(NAME, "data[0]")
    root = words_of(NAME, top[0], "_id", "data")
    waiting, seen = [root], {root}
    leaves: list[str] = []
    while waiting:
        sleep(PAUSE)
        below = _asked(client, tree, pid=waiting.pop(0), code=PROVINCIAL_MONTHS)
        for node in items(NAME, below, "data"):
            name, node_id = (words_of(NAME, node, key, "data") for key in ("name", "_id"))
            if node_id in seen or not _BRANCH.search(name):
                continue
            seen.add(node_id)
            (leaves if part(NAME, node, "isLeaf") else waiting).append(node_id)
            if len(seen) > MOST_NODES:
                raise changed(NAME, f"data (<= {MOST_NODES})")
    return root, leaves


def _indicators(client: Sender, leaf: str, wanted: Callable[[str], bool]) -> list[str]:
    """Ids of the indicators of a leaf that are wanted."""
    answer = _asked(client, "new/queryIndicatorsByCid", cid=leaf, dt="", name="")
    found = [
        (words_of(NAME, one, "_id", "data.list"), words_of(NAME, one, "i_showname", "data.list"))
        for one in items(NAME, answer, "data", "list")
    ]
    return [one for one, name in found if wanted(name)]


def _figures(
    client: Sender, root: str, leaf: str, indicators: list[str], months: str
) -> Iterator[tuple[str, ...]]:
    """Rows of one leaf: province, indicator, month, figure as printed, unit."""
    areas: list[dict[str, str]] = [_area(place) for place in provinces()]
    body: dict[str, object] = {
        "cid": leaf, "indicatorIds": indicators, "daCatalogId": "", "das": areas, "showType": "1",
        "dts": [months], "rootId": root,
    }  # fmt: skip
    answer = _checked(json_object(NAME, client.post(f"{BASE}/stream/esData", body)))
    for block in items(NAME, answer, "data"):
        month = _MONTH.fullmatch(words_of(NAME, block, "code", "data"))
        if month is None:
            raise changed(NAME, "data.code (YYYYMM MM)")
        for one in items(NAME, block, "values"):
            value = one.get("value")
            if value in (None, ""):
                continue
            place = words_of(NAME, one, "da_name", "data.values")
            name = words_of(NAME, one, "i_showname", "data.values")
            unit = str(one.get("du_name") or "")
            yield place, name, month.group(1), str(value), unit


def _area(place: Place) -> dict[str, str]:
    return {"text": place.zh_full, "value": place.adcode.ljust(12, "0")}


def _stored(folder: Path, rows: Sequence[tuple[str, ...]], since: str, until: str) -> Path:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([HEADER, *rows])
    content = text.getvalue().encode()
    sha = hashlib.sha256(content).hexdigest()
    about = {
        "source": NAME,
        "url": BASE,
        "sha256": sha,
        "since": since,
        "until": until,
        "fetched": datetime.now(UTC).isoformat(timespec="seconds"),
        "terms": TERMS.en,
        "checked_live": False,
    }
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"nbs-{sha[:12]}.csv"
    for target, raw in (
        (path.with_suffix(".json"), json.dumps(about, ensure_ascii=False, indent=1).encode()),
        (path, content),
    ):
        try:
            put_whole(target, raw)
        except OSError as error:
            what = Words("无法保存下载的数据", "The download cannot be stored")
            do = Words("请检查文件夹权限和空间", "Check the folder's permissions and space")
            raise SourceError.of(what, do, where=str(target)) from error
    return path
