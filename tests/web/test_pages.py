"""What the pages and their twins say, without a browser."""

import csv
import io
import json
import re
from pathlib import Path

import pytest

from tanzhe.places import provinces
from tanzhe.web.guard import POLICY
from tanzhe.web.pages.overview import PLACES
from tanzhe.web.settings import Settings
from web.conftest import Served, serving

PAGES = ["/", "/?view=table", "/?sector=aviation", "/series/CN-YN/industry",
         "/series/CN-YN/industry?with=CN-GZ,CN-SC"]  # fmt: skip


def test_the_overview_shows_all_provinces_and_who_still_rises(served: Served) -> None:
    page = served.get("/")
    assert page.status_code == 200
    states = dict(re.findall(r'data-region="([\w-]+)" data-state="(\w+)"', page.text))
    assert set(states) == {"CN", *(one.iso for one in provinces())}
    told = json.loads(served.get("/index.json").text)
    said = {one["region"]: one["status"] for one in told["tiles"]}
    assert states == said
    rising = sum(one == "rising" for region, one in said.items() if region != "CN")
    assert f"{rising}个仍在上升" in page.text


def test_tiles_stand_where_the_sheet_puts_them(served: Served) -> None:
    sheet = served.get("/static/app.css").text
    for region, (column, row) in PLACES.items():
        rule = f".at-{region.lower()}{{grid-column:{column + 1};grid-row:{row + 1}}}"
        assert rule in sheet
    assert set(PLACES) == {one.iso for one in provinces()}
    assert len(set(PLACES.values())) == len(PLACES)


def test_every_form_that_a_page_offers_is_there(tmp_path: Path) -> None:
    with serving(Settings(workspace=tmp_path, warm=False, port=0)) as own:
        offered = set(re.findall(r'href="/rules\.(\w+)', own.get("/rules").text))
        assert offered >= {"docx", "txt"}
        assert [end for end in offered if own.get(f"/rules.{end}").status_code != 200] == []


def test_a_series_and_its_twins_tell_the_same(served: Served) -> None:
    page = served.get("/series/CN-YN/industry").text
    told = json.loads(served.get("/series/CN-YN/industry.json").text)
    data = json.loads(re.search(r'id="path-chart-data">(.*?)</script>', page, re.S)[1])
    assert [one["id"] for one in data["episodes"]] == [
        one["id"] for one in told["episodes"] if one["scope"] != "data"
    ]
    assert told["peak"]["status"] == "past_peak" and "已过高点" in page
    rows = list(csv.reader(io.StringIO(served.get("/series/CN-YN/industry.csv").text.lstrip("﻿"))))
    assert [row[0] for row in rows[1:]] == data["periods"]
    markdown = served.get("/series/CN-YN/industry.md").text
    assert re.search(r"<h1>(.*?)</h1>", page)[1] == markdown.splitlines()[0].removeprefix("# ")
    assert served.get("/series/CN-YN/industry.docx").content[:2] == b"PK"


@pytest.mark.parametrize("path", PAGES)
def test_pages_speak_both_languages(served: Served, path: str) -> None:
    joint = "&" if "?" in path else "?"
    page = served.get(f"{path}{joint}lang=en")
    assert page.status_code == 200
    text = re.sub(r'<[^>]*lang="zh-Hans"[^>]*>.*?</a>', "", page.text)
    found = re.findall(r"[㐀-鿿]+", text)
    assert found == []


def test_names_lead_to_codes(served: Served) -> None:
    answer = served.get("/series/云南/工业?since=2020")
    assert answer.status_code == 307
    assert answer.headers["location"] == "/series/CN-YN/industry?since=2020"
    twin = served.get("/series/滇/水泥.csv")
    assert twin.headers["location"] == "/series/CN-YN/cement.csv"


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/nothing", 404, "没有这一页"),
        ("/series/云难/工业", 404, "云南"),
        ("/series/CN-YN/industry?since=x", 400, "since"),
        ("/series/CN-YN/industry?with=a,b", 404, "地区"),
        ("/series/CN-YN/industry?with=CN-GZ,CN-SC,CN-GX,CN-HN", 400, "最多"),
        ("/index.svg", 404, ".csv"),
    ],
)
def test_errors_are_pages(served: Served, path: str, status: int, words: str) -> None:
    answer = served.get(path)
    assert answer.status_code == status
    assert words in answer.text


@pytest.mark.parametrize("path", [*PAGES, "/nothing", "/static/app.css", "/index.json"])
def test_every_answer_forbids_what_is_not_ours(served: Served, path: str) -> None:
    headers = served.get(path).headers
    assert headers["content-security-policy"] == POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
