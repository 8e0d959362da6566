"""Results become a Report tree, then words, then a file."""
