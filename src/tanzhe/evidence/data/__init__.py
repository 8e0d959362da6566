"""Tables the rules of extraction rest on: triggers, industry words, publishers."""
