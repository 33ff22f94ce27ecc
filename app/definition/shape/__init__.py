"""The shape of the language: one row per key drives reading, defaults, the JSON Schema and the reference."""
