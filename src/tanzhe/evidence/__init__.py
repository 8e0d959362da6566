"""Documents become events; events are linked to turning points."""

from tanzhe.evidence.chronicle import chronicle, load_chronicle
from tanzhe.evidence.chronicle_records import read_chronicle
from tanzhe.evidence.edge import Edge, edges_of
from tanzhe.evidence.extract import extract_events
from tanzhe.evidence.find import (
    ChronicleFinder,
    Finder,
    FinderAnswer,
    FolderFinder,
    LibraryFinder,
    Query,
)
from tanzhe.evidence.folder import FolderContents, add_folder
from tanzhe.evidence.gather import gather, plan
from tanzhe.evidence.link import link
from tanzhe.evidence.merge import merge_events
from tanzhe.evidence.page import Page
from tanzhe.evidence.verified import verified_share
from tanzhe.evidence.verify import verify_event
from tanzhe.evidence.window import Window, window_of

__all__ = [
    "ChronicleFinder",
    "Edge",
    "Finder",
    "FinderAnswer",
    "FolderContents",
    "FolderFinder",
    "LibraryFinder",
    "Page",
    "Query",
    "Window",
    "add_folder",
    "chronicle",
    "edges_of",
    "extract_events",
    "gather",
    "link",
    "load_chronicle",
    "merge_events",
    "plan",
    "read_chronicle",
    "verified_share",
    "verify_event",
    "window_of",
]
