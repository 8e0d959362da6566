"""What a document says in tables."""
