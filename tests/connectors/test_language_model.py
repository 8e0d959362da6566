"""The model's address, its cap, its switch, and its failures; over loopback."""

import json
from collections.abc import Iterator

import pytest

from connectors.loopback import Server, serving
from tanzhe.connectors import language_model
from tanzhe.connectors._http import Client
from tanzhe.connectors.language_model import LanguageModel, own_origin
from tanzhe.errors import Blocked, InputError, NotFound, SourceError

PATH = "/v1/chat/completions"


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as one:
        yield one


@pytest.fixture(autouse=True)
def configured(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language_model, "ALLOW_MODEL_REQUESTS", True)
    monkeypatch.setenv("TANZHE_LLM_BASE_URL", f"http://127.0.0.1:{server.port}/v1/")
    monkeypatch.setenv("TANZHE_LLM_MODEL", "stand-in")
    monkeypatch.setenv("TANZHE_LLM_API_KEY", "k-secret")
    monkeypatch.delenv("TANZHE_LLM_MAX_TOKENS", raising=False)


@pytest.fixture
def client() -> Iterator[Client]:
    with Client(trusted=frozenset({own_origin()}), sleep=lambda _: None) as one:
        yield one


def reply(server: Server, content: object, tokens: int | None = 500) -> None:
    body: dict[str, object] = {"choices": [{"message": {"content": content}}]}
    if tokens is not None:
        body["usage"] = {"total_tokens": tokens}
    server.replies[PATH] = (200, {}, json.dumps(body).encode())


def test_asks_and_counts(server: Server, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TANZHE_LLM_PRICE", "2")
    reply(server, "answer")
    model = LanguageModel(client)
    assert model.ask("rules", "document") == "answer"
    path, headers = server.seen[0]
    body = json.loads(server.bodies[0])
    assert path == PATH and headers["authorization"] == "Bearer k-secret"
    assert (body["model"], body["temperature"]) == ("stand-in", 0)
    assert "k-secret" not in json.dumps(body)
    usage = model.usage
    assert (usage.requests, usage.tokens, usage.cost) == (1, 500, 0.001)


def test_the_cap_holds_before_asking(server: Server, client: Client) -> None:
    reply(server, "answer", tokens=2_500)
    model = LanguageModel(client, most_tokens=5_000)
    model.ask("rules", "document")
    with pytest.raises(Blocked, match="TANZHE_LLM_MAX_TOKENS"):
        model.ask("rules", "x" * 1_000)
    assert len(server.seen) == 1


def test_a_model_that_counts_too_little_does_not_escape(server: Server, client: Client) -> None:
    reply(server, "x" * 4_000, tokens=1)
    model = LanguageModel(client)
    model.ask("", "")
    assert model.usage.tokens == 1_000
    reply(server, "x" * 4_000, tokens=None)
    model.ask("", "")
    assert model.usage.tokens == 2_000


def test_the_switch(server: Server, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language_model, "ALLOW_MODEL_REQUESTS", False)
    with pytest.raises(Blocked, match="switched off"):
        LanguageModel(client).ask("rules", "document")
    assert server.seen == []


@pytest.mark.parametrize("variable", ["TANZHE_LLM_BASE_URL", "TANZHE_LLM_MODEL"])
def test_a_missing_variable_is_named(
    client: Client, variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(variable)
    with pytest.raises(InputError, match=variable):
        LanguageModel(client)


@pytest.mark.parametrize("value", ["many", "-1", "1e99", "nan"])
def test_a_cap_that_is_no_number(
    client: Client, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TANZHE_LLM_MAX_TOKENS", value)
    with pytest.raises(InputError, match="TANZHE_LLM_MAX_TOKENS"):
        LanguageModel(client)


@pytest.mark.parametrize(
    ("status", "body", "kind", "told"),
    [
        (500, b"no", SourceError, "500"),
        (401, b"no", Blocked, "401"),
        (404, b"no", NotFound, "404"),
        (200, b"<html>", SourceError, "JSON"),
        (200, b"{}", SourceError, "choices"),
        (200, b'{"choices": []}', SourceError, "message"),
        (200, b'{"choices": [{"text": ""}]}', SourceError, "message"),
    ],
)
def test_failures_have_their_reason(
    server: Server, client: Client, status: int, body: bytes, kind: type[SourceError], told: str
) -> None:
    server.replies[PATH] = (status, {}, body)
    model = LanguageModel(client)
    with pytest.raises(kind, match=told) as caught:
        model.ask("rules", "document")
    assert type(caught.value) is kind and "k-secret" not in str(caught.value)
    assert model.usage.requests == 1


def test_an_answer_without_words_is_empty(server: Server, client: Client) -> None:
    reply(server, None)
    assert LanguageModel(client).ask("rules", "document") == ""


def test_only_the_named_origin_is_trusted(server: Server, client: Client) -> None:
    with pytest.raises(Blocked):
        client.get("http://127.0.0.1:1/")
    with Client() as other, pytest.raises(Blocked):
        other.get(f"http://127.0.0.1:{server.port}/")
