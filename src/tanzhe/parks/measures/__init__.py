"""A file of measures: its keys, kinds, numbers and faults."""
