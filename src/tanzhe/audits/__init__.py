"""Somebody's report -> items and fields -> findings: what is wrong, where, and how it is known."""
