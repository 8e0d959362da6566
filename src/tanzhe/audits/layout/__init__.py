"""Lines become turning points, items and fields."""
