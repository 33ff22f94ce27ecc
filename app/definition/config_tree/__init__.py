"""A config folder as one thing: which file holds what, each read by its table, shared files joined."""
