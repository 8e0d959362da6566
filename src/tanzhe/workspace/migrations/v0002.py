"""Version 2: small raw bytes in the index, words in segments of our own."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """The index of single characters goes; files stay where they are."""
    op.execute("DROP TABLE IF EXISTS words")
    op.execute("CREATE TABLE IF NOT EXISTS raws (id INTEGER PRIMARY KEY, raw BLOB NOT NULL)")
