"""Any table a person has: columns with roles, units and dates, and how it was read."""
