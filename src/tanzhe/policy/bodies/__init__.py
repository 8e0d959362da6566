"""Who is named in a document, and who answers for what."""
