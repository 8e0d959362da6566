"""The use cases; the only place where packages meet connectors."""
