"""One file per family of checks; each takes a report and tells the `Verdicts`."""
