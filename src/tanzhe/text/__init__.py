"""Documents and what stands in them: encodings, dates, quantities, places and bodies."""
