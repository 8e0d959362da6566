"""Files in and out: read up to a size and written whole; every result in every form."""
