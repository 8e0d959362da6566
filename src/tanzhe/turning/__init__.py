"""Series become turning points: search, date, size, classify."""
