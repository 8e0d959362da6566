"""One contract for every search source, over recorded answers (see recorded/README.md).

No source is named here: each connector that says how it is asked is run with its own file of cases.
"""

import inspect
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from tanzhe.api.evidence.online import known_sources
from tanzhe.connectors import urls
from tanzhe.connectors._http import Answer
from tanzhe.connectors._search import Connector, SearchResult
from tanzhe.errors import Blocked, Empty, InputError, SourceError, Words
from tanzhe.registries import attribute, declared
from tanzhe.reports.words.vocabulary import source_name

HOME = "tanzhe.connectors"
RECORDED = Path(__file__).parent / "recorded"
PAGE = (Path(__file__).parents[2] / "docs/connectors/connectors.md").read_text("utf-8")
FIRST, LAST = date(2021, 4, 1), date(2021, 12, 31)
ASKED_AS = declared(HOME, "ASKED_AS")
CASES: dict[str, dict[str, Any]] = {
    name: yaml.safe_load(path.read_text("utf-8")) if path.exists() else {}
    for name in ASKED_AS
    for path in [RECORDED / f"{name}.yaml"]
}
SETTINGS = [(name, one) for name, case in CASES.items() for one in case.get("settings", {})]
# A list of the user's own needs no network; every other source answers.
ANSWERING = [name for name, asked_as in ASKED_AS.items() if ":" not in asked_as]


def cases(kind: str) -> list[tuple[str, Any]]:
    return [(name, one) for name, case in CASES.items() for one in case.get(kind, [])]


class Recorded:
    """A client that answers what was recorded and remembers what it was asked."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.asked: list[tuple[str, dict[str, object], dict[str, str]]] = []

    def get(self, url: str, *, headers: dict[str, str] | None = None) -> Answer:
        self.asked.append((url, {}, headers or {}))
        return Answer(url, self.content, "application/json")

    def post(
        self, url: str, body: dict[str, object], *, headers: dict[str, str] | None = None
    ) -> Answer:
        self.asked.append((url, body, headers or {}))
        return Answer(url, self.content, "application/json")


@pytest.fixture(autouse=True)
def configured(monkeypatch: pytest.MonkeyPatch) -> None:
    for case in CASES.values():
        for variable, value in case.get("settings", {}).items():
            monkeypatch.setenv(variable, value)


def recorded(name: str) -> Recorded:
    path = RECORDED / f"{name}.json"
    if name in ANSWERING and not path.exists():
        pytest.fail(
            f"add {path}: one answer of {name} as its documentation gives it", pytrace=False
        )
    return Recorded(path.read_bytes() if path.exists() else b"")


def source(name: str, client: Recorded | None = None) -> Connector:
    """The source as users name it, with this client in place of the network."""
    answering = client or recorded(name)
    rest = str(RECORDED / f"{name}.txt") if ":" in ASKED_AS[name] else ""
    open_: Callable[..., Connector] = attribute(HOME, name, "opened")
    return open_(rest, lambda **_: answering)


def searched(name: str, most: int = 10) -> tuple[SearchResult, ...]:
    return source(name).search("云南 限电", FIRST, LAST, most=most)


def test_every_source_has_cases_of_each_kind() -> None:
    assert len(ASKED_AS) >= 5 and tuple(ASKED_AS.values()) == known_sources()
    for name in ASKED_AS:
        wanted = {"days", "asks", "nothing", "changed"} if name in ANSWERING else {"days"}
        lacking = {kind for kind in wanted if not CASES[name].get(kind)}
        assert not lacking, f"add {lacking} to {RECORDED / name}.yaml, as in tavily.yaml"


@pytest.mark.parametrize("name", ASKED_AS)
def test_readers_are_told_of_every_source(name: str) -> None:
    assert source_name(name) != Words(name, name), "name it in registers/shared/labels.yaml, source"
    row = f"| `{ASKED_AS[name]}` |"
    assert row in PAGE, f"add a row {row} to docs/connectors/connectors.md: needs, gives, terms"


@pytest.mark.parametrize("name", ASKED_AS)
def test_one_signature(name: str) -> None:
    found = source(name)
    assert found.name == name == ASKED_AS[name].partition(":")[0]
    assert isinstance(found.terms, Words) and found.terms.zh and found.terms.en
    own, promised = (inspect.signature(one.search) for one in (type(found), Connector))
    assert own == promised


@pytest.mark.parametrize("name", ASKED_AS)
def test_results_are_plain_records(name: str) -> None:
    found = searched(name)
    assert len(found) >= 2
    for one in found:
        assert one.url.startswith(("http://", "https://"))
        assert "<" not in one.title + one.snippet and "&nbsp;" not in one.snippet
        if one.published is not None:
            assert date.fromisoformat(one.published)
    assert len({one.url for one in found}) == len(found)


@pytest.mark.parametrize("name", ASKED_AS)
def test_dates_are_parsed(name: str) -> None:
    assert [one.published for one in searched(name)] == CASES[name]["days"]


def test_titles_and_snippets() -> None:
    first = searched("gov_cn")[0]
    assert first.title == "国务院关于完善能耗双控制度的意见（构造）"
    assert first.snippet == "为完善能耗强度和总量双控制度， 现提出以下意见。"
    assert searched("bocha")[0].snippet == "5月中旬起，云南部分电解铝企业压减用电负荷。"


@pytest.mark.parametrize("name", ANSWERING)
def test_at_most_so_many(name: str) -> None:
    assert len(searched(name, most=1)) == 1


@pytest.mark.parametrize(("name", "answer"), cases("nothing"))
def test_nothing_is_empty(name: str, answer: object) -> None:
    with pytest.raises(Empty, match="云南 限电"):
        source(name, Recorded(json.dumps(answer).encode())).search("云南 限电", FIRST, LAST)


def test_no_addresses_is_empty() -> None:
    with pytest.raises(Empty):
        urls.Urls(()).search("x", FIRST, LAST)


@pytest.mark.parametrize("name", ANSWERING)
@pytest.mark.parametrize(
    "page",
    [b"<html><body>502 Bad Gateway</body></html>", b"[]", b"null", b"{", b"[" * 100_000],
    ids=["html", "list", "null", "cut", "deep"],
)
def test_an_error_page_is_a_source_error(name: str, page: bytes) -> None:
    with pytest.raises(SourceError) as caught:
        source(name, Recorded(page)).search("x", FIRST, LAST)
    assert type(caught.value) is SourceError
    assert caught.value.faults[0].where == name


@pytest.mark.parametrize(("name", "case"), cases("changed"))
def test_a_changed_form_names_the_missing_key(name: str, case: dict[str, Any]) -> None:
    with pytest.raises(SourceError) as caught:
        source(name, Recorded(json.dumps(case["answer"]).encode())).search("x", FIRST, LAST)
    assert type(caught.value) is SourceError
    for language in ("zh", "en"):
        assert case["names"] in caught.value.said(language)  # type: ignore[arg-type]


@pytest.mark.parametrize(("name", "answer"), cases("refuses"))
def test_a_refusal_in_the_answer_is_told(name: str, answer: dict[str, object]) -> None:
    with pytest.raises(SourceError) as caught:
        source(name, Recorded(json.dumps(answer).encode())).search("x", FIRST, LAST)
    assert str(answer.get("msg") or answer.get("message")) in str(caught.value)


@pytest.mark.parametrize(("name", "variable"), SETTINGS)
@pytest.mark.parametrize("value", [None, "  "])
def test_a_missing_setting_is_named(
    name: str, variable: str, value: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if value is None:
        monkeypatch.delenv(variable)
    else:
        monkeypatch.setenv(variable, value)
    with pytest.raises(InputError) as caught:
        source(name)
    for language in ("zh", "en"):
        assert variable in caught.value.said(language)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ANSWERING)
def test_words_and_days_are_asked_for(name: str) -> None:
    client = recorded(name)
    source(name, client).search("云南 限电", FIRST, LAST, most=7)
    url, body, _ = client.asked[0]
    for asked in CASES[name]["asks"]:
        assert asked in url + json.dumps(body)


@pytest.mark.parametrize(("name", "variable"), [one for one in SETTINGS if one[1].endswith("_KEY")])
def test_keys_travel_in_the_header_only(name: str, variable: str) -> None:
    client, key = recorded(name), CASES[name]["settings"][variable]
    source(name, client).search("x", FIRST, LAST)
    url, body, headers = client.asked[0]
    assert any(key in value.split() for value in headers.values())  # whatever the header's name
    assert key not in url + json.dumps(body)


@pytest.mark.parametrize("name", ASKED_AS)
def test_a_source_asks_nobody_but_its_client(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr("socket.socket.connect", none)
    monkeypatch.setattr("socket.getaddrinfo", none)
    assert searched(name)


def test_lines_that_are_no_addresses_are_named(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text("https://a.cn/\nnot one\nfile:///etc/passwd\nhttp://u:p@x/\n", "utf-8")
    with pytest.raises(InputError) as caught:
        urls.read_addresses(path)
    assert [fault.where for fault in caught.value.faults] == [
        "list.txt:2", "list.txt:3", "list.txt:4",
    ]  # fmt: skip
    with pytest.raises(InputError, match=r"none\.txt"):
        urls.read_addresses(tmp_path / "none.txt")
    assert not issubclass(InputError, Blocked)
