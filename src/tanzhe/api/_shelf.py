"""Where the search of a panel is kept, so that its next region takes a fraction of the time."""

from dataclasses import dataclass

from tanzhe.api._engine import engine
from tanzhe.workspace import Workspace

KIND = "panels"


@dataclass(frozen=True)
class PanelShelf:
    """Judged panels in a workspace, served for as long as the code is the same."""

    workspace: Workspace

    def fetch(self, key: str) -> str | None:
        """The text kept under a key, or None."""
        return self.workspace.fetch_json(KIND, f"{key} {engine()}")

    def store(self, key: str, text: str) -> None:
        """Keep a text under a key."""
        self.workspace.store_json(KIND, f"{key} {engine()}", text)
