"""How well an event fits an edge: days, industry, direction; the same event told twice is one."""
