"""Names in text: places, bodies, companies, publishers, documents."""
