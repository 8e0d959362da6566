"""How often chance fits as well: other dates, other provinces, and what was in force."""
