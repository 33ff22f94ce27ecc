"""Figures of the project beside those of its peers, measured in one run: `python -m bench [NAME…]`, by hand only."""
