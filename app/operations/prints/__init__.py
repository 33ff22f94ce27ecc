"""What papers say: gathered when they are ordered, as plain data, so that nothing later changes them."""
