"""JSON in the form of the interface, and back."""

import json

from reports.made import FALL, evidence, hainan, month, point, searched, told, yunnan
from reports.made_events import NOTICE, event, linked
from tanzhe.model import Evidence
from tanzhe.reports import render, turns_json

SERIES = ["region", "sector", "unit", "frequency", "source", "vintage", "sha256", "first", "last"]
POINT = [
    "id", "date", "interval", "level", "confidence", "band", "kind", "scope", "until", "effect",
    "drivers", "notes",
]  # fmt: skip
EVENT = [
    "id", "name", "kind", "stage", "dates", "places", "bodies", "quantities", "summary", "status",
    "quotes", "sources", "link",
]  # fmt: skip


def test_turns_have_the_promised_form() -> None:
    points = yunnan().points
    assert points is not None
    answer = turns_json(points)
    assert list(answer["series"]) == SERIES
    for one in answer["turning_points"]:
        assert set(POINT) <= set(one)
        assert list(one["effect"]) == ["percent", "percent_interval", "mt_per_year"]


def test_report_tells_standing_peak_and_episodes() -> None:
    answer = json.loads(render(yunnan(), "plain", "json"))
    assert {"series", "standing", "peak", "episodes", "turning_points", "manifest"} <= set(answer)
    assert answer["standing"]["years"][-1]["rank"] == 3
    assert answer["standing"]["latest"]["last"] == "2023-12"
    assert answer["peak"]["status"] == "past_peak" and set(answer["peak"]["record_stands"]) == {
        "12", "24", "60",
    }  # fmt: skip
    dip = next(e for e in answer["episodes"] if e["begin"] == "2020-02")
    assert dip["mt"] == -3.26 and dip["rank"] == 7 and dip["shape"] == "pulse"
    assert dip["around"]["begin"]["searched"]["documents_read"] == 291
    assert dip["around"]["end"]["evidence"][0]["link"]["grade"] == "medium"
    assert answer["smallest_tellable_percent"] == 9.4
    assert answer["manifest"]["sources"] == ["内置大事记", "文件夹"]
    assert answer["effects"][0]["verdict"] == "effect" and answer["effects"][0]["percent"] == -31.4
    share = answer["manifest"]["verified"]
    assert 0 < share["printed"] == share["verified"] + share["catalogued"]
    assert answer["manifest"]["window"] == ["2021-06-01", "2022-01-31"]


def test_turning_points_keep_their_evidence_and_search() -> None:
    answer = json.loads(render(yunnan(), "plain", "json"))
    for one in answer["turning_points"]:
        assert {*POINT, "evidence", "searched"} <= set(one)
        assert list(one["searched"]) == [
            "queries", "sources", "documents_read", "from", "to", "unread"
        ]  # fmt: skip
        for found in one["evidence"]:
            assert set(EVENT) <= set(found)
            assert found["status"] in ("verified", "catalogued")
            assert {"grade", "p_value", "lag_months"} <= set(found["link"])
    by_date = {one["date"]: one for one in answer["turning_points"]}
    assert by_date["2021-09"]["evidence"][0]["id"] == NOTICE.id
    assert by_date["2022-03"]["evidence"] == []
    assert by_date["2022-03"]["searched"]["from"] is None


def test_json_does_not_depend_on_the_register() -> None:
    assert render(yunnan(), "raw", "json") == render(yunnan(), "formal", "json")


def test_nothing_found_is_json_too() -> None:
    answer = json.loads(render(hainan(), "plain", "json"))
    assert answer["turning_points"] == answer["episodes"] == []


def test_unsupported_fields_and_unreviewed_events_are_not_told() -> None:
    bad = (
        event("a", "未复核的事", "2021-09-01", "x", reviewed=False),
        event("b", "无支持的事", "2021-09-01", "x", status="unsupported"),
        event("c", "相矛盾的事", "2021-09-01", "x", status="contradicted"),
    )
    found = told(FALL, evidence=(evidence(FALL, *(linked(one) for one in bad)),))
    assert json.loads(render(found, "plain", "json"))["turning_points"][0]["evidence"] == []
    for register in ("raw", "plain", "formal"):
        text = render(found, register, "md")
        assert "无支持的事" not in text and "相矛盾的事" not in text
        assert text.index("线索（未复核）") < text.index("未复核的事")


def test_made_points_have_ids_of_their_own() -> None:
    assert point("2021-09").id != month("2021-09").id
    assert Evidence(turning_point="x", events=(), searched=searched()).point == "x"
