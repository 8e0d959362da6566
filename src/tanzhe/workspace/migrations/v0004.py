"""Version 4: full text by the engine itself; events, reviews, runs, jobs and a log."""

from alembic import op

from tanzhe.workspace.migration import index_all, make_missing

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """The index of our own goes, and every document is indexed anew."""
    for table in ("segments", "blocks"):
        op.execute(f"DROP TABLE IF EXISTS {table}")
    op.execute("CREATE INDEX IF NOT EXISTS documents_published ON documents (published)")
    make_missing()
    index_all()
    op.execute("UPDATE meta SET value = '4' WHERE key = 'schema_version'")
