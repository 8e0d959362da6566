"""How things are said: names of closed choices, numbers, dates, texts of others."""
