"""What stands around the sentences: head, signature, web page, citations, standing."""
