"""Runs: many answers at once as a folder that says what it rests on; compared, told, repeated."""
