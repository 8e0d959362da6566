"""Packaged data: vocabulary, calendar, official output figures and the chronicle of events."""
