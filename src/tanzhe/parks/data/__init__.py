"""Words and ranges the reading of park entries rests on."""
