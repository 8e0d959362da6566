"""The cheapest measures with which a park meets its thresholds, or why none do."""
