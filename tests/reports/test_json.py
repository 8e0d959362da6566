"""JSON in the form of the interface, and back."""

import json

from reports.made import hainan, point, searched, series, yunnan
from reports.made_events import NOTICE, event, linked
from tanzhe.model import Evidence, TurningPoints
from tanzhe.reports import Findings, render, turns_json

SERIES = ["region", "sector", "unit", "frequency", "source", "vintage", "sha256", "first", "last"]
POINT = [
    "id",
    "date",
    "interval",
    "level",
    "confidence",
    "band",
    "kind",
    "scope",
    "until",
    "single",
    "effect",
    "drivers",
    "notes",
]
EVENT = [
    "id",
    "name",
    "kind",
    "stage",
    "dates",
    "places",
    "bodies",
    "quantities",
    "summary",
    "status",
    "quotes",
    "sources",
    "link",
]


def test_turns_have_the_promised_form() -> None:
    told = turns_json(yunnan().points)
    assert list(told) == [
        "series", "turning_points", "episodes", "peak", "smallest_tellable_percent", "manifest",
    ]  # fmt: skip
    assert list(told["series"]) == SERIES
    for one in told["turning_points"]:
        assert list(one) == POINT
        assert list(one["effect"]) == ["percent", "percent_interval", "mt_per_year"]
        assert all(list(d) == ["product", "percentage_points"] for d in one["drivers"])
        assert all(isinstance(note, str) for note in one["notes"])
    assert told["turning_points"][0]["date"] == "2020-02"


def test_notes_are_in_the_language_asked_for() -> None:
    points = yunnan().points
    assert "Spring" not in json.dumps(turns_json(points, "zh"), ensure_ascii=False)
    assert turns_json(points, "en")["turning_points"][3]["notes"] == ["Near the end of the series."]


def test_report_adds_evidence_and_search() -> None:
    told = json.loads(render(yunnan(), "plain", "json"))
    for one in told["turning_points"]:
        assert list(one) == [*POINT, "evidence", "searched"]
        assert list(one["searched"]) == [
            "queries", "sources", "documents_read", "from", "to", "unread"
        ]  # fmt: skip
        for found in one["evidence"]:
            assert list(found) == EVENT
            assert found["status"] in ("verified", "catalogued")
            assert list(found["link"]) == ["grade", "p_value", "lag_months"]
            for quote in found["quotes"]:
                assert list(quote) == ["document", "start", "end", "text"]
    by_date = {one["date"]: one for one in told["turning_points"]}
    assert by_date["2021-09"]["evidence"][0]["id"] == NOTICE.id
    assert by_date["2022-03"]["evidence"] == []
    assert by_date["2022-03"]["searched"]["from"] is None


def test_json_does_not_depend_on_the_register() -> None:
    assert render(yunnan(), "raw", "json") == render(yunnan(), "formal", "json")


def test_nothing_found_is_json_too() -> None:
    assert json.loads(render(hainan(), "plain", "json"))["turning_points"] == []


def test_unsupported_fields_and_unreviewed_events_are_not_told() -> None:
    turned = point("2021-09")
    bad = (
        event("a", "未复核的事", "2021-09-01", "x", reviewed=False),
        event("b", "无支持的事", "2021-09-01", "x", status="unsupported"),
        event("c", "相矛盾的事", "2021-09-01", "x", status="contradicted"),
    )
    from reports.made import MANIFEST

    found = Findings(
        points=TurningPoints(series=series(), points=(turned,), manifest=MANIFEST),
        evidence=(
            Evidence(
                turning_point=turned.id, events=[linked(one) for one in bad], searched=searched()
            ),
        ),
    )
    assert json.loads(render(found, "plain", "json"))["turning_points"][0]["evidence"] == []
    for register in ("raw", "plain", "formal"):
        text = render(found, register, "md")
        assert "无支持的事" not in text and "相矛盾的事" not in text
        assert text.index("线索（未复核）") < text.index("未复核的事")
