"""From a region and a sector, or a table, to a series; then to what happened in it."""
