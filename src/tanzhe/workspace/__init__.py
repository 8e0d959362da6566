"""The project folder: documents archived by sha256, an SQLite index, runs."""

from tanzhe.workspace.store import Hit, StoredDocument, Workspace, default_folder

__all__ = ["Hit", "StoredDocument", "Workspace", "default_folder"]
