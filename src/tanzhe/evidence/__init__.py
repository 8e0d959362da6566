"""Documents become events; events are linked to turning points."""
