"""The built-in catalogue and users' records."""

import json
from importlib.resources import files
from pathlib import Path

import pytest

from tanzhe.errors import InputError
from tanzhe.evidence.chronicle import LARGEST, chronicle, event_of, load_chronicle
from tanzhe.evidence.chronicle_records import MOST_FAULTS, read_chronicle
from tanzhe.text.names.publishers import tier_of


def lines() -> list[str]:
    text = files("tanzhe.data").joinpath("chronicle.jsonl").read_text(encoding="utf-8")
    return text.splitlines()


def test_every_record_becomes_an_event() -> None:
    assert len(chronicle()) == len(lines()) == 691


def test_only_reviewed_records_are_facts() -> None:
    by_id = {json.loads(line)["id"]: json.loads(line) for line in lines()}
    for event in chronicle():
        record = by_id[event.id]
        fact = record["reviewed"] and record["confidence"] != "low"
        assert event.reviewed is fact
        assert event.status == ("catalogued" if fact else "unsupported")
        assert all(field.status == event.status for field in (*event.dates, *event.places))


def test_the_kind_of_a_date_is_the_records_and_else_unknown() -> None:
    by_id = {json.loads(line)["id"]: json.loads(line) for line in lines()}
    for event in chronicle():
        (date,), record = event.dates, by_id[event.id]
        period = record["kind"] == "statistic" and record["end"]
        assert date.kind == (record["date_kind"] or ("reported_period" if period else "unknown"))
        assert (date.date, date.until) == (record["start"], record["end"])


@pytest.mark.parametrize(
    ("kind", "code"),
    [("effective", "chronicle_ordered"), ("posted", "chronicle_posted"),
     ("announced", "chronicle_announced"), (None, "chronicle_date_kind"), ("happened", None)],
)  # fmt: skip
def test_what_a_kind_of_date_leaves_open_is_noted(kind: str | None, code: str | None) -> None:
    record = {**json.loads(lines()[0]), "date_kind": kind, "confidence": "high"}
    (read,) = read_chronicle(json.dumps(record))
    assert [note.code for note in event_of(read).notes] == ([code] if code else [])


def test_addresses_that_nobody_vouches_for_are_no_links() -> None:
    by_id = {json.loads(line)["id"]: json.loads(line) for line in lines()}
    for event in chronicle():
        tiers = [source["publisher_tier"] for source in by_id[event.id]["sources"]]
        assert [source.as_text for source in event.sources] == [one == "other" for one in tiers]


def test_drafts_are_not_issued() -> None:
    drafts = [e for e in chronicle() if "征求意见" in e.name]
    assert drafts and all(event.stage == "draft" for event in drafts)


@pytest.mark.parametrize(
    ("url", "said", "tier"),
    [
        ("https://www.mee.gov.cn/a", "government", "national_government"),
        ("https://english.www.gov.cn/a", "government", "national_government"),
        ("http://sthj.gansu.gov.cn/a", "", "provincial_government"),
        ("http://fgw.pingliang.gov.cn/a", "", "local_government"),
        ("http://www.cnemission.com/a", "government", "unknown"),
        ("https://gov.cn.example.com/a", "government", "mirror"),
        ("https://www.sohu.com/a/1", "media", "mirror"),
        ("https://new.newschinamag.com/a", "other", "state_media"),
        ("https://unheard.example/a", "media", "media"),
        (None, "industry_media", "industry_media"),
        ("http://[broken", "", "unknown"),
    ],
)
def test_the_host_decides_the_tier(url: str | None, said: str, tier: str) -> None:
    assert tier_of(url, said) == tier


def test_all_faults_are_listed_at_once_with_line_and_field() -> None:
    good = json.loads(lines()[0])
    bad = [
        {**good, "id": "a", "start": "2021-13-01"},
        {**good, "id": "b", "regions": ["CN-YY"], "kind": "rumour"},
        {**good, "id": "c", "extra": 1},
        {**good, "id": "d", "sources": []},
        {**good, "id": "e", "end": "2000-01-01"},
        {**good, "id": "ok"},
        {**good, "id": "ok"},
        {
            **good,
            "id": "f",
            "start": 20210510,
            "reviewed": "true",
            "industries": ["钢铁"],
            "regions": ["云南"],
        },
        {**good, "id": " ", "date_kind": "rumoured", "sectors": ["farming"]},
        {key: value for key, value in good.items() if key != "summary_zh"},
    ]
    text = "\n".join([*(json.dumps(record) for record in bad), "not json", ""])
    with pytest.raises(InputError) as caught:
        read_chronicle(text, "mine.jsonl")
    where = [fault.where for fault in caught.value.faults]
    for line, field in [
        (1, "start"), (2, "regions"), (2, "kind"), (3, "extra"), (4, "sources"), (5, "end"),
        (7, "id"), (8, "start"), (8, "reviewed"), (8, "industries"), (8, "regions"), (9, "id"),
        (9, "date_kind"), (9, "sectors"), (10, "summary_zh"), (11, ""),
    ]:  # fmt: skip
        assert f"mine.jsonl 第{line}行 {field}".strip() in where
    assert not any("第6行" in one for one in where)
    said = caught.value.said("zh")
    for words in (
        "应写成 YYYY-MM-DD",
        "应是 true 或 false",
        "可用：steel",
        "可用：CN-YN",
        "'event'、'project'",
        "缺少这个字段",
        "没有这个字段",
    ):
        assert words in said
    assert "Input should" not in said


def test_a_list_in_one_file_is_read_as_lines_are() -> None:
    records = [json.loads(line) for line in lines()[:3]]
    text = json.dumps(records, ensure_ascii=False, indent=2)
    assert read_chronicle(text) == read_chronicle("\n".join(lines()[:3]))
    records[1]["kind"] = "rumour"
    with pytest.raises(InputError) as caught:
        read_chronicle(json.dumps(records), "mine.json")
    assert [fault.where for fault in caught.value.faults] == ["mine.json 第2条 kind"]
    with pytest.raises(InputError):
        read_chronicle("[{", "mine.json")


def test_a_users_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.jsonl"
    path.write_text("\ufeff" + lines()[1] + "\n\n", encoding="utf-8")
    assert [event.id for event in load_chronicle(path)] == [json.loads(lines()[1])["id"]]
    for name, raw in {"no.jsonl": None, "gbk.jsonl": "限电".encode("gbk")}.items():
        if raw is not None:
            (tmp_path / name).write_bytes(raw)
        with pytest.raises(InputError):
            load_chronicle(tmp_path / name)


def test_a_file_that_is_no_chronicle_is_given_up_early(tmp_path: Path) -> None:
    (tmp_path / "log.jsonl").write_text("x\n" * 100_000, encoding="utf-8")
    with pytest.raises(InputError) as refused:
        load_chronicle(tmp_path / "log.jsonl")
    assert len(refused.value.faults) == MOST_FAULTS + 1
    assert "没有再看" in refused.value.faults[-1].what.zh
    with (tmp_path / "large.jsonl").open("wb") as file:
        file.truncate(LARGEST + 1)
    with pytest.raises(InputError, match=r"(?s)文件太大.*too large"):
        load_chronicle(tmp_path / "large.jsonl")
