"""The use cases as tools of the Model Context Protocol; needs the extra `mcp`."""
