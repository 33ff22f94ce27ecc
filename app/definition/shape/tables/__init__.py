"""The tables of the language: one row per key."""
