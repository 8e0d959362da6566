"""What a user does on the pages of documents, policies, audits, tables, parks and runs."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import httpx
import openpyxl
import pytest

from tanzhe.tables.grid import letters
from tanzhe.web.inbox import Inbox, harmless
from tanzhe.web.pages.policies import Entry, pieces
from tanzhe.web.settings import Settings
from web.conftest import Served, serving

POLICY = """示例省发展和改革委员会关于印发《示例省零碳园区建设方案》的通知
示发改环〔2025〕12号

各市人民政府：
现将《示例省零碳园区建设方案》印发给你们，请认真贯彻执行。

一、总体要求
到2027年，全省建成10个零碳园区。

二、重点任务
（一）推进绿电直供。扩大园区绿电直连规模。（责任单位：省发展改革委、省能源局）

示例省发展和改革委员会
2025年3月5日
"""
REPORT = """# 云南省工业碳排放转折点分析

## 转折点：2021年9月

1. **事件名称**：限电
   - **发生时间**：2026年13月
   - **信息来源网址**：[示例](http://example.com/2021/09/a.html)
"""
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server of its own: these tests change its workspace."""
    place = tmp_path_factory.mktemp("pages") / "workspace"
    with serving(Settings(workspace=place, warm=False, port=0)) as found:
        yield found


@pytest.fixture(scope="module")
def reader(own: Served) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=own.address, timeout=600, follow_redirects=True) as client:
        yield client


def send(
    reader: httpx.Client, page: str, to: str, files: object = None, **fields: str
) -> httpx.Response:
    """What a press on a form of a page does, once its answer is worked out."""
    token = re.search(r'<meta name="csrf" content="(\w+)"', reader.get(page).text)
    assert token is not None
    found = reader.post(to, data={"csrf": token[1], **fields}, files=files)  # type: ignore[arg-type]
    return settled(reader, found)


def settled(reader: httpx.Client, found: httpx.Response) -> httpx.Response:
    while found.status_code == 202:
        found = reader.get(found.url)
    return found


def heading(page: httpx.Response) -> str:
    found = re.search(r"<h1>(.*?)</h1>", page.text, re.DOTALL)
    assert found is not None, page.text[:2000]
    return re.sub(r"<[^>]+>", "", found[1]).strip()


def test_a_document_is_added_found_read_at_its_place_corrected_and_removed(
    reader: httpx.Client,
) -> None:
    files = [("files", ("方案.txt", POLICY.encode()))]
    read = send(reader, "/documents", "/documents", files)
    assert "示例省零碳园区建设方案" in heading(read)
    sha = str(read.url).rsplit("/", 1)[1]
    found = reader.get("/documents", params={"q": "绿电直连"})
    assert "1份" in heading(found)
    place = re.search(rf"/documents/{sha}\?at=(\d+)-(\d+)", found.text)
    assert place is not None
    at = reader.get(f"/documents/{sha}", params={"at": f"{place[1]}-{place[2]}"})
    assert f'id="c{place[1]}-{place[2]}">绿电直连</mark>' in at.text
    told = reader.get(f"/documents/{sha}.json").json()
    assert told["text"][int(place[1]) : int(place[2])] == "绿电直连"
    corrected = send(
        reader, f"/documents/{sha}", f"/documents/{sha}/correct",
        [("file", ("方案2.txt", POLICY.replace("10个", "12个").encode()))], words="数字有误",
    )  # fmt: skip
    successor = str(corrected.url).rsplit("/", 1)[1]
    assert successor != sha and "12个零碳园区" in corrected.text
    assert reader.get(f"/documents/{sha}").status_code == 404
    gone = send(reader, f"/documents/{successor}", f"/documents/{successor}/remove", words="撤回")
    assert "空的" in heading(gone) and "撤回" in gone.text and "数字有误" in gone.text


def test_nothing_changes_without_the_form_of_the_page(own: Served) -> None:
    bare = httpx.post(own.address + "/documents", files=[("files", ("a.txt", b"abc"))])
    assert bare.status_code == 400 and "什么都没有写入" in bare.text
    assert own.desk.workspace is not None and "a.txt" not in [
        one.name for one in own.desk.workspace.documents()
    ]
    assert httpx.get(own.address + "/documents/../../etc/passwd").status_code == 404


def test_a_file_that_cannot_be_read_is_told_beside_the_others(reader: httpx.Client) -> None:
    files = [("files", ("好.txt", "示例省关于某事的通知".encode())), ("files", ("坏.pdf", b"no"))]
    found = send(reader, "/documents", "/documents", files)
    assert "读入1份，1份读不了" in heading(found) and "坏.pdf" in found.text


def test_a_policy_stands_beside_its_text(reader: httpx.Client) -> None:
    found = send(reader, "/policies", "/policies", [("file", ("方案.txt", POLICY.encode()))])
    assert "示例省零碳园区建设方案" in heading(found) and "已印发" in found.text
    task = re.search(r'<mark id="t-tasks-0" data-entry="tasks-0">(.*?)</mark>', found.text, re.S)
    assert task is not None and "绿电直供" in task[1]
    goals = reader.get(str(found.url) + "/goals")
    assert "到2027年" in goals.text and 'id="e-tasks-0"' not in goals.text
    told = reader.get(str(found.url) + ".json").json()
    assert told["document_numbers"] == ["示发改环〔2025〕12号"]


def test_pieces_lose_no_letter_and_the_shorter_entry_has_the_words() -> None:
    from tanzhe.model.policy import Passage

    text = "甲乙丙丁戊己"

    def entry(id: str, start: int, end: int) -> Entry:
        return Entry(id, "goals", "", "", Passage(start=start, end=end, text=text[start:end]))

    made = pieces(text, [entry("long", 0, 5), entry("short", 1, 3)])
    assert "".join(one.text for one in made) == text
    assert [(one.text, one.entry) for one in made] == [
        ("甲", "long"), ("乙丙", "short"), ("丁戊", ""), ("己", "")
    ]  # fmt: skip


def test_an_audit_stands_beside_its_lines(reader: httpx.Client) -> None:
    found = send(reader, "/audits", "/audits", [("file", ("报告.md", REPORT.encode()))])
    assert "处错误" in heading(found)
    line = re.search(r'<li id="L6" class="(\w*)" data-finding(.*?)</li>', found.text, re.S)
    assert line is not None and "2026年13月" in line[2]
    told = reader.get(str(found.url) + ".json").json()
    kinds = [one["kind"] for one in told["findings"] if one["line"] == 6]
    assert kinds and all(f'id="L{one["line"]}"' in found.text for one in told["findings"])
    notes = reader.get(found.url, params={"severity": "note"})
    shown = len(re.findall("data-finding", notes.text))
    assert shown == len({one["line"] for one in told["findings"] if one["severity"] == "note"})
    english = reader.get(found.url, params={"lang": "en"})
    assert "errors" in heading(english)


def test_words_of_a_report_are_never_markup(reader: httpx.Client) -> None:
    text = REPORT.replace("限电", HOSTILE) + HOSTILE
    name = f"{HOSTILE}报告.md"
    found = send(reader, "/audits", "/audits", [("file", (name, text.encode()))])
    assert HOSTILE not in found.text and "&lt;script&gt;" in found.text
    assert HOSTILE not in reader.get("/audits").text
    assert HOSTILE not in reader.get(str(found.url) + ".html").text


def workbook(rows: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    held = BytesIO()
    book.save(held)
    return held.getvalue()


def months(value: float = 100.0) -> list[list[object]]:
    return [
        [f"{year}-{month:02d}", value + month, 2 * value + month]
        for year in (2019, 2020, 2021, 2022)
        for month in range(1, 13)
    ]


def test_a_table_is_read_decided_and_reported(reader: httpx.Client) -> None:
    content = workbook([["月份", "甲厂（万吨）", "乙厂（万吨）"], *months()])
    found = send(reader, "/sources", "/tables", [("file", ("某市.xlsx", content))])
    assert "要您决定" in heading(found)  # two columns of values: which?
    assert "“数值列”" in found.text and "--column" not in found.text  # by the fields of the page
    english = reader.get(found.url, params={"lang": "en"}).text
    assert "“Column of values”" in english and "--column" not in english
    chosen = reader.get(found.url, params={"column": "甲厂（万吨）"})
    assert "读懂了：2019年1月—2022年12月，48期" in heading(chosen)
    assert '<td class="value n">101' in chosen.text
    told = reader.get(str(found.url) + ".json", params={"column": "甲厂（万吨）"}).json()
    assert told["unit"] == "万吨" and told["periods"] == 48
    asked = {"column": "甲厂（万吨）", "region": "昆明市", "sector": "工业"}
    report = settled(reader, reader.get(str(found.url) + "/report", params=asked))
    assert report.status_code == 200 and "昆明" in report.text
    word = settled(reader, reader.get(str(found.url) + "/report.docx", params=asked))
    assert word.content[:2] == b"PK"
    assert reader.get(str(found.url) + "/report").status_code == 400


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.png", b"\x89PNG\r\n\x1a\n\xff\xfe"), ("b.docx", b"PK\x03\x04\xff"), ("c.txt", b"hello")],
)
def test_what_is_no_form_of_a_park_is_told_so(reader, name: str, content: bytes) -> None:
    found = send(reader, "/parks", "/parks", [("file", (name, content))])
    assert found.status_code == 400 and "这不是园区的填报表" in found.text
    assert "下载模板" in found.text and "docs/" not in found.text


def test_a_wrong_decision_is_told_and_nothing_else(reader: httpx.Client) -> None:
    found = send(reader, "/sources", "/tables", [("file", ("a.csv", b"x;y\n1;2\n"))])
    assert found.status_code == 200 and "读不了" in heading(found)
    assert reader.get(found.url, params={"dates": "ymd"}).status_code == 400
    assert reader.get("/tables/0123456789abcdef").status_code == 404
    empty = send(reader, "/sources", "/tables", [("file", ("leer.csv", b""))])
    assert empty.status_code == 400 and "空的" in empty.text


def test_a_park_is_judged_from_the_template_and_asked_what_if(
    reader: httpx.Client, tmp_path: Path
) -> None:
    from tanzhe.api.parks.assessment import assess
    from tanzhe.api.parks.office import template_bytes

    book = template_bytes(example=True)
    (tmp_path / "park.xlsx").write_bytes(book)
    expected = assess(tmp_path / "park.xlsx")
    found = send(reader, "/parks", "/parks", [("file", ("园区.xlsx", book))])
    assert expected.verdict == "not_met" and heading(found).endswith("未达到")
    assert f"{expected.emissions.total:,.0f}" in found.text
    supposed = reader.get(found.url, params={"direct": 100})
    status = re.search(r'id="supposed".*?class="big">([\d.]+)', supposed.text, re.S)
    assert status is not None and expected.emission_per_energy is not None
    # By hand: no power from the grid is left, so its emissions are.
    left = expected.emissions.total - expected.emissions.electricity
    assert float(status[1]) == pytest.approx(left / expected.energy_tce, abs=1e-4)
    assert reader.get(str(found.url) + ".docx").content[:2] == b"PK"
    assert reader.get(str(found.url) + ".json").json()["verdict"] == "not_met"
    assert reader.get("/parks.xlsx").content[:2] == b"PK"
    blank = settled(reader, reader.get(str(found.url) + "/plan.yaml"))
    assert "潜力:" in blank.text and "示例零碳园区" in blank.text
    wrong = send(reader, "/parks", "/parks", [("file", ("坏.xlsx", b"PK no"))])
    assert wrong.status_code == 400


def test_runs_are_listed_and_told_as_events(own: Served, reader: httpx.Client) -> None:
    page = reader.get("/runs")
    assert "核查 报告.md" in page.text and "完成" in page.text
    with httpx.stream("GET", own.address + "/runs/events", timeout=30) as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        first = next(stream.iter_lines())
        assert first.startswith("data: ")
    assert send(reader, "/runs", "/runs/999999/cancel").status_code == 404


def test_names_of_files_are_harmless_and_kept_by_content(tmp_path: Path) -> None:
    assert harmless("a\u202egpj.exe\n") == "a_gpj.exe_"
    inbox = Inbox(tmp_path, "x")
    one = inbox.put_bytes("../../甲.csv", b"1")
    assert one.path.parent.parent == tmp_path / "inbox" / "x" and one.name == "甲.csv"
    assert inbox.put_bytes("乙.csv", b"1") == one  # the same content is the same file
    inbox.drop(one.id)
    assert inbox.all() == []


@pytest.mark.parametrize(("at", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (16_383, "XFD")])
def test_columns_are_named_as_spreadsheets_do(at: int, name: str) -> None:
    assert letters(at) == name


def test_hours_are_matched_and_storage_is_tried(reader: httpx.Client) -> None:
    day = (Path(__file__).parents[1] / "meters" / "samples" / "13_hours24.csv").read_bytes()
    found = send(reader, "/hours", "/hours", [("file", ("一天.csv", day))])
    assert heading(found) == "逐小时只覆盖79.2%，按总量是91.6%"  # 1220 and 1410 of 1540
    asked = {"power": "30000", "capacity": "54000"}
    stored = settled(reader, reader.get(found.url, params=asked))
    assert heading(stored).startswith("逐小时只覆盖82.7%")  # 1274 of 1540
    told = reader.get(str(found.url) + ".json").json()
    assert len(told["begin"]) == 24 and told["score"]["deficit_hours"] == 19
    assert reader.get(found.url, params={"power": "5"}).status_code == 400


def test_a_policy_becomes_a_board_on_which_every_step_is_kept(reader: httpx.Client) -> None:
    brought = send(reader, "/tasks", "/tasks", [("file", ("方案.txt", POLICY.encode()))], who="甲")
    task = re.search(r'href="(/tasks/[^"?]+)" lang="zh-Hans">[^<]*推进绿电直供', brought.text)
    assert task is not None
    there = task[1]
    refused = send(reader, there, there, status="in_progress", progress="10", who="甲")
    assert refused.status_code == 400 and "责任人" in refused.text
    begun = send(reader, there, there, status="in_progress", progress="10", person="李四", who="甲")
    assert "进行中" in begun.text and "状态 进行中" in begun.text
    proof = [("evidence", ("批复.txt", "同意".encode()))]
    sent = send(reader, there, there, proof, status="to_verify", progress="100", who="甲")
    assert "批复.txt" in sent.text and "待核实" in sent.text
    own = send(reader, there, there, status="done", progress="100", who="甲")
    assert own.status_code == 400  # who sent it in does not verify it
    done = send(reader, there, there, status="done", progress="100", who="乙")
    assert "已完成" in done.text
    assert reader.get("/tasks.ics").text.startswith("BEGIN:VCALENDAR")
    assert reader.get("/tasks.xlsx").content[:2] == b"PK"
    assert "atom" in reader.get("/tasks.xml").headers["content-type"]
    assert reader.get("/tasks/nothing").status_code == 404


def test_an_event_is_reviewed_with_who_and_when_and_undone(
    own: Served, reader: httpx.Client
) -> None:
    from tanzhe.api.evidence.reviews import reviewed_events
    from tanzhe.evidence.chronicle import chronicle
    from tanzhe.workspace.reviews import Reviews

    assert own.desk.workspace is not None
    kept = Reviews(own.desk.workspace.db)
    kept.keep([(one.id, one.model_dump_json(), []) for one in chronicle()[:3]])
    events = [one.event for one in reviewed_events(own.desk.workspace)]
    first, second, third = (one.id for one in events)
    queue = reader.get("/review")
    assert "3条待复核" in heading(queue) and events[0].name in queue.text
    after = send(reader, f"/review/{first}", f"/review/{first}", action="accept", seen="0")
    assert str(after.url).split("?")[0].endswith(f"/review/{second}")
    assert "2条待复核" in heading(after)
    stale = send(reader, "/review", f"/review/{first}", action="reject", seen="0")
    assert stale.status_code == 400  # somebody decided meanwhile
    renamed = send(reader, "/review", f"/review/{second}", action="edit", name="改过的名称",
                   summary=events[1].summary, seen="0")  # fmt: skip
    assert "改过的名称" in renamed.text
    send(reader, "/review", f"/review/{third}", action="merge", into=first, seen="0")
    merged = reader.get("/review", params={"state": "merged"})
    assert events[2].name in merged.text
    seen = re.search(r'name="seen" value="(\d+)"', reader.get(f"/review/{third}").text)
    assert seen is not None and int(seen[1]) > 0
    send(reader, "/review", f"/review/{third}", action="undo", seen=seen[1])
    assert "2条待复核" in heading(reader.get("/review"))


NEWS = """甘肃省一家电解铝厂减产

本报讯 2021年9月20日起，甘肃省白银市一家电解铝企业压减
负荷三成，年底前恢复。
"""


def test_an_event_is_added_with_its_document_and_reports_are_given_it(
    own: Served, reader: httpx.Client
) -> None:
    from tanzhe.api.evidence.added_events import AddedFinder

    said = {"name": "白银铝厂压负荷", "region": "CN-GS", "begin": "2021-09-20", "direction": "down"}
    files = {"file": ("消息.txt", NEWS.encode())}
    wrong = send(reader, "/review", "/review", files, **said, passage="企业停产关闭")
    assert wrong.status_code == 400 and "原文里没有这段话" in wrong.text
    late = send(
        reader, "/review", "/review", files, **{**said, "begin": "去年"}, passage="压减负荷三成"
    )
    assert late.status_code == 400 and "时间读不出" in late.text
    # Copied from a page that breaks lines elsewhere.
    words = "2021年9月20日起，甘肃省白银市一家电解铝企业压减负荷三成"
    kept = send(reader, "/review", "/review", files, **said, passage=words)
    assert "白银铝厂压负荷" in kept.text and "已接受" in kept.text
    assert own.desk.workspace is not None
    (event,) = AddedFinder(own.desk.workspace)._answer.events
    text = own.desk.workspace.text_of(event.quotes[0].document)
    assert text is not None
    assert text[event.quotes[0].start : event.quotes[0].end].replace("\n", "") == words
    assert (event.status, event.dates[0].status, event.places[0].code) == ("verified",) * 2 + (
        "CN-GS",
    )
    undone = send(
        reader, f"/review/{event.id}", f"/review/{event.id}", action="undo",
        seen=re.search(r'name="seen" value="(\d+)"', kept.text)[1],  # type: ignore[index]
    )  # fmt: skip
    assert "待复核" in undone.text


def test_an_archive_from_windows_is_added_to_the_library(reader: httpx.Client) -> None:
    import zipfile

    held, name = BytesIO(), "方案.txt"
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("name.txt", "示例省关于压减产量的通知\n自2021年9月1日起压减。")
    # Windows writes names in GBK and does not say so: as long as the name above.
    raw = held.getvalue().replace(b"name.txt", name.encode("gbk"))
    added = send(reader, "/documents", "/documents", [("files", ("资料.zip", raw))])
    assert added.status_code == 200 and "压减产量" in added.text and name in added.text


def eats(path: Path) -> object:
    """What a file made to do harm does to a reader."""
    return bytearray(len(path.read_bytes()) * (8 << 30))


def reads(path: Path) -> object:
    return path.read_bytes()


def test_a_file_made_to_do_harm_hurts_itself_alone(tmp_path: Path) -> None:
    import anyio
    from fastapi import UploadFile

    from tanzhe.errors import InputError

    inbox = Inbox(tmp_path, "x")

    async def put(read) -> None:
        await inbox.put(UploadFile(BytesIO(b"1"), filename="炸弹.xlsx"), read)

    with pytest.raises(InputError, match="memory"):
        anyio.run(put, eats)
    assert inbox.all() == []
    anyio.run(put, reads)
    assert [one.name for one in inbox.all()] == ["炸弹.xlsx"]


def test_a_table_of_a_kind_is_read_as_it_was_before(reader: httpx.Client) -> None:
    def dropped(name: str, first: float) -> httpx.Response:
        content = workbook([["月份", "丙厂（万吨）", "丁厂（万吨）"], *months(first)])
        return send(reader, "/sources", "/tables", [("file", (name, content))])

    asked = dropped("一季.xlsx", 100.0)
    assert "要您决定" in heading(asked)
    chosen = {"column": "丁厂（万吨）", "region": "昆明市", "sector": "水泥"}
    decided = reader.get(asked.url, params=chosen)
    assert "记住这种表" in decided.text
    there = asked.url.path
    token = re.search(r'<meta name="csrf" content="(\w+)"', decided.text)
    assert token is not None
    reader.post(f"{there}/remember", params=chosen, data={"csrf": token[1]})
    assert "按记住的读法" in reader.get(there, params=chosen).text
    again = dropped("二季.xlsx", 200.0)  # other figures, the same kind
    assert dict(again.url.params) == chosen and "按记住的读法" in again.text
    content = workbook([["月份", "戊厂（万吨）", "己厂（万吨）"], *months()])
    other = send(reader, "/sources", "/tables", [("file", ("别的.xlsx", content))])
    assert "要您决定" in heading(other) and not other.url.params
    reader.post(f"{there}/forget", data={"csrf": token[1]})
    assert "要您决定" in heading(dropped("三季.xlsx", 300.0))


RULES = """乙省发展和改革委员会关于印发《乙省零碳园区建设方案》的通知
乙发改环〔2025〕7号

各市人民政府：
现将《乙省零碳园区建设方案》印发给你们，请认真贯彻执行。

乙省发展和改革委员会
2025年5月6日

附件　零碳园区建设指标体系
指标类型\t指标名称\t目标要求
核心指标\t单位能耗碳排放\t≤0.2吨/吨标准煤
引导指标\t清洁能源消费占比\t≥90%
"""


def test_a_policy_becomes_a_rule_set_that_a_person_signs(reader: httpx.Client) -> None:
    there = send(reader, "/policies", "/policies", [("file", ("乙.txt", RULES.encode()))]).url.path
    draft = send(reader, there, f"{there}/rules")
    assert "清洁能源消费占比" in draft.text
    text = reader.get(f"{draft.url.path}.yaml").text
    broken = send(reader, draft.url.path, draft.url.path, text=text.replace("≥90%", "≥九成90%"))
    assert "处要改" in heading(broken)  # the quote no longer stands in the archived text
    unsigned = send(reader, broken.url.path, f"{broken.url.path}/confirm", by="张三")
    assert unsigned.status_code == 400
    id = "cn-b-own"
    mended = re.sub(r"^id: .*$", f"id: {id}", text, count=1, flags=re.M)
    mended = re.sub(r"^region: .*$", "region: CN-YN", mended, count=1, flags=re.M)
    sound = send(reader, broken.url.path, broken.url.path, text=mended)
    assert "没有矛盾" in heading(sound), sound.text
    signed = send(reader, sound.url.path, f"{sound.url.path}/confirm", by="张三")
    assert signed.url.path == f"/rules/{id}" and signed.status_code == 200
    told = reader.get(f"/rules/{id}.json").json()
    assert {one["checked"]["by"] for one in told["indicators"]} == {"张三"}
    assert f'value="{id}"' in reader.get("/parks").text


def test_a_footprint_is_told_exchanged_signed_and_checked(
    own: Served, reader: httpx.Client, tmp_path: Path
) -> None:
    import html
    import zipfile

    from tanzhe.api.footprints.studies import product_footprint
    from tanzhe.api.house.example import write_example

    write_example(tmp_path / "e")
    study = tmp_path / "e" / "ingot.yaml"
    expected = product_footprint(study)
    found = send(reader, "/footprints", "/footprints", [("file", ("锭.yaml", study.read_bytes()))])
    there = found.url.path
    assert f"{expected.per_unit:,.4g}" in heading(found)
    pact = reader.get(f"{there}/pact.json")
    assert pact.json()["pcf"]["declaredUnitOfMeasurement"] == "kilogram"
    token = re.search(r'<meta name="csrf" content="(\w+)"', found.text)
    assert token is not None
    pair = zipfile.ZipFile(
        BytesIO(reader.post("/footprints/keys", data={"csrf": token[1]}).content)
    )
    secret, public = pair.read("firm.key"), pair.read("firm.pub")
    sealed = send(reader, there, f"{there}/seal", [("key", ("firm.key", secret))])
    words = re.search(r"<textarea[^>]*>(.*?)</textarea>", sealed.text, re.S)
    assert words is not None and "data:image/svg+xml" in sealed.text
    summary = html.unescape(words[1]).encode()
    check = "/footprints/check"

    def checked(text: bytes) -> str:
        files = [("file", ("c.txt", text)), ("key", ("firm.pub", public))]
        return heading(send(reader, check, check, files))

    assert checked(summary).startswith("签名有效")
    assert checked(summary.replace(b"kgCO2e", b"kgCO2f")).startswith("签名无效")
    sound = send(reader, check, check, [("file", ("p.json", pact.content))])
    assert "符合 PACT 3" in heading(sound)
    assert own.desk.folder is not None  # the key was used once and is kept nowhere
    kept = (path for path in own.desk.folder.rglob("*") if path.is_file())
    assert not any(secret in path.read_bytes() for path in kept)


def test_meters_are_added_checked_corrected_and_judge_a_park(
    reader: httpx.Client, tmp_path: Path
) -> None:
    from tanzhe.api.house.example import write_example

    write_example(tmp_path / "e")
    folder = tmp_path / "e" / "my_meters"
    files = [("files", (one.name, one.read_bytes())) for one in sorted(folder.iterdir())]
    assert "2个文件" in heading(send(reader, "/meters", "/meters", files))
    page = settled(reader, reader.get("/meters"))
    assert "4块表" in heading(page) and "E-110" in page.text
    faults = [
        one for one in reader.get("/meters.json").json()["findings"] if one["level"] == "fault"
    ]
    assert f"{len(faults)}处问题" in heading(page) and faults
    correct = {"meter": "E-110", "kind": "ignore", "who": "张三", "why": "断电"}
    wrong = send(reader, "/meters", "/meters/correct", begin="x", end="y", **correct)
    assert wrong.status_code == 400 and "时间读不出" in wrong.text
    done = send(reader, "/meters", "/meters/correct", begin="2025-05-14 00:00",
                end="2025-05-14 01:00", **correct)  # fmt: skip
    assert "断电" in settled(reader, done).text
    book = [("file", ("park.xlsx", (tmp_path / "e" / "park.xlsx").read_bytes()))]
    park = send(reader, "/meters", "/meters/park", book, year="2025")
    assert park.status_code == 200 and "/parks/" in str(park.url)
    outside = send(reader, "/meters", "/meters", [("files", ("../../x.zip", b"no archive"))])
    assert outside.status_code == 400


@pytest.mark.parametrize(("address", "words"), [
    ("/series/甘肃/水泥?since=三月", "请写成 2021 或 2021-03"),
    ("/hours/0000000000000000?efficiency=2", "请写一个数（≤ 1）"),
    ("/review?state=seen", "'open', 'accepted', 'rejected' or 'merged'"),
])  # fmt: skip
def test_what_an_address_may_say_is_told(reader: httpx.Client, address: str, words: str) -> None:
    found = reader.get(address)
    assert found.status_code == 400 and words in found.text.replace("&#39;", "'")


def test_months_of_an_address_are_read_as_people_write_them(own: Served) -> None:
    from tanzhe.web.pages.series import as_month

    assert [as_month(one) for one in ("2021年3月", "2021/3", "2021.03", "2021年", "2021-03")] == [
        "2021-03", "2021-03", "2021-03", "2021", "2021-03",
    ]  # fmt: skip


def test_hours_of_a_year_before_the_rule_are_matched_and_not_judged(reader: httpx.Client) -> None:
    rows = ["时间,负荷(MWh),直供(MWh)", *(f"2024-02-29 {hour:02d}:00,10,4" for hour in range(24))]
    found = send(reader, "/hours", "/hours", [("file", ("逐时.csv", "\n".join(rows).encode()))])
    assert heading(found).startswith("逐小时只覆盖40.0%")  # 4 of 10 in every hour
    assert "不能用于 2024 年" in found.text and found.text.count("不对照") == 1


def test_a_form_without_its_file_is_told_what_is_missing(reader: httpx.Client) -> None:
    told = send(reader, "/audits", "/audits")
    assert told.status_code == 400 and "缺这一项" in told.text and "None" not in told.text
