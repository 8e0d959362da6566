"""The whole way from --find to the report, over loopback."""

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from connectors.loopback import Server, serving

from tanzhe.api.evidence import online
from tanzhe.api.reports.findings import Inquiry, failed_sources, investigate, report
from tanzhe.api.series.turning import load
from tanzhe.connectors._http import Client
from tanzhe.connectors.pages import Pages
from tanzhe.errors import Words
from tanzhe.model import Series
from tanzhe.workspace import Workspace

PAGE = """<html><head><meta charset="utf-8"><title>甘肃省有序用电情况</title>
<meta name="PubDate" content="2021-11-05"></head><body><article>
<p>2021年10月20日起，甘肃省对钢铁企业实施限电，压减用电负荷25%。</p>
<p>全省电力供应偏紧，有关部门要求各地做好有序用电工作，保障居民生活用电和公共服务用电。</p>
</article></body></html>"""


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as one:
        one.replies["/a.html"] = (200, {"Content-Type": "text/html"}, PAGE.encode())
        yield one


@pytest.fixture(scope="module")
def series() -> Series:
    return load("甘肃", "工业")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One workspace for the module, so that turning points are searched once."""
    return tmp_path_factory.mktemp("workspace")


@pytest.fixture
def loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every host is loopback; the guard is tested elsewhere."""
    client = partial(Client, resolver=lambda *_: ["127.0.0.1"], allow_private=True)
    monkeypatch.setattr(online, "Client", client)
    monkeypatch.setattr(online, "Pages", partial(Pages, pause=0))


@pytest.mark.usefixtures("loopback")
def test_a_listed_page_reaches_the_report(
    server: Server, series: Series, folder: Path, tmp_path: Path
) -> None:
    good = f"http://gxt.gansu.gov.cn:{server.port}/a.html"
    gone = f"http://gxt.gansu.gov.cn:{server.port}/gone.html"
    (tmp_path / "list.txt").write_text(f"{good}\n{gone}\n", "utf-8")
    told: list[Words] = []
    with Workspace.open(folder) as workspace:
        inquiry = Inquiry(find=(f"urls:{tmp_path / 'list.txt'}",))
        found = investigate(series, inquiry, workspace=workspace, notice=told.append)
    assert not found.offline
    autumn = next(point for point in found.points if point.date in ("2021-10", "2021-11"))
    own = found.evidence_for(autumn.id)
    assert own is not None and "urls" in own.searched.sources
    sources = [s for linked in own.events for s in linked.event.sources if s.url == good]
    assert sources[0].tier == "provincial_government" and sources[0].sha256
    assert [w.zh for w in told] == [w.zh for w in told if "1 个网页" in w.zh and gone in w.zh]
    text = report(found)
    assert good in text and gone not in text
    twin = json.loads(report(found, format="json"))
    same = next(point for point in twin["turning_points"] if point["id"] == autumn.id)
    events = [e for e in same["evidence"] if e["sources"][0]["url"] == good]
    assert events and all(e["status"] == "verified" and e["quotes"] for e in events)
    # Each page and the host's rules once, whatever the number of turning points.
    assert sorted(path for path, _ in server.seen) == ["/a.html", "/gone.html", "/robots.txt"]


@pytest.mark.usefixtures("loopback")
def test_a_source_that_fails_is_told(
    server: Server, series: Series, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.replies["/search"] = (500, {}, b"no")
    monkeypatch.setenv("TANZHE_SEARXNG_URL", f"http://127.0.0.1:{server.port}")
    told: list[Words] = []
    with Workspace.open(folder) as workspace:
        found = investigate(
            series, Inquiry(find=("searxng",)), workspace=workspace, notice=told.append
        )
    # What was computed is kept, what was not read is said once, and nobody asks again.
    assert failed_sources(found, ["searxng"]) == ("searxng",)
    assert len(told) == 1 and "500" in told[0].en
    assert "searxng" in report(found)
    assert {path.split("?")[0] for path, _ in server.seen} == {"/search"}


def test_a_result_cannot_lead_into_the_users_own_network(
    server: Server, series: Series, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The search engine of one's own is trusted as a search, never as a page."""
    own = f"http://127.0.0.1:{server.port}"
    inner = [f"{own}/a.html", "http://169.254.169.254/latest", "file:///etc/passwd"]
    results = [{"url": url, "title": "甘肃限电", "content": ""} for url in inner]
    answer = json.dumps({"results": results}).encode()
    server.replies["/search"] = (200, {}, answer)
    monkeypatch.setenv("TANZHE_SEARXNG_URL", own)
    told: list[Words] = []
    with Workspace.open(folder) as workspace:
        found = investigate(
            series, Inquiry(find=("searxng",)), workspace=workspace, notice=told.append
        )
    assert {path.split("?")[0] for path, _ in server.seen} == {"/search"}
    assert any("3 个网页没有读成（Blocked）" in words.zh for words in told)
    assert own not in report(found)
