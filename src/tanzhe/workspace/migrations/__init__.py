"""What turns the tables of one version into those of the next; Alembic runs them in order."""
