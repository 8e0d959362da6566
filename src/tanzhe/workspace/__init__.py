"""The project folder: documents archived by sha256, an SQLite index, runs."""
