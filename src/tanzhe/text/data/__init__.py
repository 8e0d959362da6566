"""Tables of names that documents use: prefectures, bodies, combined regions."""
