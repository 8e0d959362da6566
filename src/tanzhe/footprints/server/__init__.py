"""A PACT 3 host: tokens, footprints listed and filtered, events in and out."""
