"""What a document says in sentences."""
