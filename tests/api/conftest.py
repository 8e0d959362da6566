"""No test here asks a language model unless it says so."""

import pytest

from tanzhe.connectors import language_model


@pytest.fixture(autouse=True)
def no_models(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language_model, "ALLOW_MODEL_REQUESTS", False)
