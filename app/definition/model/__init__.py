"""The procedure as a value: immutable, typed, compiled from the expanded document; shared by every layer above."""
