"""Many series at once: asked for, planned into tasks, worked on alone or by a team."""
