"""Words and hosts the checks rest on; README.md says what each table is."""
