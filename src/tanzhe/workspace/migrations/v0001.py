"""Version 1: every raw file lay beside the index, words were single characters."""

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Nothing came before."""
