"""What a command answers without a report: sentences, a table, JSON."""
