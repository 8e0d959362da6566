"""The project folder, or a team's database: documents archived by sha256, full text, reviews."""

from tanzhe.workspace.engines import open_server
from tanzhe.workspace.places import address_of, default_folder, folder_of
from tanzhe.workspace.records import Found, Hit, Retired, StoredDocument
from tanzhe.workspace.store import Workspace
from tanzhe.workspace.words import asked_for

__all__ = [
    "Found", "Hit", "Retired", "StoredDocument", "Workspace", "address_of", "asked_for",
    "default_folder", "folder_of", "open_server",
]  # fmt: skip
