"""Documents become events; events are linked to what was found in the series.

Rooms, from the ground up: `chronicle`, the built-in catalogue; `events`, out of documents; `links`,
how well one fits; `finders`, where they come from; `grading`, how often chance does as well.
`gather` joins them.
"""
