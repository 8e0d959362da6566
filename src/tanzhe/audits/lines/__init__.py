"""A file becomes lines, and each line is known for what it is."""
