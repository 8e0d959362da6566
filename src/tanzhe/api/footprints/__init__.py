"""Product footprints: calculated and exchanged, then signed, then served."""
