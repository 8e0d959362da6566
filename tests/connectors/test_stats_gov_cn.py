"""Provincial months against answers MADE UP in the documented form; never checked live."""

import json
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tanzhe.api.series import sources as data
from tanzhe.api.series.output import add_output
from tanzhe.connectors import stats_gov_cn
from tanzhe.connectors._http import Answer
from tanzhe.errors import Blocked, Empty, SourceError
from tanzhe.series.nbs import nbs_series
from tanzhe.workspace import Workspace

TREE = {
    "": [{"_id": "root", "name": "分省月度数据", "isLeaf": False}],
    "root": [
        {"_id": "ind", "name": "工业", "isLeaf": False},
        {"_id": "price", "name": "价格指数", "isLeaf": False},
    ],
    "ind": [
        {"_id": "out", "name": "主要工业产品产量", "isLeaf": False},
        {"_id": "ind", "name": "工业", "isLeaf": False},  # a tree that bites its tail
    ],
    "out": [{"_id": "cement", "name": "水泥产量", "isLeaf": True}],
}
INDICATORS = [
    {"_id": "c1", "i_showname": "水泥产量当期值 (万吨)"},
    {"_id": "c2", "i_showname": "水泥产量累计值 (万吨)"},
    {"_id": "c3", "i_showname": "水泥产量累计增长 (%)"},
]
FIGURES = [
    {"code": f"2025{month:02d}MM", "name": f"2025年{month}月", "values": [
        {"_id": "c2", "i_showname": "水泥产量累计值 (万吨)", "value": value, "du_name": "万吨",
         "da": "530000000000", "da_name": "云南省"},
        {"_id": "c1", "i_showname": "水泥产量当期值 (万吨)", "value": "", "du_name": "万吨",
         "da": "530000000000", "da_name": "云南省"},
    ]}
    for month, value in ((2, "1100.5"), (3, "1900.5"))
]  # fmt: skip


class Site:
    """A client that answers as the site is said to."""

    def __init__(self, **other: object) -> None:
        self.other = other
        self.asked: list[str] = []
        self.bodies: list[dict[str, object]] = []

    def _answer(self, name: str, body: object) -> Answer:
        said = self.other.get(name, {"success": True, "state": 20000, "data": body})
        raw = said if isinstance(said, bytes) else json.dumps(said, ensure_ascii=False).encode()
        return Answer("https://data.stats.gov.cn/", raw, "application/json")

    def get(self, url: str, *, headers: dict[str, str] | None = None) -> Answer:
        parts = urlsplit(url)
        words = {k: v[0] for k, v in parse_qs(parts.query, keep_blank_values=True).items()}
        self.asked.append(parts.path.rsplit("/", 1)[-1])
        if "queryIndexTreeAsync" in url:
            assert words["code"] == "4"
            return self._answer("tree", TREE.get(words["pid"], []))
        return self._answer("indicators", {"list": INDICATORS, "total": 3})

    def post(
        self, url: str, body: dict[str, object], *, headers: dict[str, str] | None = None
    ) -> Answer:
        assert url.endswith("/stream/esData")
        self.bodies.append(body)
        return self._answer("figures", FIGURES)


def fetched(site: Site, folder: Path, wanted: Callable[[str], bool] = data._is_ours) -> Path:
    return stats_gov_cn.fetch(
        site, folder, since="2025-01", until="2025-03", wanted=wanted, sleep=lambda _: None
    )


def test_asks_as_documented_and_writes_what_data_add_reads(tmp_path: Path) -> None:
    site = Site()
    path = fetched(site, tmp_path / "nbs")
    (body,) = site.bodies
    assert body["indicatorIds"] == ["c1", "c2"]
    assert body["dts"] == ["202501MM-202503MM"]
    assert (body["cid"], body["rootId"], body["showType"]) == ("cement", "root", "1")
    areas = body["das"]
    assert isinstance(areas, list) and len(areas) == 31
    assert {"text": "云南省", "value": "530000000000"} in areas
    about = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    assert about["checked_live"] is False and about["since"] == "2025-01"
    with Workspace.open(tmp_path / "ws") as workspace:
        done = add_output(path, workspace)
    assert [(c.period, c.after) for c in done.new] == [("2025-02", 1100.5), ("2025-03", 800.0)]
    assert nbs_series("CN-YN", "cement", of=done.output).periods[-1] == "2025-03"


def test_only_wanted_indicators_and_branches_are_asked_for(tmp_path: Path) -> None:
    site = Site()
    with pytest.raises(Empty, match="No output of products"):
        fetched(site, tmp_path, wanted=lambda _: False)
    assert site.bodies == []
    assert site.asked.count("queryIndexTreeAsync") == 4
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("changed", "names"),
    [
        ({"tree": b"<html>checking your browser</html>"}, "Not JSON"),
        ({"tree": {"success": True, "data": []}}, "data"),
        ({"tree": {"success": True, "data": [{"id": "x"}]}}, "data._id"),
        ({"tree": {"success": False, "message": "系统繁忙"}}, "系统繁忙"),
        ({"indicators": {"success": True, "data": {"rows": []}}}, "data.list"),
        ({"figures": {"success": True, "data": [{"code": "2025YY", "values": []}]}}, "data.code"),
        ({"figures": {"success": True, "data": [{"code": "202502MM"}]}}, "values"),
    ],
)
def test_a_changed_form_is_named_and_nothing_stored(
    changed: dict[str, object], names: str, tmp_path: Path
) -> None:
    with pytest.raises(SourceError, match=names):
        fetched(Site(**changed), tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_errors_of_the_client_pass(tmp_path: Path) -> None:
    class Refusing(Site):
        def get(self, url: str, *, headers: dict[str, str] | None = None) -> Answer:
            from tanzhe.connectors._guard import blocked

            raise blocked(url, "被来源拒绝", "Refused", stats_gov_cn._BY_HAND)

    with pytest.raises(Blocked):
        fetched(Refusing(), tmp_path)


def test_the_same_figures_are_one_file(tmp_path: Path) -> None:
    assert fetched(Site(), tmp_path) == fetched(Site(), tmp_path)
