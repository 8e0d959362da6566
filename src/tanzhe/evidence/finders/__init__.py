"""Where events come from: the chronicle, a folder, the library, the web."""
