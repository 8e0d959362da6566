"""Carbon Monitor's public download, stored by sha256 with its vintage beside it.

    GET https://datas.carbonmonitor.org/API/downloadFullDataset.php?source=carbon_china

No key; CSV. An unknown source name answers 200 with a PHP warning, so the header is validated, not
the status. Terms: fair use, values are expected to change; cite Liu et al. 2020.
"""

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from tanzhe.connectors._http import Answer
from tanzhe.disk import put_whole
from tanzhe.errors import Empty, SourceError, Words

NAME = "carbon-monitor"
ADDRESS = "https://datas.carbonmonitor.org/API/downloadFullDataset.php?source=carbon_china"
TERMS = Words(
    "Carbon Monitor，合理使用，数值会修订；引用 Liu et al. 2020, 10.1038/s41467-020-18922-7",
    "Carbon Monitor, fair use, values are revised; cite Liu et al. 2020, "
    "10.1038/s41467-020-18922-7",
)
_HEADER = ["state", "date", "sector", "value"]
_WHERE = Words(
    "请稍后再试；也可手动下载后用 --data 指定文件",
    "Try later, or download by hand and name the file with --data",
)


class Getter(Protocol):
    """What `fetch` needs of a client: `_http.Client` has it."""

    def get(self, url: str) -> Answer:
        """The answer to a GET."""
        ...


def validate(content: bytes) -> str:
    """The last day of an answer in the expected form, YYYY-MM-DD.

    Raises:
        SourceError: the first line is not the header of the data, or the last line is cut off.
        Empty: a header and nothing below it.
    """
    text = content.removeprefix(b"\xef\xbb\xbf")
    head, _, body = text.partition(b"\n")
    names = [name.strip().strip('"').lower() for name in head.decode("utf-8", "replace").split(",")]
    if names[:4] != _HEADER or any(name not in ("", "timestamp") for name in names[4:]):
        start = head.decode("utf-8", "replace").strip()[:80]
        what = Words(
            f"来源返回的不是数据，首行是“{start}”", f"Not the data; the first line is “{start}”"
        )
        raise SourceError.of(what, _WHERE, where=ADDRESS)
    if not body.strip():
        what = Words("只有表头，没有数据", "A header and no data")
        raise Empty.of(what, _WHERE, where=ADDRESS)
    return _last_day(body)


def _last_day(body: bytes) -> str:
    last = ""
    for line in body.splitlines():
        cells = line.split(b",")
        if len(cells) < 4:
            if line.strip():
                raise _cut_off(line)
            continue
        day = cells[1].strip(b' "').decode("ascii", "replace")
        last = max(last, f"{day[6:10]}-{day[3:5]}-{day[:2]}")
    try:
        return datetime.strptime(last, "%Y-%m-%d").date().isoformat()
    except ValueError as error:
        raise _cut_off(last.encode()) from error


def _cut_off(line: bytes) -> SourceError:
    shown = line.decode("utf-8", "replace")[:60]
    what = Words(f"内容不完整：“{shown}”", f"Incomplete content: “{shown}”")
    return SourceError.of(what, _WHERE, where=ADDRESS)


def fetch(client: Getter, folder: Path, *, address: str = ADDRESS) -> Path:
    """Download the China data set and store it.

    Args:
        client: a guarded client.
        folder: where files are kept; made if need be.
        address: of the download.

    Returns:
        `<sha256>.csv` in the folder, with `<sha256>.json` beside it: source, address, vintage,
        last day, when it was fetched, terms. The same content is stored once; the first vintage
        stays.

    Raises:
        SourceError: the source failed or answered something else; nothing is stored.
    """
    answer = client.get(address)
    last_day = validate(answer.content)
    sha = hashlib.sha256(answer.content).hexdigest()
    path = folder / f"{sha}.csv"
    beside = path.with_suffix(".json")
    if path.is_file() and beside.is_file():
        return path
    fetched = datetime.now(UTC).replace(microsecond=0)
    about = {
        "source": NAME,
        "url": answer.url,
        "sha256": sha,
        "vintage": fetched.date().isoformat(),
        "last_day": last_day,
        "fetched": fetched.isoformat(),
        "terms": TERMS.en,
    }
    folder.mkdir(parents=True, exist_ok=True)
    put_whole(beside, json.dumps(about, ensure_ascii=False, indent=1).encode())
    put_whole(path, answer.content)
    return path
