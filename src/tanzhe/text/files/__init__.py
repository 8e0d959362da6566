"""Files become text with offsets that stay."""
