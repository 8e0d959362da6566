"""The download against answers recorded from the documented form."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from connectors.loopback import Server, serving
from tanzhe.connectors._http import Answer, Client
from tanzhe.connectors.carbon_monitor import ADDRESS, fetch, validate
from tanzhe.errors import Empty, SourceError

GOOD = b"""state,date,sector,value,
Anhui,01/01/2019,Aviation,0.00031229416,
Anhui,02/01/2019,Aviation,0.00031229416,
Yunnan,30/06/2026,Industry,0.43074361,
"""
WARNING = b"""<br />
<b>Warning</b>:  Undefined array key "carbon_moon" in <b>/API/downloadFullDataset.php</b><br />
"""


class Recorded:
    """A client that answers what was recorded."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.asked: list[str] = []

    def get(self, url: str) -> Answer:
        self.asked.append(url)
        return Answer(url, self.content, "text/csv")


def test_stored_by_sha256_with_its_vintage(tmp_path: Path) -> None:
    client = Recorded(GOOD)
    path = fetch(client, tmp_path / "new" / "folder")
    sha = hashlib.sha256(GOOD).hexdigest()
    assert path.name == f"{sha}.csv" and path.read_bytes() == GOOD
    about = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    assert about["sha256"] == sha
    assert about["last_day"] == "2026-06-30"
    assert about["vintage"] == about["fetched"][:10]
    assert client.asked == [ADDRESS]


def test_same_content_keeps_its_first_vintage(tmp_path: Path) -> None:
    path = fetch(Recorded(GOOD), tmp_path)
    path.with_suffix(".json").write_text('{"vintage": "2026-01-01"}', encoding="utf-8")
    assert fetch(Recorded(GOOD), tmp_path) == path
    assert "2026-01-01" in path.with_suffix(".json").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (WARNING, SourceError),
        (b"state,date,sector,value,", Empty),
        (b"country,date,sector,value\nChina,01/01/2019,Power,1", SourceError),
        (GOOD + b"Yunnan,30/0", SourceError),
        (b"state,date,sector,value\nYunnan,2019-01-01,Power,1\n", SourceError),
    ],
)
def test_anything_else_is_refused_and_not_stored(
    tmp_path: Path, content: bytes, kind: type[SourceError]
) -> None:
    with pytest.raises(kind):
        fetch(Recorded(content), tmp_path / "store")
    assert not (tmp_path / "store").exists()


def test_older_dump_with_timestamp_and_mark() -> None:
    old = b"\xef\xbb\xbfstate,date,sector,value,timestamp\r\nAnhui,02/03/2020,Power,1,158\r\n"
    assert validate(old) == "2020-03-02"


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as one:
        yield one


def test_through_the_guarded_client(server: Server, tmp_path: Path) -> None:
    server.replies["/full"] = (200, {"Content-Type": "text/csv"}, GOOD)
    with Client(resolver=lambda *_: ["127.0.0.1"], allow_private=True) as client:
        path = fetch(client, tmp_path, address=f"{server.url}/full")
    assert path.read_bytes() == GOOD
