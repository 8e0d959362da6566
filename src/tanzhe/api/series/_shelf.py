"""Where the search of a panel is kept, so that its next region takes a fraction of the time."""

from dataclasses import dataclass

from tanzhe.workspace import Workspace

KIND = "panels"


@dataclass(frozen=True)
class PanelShelf:
    """Judged panels in a workspace; the code that judged is part of their key."""

    workspace: Workspace

    def fetch(self, key: str) -> str | None:
        """The text kept under a key, or None."""
        return self.workspace.fetch_json(KIND, key)

    def store(self, key: str, text: str) -> None:
        """Keep a text under a key."""
        self.workspace.store_json(KIND, key, text)
