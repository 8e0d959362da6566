"""The sections of a report, one a file: they decide what is said."""
