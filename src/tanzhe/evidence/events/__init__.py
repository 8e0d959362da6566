"""Sentences of a document become events: trigger, date, place and industry, each checked."""
