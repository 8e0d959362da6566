"""The published PACT schema, unchanged, and the codes of places; see README.md for the terms."""
