"""What items claim, and which tell of the same."""
