"""Words of official documents, by what they tell."""
