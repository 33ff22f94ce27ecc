"""From what is written to the expanded document: shared pieces laid in, every default filled, short spellings long."""
