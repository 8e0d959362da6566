"""Version 3: documents taken out of the library leave a mark; folders are followed."""

from alembic import op

revision = "0003"
down_revision = "0002"

_MADE = (
    "CREATE TABLE IF NOT EXISTS retired ("
    "id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL, name TEXT NOT NULL, url TEXT, "
    "media_type TEXT NOT NULL, encoding TEXT, title TEXT NOT NULL, publisher TEXT, "
    "published TEXT, added TEXT NOT NULL, text TEXT, at TEXT NOT NULL, why TEXT NOT NULL, "
    "words TEXT NOT NULL, successor TEXT)",
    "CREATE INDEX IF NOT EXISTS retired_sha256 ON retired (sha256)",
    "CREATE TABLE IF NOT EXISTS folders (folder TEXT NOT NULL, path TEXT NOT NULL, "
    "sha256 TEXT NOT NULL, PRIMARY KEY (folder, path)) WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS folders_sha256 ON folders (sha256)",
    "CREATE TABLE IF NOT EXISTS uses (sha256 TEXT NOT NULL, what TEXT NOT NULL, "
    "at TEXT NOT NULL, PRIMARY KEY (sha256, what)) WITHOUT ROWID",
)


def upgrade() -> None:
    """New tables beside what there is."""
    for statement in _MADE:
        op.execute(statement)
