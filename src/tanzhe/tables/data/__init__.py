"""Words of tables: a row a word."""
