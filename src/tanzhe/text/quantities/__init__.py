"""Numbers with units in text."""
