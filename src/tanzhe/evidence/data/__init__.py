"""Tables the rules of extraction rest on: triggers and industry words."""
