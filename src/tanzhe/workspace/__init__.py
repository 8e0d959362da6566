"""The project folder: documents archived by sha256, an SQLite index, runs."""

from tanzhe.workspace.records import Found, Hit, Retired, StoredDocument
from tanzhe.workspace.store import Workspace, default_folder
from tanzhe.workspace.words import asked_for

__all__ = ["Found", "Hit", "Retired", "StoredDocument", "Workspace", "asked_for", "default_folder"]
