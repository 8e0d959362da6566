"""Tables become Series: reading, calendar, checks, activity estimate, decomposition."""
