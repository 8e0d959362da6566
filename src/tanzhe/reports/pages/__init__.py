"""The page of every product: its blocks, and how one is made."""
