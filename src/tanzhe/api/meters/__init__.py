"""Meters of a park: readings added and checked, then hours, weak points, the way of the power."""
