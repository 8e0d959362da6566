"""Product carbon footprints: calculated row by row, exchanged as PACT 3, signed and verified."""
