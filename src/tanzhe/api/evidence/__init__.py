"""Documents, the chronicle, pages and models: asked for events, which people then review."""
