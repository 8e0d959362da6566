"""What a park enters: read from a tree, refused whole with every fault at once."""
